//! `SandboxAPI.fetch`: by way of the server, to hosts that the person allows.

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
use crate::platform::records::Permission;
use crate::state::permissions::Outcome;
use crate::state::session::Server;

type Refusal = (CallErrorCode, String);

impl Requests {
    pub(super) async fn fetch(self, request: OutsideRequest) -> super::Outcome {
        let Some(entry) = entry_of(&request) else {
            return Err((CallErrorCode::Invalid, "This is no address.".to_owned()));
        };
        let outcome = self.fetch_allowed(request).await;
        let (result, bytes) = match &outcome {
            // Four characters stand for three bytes.
            Ok(response) => (
                Outcome::Status(response.status),
                response.body.trim_end_matches('=').len() * 3 / 4,
            ),
            Err((CallErrorCode::Denied, _)) => (Outcome::Denied, 0),
            Err((code, _)) => (Outcome::Failed(in_short(*code).to_owned()), 0),
        };
        self.permissions.record_request(entry, result, bytes);
        Ok(Answer::Response { response: outcome? })
    }

    async fn fetch_allowed(self, request: OutsideRequest) -> Result<OutsideResponse, Refusal> {
        if self.page.server().get_untracked() == Server::Absent {
            return Err((
                CallErrorCode::NeedsServer,
                "SandboxAPI.fetch needs the Cumulet server, and this page has none. Start the server and open Cumulet at its address, or use sample data.".to_owned(),
            ));
        }
        let app_id = self.permissions.app_id();
        let mut url = request.url.clone();
        // Each round asks for the host of one more redirect.
        for _ in 0..=FETCH_MAX_REDIRECTS {
            self.ask_for_host(&url).await?;
            let ask = FetchOutside {
                request: request.clone(),
                hosts: self.permissions.hosts(),
            };
            match api::fetch_outside(&app_id, &ask).await {
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

    async fn ask_for_host(self, url: &str) -> Result<(), Refusal> {
        let Some(host) = host_of(url) else {
            return Err((CallErrorCode::Invalid, "This is no address.".to_owned()));
        };
        let permission = Permission::Host { host: host.clone() };
        let question = Question::Host {
            host: host.clone(),
            url: url.to_owned(),
        };
        if self.may(permission, question).await? {
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

/// Method, host and path for the log.
fn entry_of(request: &OutsideRequest) -> Option<(String, String, String)> {
    let url = Url::new(&request.url).ok()?;
    let path = format!("{}{}", url.pathname(), url.search());
    Some((request.method.clone(), url.host(), path))
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
