//! One generation in the page: asks one provider after the other until one has
//! given a whole answer. Its events are those of `POST /api/generate`.

use std::pin::Pin;
use std::task::Poll;

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::poll_fn;
use generation::{Attempt, Failure, Relay, Tally};
use protocol::error::{ApiError, ErrorCode};
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;
use protocol::provider::{CallOutcome, Tier};

use super::kept::{Candidate, Kept};
use super::transport::Transport;
use super::{Direct, elapsed_ms, nobody, page, tally};
use crate::api::client::Abort;
use crate::platform::clock::monotonic_ms;

/// The events of a generation. The work is done while they are read; dropping
/// it ends the request.
pub(crate) struct LocalStream {
    work: Pin<Box<dyn Future<Output = ()>>>,
    is_over: bool,
    events: UnboundedReceiver<GenerateEvent>,
}

impl LocalStream {
    /// The next event; `None` at the end, which comes without an event when
    /// the generation is stopped.
    pub(crate) async fn next(&mut self) -> Option<GenerateEvent> {
        poll_fn(|cx| {
            if let Poll::Ready(event) = self.events.poll_next_unpin(cx) {
                return Poll::Ready(event);
            }
            if !self.is_over {
                self.is_over = self.work.as_mut().poll(cx).is_ready();
            }
            // Again, for what the work has brought and for its end.
            self.events.poll_next_unpin(cx)
        })
        .await
    }
}

impl Direct {
    /// As `POST /api/generate`. `stop` ends it at once.
    pub(in crate::api) fn generate(
        &'static self,
        request: GenerateRequest,
        stop: Abort,
    ) -> LocalStream {
        let (out, events) = unbounded();
        let run = Run {
            direct: self,
            request,
            stop,
            out,
        };
        LocalStream {
            work: Box::pin(run.run()),
            is_over: false,
            events,
        }
    }
}

/// All that a generation works with.
struct Run {
    direct: &'static Direct,
    request: GenerateRequest,
    stop: Abort,
    out: UnboundedSender<GenerateEvent>,
}

impl Run {
    async fn run(self) {
        if let Err(error) = self.ask_in_turn().await
            && !self.stop.is_aborted()
        {
            self.tell([GenerateEvent::Error { error }]);
        }
    }

    async fn ask_in_turn(&self) -> Result<(), ApiError> {
        let kept = Kept::load();
        let (named, model) = (
            self.request.provider.as_deref(),
            self.request.model.as_deref(),
        );
        let candidates = kept.candidates(Tier::Big, named, model, &page());
        let manifest = self.direct.manifest().await?;
        // Who chose a provider and has seen its answer wants no other one's.
        let mut relay = Relay::new(kept.fallback(), named.is_none() && model.is_none());
        let mut result = Err(nobody());
        for candidate in &candidates {
            self.tell(relay.status(&candidate.who));
            let started = monotonic_ms();
            let mut tally = tally(candidate);
            let asked = self
                .ask(candidate, &manifest, &mut tally, &mut relay, started)
                .await;
            let begun = tally.begun();
            let (outcome, reason) = match &asked {
                Ok(()) => (CallOutcome::Done, None),
                Err(_) if self.stop.is_aborted() => (CallOutcome::Cancelled, None),
                Err(error) => (CallOutcome::Failed, Some(error.message.clone())),
            };
            let call = tally.end(elapsed_ms(started), outcome, reason);
            self.direct.record(call);
            let goes_on = match &asked {
                Ok(()) => false,
                Err(error) => relay.fail(&candidate.who, error.code, begun),
            };
            result = asked;
            if !goes_on || self.stop.is_aborted() {
                break;
            }
        }
        result
    }

    async fn ask(
        &self,
        candidate: &Candidate,
        manifest: &Manifest,
        tally: &mut Tally,
        relay: &mut Relay<ApiError>,
        started: f64,
    ) -> Result<(), ApiError> {
        let Candidate { who, endpoint, .. } = candidate;
        let info = self.direct.info(endpoint, &self.stop).await;
        let info = info.map_err(|failure| failure.explain(endpoint))?;
        relay.check_context(info)?;
        let restart = relay.restart(who);
        let mut failed = |failure: Failure| {
            let error = failure.explain(endpoint);
            if error.code == ErrorCode::ContextTooLarge {
                relay.too_long(info, error.clone());
            }
            error
        };
        // Nothing can go on with it: only this page has it, hence no name.
        let (mut attempt, told) =
            Attempt::new(manifest, &self.request, who, info, "", restart).map_err(&mut failed)?;
        self.tell(told);
        let transport = Transport {
            endpoint,
            stop: &self.stop,
        };
        while let Some(request) = attempt.next_request() {
            let asked = transport
                .chat(&request, |event| {
                    tally.see(&event, elapsed_ms(started));
                    let told = attempt.push(event);
                    for event in &told {
                        tally.count_event(event);
                    }
                    self.tell(told);
                })
                .await;
            if let Err(failure) = asked {
                if self.stop.is_aborted() {
                    return Err(failed(failure));
                }
                // An answer that broke off may be gone on with.
                self.tell(attempt.interrupt(failure).map_err(&mut failed)?);
            }
        }
        self.tell(attempt.finish().map_err(failed)?);
        Ok(())
    }

    fn tell(&self, events: impl IntoIterator<Item = GenerateEvent>) {
        for event in events {
            // Fails when nobody reads any more, and then the work ends with the reader.
            let _ = self.out.unbounded_send(event);
        }
    }
}
