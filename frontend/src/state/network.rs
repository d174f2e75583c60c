//! What the open app sent outside, and what the sandbox didn't let out. In
//! memory alone, and only of this visit.

use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;
use protocol::limits::OUTSIDE_LOG_MAX_ENTRIES;
use protocol::preview::BlockedAttempt;
use protocol::sandbox::{OutsideRequest, OutsideResponse};
use web_sys::Url;

use super::Handle;
use crate::platform::base64;
use crate::platform::clock::now_ms;

/// Bytes of a body that are kept for a look at it.
const BODY_BYTES: usize = 16 * 1024;

/// How the app asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `SandboxAPI.fetch`.
    Fetch,
    /// A picture of an element.
    Picture,
    /// An element or another part of the page, which the policies stopped.
    Blocked,
}

/// What became of a request to the outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The other side answered with this status.
    Status(u16),
    /// The person said no.
    Denied,
    /// It wasn't sent or not answered: in a few words, and in a sentence.
    Failed(&'static str, String),
    /// The sandbox stopped it, by this directive of its policy.
    Blocked(String),
}

/// Headers and text of one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Side {
    /// Names and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The beginning of a body that is text.
    pub(crate) text: Option<String>,
}

/// A request of the app to the outside.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NetworkEntry {
    /// Unique on the page.
    pub(crate) id: u64,
    /// When it ended, in milliseconds since the Unix epoch.
    pub(crate) time_ms: u64,
    /// How the app asked.
    pub(crate) kind: Kind,
    /// Method; empty where the browser doesn't tell.
    pub(crate) method: String,
    /// Host, with a port that isn't the scheme's own.
    pub(crate) host: String,
    /// Path with the query.
    pub(crate) path: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// Media type of the answer.
    pub(crate) media_type: String,
    /// Bytes of the answer's body.
    pub(crate) bytes: usize,
    /// From sending to the answer, without what the person took to decide.
    pub(crate) took_ms: Option<f64>,
    /// How often in a row, of what was blocked.
    pub(crate) count: u32,
    /// What was sent.
    pub(crate) sent: Arc<Side>,
    /// What came back.
    pub(crate) received: Arc<Side>,
}

/// Handle to the log.
pub(crate) type Network = Handle<NetworkStore>;

/// What stands behind [`Network`].
pub(crate) struct NetworkStore {
    log: RwSignal<VecDeque<NetworkEntry>>,
    next_id: StoredValue<u64>,
}

impl Network {
    pub(super) fn new() -> Self {
        Handle::keep(NetworkStore {
            log: RwSignal::new(VecDeque::new()),
            next_id: StoredValue::new(1),
        })
    }

    /// The page's log.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Requests to the outside, oldest first.
    pub(crate) fn log(self) -> Signal<VecDeque<NetworkEntry>> {
        self.log.into()
    }

    /// Forgets all of them.
    pub(crate) fn clear(self) {
        self.log.update(VecDeque::clear);
    }

    /// A request that ended, one way or the other.
    pub(super) fn record(
        self,
        kind: Kind,
        request: &OutsideRequest,
        outcome: Result<&OutsideResponse, Outcome>,
        took_ms: Option<f64>,
    ) {
        let Some((host, path)) = host_and_path(&request.url) else {
            return;
        };
        let received = outcome.as_ref().ok();
        let media_type = received.map(|response| media_type(&response.headers));
        let entry = NetworkEntry {
            id: 0,
            time_ms: now_ms(),
            kind,
            method: request.method.clone(),
            host,
            path,
            media_type: media_type.unwrap_or_default(),
            bytes: received.map_or(0, |response| base64::byte_count(&response.body)),
            took_ms,
            count: 1,
            sent: Arc::new(side(
                &request.headers,
                request.body.as_deref().unwrap_or_default(),
            )),
            received: Arc::new(received.map_or_else(Side::default, |response| {
                side(&response.headers, &response.body)
            })),
            outcome: match outcome {
                Ok(response) => Outcome::Status(response.status),
                Err(outcome) => outcome,
            },
        };
        self.push(entry);
    }

    /// What the policies stopped.
    pub(super) fn record_blocked(self, attempts: Vec<BlockedAttempt>) {
        for BlockedAttempt {
            directive,
            url,
            count,
        } in attempts
        {
            let Some((host, path)) = host_and_path(&url) else {
                continue;
            };
            let outcome = Outcome::Blocked(directive);
            let is_again = self.log.with_untracked(|log| {
                log.back().is_some_and(|last| {
                    last.outcome == outcome && last.host == host && last.path == path
                })
            });
            if is_again {
                self.log.update(|log| {
                    if let Some(last) = log.back_mut() {
                        last.count = last.count.saturating_add(count);
                        last.time_ms = now_ms();
                    }
                });
                continue;
            }
            self.push(NetworkEntry {
                id: 0,
                time_ms: now_ms(),
                kind: Kind::Blocked,
                method: String::new(),
                host,
                path,
                outcome,
                media_type: String::new(),
                bytes: 0,
                took_ms: None,
                count,
                sent: Arc::default(),
                received: Arc::default(),
            });
        }
    }

    fn push(self, entry: NetworkEntry) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.log.update(|log| {
            log.push_back(NetworkEntry { id, ..entry });
            if log.len() > OUTSIDE_LOG_MAX_ENTRIES {
                // What was only tried goes first: an app could push what it sent out of the log.
                let tried = log.iter().position(|entry| entry.kind == Kind::Blocked);
                log.remove(tried.unwrap_or(0));
            }
        });
    }
}

fn host_and_path(url: &str) -> Option<(String, String)> {
    let url = Url::new(url).ok()?;
    Some((url.host(), format!("{}{}", url.pathname(), url.search())))
}

fn media_type(headers: &[(String, String)]) -> String {
    let found = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let value = found.map_or("", |(_, value)| value.as_str());
    let bare = value.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

fn side(headers: &[(String, String)], body: &str) -> Side {
    let is_text = !body.is_empty() && is_text(&media_type(headers));
    Side {
        headers: headers.to_vec(),
        text: is_text.then(|| base64::text(body, BODY_BYTES)).flatten(),
    }
}

fn is_text(media_type: &str) -> bool {
    const TEXTS: [&str; 4] = ["json", "xml", "javascript", "x-www-form-urlencoded"];
    media_type.starts_with("text/") || TEXTS.iter().any(|part| media_type.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::{is_text, media_type};

    #[test]
    fn knows_texts_by_their_type() {
        let headers = [(
            "Content-Type".to_owned(),
            "Application/LD+JSON; charset=utf-8".to_owned(),
        )];
        assert_eq!(media_type(&headers), "application/ld+json");
        assert!(is_text("application/ld+json"));
        assert!(is_text("text/csv"));
        assert!(!is_text("image/png"));
        assert!(!is_text(""));
    }
}
