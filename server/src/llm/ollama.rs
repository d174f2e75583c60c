//! Ollama's own API: `/api/chat` with one JSON object a line.
//!
//! The compatible `/v1` API has no `num_ctx`: there Ollama cuts prompts off at
//! its default, which makes models fail for no visible reason.

use async_stream::try_stream;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use protocol::error::ErrorCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::lines::Lines;
use super::transport::{Transport, error_text};
use super::{ChatRequest, Error, ModelInfo, Provider, StreamEvent, is_small};

/// The adapter.
#[derive(Debug)]
pub(super) struct Ollama {
    transport: Transport,
}

impl Ollama {
    pub(super) fn new(transport: Transport) -> Self {
        Self { transport }
    }
}

/// One line of an answer.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    message: LineMessage,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    done_reason: Option<String>,
    #[serde(default)]
    prompt_eval_count: Option<u64>,
    #[serde(default)]
    eval_count: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
struct LineMessage {
    #[serde(default)]
    content: String,
    #[serde(default)]
    thinking: Option<String>,
}

impl Provider for Ollama {
    fn models(&self) -> BoxFuture<'_, Result<Vec<String>, Error>> {
        async {
            let answer = self.transport.json("/api/tags", None).await?;
            let models = answer
                .get("models")
                .and_then(Value::as_array)
                .ok_or_else(|| Error::garbage(self.transport.config()))?;
            Ok(models
                .iter()
                .filter_map(|model| model.get("name")?.as_str())
                .map(ToOwned::to_owned)
                .collect())
        }
        .boxed()
    }

    fn info(&self) -> BoxFuture<'_, Result<ModelInfo, Error>> {
        async {
            let model = &self.transport.config().model;
            let answer = match self
                .transport
                .json("/api/show", Some(&json!({ "model": model })))
                .await
            {
                Ok(answer) => answer,
                // Old versions and look-alikes lack this route; the chat route decides.
                Err(error) if error.code == ErrorCode::ProviderInvalidResponse => Value::Null,
                Err(error) => return Err(error),
            };
            let context_tokens = answer
                .get("model_info")
                .and_then(Value::as_object)
                .and_then(|info| {
                    info.iter()
                        .find(|(key, _)| key.ends_with(".context_length"))
                        .and_then(|(_, value)| value.as_u64())
                })
                .and_then(|tokens| u32::try_from(tokens).ok());
            let size = answer
                .pointer("/details/parameter_size")
                .and_then(Value::as_str)
                .unwrap_or(model);
            Ok(ModelInfo {
                context_tokens,
                small: is_small(size),
            })
        }
        .boxed()
    }

    fn chat(&self, request: ChatRequest) -> BoxStream<'static, Result<StreamEvent, Error>> {
        let transport = self.transport.clone();
        Box::pin(try_stream! {
            let config = transport.config().clone();
            let messages: Vec<Value> = request
                .messages
                .iter()
                .map(|message| json!({ "role": message.speaker.as_str(), "content": message.content }))
                .collect();
            let body = json!({
                "model": config.model,
                "messages": messages,
                "stream": true,
                "options": { "num_ctx": request.context_tokens },
            });
            let mut bytes = transport.stream("/api/chat", &body).await?;
            let mut lines = Lines::default();
            loop {
                let chunk = bytes.next().await?;
                let ended = chunk.is_none();
                let complete = match chunk {
                    Some(chunk) => lines.push(&chunk).map_err(|_| Error::garbage(&config))?,
                    None => lines.finish().into_iter().collect(),
                };
                for line in complete.iter().filter(|line| !line.trim().is_empty()) {
                    let value: Value = match serde_json::from_str(line) {
                        Ok(value) => value,
                        // Half a line at the end is a broken stream, not a wrong API.
                        Err(_) if ended => Err(Error::interrupted(&config))?,
                        Err(_) if line.trim_start().starts_with('<') => Err(Error::web_page(&config))?,
                        Err(_) => Err(Error::garbage(&config))?,
                    };
                    if value.get("error").is_some_and(|error| !error.is_null()) {
                        let detail = error_text(&value).unwrap_or_default();
                        Err(Error::from_stream(&detail, &config))?;
                    }
                    let is_answer = value.get("message").is_some() || value.get("done").is_some();
                    if !is_answer {
                        Err(Error::garbage(&config))?;
                    }
                    let line: Line = serde_json::from_value(value).map_err(|_| Error::garbage(&config))?;
                    bytes.begin();
                    if let Some(thought) = line.message.thinking.filter(|thought| !thought.is_empty()) {
                        yield StreamEvent::Thinking(thought);
                    }
                    if !line.message.content.is_empty() {
                        yield StreamEvent::Text(line.message.content);
                    }
                    if line.done {
                        if line.prompt_eval_count.is_some() || line.eval_count.is_some() {
                            yield StreamEvent::Usage {
                                prompt_tokens: line.prompt_eval_count.unwrap_or(0),
                                completion_tokens: line.eval_count.unwrap_or(0),
                            };
                        }
                        yield StreamEvent::Done { length: line.done_reason.as_deref() == Some("length") };
                        return;
                    }
                }
                if ended {
                    Err(Error::interrupted(&config))?;
                }
            }
        })
    }
}
