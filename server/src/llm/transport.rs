//! HTTP that all dialects share: addresses, keys and time limits.

use generation::dialect::{self, Call, Failure};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use tokio::time::timeout;

use super::Timeouts;
use super::error::unreachable;
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

    /// Asks for a short JSON answer.
    pub(super) async fn json(&self, call: &Call) -> Result<Value, Failure> {
        let limit = self.timeouts.short;
        let late = |_| Failure::Late {
            seconds: limit.as_secs(),
        };
        let mut response = timeout(limit, self.send(call)).await.map_err(late)??;
        let bytes = timeout(limit, read(&mut response, MAX_ANSWER_BYTES))
            .await
            .map_err(late)?
            .map_err(|_| Failure::Interrupted)?;
        dialect::read_json(&bytes)
    }

    /// Begins a streamed answer.
    pub(super) async fn stream(&self, call: &Call) -> Result<ByteStream, Failure> {
        let limit = self.timeouts.first_token;
        let response = timeout(limit, self.send(call))
            .await
            .map_err(|_| Failure::Silent {
                seconds: limit.as_secs(),
                begun: false,
            })??;
        Ok(ByteStream {
            response,
            timeouts: self.timeouts,
            received: false,
        })
    }

    /// Sends a request and gives the answer when its status is a success.
    async fn send(&self, call: &Call) -> Result<Response, Failure> {
        let method = match call.body {
            Some(_) => Method::POST,
            None => Method::GET,
        };
        let address = format!("{}{}", self.config.base_url, call.path);
        let mut request = self.client.request(method, address);
        let key = self.config.api_key.as_ref().map(Secret::expose);
        for (name, value) in dialect::headers(self.config.kind, key, false) {
            request = request.header(name, value);
        }
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        let mut response = request
            .send()
            .await
            .map_err(|error| Failure::Unreachable(unreachable(&error)))?;
        let status = response.status();
        if !status.is_success() {
            let retry_after_s = retry_after(response.headers());
            let bytes = timeout(self.timeouts.short, read(&mut response, MAX_FAILURE_BYTES))
                .await
                .ok()
                .and_then(Result::ok)
                .unwrap_or_default();
            return Err(Failure::from_status(status.as_u16(), &bytes, retry_after_s));
        }
        if is_html(response.headers()) {
            return Err(Failure::WebPage);
        }
        Ok(response)
    }
}

/// The bytes of a streamed answer. Dropping it closes the connection.
#[derive(Debug)]
pub(super) struct ByteStream {
    response: Response,
    timeouts: Timeouts,
    received: bool,
}

impl ByteStream {
    /// The next bytes; `None` at the end. `begun` says that a first piece of
    /// the answer was understood: from then on the shorter limit counts.
    pub(super) async fn next(&mut self, begun: bool) -> Result<Option<Vec<u8>>, Failure> {
        let limit = if begun {
            self.timeouts.between_tokens
        } else {
            self.timeouts.first_token
        };
        let chunk = timeout(limit, self.response.chunk())
            .await
            .map_err(|_| Failure::Silent {
                seconds: limit.as_secs(),
                begun,
            })?
            .map_err(|error| {
                tracing::debug!(%error, "the provider's stream broke off");
                Failure::Interrupted
            })?;
        match chunk {
            Some(bytes) => {
                self.received = true;
                Ok(Some(bytes.to_vec()))
            }
            None if self.received => Ok(None),
            None => Err(Failure::Empty),
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

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/html"))
}

fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}
