//! Multiple-choice questions out of an answer.

use protocol::ask::{MAX_QUESTIONS, OPTIONS, Question};

use super::json;
use super::text::{
    Line, Mark, after_label, counted_parts, label, label_of, lines, phrase, repeats, split_outside,
};

const MAX_QUESTION_CHARS: usize = 200;
const MAX_OPTION_CHARS: usize = 80;
/// Over this, what explains an option goes: "Just me: a personal tool that …".
const LONG_OPTION_CHARS: usize = 48;

const QUESTION: [&str; 12] = [
    "q",
    "question",
    "text",
    "prompt",
    "frage",
    "pregunta",
    "pergunta",
    "domanda",
    "vraag",
    "вопрос",
    "问题",
    "質問",
];
const CHOICES: [&str; 14] = [
    "options",
    "option",
    "choices",
    "choice",
    "answers",
    "answer",
    "optionen",
    "antworten",
    "opciones",
    "respuestas",
    "opções",
    "choix",
    "réponses",
    "opzioni",
];
const SEVERAL_KEYS: [&str; 6] = [
    "multiple",
    "multi",
    "multiselect",
    "allowmultiple",
    "allow multiple",
    "type",
];
const SEVERAL: [&str; 13] = [
    "several",
    "multi",
    "all that apply",
    "more than one",
    "checkbox",
    "mehrere",
    "mehrfach",
    "varias",
    "varios",
    "plusieurs",
    "várias",
    "più",
    "多",
];
const ONE: [&str; 8] = ["one", "single", "eine", "una", "uno", "une", "uma", "单"];
/// "Something else", which the interface offers itself.
const OTHER: [&str; 15] = [
    "other",
    "others",
    "something else",
    "none of the above",
    "anderes",
    "andere",
    "etwas anderes",
    "sonstiges",
    "otro",
    "otra",
    "otra cosa",
    "otros",
    "autre",
    "altro",
    "outro",
];
/// First words of an answer without questions.
const NONE: [&str; 18] = [
    "none",
    "no question",
    "no further question",
    "no clarifying question",
    "keine",
    "keine frage",
    "ninguna",
    "ninguno",
    "no hay pregunta",
    "sin pregunta",
    "aucune",
    "nessuna",
    "nenhuma",
    "geen",
    "нет",
    "无",
    "没有",
    "なし",
];

/// Reads the questions; none when there are none.
pub(super) fn read(text: &str) -> Vec<Question> {
    let is_list = |key: &str| after_label(key, &CHOICES).is_some();
    let found = read_lines(&json::as_lines(&json::values(text), &is_list));
    if found.is_empty() {
        read_lines(text)
    } else {
        found
    }
}

fn read_lines(text: &str) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut draft: Option<Draft> = None;
    for (at, line) in lines(text).filter(|line| !line.text.is_empty()).enumerate() {
        if (at == 0 && says_none(&line.text)) || questions.len() == MAX_QUESTIONS {
            return questions;
        }
        let asked = after_label(&line.text, &QUESTION);
        if asked.is_some() || is_question(&line, draft.as_ref()) {
            questions.extend(draft.take().and_then(|draft| draft.finish(&questions)));
            draft = Some(Draft::new(&line, asked.unwrap_or(&line.text)));
        } else if let Some(draft) = &mut draft {
            draft.line(&line);
        }
    }
    questions.extend(draft.and_then(|draft| draft.finish(&questions)));
    questions.truncate(MAX_QUESTIONS);
    questions
}

fn says_none(text: &str) -> bool {
    let text = after_label(text, &CHOICES).unwrap_or(text);
    let text = text
        .trim_start_matches(['"', '\'', '(', '['])
        .to_lowercase();
    NONE.iter().any(|none| {
        text.strip_prefix(none)
            .is_some_and(|rest| none.contains(' ') || !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a line without a label begins a question rather than belonging to `draft`.
fn is_question(line: &Line, draft: Option<&Draft>) -> bool {
    if line.mark == Mark::Letter || label_of(&line.text, &CHOICES).is_some() {
        return false;
    }
    let asks = match line.mark {
        Mark::Bullet => take_hint(&line.text).0.ends_with(['?', '？']),
        _ => line.text.contains(['?', '？']),
    };
    let Some(draft) = draft else {
        return asks || line.level > 0 || line.mark == Mark::Number;
    };
    if draft.question.question.is_empty()
        || (line.mark != Mark::None && line.indent > draft.indent + 1)
    {
        return false;
    }
    let numbered = line.mark == Mark::Number
        && (draft.mark == Mark::Number
            || matches!(draft.option_mark, Some(Mark::Bullet | Mark::Letter)));
    let heading = match line.mark {
        Mark::None => line.level > 0,
        // Options may be bold as a whole, but are no headings.
        Mark::Number => (1..7).contains(&line.level),
        _ => false,
    };
    asks || numbered || heading
}

/// A question whose options are still being read.
struct Draft {
    question: Question,
    indent: usize,
    mark: Mark,
    /// Mark of the first option.
    option_mark: Option<Mark>,
}

impl Draft {
    fn new(line: &Line, text: &str) -> Self {
        let mut draft = Self {
            question: Question::default(),
            indent: line.indent,
            mark: line.mark,
            option_mark: None,
        };
        draft.ask(text);
        draft
    }

    /// Takes the question, and what may stand behind it in the same line.
    fn ask(&mut self, text: &str) {
        // `Users: who will use it?`
        let text = match label(text) {
            Some(topic)
                if topic.rest.ends_with('?') && topic.name.split_whitespace().count() <= 2 =>
            {
                topic.rest
            }
            _ => text,
        };
        let end = text
            .char_indices()
            .find(|(_, c)| matches!(c, '?' | '？'))
            .map_or(text.len(), |(at, c)| at + c.len_utf8());
        let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
        let (head, several) = take_hint(head);
        self.question.multiple |= several;
        self.question.question = phrase(&head, MAX_QUESTION_CHARS);
        self.follow(tail);
    }

    fn line(&mut self, line: &Line) {
        if self.question.question.is_empty() {
            self.ask(&line.text);
        } else if let Some(choices) = label_of(&line.text, &CHOICES) {
            if choices.numbered {
                self.add(choices.rest);
            } else {
                self.add_all(inline(choices.rest, true));
            }
        } else if let Some(value) = after_label(&line.text, &SEVERAL_KEYS) {
            self.question.multiple |= ["true", "yes"].contains(&value) || says_several(value);
        } else if line.mark == Mark::None {
            self.follow(&line.text);
        } else {
            self.option_mark.get_or_insert(line.mark);
            self.add(&line.text);
        }
    }

    /// Takes unmarked text after the question: how many may be chosen, or options.
    fn follow(&mut self, text: &str) {
        let (text, several) = take_hint(text);
        let options = inline(&text, false);
        self.question.multiple |= several || (options.is_empty() && says_several(&text));
        if self.question.options.is_empty() {
            self.add_all(options);
        }
    }

    fn add_all(&mut self, options: Vec<String>) {
        for option in options {
            self.add(&option);
        }
    }

    fn add(&mut self, option: &str) {
        let short = match option.split_once(": ") {
            Some((head, _)) if option.chars().count() > LONG_OPTION_CHARS => head,
            _ => option,
        };
        let option = phrase(short, MAX_OPTION_CHARS);
        let options = &mut self.question.options;
        if !option.is_empty()
            && !is_other(&option)
            && options.len() < *OPTIONS.end()
            && !repeats(options.iter(), &option)
        {
            options.push(option);
        }
    }

    fn finish(mut self, before: &[Question]) -> Option<Question> {
        // All options behind one bullet.
        if let [single] = self.question.options.as_slice() {
            let options = inline(single, false);
            self.question.options.clear();
            self.add_all(options);
        }
        let question = self.question;
        let earlier = before.iter().map(|other| &other.question);
        (!question.question.is_empty()
            && OPTIONS.contains(&question.options.len())
            && !repeats(earlier, &question.question))
        .then_some(question)
    }
}

fn is_other(option: &str) -> bool {
    let option = option.to_lowercase();
    let head = option.split(['(', ',', ':', '-', '–', '…', '.']).next();
    head.is_some_and(|head| OTHER.contains(&head.trim()))
}

fn says_several(text: &str) -> bool {
    let text = text.to_lowercase().replace('_', " ");
    !text.contains("multiple choice") && SEVERAL.iter().any(|word| text.contains(word))
}

/// Takes `(choose several)` or `(choose one)` off; answers whether several may be chosen.
fn take_hint(text: &str) -> (String, bool) {
    let found = text.rfind(['(', '[']).and_then(|start| {
        let (head, rest) = text.split_at_checked(start)?;
        let (hint, tail) = rest.split_once([')', ']'])?;
        let one = hint
            .split(|c: char| !c.is_alphabetic())
            .any(|word| ONE.contains(&word.to_lowercase().as_str()));
        let several = says_several(hint);
        let text = format!("{}{}", head.trim_end(), tail.trim_end());
        (one || several).then_some((text, several))
    });
    found.unwrap_or_else(|| (text.trim().to_owned(), false))
}

/// Options in one line, or none when it doesn't hold several.
fn inline(text: &str, labelled: bool) -> Vec<String> {
    let counted = counted_parts(text);
    if counted.len() > 1 {
        return counted;
    }
    for mark in [" / ", " | ", ";", ",", "/"] {
        let parts: Vec<&str> = match mark {
            "," if labelled => split_outside(text, ','),
            "," => continue,
            mark => text
                .split(mark)
                .filter(|part| !part.trim().is_empty())
                .collect(),
        };
        if parts.len() > 1 {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    Vec::new()
}
