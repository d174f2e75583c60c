//! Conversations.

use protocol::app::Message;
use protocol::limits::{MAX_FILES, MAX_MESSAGE_BYTES};

use super::Error;
use super::rules::{check_file_path, check_id, megabytes};
use crate::store::Store;

/// Most messages of one app: far more than a person writes, few enough to list at once.
const MAX_MESSAGES: u64 = 5_000;

/// The messages service.
#[derive(Clone)]
pub struct Messages {
    store: Store,
}

impl Messages {
    /// Works on a store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// The conversation of an app, oldest first.
    pub async fn list(&self, app_id: &str) -> Result<Vec<Message>, Error> {
        let mut tx = self.store.read().await?;
        tx.app(app_id).await?.ok_or_else(|| Error::no_app(app_id))?;
        Ok(tx.messages(app_id).await?)
    }

    /// Adds a message, or replaces the one with the same id.
    pub async fn put(&self, app_id: &str, message: Message) -> Result<Message, Error> {
        check_id("the message's id", &message.id)?;
        if message.content.len() > MAX_MESSAGE_BYTES {
            return Err(Error::too_large(
                format!(
                    "the message has {}; the limit is {}",
                    megabytes(message.content.len()),
                    megabytes(MAX_MESSAGE_BYTES)
                ),
                "Shorten the message.",
            ));
        }
        if message.files.len() > MAX_FILES {
            return Err(Error::too_large(
                format!(
                    "the message names {} files; the limit is {MAX_FILES}",
                    message.files.len()
                ),
                "Name each file once.",
            ));
        }
        for path in &message.files {
            check_file_path(path)?;
        }
        let mut tx = self.store.write().await?;
        tx.app(app_id).await?.ok_or_else(|| Error::no_app(app_id))?;
        if tx.count_other_messages(app_id, &message.id).await? >= MAX_MESSAGES {
            return Err(Error::too_large(
                format!("the conversation has {MAX_MESSAGES} messages, which is the limit"),
                "Go on in a new app with the same files.",
            ));
        }
        tx.put_message(app_id, &message).await?;
        tx.commit().await?;
        Ok(message)
    }
}
