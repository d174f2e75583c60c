//! What is said to a language model, and how its answer is read.
//!
//! [`prompt`] makes the messages from the dependency manifest and the request;
//! [`dialect`] speaks the providers' APIs in terms of [`chat`]; [`parser`] finds
//! files in an answer however a model wraps them, [`patch`] those that come as
//! patches; [`pump`] puts parser and wire
//! events together; [`turn`] leads the conversation until an app is whole, [`relay`]
//! has several providers asked in turn;
//! [`utf8`] turns bytes of a network stream into text. Pure: no
//! HTTP, no async, no clock, so that the server and a browser can both use it.

pub mod ask;
pub mod chat;
pub mod dialect;
mod json;
pub mod parser;
pub mod patch;
pub mod prompt;
pub mod pump;
pub mod relay;
pub mod turn;
pub mod utf8;

pub use chat::{ChatMessage, ChatRequest, ChatRole, ModelInfo, StreamEvent};
pub use dialect::{Decoder, Endpoint, Failure};
pub use parser::{FileState, ParseEvent, Parser, ParserOptions, Summary};
pub use prompt::{Prompt, PromptOptions, build_prompt};
pub use pump::Pump;
pub use relay::{Attempt, Relay, Tally, Who};
pub use turn::Turn;
pub use utf8::Utf8Decoder;
