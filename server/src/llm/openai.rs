//! The chat completions API as OpenRouter, LM Studio, llama.cpp, vLLM and
//! OpenAI speak it: Server-Sent Events, ended by `[DONE]`.

use async_stream::try_stream;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use serde::Deserialize;
use serde_json::{Value, json};

use super::lines::{Lines, SseData};
use super::transport::{Transport, error_text};
use super::{ChatRequest, Error, ModelInfo, Provider, StreamEvent, is_small};

/// Longest answer that isn't a stream, in bytes.
const MAX_DOCUMENT_BYTES: usize = 16 * 1024 * 1024;

/// The adapter.
#[derive(Debug)]
pub(super) struct Openai {
    transport: Transport,
}

impl Openai {
    pub(super) fn new(transport: Transport) -> Self {
        Self { transport }
    }
}

/// One chunk of an answer, or the whole of it.
#[derive(Debug, Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    /// In a stream `delta`, in a whole answer `message`.
    #[serde(default, alias = "message")]
    delta: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
    /// OpenRouter's name for thoughts.
    #[serde(default)]
    reasoning: Option<String>,
    /// The name that llama.cpp, vLLM and `DeepSeek` use.
    #[serde(default)]
    reasoning_content: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

/// What the chunks so far have said of the end.
#[derive(Debug, Default)]
struct Progress {
    finished: bool,
    length: bool,
}

impl Provider for Openai {
    fn models(&self) -> BoxFuture<'_, Result<Vec<String>, Error>> {
        async {
            Ok(self
                .model_list()
                .await?
                .iter()
                .filter_map(|model| model.get("id")?.as_str())
                .map(ToOwned::to_owned)
                .collect())
        }
        .boxed()
    }

    fn info(&self) -> BoxFuture<'_, Result<ModelInfo, Error>> {
        async {
            let name = &self.transport.config().model;
            // The list is a courtesy; whether the model answers is seen in the chat.
            let models = self.model_list().await.unwrap_or_default();
            let context_tokens = models
                .iter()
                .find(|model| model.get("id").and_then(Value::as_str) == Some(name.as_str()))
                .and_then(|model| {
                    [
                        "/context_length",
                        "/max_model_len",
                        "/context_window",
                        "/meta/n_ctx",
                        "/meta/n_ctx_train",
                    ]
                    .iter()
                    .find_map(|pointer| model.pointer(pointer)?.as_u64())
                })
                .and_then(|tokens| u32::try_from(tokens).ok());
            Ok(ModelInfo {
                context_tokens,
                small: is_small(name),
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
                "stream_options": { "include_usage": true },
            });
            let mut bytes = transport.stream("/chat/completions", &body).await?;
            let mut lines = Lines::default();
            let mut sse = SseData::default();
            let mut document = String::new();
            let mut seen_event = false;
            let mut progress = Progress::default();
            'stream: loop {
                let chunk = bytes.next().await?;
                let ended = chunk.is_none();
                let complete = match chunk {
                    Some(chunk) => lines.push(&chunk).map_err(|_| Error::garbage(&config))?,
                    None => lines.finish().into_iter().collect(),
                };
                let mut events = Vec::new();
                for line in &complete {
                    events.extend(sse.push(line));
                    seen_event |= is_sse_line(line);
                    if !seen_event {
                        document.push_str(line);
                        document.push('\n');
                    }
                }
                if document.len() > MAX_DOCUMENT_BYTES {
                    Err(Error::garbage(&config))?;
                }
                if ended {
                    events.extend(sse.finish());
                    if !seen_event {
                        // Some servers ignore `stream` and answer with one document.
                        events.push(document.trim().to_owned());
                    }
                }
                for data in events {
                    if data.trim() == "[DONE]" {
                        progress.finished = true;
                        break 'stream;
                    }
                    let value: Value = match serde_json::from_str(&data) {
                        Ok(value) => value,
                        Err(_) if data.trim_start().starts_with('<') => Err(Error::web_page(&config))?,
                        Err(_) if ended && seen_event => Err(Error::interrupted(&config))?,
                        Err(_) => Err(Error::garbage(&config))?,
                    };
                    if let Some(detail) = error_text(&value) {
                        Err(Error::from_stream(&detail, &config))?;
                    }
                    if value.get("choices").is_none() && value.get("usage").is_none() {
                        Err(Error::garbage(&config))?;
                    }
                    let chunk: Chunk = match serde_json::from_value(value) {
                        Ok(chunk) => chunk,
                        Err(_) => Err(Error::garbage(&config))?,
                    };
                    bytes.begin();
                    for event in read_chunk(chunk, &mut progress) {
                        yield event;
                    }
                }
                if ended {
                    break;
                }
            }
            // A finish reason is as good an end as `[DONE]`, which some servers leave out.
            if !progress.finished {
                Err(Error::interrupted(&config))?;
            }
            yield StreamEvent::Done { length: progress.length };
        })
    }
}

impl Openai {
    async fn model_list(&self) -> Result<Vec<Value>, Error> {
        let mut answer = self.transport.json("/models", None).await?;
        if let Some(detail) = error_text(&answer) {
            return Err(Error::from_stream(&detail, self.transport.config()));
        }
        match answer.get_mut("data").map(Value::take).unwrap_or(answer) {
            Value::Array(models) => Ok(models),
            _ => Err(Error::garbage(self.transport.config())),
        }
    }
}

fn is_sse_line(line: &str) -> bool {
    ["data:", "event:", "id:", "retry:", ":"]
        .iter()
        .any(|field| line.starts_with(field))
}

fn read_chunk(chunk: Chunk, progress: &mut Progress) -> Vec<StreamEvent> {
    let mut events = Vec::new();
    for choice in chunk.choices {
        let delta = choice.delta.unwrap_or_default();
        let thought = delta.reasoning.or(delta.reasoning_content);
        if let Some(thought) = thought.filter(|thought| !thought.is_empty()) {
            events.push(StreamEvent::Thinking(thought));
        }
        if let Some(content) = delta.content.filter(|content| !content.is_empty()) {
            events.push(StreamEvent::Text(content));
        }
        if let Some(reason) = choice.finish_reason {
            progress.finished = true;
            progress.length |= reason == "length";
        }
    }
    if let Some(usage) = chunk.usage {
        events.push(StreamEvent::Usage {
            prompt_tokens: usage.prompt_tokens,
            completion_tokens: usage.completion_tokens,
        });
    }
    events
}
