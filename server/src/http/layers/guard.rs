//! Keeps other sites out: a page elsewhere must neither read from this server
//! through a host name of its own (DNS rebinding) nor change anything on it.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::error::ErrorCode;

use crate::http::documents::SHELL;
use crate::http::error::Failure;
use crate::state::AppState;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub(crate) async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let checked = match &state.app_origins {
        Some(origins) if origins.is_asked(request.headers()) => {
            check_app(&request, origins.is_app(request.headers()))
        }
        _ => check(request.method(), request.headers(), &state.allowed_hosts),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

/// Under the names of apps there is the shell and nothing else, least of all the API.
fn check_app(request: &Request, is_app: bool) -> Result<(), Failure> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_app && is_read && request.uri().path() == SHELL {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::NotFound,
        "there is nothing here but an app's frame",
        "Open the studio by the address that the server printed.",
    ))
}

fn check(method: &Method, headers: &HeaderMap, allowed: &[String]) -> Result<(), Failure> {
    let host = text(headers, &HOST).unwrap_or_default();
    let name = host
        .parse::<Authority>()
        .map(|authority| authority.host().to_lowercase())
        .unwrap_or_default();
    if !is_loopback(&name) && !allowed.contains(&name) {
        return Err(Failure::new(
            ErrorCode::ForbiddenOrigin,
            format!("this server doesn't answer under the host name `{name}`"),
            "Open it by the address that it printed, or start it with `--allowed-host NAME`.",
        ));
    }
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let origin = text(headers, &ORIGIN);
    let site = text(headers, &SEC_FETCH_SITE);
    let same_origin = origin.is_none_or(|origin| is_origin_of(origin, host));
    let same_site = site.is_none_or(|site| site == "same-origin");
    if same_origin && same_site && (origin.is_some() || site.is_some()) {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::ForbiddenOrigin,
        "only Cumulet's own page may change anything here",
        format!("Outside a browser, send the header `Origin: http://{host}`."),
    ))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn is_loopback(name: &str) -> bool {
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether an `Origin` is the one that a page under this `Host` has. The
/// scheme isn't compared: a proxy in front may speak https.
fn is_origin_of(origin: &str, host: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .filter_map(|scheme| origin.strip_prefix(scheme))
        .any(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(method: &Method, headers: &[(&'static str, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        check(method, &headers, &["cumulet.lan".to_owned()]).is_ok()
    }

    #[test]
    fn only_known_host_names_are_answered() {
        for host in [
            "localhost",
            "127.0.0.1:4321",
            "127.8.9.1",
            "[::1]:4321",
            "app.localhost:1",
            "Cumulet.LAN",
        ] {
            assert!(passes(&Method::GET, &[("host", host)]), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.4",
            "",
            "a b",
        ] {
            assert!(!passes(&Method::GET, &[("host", host)]), "{host}");
        }
        assert!(!passes(&Method::GET, &[]));
    }

    #[test]
    fn changes_need_the_same_origin() {
        let host = ("host", "localhost:4321");
        for good in [
            &[("origin", "http://localhost:4321")][..],
            &[("sec-fetch-site", "same-origin")],
            &[
                ("origin", "http://localhost:4321"),
                ("sec-fetch-site", "same-origin"),
            ],
        ] {
            assert!(passes(&Method::POST, &[&[host], good].concat()), "{good:?}");
        }
        for bad in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[("origin", "http://localhost:4322")],
            &[("origin", "http://127.0.0.1:4321")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "none")],
            &[
                ("origin", "http://localhost:4321"),
                ("sec-fetch-site", "cross-site"),
            ],
        ] {
            assert!(!passes(&Method::POST, &[&[host], bad].concat()), "{bad:?}");
            assert!(
                !passes(&Method::DELETE, &[&[host], bad].concat()),
                "{bad:?}"
            );
        }
    }
}
