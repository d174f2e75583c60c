//! What goes to a model and what comes back, whatever the provider speaks.

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatRole {
    /// Rules.
    System,
    /// The person, with files and problems.
    User,
    /// The model.
    Assistant,
}

/// One message of a conversation with the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatMessage {
    /// Who speaks.
    pub role: ChatRole,
    /// Markdown.
    pub content: String,
    /// Pictures beside the text, as data URLs in Base64.
    pub images: Vec<String>,
}

impl ChatMessage {
    /// A message without pictures.
    pub fn new(role: ChatRole, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            images: Vec::new(),
        }
    }
}

/// What a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatRequest {
    /// The conversation.
    pub messages: Vec<ChatMessage>,
    /// Tokens that prompt and answer may take together; Ollama cuts the prompt
    /// off silently at a small default when it isn't told.
    pub context_tokens: u32,
    /// Tokens that the answer may take, thoughts included.
    pub answer_tokens: u32,
    /// How freely the model chooses its words: 0.2 for code.
    pub temperature: f32,
}

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamEvent {
    /// Text of the answer.
    Text(String),
    /// Text that the model thinks before it answers, where the provider tells it apart.
    Thinking(String),
    /// Counts of this request so far; the last ones count.
    Usage {
        /// Tokens of the prompt.
        prompt_tokens: u64,
        /// Tokens of the answer.
        completion_tokens: u64,
        /// Millionths of a US dollar, where the provider tells.
        cost_micro_usd: Option<u64>,
    },
    /// The end, always last.
    Done {
        /// Whether the provider stopped at a length limit.
        length: bool,
    },
}

/// What a provider tells of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelInfo {
    /// Longest context that it was made for.
    pub context_tokens: Option<u32>,
    /// Whether it is so small that the prompt should be plain and short.
    pub small: bool,
    /// Whether it takes pictures, where the provider tells.
    pub sees_images: Option<bool>,
}
