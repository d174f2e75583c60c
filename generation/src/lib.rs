//! What is said to a language model, and how its answer is read.
//!
//! [`ask`] does the small tasks of a conversation.
//! [`prompt`] makes the messages from the dependency manifest and the request;
//! [`utf8`] turns bytes of a network stream into text; [`parser`] finds files
//! in that text however a model wraps them; [`pump`] puts parser and wire
//! events together. Pure: no HTTP, no async, no clock, so that the server and
//! a browser can both use it.

pub mod ask;
pub mod parser;
pub mod prompt;
pub mod pump;
pub mod utf8;

pub use parser::{FileState, ParseEvent, Parser, ParserOptions, Summary};
pub use prompt::{ChatMessage, ChatRole, Prompt, PromptOptions, build_prompt};
pub use pump::Pump;
pub use utf8::Utf8Decoder;
