//! `SandboxAPI.fetch`, and pictures of other hosts: by way of the server, to hosts that the person
//! allows.

use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::limits::FETCH_MAX_REDIRECTS;
use protocol::sandbox::{
    Answer, CallErrorCode, FetchOutside, FetchedOutside, OutsideRequest, OutsideResponse,
};
use web_sys::Url;

use super::{Question, Requests};
use crate::api;
use crate::message::describe;
use crate::platform::clock::monotonic_ms;
use crate::platform::records::Permission;
use crate::state::network::{Kind, Outcome};
use crate::state::session::Server;

type Refusal = (CallErrorCode, String);

impl Requests {
    pub(super) async fn fetch(self, request: OutsideRequest) -> super::Outcome {
        self.send(Kind::Fetch, request).await
    }

    /// A picture for an element of the app's page.
    pub(super) async fn picture(self, url: String) -> super::Outcome {
        let request = OutsideRequest {
            url,
            method: "GET".to_owned(),
            headers: Vec::new(),
            body: None,
        };
        self.send(Kind::Picture, request).await
    }

    async fn send(self, kind: Kind, request: OutsideRequest) -> super::Outcome {
        let mut took_ms = None;
        let frame = self.frame.get_value();
        let outcome = self.send_allowed(kind, &request, &mut took_ms).await;
        let told = outcome.as_ref().map_err(|(code, message)| match code {
            CallErrorCode::Denied => Outcome::Denied,
            _ => Outcome::Failed(in_short(*code), message.clone()),
        });
        // Another app may be there by now, with a log of its own.
        if self.frame.get_value() == frame {
            self.network.record(kind, &request, told, took_ms);
        }
        Ok(Answer::Response { response: outcome? })
    }

    /// `took_ms` is the time on the way, in milliseconds, if it was sent at all.
    async fn send_allowed(
        self,
        kind: Kind,
        request: &OutsideRequest,
        took_ms: &mut Option<f64>,
    ) -> Result<OutsideResponse, Refusal> {
        if self.page.server().get_untracked() == Server::Absent {
            let (what, instead) = match kind {
                Kind::Picture => (
                    "Pictures of other hosts need",
                    "put the picture into the project",
                ),
                _ => ("SandboxAPI.fetch needs", "use sample data"),
            };
            return Err((
                CallErrorCode::NeedsServer,
                format!(
                    "{what} the Cumulet server, and this page has none. Start the server and open Cumulet at its address, or {instead}."
                ),
            ));
        }
        let app_id = self.permissions.app_id();
        let is_picture = kind == Kind::Picture;
        let frame = self.frame.get_value();
        let mut url = request.url.clone();
        // Each round asks for the host of one more redirect.
        for _ in 0..=FETCH_MAX_REDIRECTS {
            self.ask_for_host(kind, &url).await?;
            let ask = FetchOutside {
                request: request.clone(),
                hosts: self.permissions.hosts(is_picture),
                is_picture,
            };
            let begun = monotonic_ms();
            let answer = api::fetch_outside(&app_id, &ask).await;
            *took_ms = Some(took_ms.unwrap_or_default() + monotonic_ms() - begun);
            if self.frame.get_value() != frame {
                // Nobody waits for it, and what it leads on to is for no other app to ask.
                return Err((
                    CallErrorCode::Unavailable,
                    "The app that asked is gone.".to_owned(),
                ));
            }
            match answer {
                Ok(FetchedOutside::Response { response }) => return Ok(response),
                Ok(FetchedOutside::Redirected { url: next }) => {
                    // What changes something there isn't sent twice.
                    if !matches!(request.method.as_str(), "GET" | "HEAD") {
                        return Err((
                            CallErrorCode::Denied,
                            format!(
                                "The answer leads on to {next}, which isn't allowed yet. Ask for that address itself."
                            ),
                        ));
                    }
                    url = next;
                }
                Err(error) => return Err(refusal(&error)),
            }
        }
        Err((
            CallErrorCode::Unreachable,
            "The address leads on too many times.".to_owned(),
        ))
    }

    async fn ask_for_host(self, kind: Kind, url: &str) -> Result<(), Refusal> {
        let Some(host) = host_of(url) else {
            return Err((CallErrorCode::Invalid, "This is no address.".to_owned()));
        };
        let reach = Permission::Host { host: host.clone() };
        let url = url.to_owned();
        let is_allowed = if kind == Kind::Picture {
            let permission = Permission::Pictures { host: host.clone() };
            let question = Question::Pictures {
                host: host.clone(),
                url,
            };
            // Who may send anything there may ask for pictures.
            self.permissions.decided(&reach) == Some(true) || self.may(permission, question).await?
        } else {
            let question = Question::Host {
                host: host.clone(),
                url,
            };
            self.may(reach, question).await?
        };
        if is_allowed {
            return Ok(());
        }
        Err((
            CallErrorCode::Denied,
            format!(
                "The person didn't allow {host}. They can change that under Permissions; until then show what works without it."
            ),
        ))
    }
}

/// Host as people allow it: with a port when that isn't the scheme's own.
pub(super) fn host_of(url: &str) -> Option<String> {
    Url::new(url).ok().map(|url| url.host())
}

fn refusal(error: &api::Error) -> Refusal {
    let code = match error.code() {
        Some(ErrorCode::InvalidInput | ErrorCode::InvalidBody) => CallErrorCode::Invalid,
        Some(ErrorCode::ForbiddenAddress) => CallErrorCode::ForbiddenAddress,
        Some(ErrorCode::RateLimited) => CallErrorCode::RateLimited,
        Some(ErrorCode::TooLarge) => CallErrorCode::TooLarge,
        Some(ErrorCode::OutsideUnreachable) => CallErrorCode::Unreachable,
        Some(ErrorCode::NotFound) => {
            return (
                CallErrorCode::Unavailable,
                "The app isn't saved on the Cumulet server yet. Try again in a moment.".to_owned(),
            );
        }
        _ => CallErrorCode::NeedsServer,
    };
    (code, describe(error).line())
}

/// Words of the log.
fn in_short(code: CallErrorCode) -> &'static str {
    match code {
        CallErrorCode::Denied => "denied",
        CallErrorCode::TooMany => "too many at once",
        CallErrorCode::NeedsServer => "no server",
        CallErrorCode::Invalid => "not valid",
        CallErrorCode::ForbiddenAddress => "private address",
        CallErrorCode::RateLimited => "too many a minute",
        CallErrorCode::TooLarge => "too large",
        CallErrorCode::Unreachable => "no answer",
        CallErrorCode::Unavailable => "not available",
    }
}
