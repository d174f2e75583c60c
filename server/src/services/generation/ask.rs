//! The small tasks around a conversation: one short answer, whole or not at all.

use std::time::Duration;

use futures_util::StreamExt as _;
use generation::ask::{Answering, chat_request, patience_s};
use generation::{Failure, Tally};
use protocol::ask::{AskAnswer, AskRequest};
use protocol::provider::{CallOutcome, Tier};
use tokio::time::{Instant, timeout};

use super::run::{elapsed_ms, record};
use super::{Generation, order};
use crate::llm;
use crate::llm::router::Candidate;
use crate::services::Error;
use crate::services::quota::UserId;

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
        let patience = Duration::from_secs(patience_s(request));
        tokio::select! {
            () = self.parts.shutdown.cancelled() => Err(Error::ShuttingDown),
            answered = timeout(patience, asked) => answered.unwrap_or_else(|_| {
                let seconds = patience.as_secs();
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
        let mut tally = Tally::new(&candidate.id, &candidate.config.model, now_ms);
        let mut answering = Answering::default();
        let mut failed = None;
        let llm = self.parts.router.llm();
        let mut events = llm.chat(&candidate.config, &chat_request(request));
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => answering.push(&event, &mut tally),
                Err(failure) => failed = Some(llm::Error::new(failure, &candidate.config)),
            }
        }
        let result = if let Some(error) = failed {
            permit.fail(&error);
            Err(Error::Llm(error))
        } else {
            permit.succeed();
            answering
                .read(request, &candidate.config.endpoint())
                .map_err(|words| Error::Llm(llm::Error::worded(Failure::NoText, words)))
        };
        let (outcome, reason) = match &result {
            Ok(_) => (CallOutcome::Done, None),
            Err(error) => (CallOutcome::Failed, Some(error.to_string())),
        };
        let call = tally.end(elapsed_ms(started), outcome, reason);
        record(&self.parts.store, call).await;
        result
    }
}
