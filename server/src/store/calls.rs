//! What was asked of language models, and when generations began.

use protocol::provider::{CallOutcome, ModelCall};

use super::{Error, Tx, signed, unsigned};

type Columns = (
    String,
    String,
    i64,
    Option<u32>,
    u32,
    i64,
    i64,
    Option<i64>,
    String,
    Option<String>,
);

impl Tx {
    /// Adds a call, and lets the oldest go beyond `keep`.
    pub async fn add_call(&mut self, call: &ModelCall, keep: u32) -> Result<(), Error> {
        let added = sqlx::query(
            "INSERT INTO model_calls (provider, model, started_ms, first_token_ms, duration_ms,
                 prompt_tokens, completion_tokens, cost_micro_usd, outcome, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&call.provider)
        .bind(&call.model)
        .bind(call.started_ms)
        .bind(call.first_token_ms)
        .bind(call.duration_ms)
        .bind(signed(call.prompt_tokens))
        .bind(signed(call.completion_tokens))
        .bind(call.cost_micro_usd.map(signed))
        .bind(match call.outcome {
            CallOutcome::Done => "done",
            CallOutcome::Failed => "failed",
            CallOutcome::Cancelled => "cancelled",
            CallOutcome::Cached => "cached",
        })
        .bind(&call.reason)
        .execute(&mut *self.0)
        .await?;
        sqlx::query("DELETE FROM model_calls WHERE sequence <= ?")
            .bind(added.last_insert_rowid() - i64::from(keep))
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// The last calls, newest first.
    pub async fn calls(&mut self, limit: u32) -> Result<Vec<ModelCall>, Error> {
        let rows = sqlx::query_as::<_, Columns>(
            "SELECT provider, model, started_ms, first_token_ms, duration_ms,
                 prompt_tokens, completion_tokens, cost_micro_usd, outcome, reason
             FROM model_calls ORDER BY sequence DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(ModelCall {
                    provider: row.0,
                    model: row.1,
                    started_ms: row.2,
                    first_token_ms: row.3,
                    duration_ms: row.4,
                    prompt_tokens: unsigned(row.5, "model_calls.prompt_tokens")?,
                    completion_tokens: unsigned(row.6, "model_calls.completion_tokens")?,
                    cost_micro_usd: row
                        .7
                        .map(|cost| unsigned(cost, "model_calls.cost_micro_usd"))
                        .transpose()?,
                    outcome: match row.8.as_str() {
                        "done" => CallOutcome::Done,
                        "failed" => CallOutcome::Failed,
                        "cancelled" => CallOutcome::Cancelled,
                        "cached" => CallOutcome::Cached,
                        _ => return Err(Error::Corrupt("model_calls.outcome")),
                    },
                    reason: row.9,
                })
            })
            .collect()
    }

    /// When a user's generations after a moment began, newest first.
    pub async fn starts_after(&mut self, user: &str, after_ms: i64) -> Result<Vec<i64>, Error> {
        let starts = sqlx::query_scalar(
            "SELECT started_ms FROM generation_starts WHERE user_id = ? AND started_ms > ?
             ORDER BY started_ms DESC",
        )
        .bind(user)
        .bind(after_ms)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(starts)
    }

    /// Notes that a generation begins, and gives the number of that note.
    pub async fn add_start(&mut self, user: &str, started_ms: i64) -> Result<i64, Error> {
        let added =
            sqlx::query("INSERT INTO generation_starts (user_id, started_ms) VALUES (?, ?)")
                .bind(user)
                .bind(started_ms)
                .execute(&mut *self.0)
                .await?;
        Ok(added.last_insert_rowid())
    }

    /// Forgets all that began up to a moment.
    pub async fn forget_starts(&mut self, until_ms: i64) -> Result<(), Error> {
        sqlx::query("DELETE FROM generation_starts WHERE started_ms <= ?")
            .bind(until_ms)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Takes back one note of [`Tx::add_start`].
    pub async fn delete_start(&mut self, sequence: i64) -> Result<(), Error> {
        sqlx::query("DELETE FROM generation_starts WHERE sequence = ?")
            .bind(sequence)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn the_newest_calls_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("calls.sqlite3"))
            .await
            .unwrap();
        let mut tx = store.write().await.unwrap();
        for started_ms in 0..5 {
            let call = ModelCall {
                provider: "ollama".to_owned(),
                model: "m".to_owned(),
                started_ms,
                first_token_ms: Some(7),
                duration_ms: 8,
                prompt_tokens: 9,
                completion_tokens: 10,
                cost_micro_usd: Some(11),
                outcome: CallOutcome::Failed,
                reason: Some("why".to_owned()),
            };
            tx.add_call(&call, 3).await.unwrap();
            assert_eq!(tx.calls(1).await.unwrap(), [call]);
        }
        let calls = tx.calls(100).await.unwrap();
        let started: Vec<_> = calls.iter().map(|call| call.started_ms).collect();
        assert_eq!(started, [4, 3, 2]);
    }
}
