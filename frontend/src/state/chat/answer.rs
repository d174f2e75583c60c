//! The model's answer: what each event does, how a lost connection is gone on
//! with, and how a turn ends.

use leptos::prelude::*;
use protocol::app::{Author, Message, Role, TurnState};
use protocol::error::{ApiError, ErrorCode};
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::limits::MAX_MESSAGE_BYTES;

use super::{Answering, Chat, Cost, Ended, StreamedFile};
use crate::api::{self, GenerateStream};
use crate::message::{Sentence, describe};
use crate::platform::clock::{new_id, now_ms, sleep_ms};
use crate::state::compiler::Changes;
use crate::state::spawn;

/// Pauses before each try to go on with a lost stream, in milliseconds: within
/// the time for which the server keeps the model at work.
const RECONNECT_MS: [u32; 6] = [300, 1_000, 2_000, 4_000, 8_000, 12_000];

impl Chat {
    /// Asks the model.
    pub(super) async fn run(self, turn: u64, request: GenerateRequest) {
        let abort = api::Abort::new();
        self.abort.set_value(Some(abort.clone()));
        match self.provider.models().generate(request, &abort).await {
            Ok(stream) => {
                // With its name, it can be stopped before its first event.
                if let Some(id) = stream.generation()
                    && self.turn.get_value() == turn
                {
                    self.record
                        .update_value(|record| id.clone_into(&mut record.generation));
                }
                self.follow(turn, stream, abort).await;
            }
            Err(error) => self.failed(turn, &error),
        }
    }

    /// Goes on with a turn that an earlier page began. `false` when the server
    /// has nothing of it any more.
    pub(super) async fn go_on(self, turn: u64) -> bool {
        let abort = api::Abort::new();
        self.abort.set_value(Some(abort.clone()));
        let (generation, after) = self.place();
        match api::resume(&generation, after, &abort).await {
            Ok(stream) if self.turn.get_value() == turn => {
                self.follow(turn, stream, abort).await;
                true
            }
            Ok(_) => true,
            Err(_) => false,
        }
    }

    /// Ends the model's work; the answer so far stays.
    pub(super) fn stop_model(self) {
        let (generation, _) = self.place();
        if !generation.is_empty() {
            spawn(async move {
                // Without an answer the server's own time for a lost reader ends it.
                let _ = api::stop_generation(&generation).await;
            });
        }
    }

    /// Name of the generation and number of the last event.
    fn place(self) -> (String, u64) {
        self.record
            .with_value(|record| (record.generation.clone(), record.last_event))
    }

    async fn follow(self, turn: u64, mut stream: GenerateStream, abort: api::Abort) {
        loop {
            let next = stream.next().await;
            if self.turn.get_value() != turn {
                return;
            }
            match next {
                Ok(Some(received)) => {
                    self.record
                        .update_value(|record| record.last_event = received.id);
                    match received.event {
                        GenerateEvent::Error { error } => {
                            return self.failed(turn, &api::Error::Api(error));
                        }
                        GenerateEvent::Complete {
                            notes, truncated, ..
                        } => {
                            self.note(&notes, truncated);
                            self.finish(TurnState::Done, None);
                            // Read to its end, so that the end of the request isn't an abort.
                            while let Ok(Some(_)) = stream.next().await {}
                            return;
                        }
                        event => self.take_event(event),
                    }
                }
                // The protocol promises an end; without one the connection broke.
                Ok(None) | Err(api::Error::Network) => match self.reconnect(turn, &abort).await {
                    Some(Ok(again)) => stream = again,
                    Some(Err(error)) => return self.failed(turn, &error),
                    None => return,
                },
                Err(error) => return self.failed(turn, &error),
            }
        }
    }

    /// Opens the stream again after the last event that came; `None` when the
    /// turn is over meanwhile.
    async fn reconnect(
        self,
        turn: u64,
        abort: &api::Abort,
    ) -> Option<Result<GenerateStream, api::Error>> {
        let (generation, after) = self.place();
        if generation.is_empty() {
            return Some(Err(api::Error::Network));
        }
        self.status
            .set("The connection broke; going on where it was".to_owned());
        for pause in RECONNECT_MS {
            sleep_ms(pause).await;
            if self.turn.get_value() != turn {
                return None;
            }
            match api::resume(&generation, after, abort).await {
                Err(api::Error::Network) => {}
                Err(error) if error.code() == Some(ErrorCode::NotFound) => {
                    return Some(Err(gone()));
                }
                outcome => return (self.turn.get_value() == turn).then_some(outcome),
            }
        }
        Some(Err(api::Error::Network))
    }

    fn take_event(self, event: GenerateEvent) {
        match event {
            GenerateEvent::Start {
                generation,
                provider,
                model,
                prompt_tokens,
                context_tokens,
                cached,
            } => {
                self.record
                    .update_value(|record| record.generation = generation);
                self.keep_record();
                let disk = self.disk;
                // With its name on disk, a page that is loaded anew can go on with it.
                spawn(async move { disk.flush().await });
                self.status.set(format!("Waiting for {model}"));
                self.answering.set(Some(Answering {
                    provider,
                    model,
                    prompt_tokens,
                    context_tokens,
                    cached,
                }));
            }
            GenerateEvent::Restart { message } => self.restart(&message),
            GenerateEvent::Status { message } => self.status.set(message),
            GenerateEvent::Usage {
                prompt_tokens,
                completion_tokens,
                cost_micro_usd,
            } => self.cost.set(Some(Cost {
                prompt_tokens,
                completion_tokens,
                micro_usd: cost_micro_usd,
            })),
            GenerateEvent::Chunk { filename, content } => {
                self.record.update_value(|record| match filename {
                    Some(path) => record.partial.entry(path).or_default().push_str(&content),
                    None => record.prose.push_str(&content),
                });
                self.flush_soon();
            }
            GenerateEvent::File {
                filename,
                content,
                complete,
            } => self.take_file(filename, content, complete),
            GenerateEvent::Complete { .. } | GenerateEvent::Error { .. } => {}
        }
    }

    /// Another model begins anew: what the one before wrote is taken back, so
    /// that no app is made of two answers.
    fn restart(self, message: &str) {
        let written = self.before.with_untracked(|before| before.answer.clone());
        if !written.is_empty() {
            self.project.apply(written, Author::Model);
        }
        self.files.set(Vec::new());
        self.record.update_value(|record| {
            record.prose = format!("> {message}\n\n");
            record.complete.clear();
            record.partial.clear();
        });
        self.status.set(message.to_owned());
        self.flush();
    }

    fn take_file(self, path: String, content: Option<String>, complete: bool) {
        let deleted = complete && content.is_none();
        self.record.update_value(|record| {
            if complete {
                record.partial.remove(&path);
                record.complete.retain(|known| *known != path);
                record.complete.push(path.clone());
            } else {
                record.partial.insert(path.clone(), String::new());
            }
        });
        self.files.update(|files| {
            files.retain(|file| file.path != path);
            files.push(StreamedFile {
                path: path.clone(),
                complete,
                deleted,
            });
        });
        if complete {
            self.remember_before(&path);
            self.flush_soon();
            let changes = Changes::from([(path, content)]);
            self.project.apply(changes, Author::Model);
        } else {
            self.status.set(format!("Writing {path}"));
            self.flush();
        }
    }

    pub(super) fn failed(self, turn: u64, error: &api::Error) {
        if self.turn.get_value() != turn {
            return;
        }
        self.session.heard(error);
        self.provider.check();
        self.finish(TurnState::Failed, Some(&describe(error)));
    }

    /// What the reader had to guess goes below the prose.
    fn note(self, notes: &[String], truncated: bool) {
        self.record.update_value(|record| {
            for note in notes {
                record.prose.push_str("\n\n> ");
                record.prose.push_str(note);
            }
            if truncated {
                record.prose.push_str(
                    "\n\n> The model reached its length limit. Send \"continue\" to have it go on.",
                );
            }
        });
    }

    /// Ends the turn: what arrived becomes a message.
    pub(super) fn finish(self, state: TurnState, reason: Option<&Sentence>) {
        self.abort.set_value(None);
        let record = self.record.get_value();
        let mut content = record.prose.trim().to_owned();
        if record.repair {
            content.insert_str(0, &repaired(&record.problems));
        }
        if let Some(reason) = reason {
            if !content.is_empty() {
                content.push_str("\n\n");
            }
            content.push_str(&reason.line());
        }
        content.truncate(content.floor_char_boundary(MAX_MESSAGE_BYTES));
        self.add_message(Message {
            id: new_id(),
            role: Role::Assistant,
            content,
            files: record.complete.clone(),
            state,
            created_ms: now_ms(),
        });
        self.streaming.set(false);
        self.status.set(String::new());
        self.prose.set(String::new());
        self.files.set(Vec::new());
        self.partial.set(record.partial);
        self.forget_partial();
        // A file that was begun but never finished has no tab to stay in.
        self.project.forget_missing_tabs();
        let id = self.project.id().get_untracked();
        self.sync.schedule(&id);
        let number = self
            .ended
            .with_untracked(|ended| ended.map_or(0, |ended| ended.number));
        self.ended.set(Some(Ended {
            number: number + 1,
            state,
            repair: record.repair,
        }));
    }
}

/// What a repair that nobody asked for was about, as the beginning of its message.
fn repaired(problems: &[String]) -> String {
    let first = problems.first().and_then(|problem| problem.lines().next());
    let more = match problems.len() {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    format!(
        "> Repaired by itself: {}{more}\n\n",
        first.unwrap_or_default()
    )
}

/// The server was started anew, or the pause was too long.
fn gone() -> api::Error {
    api::Error::Api(ApiError {
        code: ErrorCode::ProviderInterrupted,
        message: "The connection broke for so long that the server gave the answer up.".to_owned(),
        help: Some("Complete files are kept. Send the request again to have the rest.".to_owned()),
        retry_after_s: None,
        request_id: String::new(),
    })
}
