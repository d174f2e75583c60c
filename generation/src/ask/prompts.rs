//! What the model is told for each task, and what the code request says of the outcome.
//!
//! The form is shown by an example about something else, since small models
//! copy forms better than they follow descriptions. Each prompt ends with what
//! must not be forgotten.

use std::fmt::Write as _;

use protocol::ask::{Answer, AskRequest, Proposal};

use super::text::shortened;
use super::{AskPrompt, enhance, suggestions};

/// Characters of a request that are shown for tasks that needn't know all of it.
const MAX_REQUEST_CHARS: usize = 6_000;
/// Characters of a design that are shown.
const MAX_DESIGN_CHARS: usize = 4_000;
/// Characters of the summary that are shown.
const MAX_SUMMARY_CHARS: usize = 1_500;
/// Paths that are shown: enough to tell what the app is made of.
const MAX_PATHS: usize = 40;
/// Tokens of a word, with air: German takes two, other scripts more.
const TOKENS_PER_WORD: usize = 4;

const QUESTIONS: &str = "\
Someone wants a small web app and said little about it. Ask what would change the app: who uses it, what it keeps, what matters most. At most 3 questions, each with 2 to 5 short options, the likeliest first. Nothing about programming, accounts or devices.

If the request says enough to build a useful app, answer with one word: NONE

Otherwise answer in this form, here about recipes, and write nothing else:

Q: Where do the recipes come from?
- I type them in
- Pasted from web pages
Q: What do you need most? (several)
- Search
- Shopping list
- Week plan

\"(several)\" stands behind a question that may have several answers. No option for \"other\".";

const PROPOSALS: &str = "\
You plan a small web app before it is built. It runs in the browser alone: no server, no accounts.

A proposal has this form, here about books:

PROPOSAL: Reading shelf
SUMMARY: Books as covers on shelves, by how far you are.
DATA:
- Book: title, author, pages, page reached
SCREENS:
- Shelf: all books by state
- Book: progress and notes
INTERACTIONS:
- Drag a book to another shelf
- Tap a cover to log pages
LOOK: warm paper, dark red accent, serif titles

At most 3 kinds of data, 3 screens and 4 interactions. Keep the words in capitals as they are.";

const ENHANCE: &str = "\
You rewrite a request for a small web app so that it is easier to build. Keep the wish and everything it names. Say what it only implies: what the app keeps, what is on the screen, what the person can do. Add nothing that changes the wish: no accounts, no payments, no server, no technology. Plain sentences, as the person would write them.";

const SUGGESTIONS: &str = "\
A small web app was just built. Suggest 3 next steps that its user would like: concrete changes to this app, each small enough for one request, each different, none that it has already. No accounts, no server.

Answer with three lines in this form, here about recipes, and write nothing else:

- Scale ingredients by number of guests
- Add a timer to each step
- Print a recipe on one page";

const SKETCH: &str = "\
You draw a quick sketch of a small app as React code, so that someone can see and try the design before the app is built. It runs in a browser frame.

Answer with one file in this form, here about a counter, and write nothing else:

```tsx path=src/App.tsx
import { useState } from \"react\";

export default function App() {
  const [count, setCount] = useState(0);
  return <button type=\"button\" onClick={() => setCount(count + 1)}>{count} times</button>;
}
```

- At most 120 lines. The main screen, full of realistic sample data; the most important interaction works, the others only look right.
- React with hooks, Tailwind CSS classes for all styling, icons from \"lucide-react\". No other imports, no network, no storage.
- The look of the design: its colours, its mood. dark: variants on every surface and text. Nothing scrolls sideways from 360 px up.
- The whole file, from its first to its last line.";

/// Longest time in seconds that a person is kept waiting for a task, whoever does it.
pub fn patience_s(request: &AskRequest) -> u64 {
    match request {
        // Some thousand tokens, which a small model on a processor alone writes slowly.
        AskRequest::Sketch { .. } => 240,
        _ => 90,
    }
}

/// Makes the prompt of a task.
pub fn prompt(request: &AskRequest) -> AskPrompt {
    match request {
        AskRequest::Questions { prompt, .. } => AskPrompt {
            system: QUESTIONS.to_owned(),
            user: format!(
                "{}Ask in the language of the request, or answer NONE.",
                wish(prompt)
            ),
            answer_tokens: 400,
        },
        AskRequest::Proposals {
            prompt,
            answers,
            count,
            ..
        } => {
            let ask = match count {
                0 | 1 => "Write one proposal".to_owned(),
                count => format!(
                    "Write {count} proposals that differ clearly in main screen, way of working and look"
                ),
            };
            AskPrompt {
                system: PROPOSALS.to_owned(),
                user: format!(
                    "{}{}{ask}, in the language of the request. Begin with PROPOSAL:",
                    wish(prompt),
                    answers_text(answers)
                ),
                answer_tokens: 500 * u32::try_from(*count).unwrap_or(1).max(1),
            }
        }
        AskRequest::Enhance { prompt, paths, .. } => {
            let most = enhance::most_words(prompt);
            AskPrompt {
                system: ENHANCE.to_owned(),
                user: format!(
                    "{}Request:\n\n{}\n\nAnswer with the better request only: at most {most} words, in the same language.",
                    files(paths),
                    prompt.trim()
                ),
                answer_tokens: u32::try_from(most * TOKENS_PER_WORD).unwrap_or(u32::MAX),
            }
        }
        AskRequest::Suggestions {
            prompt,
            summary,
            paths,
            ..
        } => {
            let summary = shortened(summary.trim(), MAX_SUMMARY_CHARS);
            let built = if summary.is_empty() {
                summary
            } else {
                format!("Built:\n\n{summary}\n\n")
            };
            AskPrompt {
                system: SUGGESTIONS.to_owned(),
                user: format!(
                    "{}{built}{}Three lines, each a change of at most {} words, in the language of the request.",
                    wish(prompt),
                    files(paths),
                    suggestions::ASKED_WORDS
                ),
                answer_tokens: 150,
            }
        }
        AskRequest::Sketch { prompt, design, .. } => AskPrompt {
            system: SKETCH.to_owned(),
            user: format!(
                "{}Design:\n\n{}\n\nWrite src/App.tsx as a sketch of this design, with its texts in the language of the request. Begin with ```tsx path=src/App.tsx",
                wish(prompt),
                shortened(design.trim(), MAX_DESIGN_CHARS)
            ),
            answer_tokens: 2_600,
        },
    }
}

fn wish(prompt: &str) -> String {
    format!(
        "Request:\n\n{}\n\n",
        shortened(prompt.trim(), MAX_REQUEST_CHARS)
    )
}

fn files(paths: &[String]) -> String {
    if paths.is_empty() {
        return String::new();
    }
    let shown: Vec<&str> = paths.iter().take(MAX_PATHS).map(String::as_str).collect();
    format!("Files of the app: {}\n\n", shown.join(", "))
}

/// What was chosen, for the model; empty when nothing was. Ends with a blank line.
pub fn answers_text(answers: &[Answer]) -> String {
    let mut text = String::new();
    for answer in answers {
        let chosen: Vec<&str> = kept(&answer.chosen);
        if !chosen.is_empty() {
            let _ = writeln!(text, "- {} {}", answer.question.trim(), chosen.join(", "));
        }
    }
    if text.is_empty() {
        text
    } else {
        format!("Answers to questions about it:\n{text}\n")
    }
}

/// What the code request says of an accepted proposal. Parts that were emptied stay out.
pub fn proposal_text(proposal: &Proposal) -> String {
    let mut text = format!("Build it like this: {}\n", proposal.title.trim());
    let data = proposal.data.iter().map(|item| {
        let fields = kept(&item.fields).join(", ");
        (item.name.as_str(), fields)
    });
    let screens = proposal
        .screens
        .iter()
        .map(|screen| (screen.name.as_str(), screen.purpose.trim().to_owned()));
    let interactions = proposal
        .interactions
        .iter()
        .map(|interaction| (interaction.as_str(), String::new()));
    line(&mut text, "", &proposal.summary);
    list(&mut text, "Data", data);
    list(&mut text, "Screens", screens);
    list(&mut text, "Interactions", interactions);
    line(&mut text, "Look: ", &proposal.look);
    text
}

fn line(text: &mut String, label: &str, content: &str) {
    if !content.trim().is_empty() {
        let _ = writeln!(text, "{label}{}", content.trim());
    }
}

fn list<'a>(text: &mut String, label: &str, items: impl Iterator<Item = (&'a str, String)>) {
    let mut items = items.filter(|(name, _)| !name.trim().is_empty()).peekable();
    if items.peek().is_some() {
        let _ = writeln!(text, "{label}:");
    }
    for (name, rest) in items {
        let mark = if rest.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "- {}{mark}{rest}", name.trim());
    }
}

fn kept(texts: &[String]) -> Vec<&str> {
    texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect()
}
