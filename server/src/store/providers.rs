//! Providers of language models, and which of them is asked first.

use protocol::provider::ProviderKind;

use super::{Error, Tx};

/// A saved provider. Its key is sealed: the store never sees the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRow {
    /// Id.
    pub id: String,
    /// Name that people see.
    pub name: String,
    /// API.
    pub kind: ProviderKind,
    /// Address.
    pub base_url: String,
    /// Model for code.
    pub model: String,
    /// Model for the rest.
    pub small_model: String,
    /// Whether it may be asked.
    pub enabled: bool,
    /// Sealed key.
    pub api_key: Option<Vec<u8>>,
}

/// Which providers are asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedChoice {
    /// Who is asked first; `None` is `auto`.
    pub preferred: Option<String>,
    /// Whether others are asked; `None` is as the environment says.
    pub fallback: Option<bool>,
}

type Columns = (
    String,
    String,
    String,
    String,
    String,
    String,
    bool,
    Option<Vec<u8>>,
);

impl Tx {
    /// The saved providers, in their order.
    pub async fn providers(&mut self) -> Result<Vec<ProviderRow>, Error> {
        let rows = sqlx::query_as::<_, Columns>(
            "SELECT id, name, kind, base_url, model, small_model, enabled, api_key
             FROM providers ORDER BY position, id",
        )
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter()
            .map(
                |(id, name, kind, base_url, model, small_model, enabled, api_key)| {
                    Ok(ProviderRow {
                        id,
                        name,
                        kind: match kind.as_str() {
                            "ollama" => ProviderKind::Ollama,
                            "openai" => ProviderKind::Openai,
                            "anthropic" => ProviderKind::Anthropic,
                            _ => return Err(Error::Corrupt("providers.kind")),
                        },
                        base_url,
                        model,
                        small_model,
                        enabled,
                        api_key,
                    })
                },
            )
            .collect()
    }

    /// Saves a provider in the place of the one with its id, or as the last one.
    pub async fn put_provider(&mut self, provider: &ProviderRow) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO providers
                 (id, position, name, kind, base_url, model, small_model, enabled, api_key)
             VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM providers), ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET
                 name = excluded.name, kind = excluded.kind, base_url = excluded.base_url,
                 model = excluded.model, small_model = excluded.small_model,
                 enabled = excluded.enabled, api_key = excluded.api_key, clear_key = NULL",
        )
        .bind(&provider.id)
        .bind(&provider.name)
        .bind(match provider.kind {
            ProviderKind::Ollama => "ollama",
            ProviderKind::Openai => "openai",
            ProviderKind::Anthropic => "anthropic",
        })
        .bind(&provider.base_url)
        .bind(&provider.model)
        .bind(&provider.small_model)
        .bind(provider.enabled)
        .bind(&provider.api_key)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Removes a saved provider; whether there was one.
    pub async fn delete_provider(&mut self, id: &str) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM providers WHERE id = ?")
            .bind(id)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Ids and keys in the clear, which an older version wrote.
    pub async fn clear_keys(&mut self) -> Result<Vec<(String, String)>, Error> {
        let rows =
            sqlx::query_as("SELECT id, clear_key FROM providers WHERE clear_key IS NOT NULL")
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows)
    }

    /// Which providers are asked, if that was ever saved.
    pub async fn choice(&mut self) -> Result<Option<SavedChoice>, Error> {
        let row = sqlx::query_as("SELECT preferred, fallback FROM model_settings WHERE id = 1")
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.map(|(preferred, fallback)| SavedChoice {
            preferred,
            fallback,
        }))
    }

    /// Saves which providers are asked.
    pub async fn put_choice(&mut self, choice: &SavedChoice) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO model_settings (id, preferred, fallback) VALUES (1, ?, ?)
             ON CONFLICT (id) DO UPDATE SET
                 preferred = excluded.preferred, fallback = excluded.fallback",
        )
        .bind(&choice.preferred)
        .bind(choice.fallback)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}
