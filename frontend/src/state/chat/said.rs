//! What the conversation is asked, and what it tells of a turn.

use protocol::app::TurnState;

/// One file of the running turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StreamedFile {
    /// Project path.
    pub(crate) path: String,
    /// The model has finished it.
    pub(crate) complete: bool,
    /// The model deleted it.
    pub(crate) deleted: bool,
}

/// The model that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answering {
    /// Its provider's name.
    pub(crate) provider: String,
    /// Its name.
    pub(crate) model: String,
    /// Estimated tokens of the prompt.
    pub(crate) prompt_tokens: u64,
    /// Tokens that prompt and answer may take together.
    pub(crate) context_tokens: u64,
    /// The answer is one from before.
    pub(crate) cached: bool,
}

/// What an answer cost so far, as the provider tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cost {
    /// Tokens of the prompt.
    pub(crate) prompt_tokens: u64,
    /// Tokens of the answer.
    pub(crate) completion_tokens: u64,
    /// Millionths of a US dollar.
    pub(crate) micro_usd: Option<u64>,
}

/// How the last turn of this page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Counts the ends.
    pub(super) number: u64,
    /// How.
    pub(crate) state: TurnState,
    /// It was a repair that nobody asked for.
    pub(crate) repair: bool,
}

/// A request, before it is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// What the person asks for.
    pub(crate) prompt: String,
    /// Problems to repair.
    pub(crate) problems: Vec<String>,
    /// What it is about.
    pub(crate) context: Vec<String>,
    /// Pictures, as data URLs.
    pub(crate) images: Vec<String>,
    /// The studio asks by itself.
    pub(crate) repair: bool,
    /// Whether the model is asked even if the same was answered before.
    pub(crate) fresh: bool,
}

/// Most of a problem that the conversation shows, in characters.
const MAX_SHOWN_CHARS: usize = 160;

/// The beginning of a problem's first line.
pub(super) fn in_short(problem: &str) -> String {
    let line = problem.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(MAX_SHOWN_CHARS).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
