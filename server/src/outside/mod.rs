//! Requests that apps make to the outside, by way of this server: `SandboxAPI.fetch`.
//!
//! The app is hostile: it must reach nothing that only this machine reaches.
//! Every address is looked at before a connection is made, redirects too, and
//! the connection goes to the very address that was looked at.

mod address;
mod headers;
mod names;
mod picture;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::limits::{
    FETCH_MAX_REDIRECTS, FETCH_MAX_REQUEST_BYTES, FETCH_MAX_RESPONSE_BYTES, FETCH_MAX_URL_CHARS,
    FETCH_TIMEOUT_MS, PICTURE_MAX_BYTES,
};
use protocol::sandbox::{FetchOutside, FetchedOutside, OUTSIDE_METHODS, OutsideResponse};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use tokio::time::timeout;
use url::Url;

pub use self::names::{Lookup, Names, SystemNames};

use self::address::check;
use self::names::{Forbidden, PublicOnly};

/// Why an app's request was not sent or not answered. Each message is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The request can't be one: method, header, body or address.
    #[error("{message}")]
    Invalid {
        /// What is wrong.
        message: String,
        /// What to do next.
        help: String,
    },
    /// The address is one that apps may not reach.
    #[error("{message}")]
    Forbidden {
        /// Which, and why.
        message: String,
    },
    /// The answer is larger than its limit.
    #[error("the answer has more than {} MB", max_bytes / 1024 / 1024)]
    TooLarge {
        /// The limit.
        max_bytes: usize,
    },
    /// No answer, or not in time.
    #[error("{message}")]
    Unreachable {
        /// Who doesn't answer, and how.
        message: String,
    },
}

impl Error {
    fn invalid(message: impl Into<String>, help: &str) -> Self {
        Self::Invalid {
            message: message.into(),
            help: help.to_owned(),
        }
    }

    fn unreachable(message: impl Into<String>) -> Self {
        Self::Unreachable {
            message: message.into(),
        }
    }
}

/// Sends apps' requests.
#[derive(Debug, Clone)]
pub struct Outside {
    client: Client,
    /// Host names that apps may reach whatever their address, and without TLS.
    exempt: Arc<[String]>,
}

/// One request on its way along redirects.
struct Journey {
    url: Url,
    method: Method,
    headers: HeaderMap,
    left_out: Vec<String>,
    body: Option<Vec<u8>>,
    is_picture: bool,
}

impl Outside {
    /// `exempt` are host names that the server's configuration lets apps reach.
    ///
    /// # Errors
    /// When TLS can't be set up on this machine.
    pub fn new(exempt: Vec<String>, names: Arc<dyn Names>) -> Result<Self, reqwest::Error> {
        let exempt: Arc<[String]> = exempt.into();
        let client = Client::builder()
            // Followed here, one by one.
            .redirect(Policy::none())
            // A proxy would look the name up again, by itself.
            .no_proxy()
            // A kept connection would save the look at the address.
            .pool_max_idle_per_host(0)
            .referer(false)
            .user_agent("Cumulet")
            .dns_resolver(Arc::new(PublicOnly::new(names, Arc::clone(&exempt))))
            .build()?;
        Ok(Self { client, exempt })
    }

    /// Sends a request and follows redirects to the hosts that it names.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn fetch(&self, ask: &FetchOutside) -> Result<FetchedOutside, Error> {
        let journey = Journey::new(ask)?;
        let limit = Duration::from_millis(u64::from(FETCH_TIMEOUT_MS));
        let host = host_of(&journey.url);
        timeout(limit, self.follow(journey, &ask.hosts))
            .await
            .map_err(|_| {
                let seconds = FETCH_TIMEOUT_MS / 1000;
                Error::unreachable(format!("`{host}` didn't answer within {seconds} s"))
            })?
    }

    async fn follow(
        &self,
        mut journey: Journey,
        hosts: &[String],
    ) -> Result<FetchedOutside, Error> {
        for _ in 0..=FETCH_MAX_REDIRECTS {
            check(&journey.url, &self.exempt)?;
            if !hosts.contains(&host_of(&journey.url)) {
                return Ok(FetchedOutside::Redirected {
                    url: journey.url.into(),
                });
            }
            let response = self.send(&journey).await?;
            match next(&journey.url, &response)? {
                Some(url) => journey.turn(url, response.status()),
                None => return journey.end(response).await,
            }
        }
        Err(Error::unreachable(format!(
            "{} redirects more than {FETCH_MAX_REDIRECTS} times",
            host_of(&journey.url)
        )))
    }

    async fn send(&self, journey: &Journey) -> Result<Response, Error> {
        let mut request = self
            .client
            .request(journey.method.clone(), journey.url.clone())
            .headers(journey.headers.clone());
        if let Some(body) = &journey.body {
            request = request.body(body.clone());
        }
        request
            .send()
            .await
            .map_err(|error| not_sent(&error, &host_of(&journey.url)))
    }
}

impl Journey {
    fn new(ask: &FetchOutside) -> Result<Self, Error> {
        let request = &ask.request;
        if request.url.len() > FETCH_MAX_URL_CHARS {
            return Err(Error::invalid(
                format!("the address has more than {FETCH_MAX_URL_CHARS} characters"),
                "Send the data in the body.",
            ));
        }
        let mut url = Url::parse(&request.url).map_err(|error| {
            Error::invalid(
                format!("the address isn't one: {error}"),
                "Use an absolute address that begins with https://.",
            )
        })?;
        url.set_fragment(None);
        let method = OUTSIDE_METHODS
            .contains(&request.method.as_str())
            .then(|| Method::from_bytes(request.method.as_bytes()).ok())
            .flatten()
            .ok_or_else(|| {
                Error::invalid(
                    format!(
                        "apps can't send the method `{}`",
                        request.method.escape_debug()
                    ),
                    &format!("Use one of {}.", OUTSIDE_METHODS.join(", ")),
                )
            })?;
        let is_plain =
            request.method == "GET" && request.headers.is_empty() && request.body.is_none();
        if ask.is_picture && !is_plain {
            return Err(Error::invalid(
                "pictures are asked for without headers and body",
                "Use SandboxAPI.fetch.",
            ));
        }
        let (headers, left_out) = headers::outgoing(&request.headers)?;
        Ok(Self {
            url,
            method,
            headers,
            left_out,
            body: request.body.as_deref().map(decode).transpose()?,
            is_picture: ask.is_picture,
        })
    }

    /// Goes on to another address, as browsers do.
    fn turn(&mut self, url: Url, status: StatusCode) {
        let is_post = self.method == Method::POST;
        let becomes_get = match status {
            StatusCode::SEE_OTHER => self.method != Method::HEAD,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => is_post,
            _ => false,
        };
        if becomes_get {
            self.method = Method::GET;
            self.body = None;
            self.headers.remove(CONTENT_TYPE);
        }
        self.url = url;
    }

    async fn end(self, mut response: Response) -> Result<FetchedOutside, Error> {
        let max_bytes = if self.is_picture {
            PICTURE_MAX_BYTES
        } else {
            FETCH_MAX_RESPONSE_BYTES
        };
        let promised = response.content_length().unwrap_or_default();
        if self.method != Method::HEAD && promised > max_bytes as u64 {
            return Err(Error::TooLarge { max_bytes });
        }
        let mut body = Vec::new();
        loop {
            let chunk = response.chunk().await;
            let Some(chunk) = chunk.map_err(|error| not_sent(&error, &host_of(&self.url)))? else {
                break;
            };
            if body.len() + chunk.len() > max_bytes {
                return Err(Error::TooLarge { max_bytes });
            }
            body.extend_from_slice(&chunk);
        }
        let status = response.status();
        let headers = if self.is_picture {
            let named = response.headers().get(CONTENT_TYPE);
            let media_type = picture::media_type(named.and_then(|it| it.to_str().ok()), &body)
                .filter(|_| status.is_success())
                .ok_or_else(|| {
                    let host = host_of(&self.url);
                    Error::unreachable(format!("`{host}` answers {status} and no picture"))
                })?;
            vec![("content-type".to_owned(), media_type.to_owned())]
        } else {
            headers::incoming(response.headers())
        };
        Ok(FetchedOutside::Response {
            response: OutsideResponse {
                url: self.url.into(),
                status: status.as_u16(),
                headers,
                body: STANDARD.encode(body),
                left_out: self.left_out,
            },
        })
    }
}

fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let body = STANDARD
        .decode(text)
        .map_err(|_| Error::invalid("the body isn't Base64", "Encode it as Base64."))?;
    if body.len() > FETCH_MAX_REQUEST_BYTES {
        return Err(Error::invalid(
            format!(
                "the body has more than {} KB",
                FETCH_MAX_REQUEST_BYTES / 1024
            ),
            "Send less at once.",
        ));
    }
    Ok(body)
}

/// Host as people allow it: with a port when that isn't the scheme's own.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Where an answer leads.
fn next(url: &Url, response: &Response) -> Result<Option<Url>, Error> {
    let status = response.status();
    let leads = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let Some(location) = response.headers().get(LOCATION).filter(|_| leads) else {
        return Ok(None);
    };
    let mut next = location
        .to_str()
        .ok()
        .and_then(|location| url.join(location).ok())
        .ok_or_else(|| Error::unreachable(format!("`{}` redirects to no address", host_of(url))))?;
    next.set_fragment(None);
    Ok(Some(next))
}

fn not_sent(error: &reqwest::Error, host: &str) -> Error {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Forbidden>() {
            return Error::Forbidden {
                message: format!("`{host}` is an address of a private network"),
            };
        }
        cause = inner.source();
    }
    tracing::debug!(%error, host, "an app's request failed");
    let how = if error.is_connect() {
        "can't be reached"
    } else {
        "broke the connection off"
    };
    Error::unreachable(format!("`{host}` {how}"))
}
