//! Answers of the language model: from a request to the events of its stream.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_stream::try_stream;
use futures_util::{Stream, StreamExt as _};
use generation::prompt::MIN_ANSWER_TOKENS;
use generation::{ChatRole, ParserOptions, Prompt, PromptOptions, Pump, build_prompt};
use protocol::error::ErrorCode;
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::limits::{MAX_APP_BYTES, MAX_MESSAGE_BYTES, MAX_PROMPT_BYTES};
use protocol::manifest::Manifest;
use tokio_util::sync::CancellationToken;

use super::Error;
use super::provider::Providers;
use super::rules::{check_files, megabytes};
use crate::llm::{
    self, ANSWER_TOKENS, ChatMessage, ChatRequest, DEFAULT_CONTEXT_TOKENS, Llm, MAX_CONTEXT_TOKENS,
    ModelInfo, Speaker, StreamEvent,
};
use crate::provider::ProviderConfig;
use crate::site::Site;

/// Smallest context that is asked for. Below it answers get cut and models
/// begin to miss the format (51.9 % instead of 71.4 % passed tasks at 2k
/// tokens, in aider's figures for one model).
const MIN_CONTEXT_TOKENS: u32 = 8_192;

/// The generation service.
#[derive(Clone)]
pub struct Generation {
    providers: Providers,
    llm: Llm,
    site: Arc<Site>,
}

impl Generation {
    /// Works with the saved provider and the site's manifest.
    pub fn new(providers: Providers, llm: Llm, site: Arc<Site>) -> Self {
        Self {
            providers,
            llm,
            site,
        }
    }

    /// Asks the model. The stream ends with `Complete` or with an error, and
    /// dropping it drops the request to the provider. When `shutdown` is
    /// cancelled it ends with [`Error::ShuttingDown`].
    ///
    /// # Errors
    /// What can be said before asking: a request beyond a limit, no provider.
    pub async fn generate(
        &self,
        request: GenerateRequest,
        shutdown: CancellationToken,
    ) -> Result<impl Stream<Item = Result<GenerateEvent, Error>> + Send + use<>, Error> {
        check(&request)?;
        let config = self
            .providers
            .get()
            .await?
            .ok_or(Error::ProviderNotConfigured)?;
        if config.model.is_empty() {
            return Err(Error::invalid(
                "no model is chosen",
                "Choose one in the settings.",
            ));
        }
        let manifest = self.site.manifest().map_err(Error::Manifest)?;
        let events = answer(self.llm.clone(), config, manifest, request);
        Ok(until(shutdown, events))
    }
}

fn check(request: &GenerateRequest) -> Result<(), Error> {
    if request.prompt.trim().is_empty() && request.problems.is_empty() {
        return Err(Error::invalid(
            "the prompt is empty",
            "Say what the app should do.",
        ));
    }
    if request.prompt.len() > MAX_PROMPT_BYTES {
        return Err(Error::too_large(
            format!(
                "the prompt has {}; the limit is {}",
                megabytes(request.prompt.len()),
                megabytes(MAX_PROMPT_BYTES)
            ),
            "Shorten it, or ask in several steps.",
        ));
    }
    let history = request.history.iter().map(|turn| turn.content.len());
    let problems = request.problems.iter().map(String::len);
    if history
        .clone()
        .chain(problems.clone())
        .any(|bytes| bytes > MAX_MESSAGE_BYTES)
        || history.chain(problems).sum::<usize>() > MAX_APP_BYTES
    {
        return Err(Error::too_large(
            "the conversation is too long to send",
            "Send fewer earlier turns and problems.",
        ));
    }
    check_files(&request.files)
}

/// The conversation with the provider, as events.
fn answer(
    llm: Llm,
    config: ProviderConfig,
    manifest: Arc<Manifest>,
    request: GenerateRequest,
) -> impl Stream<Item = Result<GenerateEvent, Error>> + Send {
    try_stream! {
        let model = config.model.clone();
        yield status(format!("Waiting for {model}"));
        let provider = llm.provider(&config);
        let info = llm.info(&config).await?;
        let (prompt, context_tokens) = plan(&manifest, &request, info, &model)?;
        for dropped in &prompt.dropped {
            yield status(dropped.clone());
        }
        let mut pump = Pump::new(ParserOptions {
            known_paths: request.files.keys().cloned().collect::<BTreeSet<_>>(),
        });
        let mut events = provider.chat(ChatRequest { messages: messages(prompt), context_tokens });
        let mut phase = Phase::Waiting;
        let mut length = false;
        while let Some(event) = events.next().await {
            match event? {
                StreamEvent::Text(text) => {
                    if phase != Phase::Writing {
                        phase = Phase::Writing;
                        yield status(format!("{model} is writing"));
                    }
                    for event in pump.push(&text) {
                        yield event;
                    }
                }
                StreamEvent::Thinking(_) => {
                    if phase == Phase::Waiting {
                        phase = Phase::Thinking;
                        yield status(format!("{model} is thinking"));
                    }
                }
                StreamEvent::Usage { prompt_tokens, completion_tokens } => {
                    yield GenerateEvent::Usage { prompt_tokens, completion_tokens };
                }
                StreamEvent::Done { length: stopped } => {
                    length = stopped;
                    break;
                }
            }
        }
        if phase != Phase::Writing && !length {
            Err(Error::Llm(llm::no_text(&config)))?;
        }
        for event in pump.finish(length) {
            yield event;
        }
    }
}

/// What the person sees of the model's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Thinking,
    Writing,
}

/// The prompt, and the context to ask for: a power of two with room for the
/// answer, within what the model can and what is sensible.
fn plan(
    manifest: &Manifest,
    request: &GenerateRequest,
    info: ModelInfo,
    model: &str,
) -> Result<(Prompt, u32), Error> {
    let limit = info
        .context_tokens
        .unwrap_or(DEFAULT_CONTEXT_TOKENS)
        .min(MAX_CONTEXT_TOKENS);
    let options = PromptOptions {
        context_tokens: usize::try_from(limit).unwrap_or(usize::MAX),
        small_model: info.small,
    };
    let prompt = build_prompt(manifest, request, options);
    let estimated = u32::try_from(prompt.estimated_tokens).unwrap_or(u32::MAX);
    if prompt.answer_tokens < MIN_ANSWER_TOKENS {
        return Err(Error::Llm(llm::Error {
            code: ErrorCode::ContextTooLarge,
            message: format!(
                "the request has about {estimated} tokens; `{model}` can take {limit}, answer included"
            ),
            help: "Choose a model with a longer context, or make the app smaller.".to_owned(),
            retry_after_s: None,
        }));
    }
    let wanted = estimated
        .saturating_add(ANSWER_TOKENS)
        .min(MAX_CONTEXT_TOKENS);
    let context_tokens = wanted
        .next_power_of_two()
        .max(MIN_CONTEXT_TOKENS)
        .min(limit);
    Ok((prompt, context_tokens))
}

fn messages(prompt: Prompt) -> Vec<ChatMessage> {
    prompt
        .messages
        .into_iter()
        .map(|message| ChatMessage {
            speaker: match message.role {
                ChatRole::System => Speaker::System,
                ChatRole::User => Speaker::User,
                ChatRole::Assistant => Speaker::Assistant,
            },
            content: message.content,
        })
        .collect()
}

fn status(message: String) -> GenerateEvent {
    GenerateEvent::Status { message }
}

/// Ends a stream early, with an error, when the server shuts down.
fn until(
    shutdown: CancellationToken,
    events: impl Stream<Item = Result<GenerateEvent, Error>> + Send,
) -> impl Stream<Item = Result<GenerateEvent, Error>> + Send {
    try_stream! {
        let mut events = Box::pin(events);
        loop {
            let next = tokio::select! {
                biased;
                () = shutdown.cancelled() => Some(Err(Error::ShuttingDown)),
                next = events.next() => next,
            };
            match next {
                Some(event) => yield event?,
                None => break,
            }
        }
    }
}
