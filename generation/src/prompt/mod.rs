//! The messages for the model: rules, packages, current files, the request.
//!
//! Kept short, because small models lose what stands in the middle: rules
//! first, the request near the end, a check of the format as the last line.
//! Packages come from the manifest only, so that prompt and runtime can't
//! disagree. Sending is the provider's part.

mod context;
mod packages;

use protocol::app::Role;
use protocol::generate::GenerateRequest;
use protocol::manifest::Manifest;

use crate::chat::{ChatMessage, ChatRole};

pub use packages::named_packages;

use context::{select_files, select_history};
use packages::Detail;

/// Bytes of one token, times ten. Measured tokenisers give 3.2 to 4.2 bytes a
/// token for English and TSX; 3.6 errs on the high side for most of them.
const TENTH_BYTES_PER_TOKEN: usize = 36;
/// What a message costs beside its text: role and separators.
const MESSAGE_TOKENS: usize = 4;
/// Least and most that is kept free for the answer, in tokens. Between them it
/// is a third of the context. Generated files have a median of 700 tokens, so
/// the most is some twenty files.
const ANSWER_TOKENS: (usize, usize) = (1_024, 16_384);
/// Most of one problem's text, in bytes: a message and a code frame.
const MAX_PROBLEM_BYTES: usize = 4_000;
/// Most problems that are shown; later ones are mostly echoes of the first.
const MAX_PROBLEMS: usize = 10;
/// Most of one text about the request, in bytes, and most of them.
const MAX_CONTEXT_BYTES: usize = 8_000;
const MAX_CONTEXT: usize = 10;
/// Files that a small model should write at most.
const SMALL_MODEL_FILES: usize = 5;

/// What is known about the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromptOptions {
    /// Size of its context, in tokens, for prompt and answer together.
    pub context_tokens: usize,
    /// Whether it is small (under some 30 billion parameters): shorter rules, fewer files.
    pub small_model: bool,
}

/// The finished prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// In order; the first is the system message, the last the request.
    pub messages: Vec<ChatMessage>,
    /// Estimate for all messages; see [`estimate_tokens`].
    pub estimated_tokens: usize,
    /// Tokens of the context that are left for the answer. Under
    /// [`MIN_ANSWER_TOKENS`] the prompt doesn't fit.
    pub answer_tokens: usize,
    /// What had to stay out, one sentence each.
    pub dropped: Vec<String>,
}

/// Least room for an answer that can be a file: below, ask for a larger context.
pub const MIN_ANSWER_TOKENS: usize = 512;

/// Estimates the tokens of a text as its bytes / 3.6, rounded up. Good to
/// about 15 % for English and TSX; other scripts need fewer tokens than this
/// says, never many more.
pub fn estimate_tokens(text: &str) -> usize {
    (text.len() * 10).div_ceil(TENTH_BYTES_PER_TOKEN)
}

/// What one message costs; pictures aren't counted.
pub(crate) fn message_tokens(message: &ChatMessage) -> usize {
    estimate_tokens(&message.content) + MESSAGE_TOKENS
}

/// Makes the messages for one request.
pub fn build_prompt(
    manifest: &Manifest,
    request: &GenerateRequest,
    options: PromptOptions,
) -> Prompt {
    let mut dropped = Vec::new();
    let budget = options
        .context_tokens
        .saturating_sub(reserve(options.context_tokens));
    let system = system_message(manifest, options, budget, &mut dropped);
    with_system(system, request, options.context_tokens, dropped)
}

/// Tokens that are kept free for the answer.
fn reserve(context_tokens: usize) -> usize {
    (context_tokens / 3).clamp(ANSWER_TOKENS.0, ANSWER_TOKENS.1)
}

/// Makes the messages for one request from rules that were made before.
pub(crate) fn with_system(
    system: String,
    request: &GenerateRequest,
    context_tokens: usize,
    mut dropped: Vec<String>,
) -> Prompt {
    let budget = context_tokens.saturating_sub(reserve(context_tokens));
    let problems = problems_text(&request.problems, &mut dropped);
    let context = context_text(&request.context, &mut dropped);
    let ask = request_text(request);
    let fixed = [&system, &problems, &context, &ask]
        .into_iter()
        .map(|text| estimate_tokens(text) + MESSAGE_TOKENS)
        .sum::<usize>();
    let free = budget.saturating_sub(fixed);
    // Files matter more than old turns.
    let for_files = if request.history.is_empty() {
        free
    } else {
        free / 5 * 4
    };
    let shown = select_files(request, for_files, &mut dropped);
    let history = select_history(request, free.saturating_sub(shown.tokens), &mut dropped);

    let mut messages = vec![ChatMessage::new(ChatRole::System, system)];
    messages.extend(history.into_iter().map(|turn| {
        let role = match turn.role {
            Role::User => ChatRole::User,
            Role::Assistant => ChatRole::Assistant,
        };
        ChatMessage::new(role, turn.content)
    }));
    messages.push(ChatMessage::new(
        ChatRole::User,
        format!("{}{problems}{context}{ask}", shown.text),
    ));
    let estimated_tokens = messages.iter().map(message_tokens).sum();
    Prompt {
        messages,
        estimated_tokens,
        answer_tokens: context_tokens.saturating_sub(estimated_tokens),
        dropped,
    }
}

fn system_message(
    manifest: &Manifest,
    options: PromptOptions,
    budget: usize,
    dropped: &mut Vec<String>,
) -> String {
    let details: &[Detail] = if options.small_model {
        &[Detail::Hints, Detail::Names]
    } else {
        &[Detail::Examples, Detail::Hints, Detail::Names]
    };
    let mut text = String::new();
    for (index, detail) in details.iter().enumerate() {
        text = rules(options);
        text.push_str(&packages::packages_section(manifest, *detail));
        text.push_str(&packages::blocked_section(manifest, *detail));
        // The list may take two thirds of the room, so that files fit too.
        if estimate_tokens(&text) <= budget / 3 * 2 {
            if index > 0 {
                dropped.push(
                    "The list of packages was shortened to fit the model's context.".to_owned(),
                );
            }
            return text;
        }
    }
    dropped
        .push("The list of packages was shortened to names to fit the model's context.".to_owned());
    text
}

/// Everything in the system message but the packages.
fn rules(options: PromptOptions) -> String {
    let size = if options.small_model {
        format!(
            "- Write at most {SMALL_MODEL_FILES} files and at most 3 features; do fewer things, and do them fully.\n"
        )
    } else {
        "- Split by meaning: components in src/components/, logic and data in src/lib/. Few files of sensible size.\n".to_owned()
    };
    format!("{FORMAT}{STACK}{size}{DESIGN}")
}

const FORMAT: &str = "\
You write small, complete React apps that run in a browser frame. Plan silently, then answer with one or two sentences about what you built, followed by the files.

## Answer format

Each file is one fenced code block with its path in the first line of the fence, and holds the whole file from its first to its last line:

```tsx path=src/App.tsx
import { useState } from \"react\";

export default function App() {
  const [count, setCount] = useState(0);
  return <button type=\"button\" onClick={() => setCount(count + 1)}>Clicked {count} times</button>;
}
```

- Write only files that are new or changed, each one once. Files that you don't write stay as they are.
- Never shorten: no comments that stand for existing or remaining code, no patches.
- To delete a file, write a line of its own outside the fences: DELETE src/Old.tsx
- No commands, no installation steps, no explanations after the files.

";

const STACK: &str = "\
## Stack

- React 19 with TypeScript, function components and hooks. The app starts at src/App.tsx, which has a default export without required props.
- Tailwind CSS 4 classes for all styling, arbitrary values included. No other style sheet is needed.
- Don't write index.html, package.json, main.tsx or configuration: they aren't used.
- Import only React, the packages below, and files of the app by relative path or with @/ for src/. Every imported file exists or is in your answer.
- There is no server and no network of its own: no fetch, no remote fonts, remote images only when asked for. Use sample data in the code, icons, emoji, inline SVG and CSS gradients. localStorage works and is kept.
- Lists that the person fills belong in `useAppData`, there without an import: `const { items, total, isLoading, error, create, update, remove } = useAppData<Todo>(\"todos\", { where: { done: false }, sort: \"-createdAt\", limit: 50 })`. Documents have id, createdAt and updatedAt besides their own fields; create(fields), update(id, fields) and remove(id) show at once and return promises; all is kept and live in other tabs. Settings belong in localStorage.
- Beyond the app, `SandboxAPI` is there without an import, and these members only: fetch(url, init) gives a Response, for public https addresses without keys or cookies, and only when the request asks for live data; download(name, textOrBlob); openExternal(url); alert(text), confirm(text), prompt(text, initial); clipboard.writeText(text), clipboard.readText(); theme (\"light\" or \"dark\"); user.id. All functions return promises, the person may refuse each, then they reject with an error that has a code and a message: catch it and show what works without.
- Never window.confirm, window.prompt or window.alert: they can't wait. Use SandboxAPI.confirm and the like, or a dialog of the app.
- Handle empty lists, invalid input and missing data.
";

const DESIGN: &str = "
## Design

- Restrained and precise, like a good native tool: clear hierarchy, generous space, hairline borders, at most one shadow level. No gradient text, no glass, no purple by default.
- One accent colour that suits the subject, on neutral greys; colour never carries meaning alone.
- Responsive from 360 px up, nothing scrolls sideways. Dark mode with Tailwind's dark: variants on every surface and text.
- Realistic sample data, never lorem ipsum; short plain words in sentence case.
- Every control has a label (visible or aria-label), works with the keyboard and shows its focus. Buttons are <button type=\"button\">.

";

/// The last line of every prompt: models follow best what they read last.
const CHECK: &str = "Check before you answer: each file is whole and in its own fence that begins with ```LANGUAGE path=…; every import is a listed package or a file of the app; src/App.tsx has a default export; nothing is replaced by a comment.";

fn problems_text(problems: &[String], dropped: &mut Vec<String>) -> String {
    if problems.is_empty() {
        return String::new();
    }
    if problems.len() > MAX_PROBLEMS {
        dropped.push(format!(
            "{} of {} problems were left out; the first ones are shown.",
            problems.len() - MAX_PROBLEMS,
            problems.len()
        ));
    }
    let mut text = "## Problems to fix\n\n".to_owned();
    for problem in problems.iter().take(MAX_PROBLEMS) {
        text.push_str(context::shortened(problem.trim(), MAX_PROBLEM_BYTES));
        text.push_str("\n\n");
    }
    text
}

/// What the request is about, right above it: the picked element, the console.
fn context_text(context: &[String], dropped: &mut Vec<String>) -> String {
    if context.is_empty() {
        return String::new();
    }
    if context.len() > MAX_CONTEXT {
        dropped.push(format!(
            "{} of {} texts about the request were left out; the first ones are shown.",
            context.len() - MAX_CONTEXT,
            context.len()
        ));
    }
    let mut text = "## What the request is about\n\n".to_owned();
    for part in context.iter().take(MAX_CONTEXT) {
        text.push_str(context::shortened(part.trim(), MAX_CONTEXT_BYTES));
        text.push_str("\n\n");
    }
    text
}

fn request_text(request: &GenerateRequest) -> String {
    let prompt = request.prompt.trim();
    let ask = match (prompt.is_empty(), request.files.is_empty()) {
        (true, _) => "Fix the problems above. Change nothing else.".to_owned(),
        (false, true) => format!("Build this app:\n\n{prompt}"),
        (false, false) => format!("Change the app:\n\n{prompt}"),
    };
    format!("## Request\n\n{ask}\n\n{CHECK}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_rounded_up() {
        assert_eq!(estimate_tokens(""), 0);
        assert_eq!(estimate_tokens("a"), 1);
        assert_eq!(estimate_tokens(&"a".repeat(36)), 10);
    }
}
