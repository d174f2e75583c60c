//! `POST /api/ask`: the small tasks around a conversation.

use protocol::ask::{AskAnswer, AskRequest};

use super::client::{Abort, Method, send};
use super::error::Result;

/// Asks the small model. `abort` ends it at once.
pub(crate) async fn ask(request: &AskRequest, abort: &Abort) -> Result<AskAnswer> {
    let signal = abort.signal();
    send(Method::Post, "/api/ask", Some(request), signal.as_ref()).await
}
