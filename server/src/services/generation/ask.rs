//! The small tasks around a conversation: one short answer, whole or not at all.

use std::time::Duration;

use futures_util::StreamExt as _;
use generation::ask::{prompt, read};
use generation::{ChatMessage, ChatRequest, ChatRole, Failure, StreamEvent};
use protocol::ask::{AskAnswer, AskRequest};
use protocol::error::ErrorCode;
use protocol::provider::{CallOutcome, Tier};
use tokio::time::{Instant, timeout};

use super::run::{call, record};
use super::{Generation, order};
use crate::llm;
use crate::llm::router::Candidate;
use crate::services::Error;
use crate::services::quota::UserId;

/// Context of such a request: prompt and answer are a page each.
const CONTEXT_TOKENS: u32 = 8_192;
/// Room for what a model thinks before it answers.
const THOUGHT_TOKENS: u32 = 2_048;
/// Livelier than for code, where every word counts.
const TEMPERATURE: f32 = 0.6;
/// Longest time that a person is kept waiting, by all providers together.
const PATIENCE: Duration = Duration::from_secs(90);

impl Generation {
    /// Has a small model do a task. Dropped, it drops the request.
    ///
    /// # Errors
    /// A request beyond a limit, no provider, too many requests, or none of
    /// the providers gives an answer that can be read.
    pub async fn ask(&self, user: &UserId, request: &AskRequest) -> Result<AskAnswer, Error> {
        request
            .check()
            .map_err(|message| Error::invalid(message, "Change the request."))?;
        let choice = self.parts.providers.choice().await?;
        let candidates = order(&choice, Tier::Small, request.provider(), request.model())?;
        self.parts.quotas.begin(&user.small_tasks()).await?;
        let asked = async {
            let mut result = Err(Error::ProviderNotConfigured);
            for candidate in &candidates {
                result = self.ask_one(candidate, request).await;
                if result.is_ok() || !choice.fallback {
                    break;
                }
            }
            result
        };
        tokio::select! {
            () = self.parts.shutdown.cancelled() => Err(Error::ShuttingDown),
            answered = timeout(PATIENCE, asked) => answered.unwrap_or_else(|_| {
                let seconds = PATIENCE.as_secs();
                let first = candidates.first().ok_or(Error::ProviderNotConfigured)?;
                let failure = Failure::Silent { seconds, begun: true };
                Err(Error::Llm(llm::Error::new(failure, &first.config)))
            }),
        }
    }

    async fn ask_one(
        &self,
        candidate: &Candidate,
        request: &AskRequest,
    ) -> Result<AskAnswer, Error> {
        let permit = self.parts.router.admit(candidate)?;
        let started = Instant::now();
        let now_ms = self.parts.clock.now_ms().cast_signed();
        let mut call = call(candidate, now_ms, CallOutcome::Done);
        let prompt = prompt(request);
        let message = |role, content: String| ChatMessage::new(role, content);
        let chat = ChatRequest {
            messages: vec![
                message(ChatRole::System, prompt.system),
                message(ChatRole::User, prompt.user),
            ],
            context_tokens: CONTEXT_TOKENS,
            answer_tokens: prompt.answer_tokens + THOUGHT_TOKENS,
            temperature: TEMPERATURE,
        };
        let mut text = String::new();
        let mut failed = None;
        let mut events = self.parts.router.llm().chat(&candidate.config, &chat);
        while let Some(event) = events.next().await {
            match event {
                Ok(StreamEvent::Text(part)) => text.push_str(&part),
                Ok(StreamEvent::Usage {
                    prompt_tokens,
                    completion_tokens,
                    cost_micro_usd,
                }) => {
                    call.prompt_tokens = prompt_tokens;
                    call.completion_tokens = completion_tokens;
                    call.cost_micro_usd = cost_micro_usd;
                }
                Ok(StreamEvent::Thinking(_) | StreamEvent::Done { .. }) => {}
                Err(failure) => failed = Some(llm::Error::new(failure, &candidate.config)),
            }
        }
        let result = if let Some(error) = failed {
            permit.fail(&error);
            Err(Error::Llm(error))
        } else {
            permit.succeed();
            read(request, &text).map_err(|unreadable| {
                Error::Llm(llm::Error {
                    code: ErrorCode::ProviderInvalidResponse,
                    message: format!(
                        "`{}` gave no usable answer: {}",
                        candidate.config.model, unreadable.message
                    ),
                    ..llm::Error::new(Failure::NoText, &candidate.config)
                })
            })
        };
        if let Err(error) = &result {
            call.outcome = CallOutcome::Failed;
            call.reason = Some(error.to_string());
        }
        call.duration_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
        record(&self.parts.store, call).await;
        result
    }
}
