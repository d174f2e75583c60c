//! The provider setting.

use protocol::provider::ProviderKind;

use super::{Error, Tx};
use crate::provider::{ProviderConfig, Secret};

type ProviderRow = (String, String, String, Option<String>);

impl Tx {
    /// The saved provider, if any.
    pub async fn provider(&mut self) -> Result<Option<ProviderConfig>, Error> {
        let row = sqlx::query_as::<_, ProviderRow>(
            "SELECT kind, base_url, model, api_key FROM provider WHERE id = 1",
        )
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(|(kind, base_url, model, api_key)| {
            Ok(ProviderConfig {
                kind: match kind.as_str() {
                    "ollama" => ProviderKind::Ollama,
                    "openai" => ProviderKind::Openai,
                    _ => return Err(Error::Corrupt("provider.kind")),
                },
                base_url,
                model,
                api_key: api_key.as_deref().and_then(Secret::new),
            })
        })
        .transpose()
    }

    /// Saves the provider in place of the one before.
    pub async fn put_provider(&mut self, provider: &ProviderConfig) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO provider (id, kind, base_url, model, api_key) VALUES (1, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET
                 kind = excluded.kind, base_url = excluded.base_url,
                 model = excluded.model, api_key = excluded.api_key",
        )
        .bind(match provider.kind {
            ProviderKind::Ollama => "ollama",
            ProviderKind::Openai => "openai",
        })
        .bind(&provider.base_url)
        .bind(&provider.model)
        .bind(provider.api_key.as_ref().map(Secret::expose))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}
