//! HTTP that both dialects share: addresses, key, time limits, and the same
//! words for the same failures.

use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use tokio::time::timeout;

use super::{Error, Timeouts};
use crate::provider::{ProviderConfig, Secret};

/// Longest whole answer, in bytes: OpenRouter's list of models has about 1 MB.
const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;
/// Longest answer that explains a failure, in bytes.
const MAX_FAILURE_BYTES: usize = 64 * 1024;

/// Talks to one provider.
#[derive(Debug, Clone)]
pub(super) struct Transport {
    client: Client,
    timeouts: Timeouts,
    config: ProviderConfig,
}

impl Transport {
    pub(super) fn new(client: Client, timeouts: Timeouts, config: ProviderConfig) -> Self {
        Self {
            client,
            timeouts,
            config,
        }
    }

    pub(super) fn config(&self) -> &ProviderConfig {
        &self.config
    }

    /// Asks for a short JSON answer: `GET`, or `POST` when there is a body.
    pub(super) async fn json(&self, path: &str, body: Option<&Value>) -> Result<Value, Error> {
        let limit = self.timeouts.short;
        let late = |_| Error::late(&self.config, limit.as_secs());
        let sent = timeout(limit, self.send(path, body)).await;
        let mut response = sent.map_err(late)??;
        let bytes = timeout(limit, read(&mut response, MAX_ANSWER_BYTES))
            .await
            .map_err(late)?
            .map_err(|_| Error::interrupted(&self.config))?;
        if bytes.is_empty() {
            return Err(Error::empty(&self.config));
        }
        serde_json::from_slice(&bytes).map_err(|_| {
            if looks_like_html(&bytes) {
                Error::web_page(&self.config)
            } else {
                Error::garbage(&self.config)
            }
        })
    }

    /// Begins a streamed answer.
    pub(super) async fn stream(&self, path: &str, body: &Value) -> Result<ByteStream, Error> {
        let limit = self.timeouts.first_token;
        let response = timeout(limit, self.send(path, Some(body)))
            .await
            .map_err(|_| Error::silent(&self.config, limit.as_secs(), false))??;
        Ok(ByteStream {
            response,
            timeouts: self.timeouts,
            config: self.config.clone(),
            received: false,
            begun: false,
        })
    }

    /// Sends a request and gives the answer when its status is a success.
    async fn send(&self, path: &str, body: Option<&Value>) -> Result<Response, Error> {
        let method = if body.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.config.base_url));
        if let Some(key) = &self.config.api_key {
            request = request.bearer_auth(Secret::expose(key));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let mut response = request
            .send()
            .await
            .map_err(|error| Error::from_send(&error, &self.config))?;
        let status = response.status();
        if !status.is_success() {
            let retry_after_s = retry_after(response.headers());
            let bytes = timeout(self.timeouts.short, read(&mut response, MAX_FAILURE_BYTES))
                .await
                .ok()
                .and_then(Result::ok)
                .unwrap_or_default();
            let detail = failure_detail(&bytes);
            let mut error = Error::from_status(status, detail.as_deref(), &self.config);
            if let Some(seconds) = retry_after_s {
                error.retry_after_s = Some(seconds);
                error.help = format!("Wait {seconds} seconds and try again.");
            }
            return Err(error);
        }
        if is_html(response.headers()) {
            return Err(Error::web_page(&self.config));
        }
        Ok(response)
    }
}

/// The bytes of a streamed answer. Dropping it closes the connection.
#[derive(Debug)]
pub(super) struct ByteStream {
    response: Response,
    timeouts: Timeouts,
    config: ProviderConfig,
    received: bool,
    begun: bool,
}

impl ByteStream {
    /// Called when a first piece of the answer was understood: from now on the
    /// shorter limit counts.
    pub(super) fn begin(&mut self) {
        self.begun = true;
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let limit = if self.begun {
            self.timeouts.between_tokens
        } else {
            self.timeouts.first_token
        };
        let chunk = timeout(limit, self.response.chunk())
            .await
            .map_err(|_| Error::silent(&self.config, limit.as_secs(), self.begun))?
            .map_err(|error| {
                tracing::debug!(%error, "the provider's stream broke off");
                Error::interrupted(&self.config)
            })?;
        match chunk {
            Some(bytes) => {
                self.received = true;
                Ok(Some(bytes.to_vec()))
            }
            None if self.received => Ok(None),
            None => Err(Error::empty(&self.config)),
        }
    }
}

/// Reads a body up to a limit; what lies beyond is left.
async fn read(response: &mut Response, limit: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > limit {
            bytes.truncate(limit);
            break;
        }
    }
    Ok(bytes)
}

fn content_type(headers: &HeaderMap) -> &str {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn is_html(headers: &HeaderMap) -> bool {
    content_type(headers).starts_with("text/html")
}

fn looks_like_html(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first() == Some(&b'<')
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// The provider's own message, from the shapes that are in use.
fn failure_detail(bytes: &[u8]) -> Option<String> {
    error_text(&serde_json::from_slice::<Value>(bytes).ok()?)
}

/// The text of an `error` member: `"…"`, `{"message": "…"}`, or beside it `message`, `detail`.
pub(super) fn error_text(value: &Value) -> Option<String> {
    let text = match value.get("error") {
        Some(Value::String(text)) => Some(text.as_str()),
        Some(error) if !error.is_null() => Some(
            error
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or("no reason given"),
        ),
        _ => None,
    };
    text.or_else(|| value.get("detail").and_then(Value::as_str))
        .or_else(|| {
            // `message` alone is an error's text only where nothing else is an answer.
            value
                .get("choices")
                .is_none()
                .then(|| value.get("message")?.as_str())
                .flatten()
        })
        .map(ToOwned::to_owned)
}
