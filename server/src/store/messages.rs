//! Conversations.

use protocol::app::{Message, Role, TurnState};

use super::{Error, Tx, signed, unsigned};

type MessageRow = (String, String, String, String, String, i64);

impl Tx {
    /// Messages of an app, oldest first.
    pub async fn messages(&mut self, app_id: &str) -> Result<Vec<Message>, Error> {
        let rows = sqlx::query_as::<_, MessageRow>(
            "SELECT id, role, content, files, state, created_ms FROM messages
             WHERE app_id = ? ORDER BY created_ms, sequence",
        )
        .bind(app_id)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(to_message).collect()
    }

    /// Number of messages of an app, other than the one with this id.
    pub async fn count_other_messages(&mut self, app_id: &str, id: &str) -> Result<u64, Error> {
        let (count,) = sqlx::query_as::<_, (i64,)>(
            "SELECT count(*) FROM messages WHERE app_id = ? AND id <> ?",
        )
        .bind(app_id)
        .bind(id)
        .fetch_one(&mut *self.0)
        .await?;
        unsigned(count, "count of messages")
    }

    /// Adds a message, or replaces the one with the same id at its place.
    pub async fn put_message(&mut self, app_id: &str, message: &Message) -> Result<(), Error> {
        let files = serde_json::to_string(&message.files)
            .map_err(|error| Error::Database(sqlx::Error::Encode(Box::new(error))))?;
        sqlx::query(
            "INSERT INTO messages (app_id, id, role, content, files, state, created_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (app_id, id) DO UPDATE SET
                 role = excluded.role, content = excluded.content, files = excluded.files,
                 state = excluded.state, created_ms = excluded.created_ms",
        )
        .bind(app_id)
        .bind(&message.id)
        .bind(role_text(message.role))
        .bind(&message.content)
        .bind(files)
        .bind(state_text(message.state))
        .bind(signed(message.created_ms))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}

fn to_message(row: MessageRow) -> Result<Message, Error> {
    let (id, role, content, files, state, created_ms) = row;
    Ok(Message {
        id,
        role: match role.as_str() {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            _ => return Err(Error::Corrupt("messages.role")),
        },
        content,
        files: serde_json::from_str(&files).map_err(|_| Error::Corrupt("messages.files"))?,
        state: match state.as_str() {
            "done" => TurnState::Done,
            "stopped" => TurnState::Stopped,
            "failed" => TurnState::Failed,
            _ => return Err(Error::Corrupt("messages.state")),
        },
        created_ms: unsigned(created_ms, "messages.created_ms")?,
    })
}

fn role_text(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

fn state_text(state: TurnState) -> &'static str {
    match state {
        TurnState::Done => "done",
        TurnState::Stopped => "stopped",
        TurnState::Failed => "failed",
    }
}
