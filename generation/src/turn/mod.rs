//! One turn of the conversation: from a request to an app whose files are all
//! there.
//!
//! [`Turn`] says what to ask a model and takes its answer. An answer that was
//! cut is gone on with, files that came unusable or not at all are asked for
//! once more; everything else is the caller's: the network, time limits, other
//! providers, limits of the request. It ends whatever a model answers: there
//! are at most [`protocol::limits::MAX_CONTINUATIONS`] + 3 requests.

mod counts;
mod first;
mod plan;
mod splice;
mod steps;
mod wanted;

use std::collections::BTreeSet;
use std::sync::Arc;

use protocol::app::Files;
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::manifest::Manifest;

pub use first::{Estimate, estimate_turn};
pub use plan::{
    ANSWER_TOKENS, DEFAULT_CONTEXT_TOKENS, MAX_ANSWER_TOKENS, MAX_CONTEXT_TOKENS,
    MIN_CONTEXT_TOKENS,
};

use crate::chat::{ChatMessage, ChatRequest, ModelInfo, StreamEvent};
use crate::dialect::Failure;
use crate::parser::{ParserOptions, Summary};
use crate::pump::Pump;
use counts::Counts;
use first::plan_first;

/// What the running request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// The app, or the rest of a cut answer.
    App,
    /// The file in which the answer was cut.
    CutFile,
    /// Files that are missing or came unusable.
    OwedFiles,
}

/// What the person sees of the running request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Thinking,
    Writing,
}

/// The state of one turn.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact about the answers, none excludes another"
)]
pub struct Turn {
    request: GenerateRequest,
    model: String,
    /// Tokens that any request may take, answer included.
    limit: u32,
    kit: BTreeSet<String>,
    /// Messages of the first request.
    base: Vec<ChatMessage>,
    estimated_tokens: usize,
    context_tokens: u32,
    dropped: Vec<String>,

    next: Option<ChatRequest>,
    ask: Ask,
    phase: Phase,
    /// Paths of the running request's files, when it is for some only, and which of them came.
    asked: BTreeSet<String>,
    came: Vec<String>,
    /// Whether what the running request brings isn't in `summary` yet.
    running: bool,
    pump: Pump,
    /// The app as it was.
    known: Arc<Files>,
    /// The answer so far, continuations included.
    answer: String,
    /// Beginning of a continuation that isn't joined to the answer yet.
    head: Option<String>,
    continuations: u32,
    /// Whether the answer that is gone on with broke off, instead of reaching a limit.
    broke_off: bool,

    /// The app with everything that was written.
    files: Files,
    summary: Summary,
    truncated: bool,
    wrote: bool,
    spent: Counts,
    spending: Counts,
}

impl Turn {
    /// Plans the first request.
    ///
    /// # Errors
    /// [`Failure::PromptTooLarge`] when it leaves no room for an answer.
    pub fn new(
        manifest: &Manifest,
        request: &GenerateRequest,
        model: &str,
        info: ModelInfo,
    ) -> Result<Self, Failure> {
        let first = plan_first(manifest, request, model, info);
        let Some(next) = first.request else {
            return Err(Failure::PromptTooLarge {
                tokens: u32::try_from(first.estimated_tokens).unwrap_or(u32::MAX),
                limit: first.limit,
            });
        };
        let known = Arc::new(request.files.clone());
        let kit = manifest.kit.iter().flat_map(|kit| kit.paths.clone());
        Ok(Self {
            request: request.clone(),
            model: model.to_owned(),
            limit: first.limit,
            kit: kit.collect(),
            base: first.messages,
            estimated_tokens: first.estimated_tokens,
            context_tokens: next.context_tokens,
            dropped: first.dropped,
            next: Some(next),
            ask: Ask::App,
            phase: Phase::Waiting,
            asked: BTreeSet::new(),
            came: Vec::new(),
            running: true,
            pump: pump(&known),
            known,
            answer: String::new(),
            head: None,
            continuations: 0,
            broke_off: false,
            files: request.files.clone(),
            summary: Summary::default(),
            truncated: false,
            wrote: false,
            spent: Counts::default(),
            spending: Counts::default(),
        })
    }

    /// Estimated tokens of the first request's messages.
    pub fn estimated_tokens(&self) -> usize {
        self.estimated_tokens
    }

    /// Tokens that the first request and its answer may take together.
    pub fn context_tokens(&self) -> u32 {
        self.context_tokens
    }

    /// What had to stay out of the first request, one sentence each.
    pub fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// What to ask next; `None` when the turn is over.
    pub fn next_request(&mut self) -> Option<ChatRequest> {
        self.phase = Phase::Waiting;
        self.next.take()
    }

    /// Takes an event of the running request. After [`StreamEvent::Done`]
    /// there may be a next one.
    pub fn push(&mut self, event: StreamEvent) -> Vec<GenerateEvent> {
        let mut out = Vec::new();
        if !self.running {
            return out;
        }
        match event {
            StreamEvent::Text(text) => {
                if self.phase != Phase::Writing {
                    self.phase = Phase::Writing;
                    self.wrote = true;
                    out.push(status(format!("{} is writing", self.model)));
                }
                match &mut self.head {
                    Some(head) => {
                        head.push_str(&text);
                        if head.len() > splice::HEAD_BYTES
                            || head.matches('\n').count() >= splice::HEAD_LINES
                        {
                            self.join(&mut out);
                        }
                    }
                    None => self.write(&text, &mut out),
                }
            }
            StreamEvent::Thinking(_) => {
                if self.phase == Phase::Waiting {
                    self.phase = Phase::Thinking;
                    out.push(status(format!("{} is thinking", self.model)));
                }
            }
            StreamEvent::Usage {
                prompt_tokens,
                completion_tokens,
                cost_micro_usd,
            } => {
                self.spending = Counts {
                    prompt: prompt_tokens,
                    completion: completion_tokens,
                    cost_micro_usd,
                };
                out.push(self.spent.plus(self.spending).event());
            }
            StreamEvent::Done { length } => self.end_request(length, &mut out),
        }
        out
    }

    /// The running request failed. An answer that broke off is gone on with
    /// like a cut one, and what was only asked for in addition can stay away:
    /// then there may be a next request, as after [`StreamEvent::Done`].
    ///
    /// # Errors
    /// The failure, when the turn can't go on. Complete files stay valid.
    pub fn interrupt(&mut self, failure: Failure) -> Result<Vec<GenerateEvent>, Failure> {
        let mut out = Vec::new();
        if self.ask == Ask::App
            && self.phase == Phase::Writing
            && matches!(failure, Failure::Interrupted | Failure::Silent { .. })
        {
            self.join(&mut out);
            self.broke_off |= self.continuations == 0;
            if self.go_on("The answer broke off", &mut out) {
                return Ok(out);
            }
        }
        // What came up to a length limit is an answer, whatever became of its continuation.
        if self.ask == Ask::App && (self.broke_off || self.continuations == 0) {
            return Err(failure);
        }
        self.end_request(true, &mut out);
        Ok(out)
    }

    /// Ends the turn; the last event is `Complete`. A request that still runs
    /// is taken as cut.
    ///
    /// # Errors
    /// [`Failure::NoText`] when the model wrote nothing.
    pub fn finish(mut self) -> Result<Vec<GenerateEvent>, Failure> {
        let mut out = Vec::new();
        if self.running && self.wrote {
            self.join(&mut out);
            self.close(true, &mut out);
        }
        if !self.wrote && !self.truncated {
            return Err(Failure::NoText);
        }
        out.push(GenerateEvent::Complete {
            files: self.summary.files,
            deleted: self.summary.deleted,
            notes: self.summary.notes,
            truncated: self.truncated,
        });
        Ok(out)
    }
}

/// Tokens that may be used of a model's context.
pub(crate) fn limit(info: ModelInfo) -> u32 {
    info.context_tokens
        .unwrap_or(DEFAULT_CONTEXT_TOKENS)
        .min(MAX_CONTEXT_TOKENS)
}

fn pump(known: &Arc<Files>) -> Pump {
    Pump::new(ParserOptions {
        known: Arc::clone(known),
    })
}

fn status(message: String) -> GenerateEvent {
    GenerateEvent::Status { message }
}
