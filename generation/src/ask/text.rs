//! A model's answer as lines, however it is marked up.

/// Most of an answer that is read, in bytes. The tasks take some 2 KB.
const MAX_ANSWER_BYTES: usize = 32 * 1024;
/// Names of the tags that models put around their thoughts.
const THINK: [&str; 4] = ["thinking", "think", "thought", "reasoning"];
/// Longest label, in bytes: three words in most languages.
const MAX_LABEL_BYTES: usize = 48;

/// What stands before the text of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    #[default]
    None,
    /// `-`, `*`, `•`.
    Bullet,
    /// `1.`, `(2)`.
    Number,
    /// `a)`, `B.`.
    Letter,
}

/// One line without its markup.
#[derive(Debug)]
pub(super) struct Line {
    /// Columns before it.
    pub(super) indent: usize,
    pub(super) mark: Mark,
    /// Depth as a heading: 1 to 6 as in Markdown, 7 when the line is bold as a whole, 0 for text.
    pub(super) level: usize,
    /// Trimmed.
    pub(super) text: String,
}

/// The answer without thoughts, and no longer than is read.
pub(super) fn said(answer: &str) -> String {
    let mut text = without_thoughts(answer);
    text.truncate(text.floor_char_boundary(MAX_ANSWER_BYTES));
    text
}

fn without_thoughts(answer: &str) -> String {
    let mut text = String::new();
    let mut rest = answer;
    let mut thinking = false;
    while let Some((before, after)) = rest.split_once('<') {
        let tag = think_tag(after);
        if !thinking {
            text.push_str(before);
            if tag.is_none() {
                text.push('<');
            }
        }
        rest = tag.map_or(after, |(_, tail)| tail);
        if let Some((closing, tail)) = tag {
            // Some chat templates write the opening tag themselves.
            if closing && !thinking && !tail.trim_start().is_empty() {
                text.clear();
            }
            thinking = !closing;
        }
    }
    if !thinking {
        text.push_str(rest);
    }
    text
}

/// Whether a tag of thoughts closes, and what follows it. `after` follows its `<`.
fn think_tag(after: &str) -> Option<(bool, &str)> {
    let name = after.strip_prefix('/');
    let closing = name.is_some();
    let name = name.unwrap_or(after);
    THINK.iter().find_map(|word| {
        let (start, tail) = name.split_at_checked(word.len())?;
        let tail = tail.strip_prefix('>')?;
        start.eq_ignore_ascii_case(word).then_some((closing, tail))
    })
}

/// The lines of a text, empty ones included, fences and rules left out, and
/// what a broken model writes.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    text.lines()
        .filter(|line| !is_fence(line) && !is_rule(line) && !is_garbled(line))
        .map(line)
}

/// Whether a line has characters that no text has.
fn is_garbled(line: &str) -> bool {
    line.contains(|c: char| {
        c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\t' | '\r'))
    })
}

pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|c| line.replace(c, "").is_empty())
}

fn line(raw: &str) -> Line {
    let indent = raw
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\t' { 4 } else { 1 })
        .sum();
    let quoted = raw.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let text = quoted.trim_start_matches('#').trim();
    let (_, body) = split_mark(text);
    let bold = body.starts_with("**")
        && body.trim_end_matches(':').ends_with("**")
        && body.matches("**").count() == 2;
    let level = match quoted.bytes().take_while(|b| *b == b'#').count() {
        0 if bold => 7,
        level => level,
    };
    // Bold may hold the mark: `**1. Who?**`.
    let plain = text.replace("**", "").replace("__", "").replace('`', "");
    let (mark, text) = split_mark(&plain);
    Line {
        indent,
        mark,
        level,
        text: text.to_owned(),
    }
}

/// Takes the mark off; a letter or number after a bullet is the mark.
fn split_mark(text: &str) -> (Mark, &str) {
    if let Some(rest) = text.strip_prefix(['•', '◦', '▪', '●', '○', '☐', '□', '·', '–', '—', '-', '*', '+'])
        // `-Item` is one, `-5` and `**bold**` aren't.
        && rest.starts_with(|c: char| c.is_whitespace() || (c.is_alphabetic() && !text.starts_with('*')))
    {
        let rest = rest.trim_start();
        let unboxed = ["[ ]", "[x]", "[X]", "( )"]
            .iter()
            .find_map(|mark| rest.strip_prefix(mark))
            .map_or(rest, str::trim_start);
        return match counted(unboxed) {
            Some(found) => found,
            None => (Mark::Bullet, unboxed),
        };
    }
    counted(text).unwrap_or((Mark::None, text))
}

/// `1.`, `2)`, `(3)`, `a)`, `B:`.
fn counted(text: &str) -> Option<(Mark, &str)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, length) = match digits {
        1 | 2 => (Mark::Number, digits),
        // `Q:` begins a question.
        0 if inner.starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'q' | 'Q')) => {
            (Mark::Letter, 1)
        }
        _ => return None,
    };
    let rest = inner.get(length..)?.strip_prefix([')', '.', ':'])?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (mark, rest.trim_start()))
}

/// Parts of `a) one b) two` or `(1) one (2) two`; empty when there are none.
pub(super) fn counted_parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if counted(word).is_some_and(|(_, rest)| rest.is_empty()) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(' ');
            part.push_str(word);
        }
    }
    parts
}

/// A label at the beginning of a line.
#[derive(Debug)]
pub(super) struct Label<'a> {
    /// In lower case, without a number: `proposal` of `Proposal 2: Board`.
    pub(super) name: String,
    /// Whether it had a number or a letter.
    pub(super) numbered: bool,
    /// What follows, trimmed.
    pub(super) rest: &'a str,
}

/// The label of `label: rest`, `label – rest`, or of a line that may be a label as a whole.
pub(super) fn label(text: &str) -> Option<Label<'_>> {
    let start = text.get(..text.floor_char_boundary(MAX_LABEL_BYTES))?;
    let end = [":", "：", " – ", " — ", " - "]
        .into_iter()
        .filter_map(|mark| Some((start.find(mark)?, mark.len())))
        .min();
    let (head, rest) = match end {
        Some((at, length)) => (text.get(..at)?, text.get(at + length..)?),
        None if start.len() == text.len() => (text, ""),
        None => return None,
    };
    let head = head.to_lowercase().replace('_', " ");
    let name = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '#');
    let name = match name.rsplit_once(' ') {
        Some((name, letter)) if letter.len() == 1 => name,
        _ => name,
    };
    Some(Label {
        numbered: name.len() < head.len(),
        name: name.trim().to_owned(),
        rest: rest.trim(),
    })
}

/// The label of a line, when it is one of `names`.
pub(super) fn label_of<'a>(text: &'a str, names: &[&str]) -> Option<Label<'a>> {
    label(text).filter(|label| names.contains(&label.name.as_str()))
}

/// What follows a label that is one of `names`.
pub(super) fn after_label<'a>(text: &'a str, names: &[&str]) -> Option<&'a str> {
    label_of(text, names).map(|label| label.rest)
}

/// Splits at `mark`, but not inside of brackets. Parts are trimmed and not empty.
pub(super) fn split_outside(text: &str, mark: char) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == mark && depth == 0
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .collect()
}

/// A phrase: no quotes around it, no full stop, at most `max` characters.
pub(super) fn phrase(text: &str, max: usize) -> String {
    let text = text
        .trim()
        .trim_matches(['"', '“', '”', '„', '«', '»', '\'', '[', ']', ' ']);
    shortened(
        text.trim_end_matches(['.', ',', ';', ':', '。']).trim_end(),
        max,
    )
}

/// At most `max` characters, ending at a word.
pub(super) fn shortened(text: &str, max: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(max) else {
        return text.to_owned();
    };
    let head = text.get(..at).unwrap_or_default();
    let end = head.rfind(' ').filter(|end| end * 2 > at).unwrap_or(at);
    format!("{}…", head.get(..end).unwrap_or_default().trim_end())
}

/// Words, two characters of a script without spaces being one.
pub(super) fn words(text: &str) -> usize {
    let dense = text.chars().filter(|c| is_dense(*c)).count();
    let spaced = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))
        .filter(|word| word.chars().any(|c| c.is_alphanumeric() && !is_dense(c)))
        .count();
    spaced + dense.div_ceil(2)
}

/// Thai, Japanese and Chinese.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

/// Whether `seen` has the text, upper and lower case being the same.
pub(super) fn repeats<'a>(mut seen: impl Iterator<Item = &'a String>, text: &str) -> bool {
    let text = text.to_lowercase();
    seen.any(|other| other.to_lowercase() == text)
}
