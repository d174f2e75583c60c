//! One request: JSON out, JSON in, every failure an [`Error`].

use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, Response};

use protocol::error::{ApiError, ErrorCode};

use super::error::{Error, Result};
use crate::platform::listen::Listener;

/// HTTP methods that the server has routes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Read.
    Get,
    /// Create or act.
    Post,
    /// Replace.
    Put,
    /// Change in part.
    Patch,
    /// Remove.
    Delete,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Ends the requests that were started with it when the last clone is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Abort(Rc<Guard>);

#[derive(Debug)]
struct Guard(Option<AbortController>);

impl Abort {
    /// A fresh one.
    pub(crate) fn new() -> Self {
        Self(Rc::new(Guard(AbortController::new().ok())))
    }

    /// Ends the requests now.
    pub(crate) fn abort(&self) {
        if let Some(controller) = &self.0.0 {
            controller.abort();
        }
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.0.as_ref().map(AbortController::signal)
    }

    pub(super) fn is_aborted(&self) -> bool {
        self.signal().is_some_and(|signal| signal.aborted())
    }

    /// One for a part of the work: it ends with this one, or alone when it is dropped.
    pub(super) fn link(&self) -> Linked {
        let own = Self::new();
        if self.is_aborted() {
            own.abort();
        }
        let listener = self.signal().map(|signal| {
            let own = own.clone();
            Listener::new(&signal, "abort", move |_| own.abort())
        });
        Linked {
            own,
            _listener: listener,
        }
    }
}

/// See [`Abort::link`].
pub(super) struct Linked {
    own: Abort,
    _listener: Option<Listener>,
}

impl Linked {
    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.own.signal()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends a request and reads its JSON answer.
pub(super) async fn send<B: Serialize, T: DeserializeOwned>(
    method: Method,
    address: &str,
    body: Option<&B>,
    signal: Option<&AbortSignal>,
) -> Result<T> {
    let body = body.map(encode).transpose()?;
    let response = fetch(method, address, body.as_deref(), signal).await?;
    let text = read_text(&response).await?;
    serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))
}

/// Sends a request whose answer has no body of interest.
pub(super) async fn send_empty<B: Serialize>(
    method: Method,
    address: &str,
    body: Option<&B>,
) -> Result<()> {
    let body = body.map(encode).transpose()?;
    let response = fetch(method, address, body.as_deref(), None).await?;
    // An answer that isn't read to its end counts as cut when the page goes.
    read_text(&response).await?;
    Ok(())
}

/// Text of a JSON body.
pub(super) fn encode<B: Serialize>(body: &B) -> Result<String> {
    serde_json::to_string(body).map_err(|error| Error::Decode(error.to_string()))
}

/// Sends a request; an answer outside of 2xx is an error.
pub(super) async fn fetch(
    method: Method,
    address: &str,
    body: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Response> {
    fetch_with(method, address, &[], body, signal).await
}

/// The same with further headers.
pub(super) async fn fetch_with(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Response> {
    let init = RequestInit::new();
    init.set_method(method.name());
    init.set_signal(signal);
    let given = Headers::new().map_err(|_| Error::Network)?;
    let content_type = body.map(|_| ("Content-Type", "application/json"));
    for (name, value) in headers.iter().copied().chain(content_type) {
        given.set(name, value).map_err(|_| Error::Network)?;
    }
    init.set_headers(&given);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    let window = web_sys::window().ok_or(Error::Network)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(address, &init))
        .await
        .map_err(|error| from_js(&error))?;
    let response: Response = answer.dyn_into().map_err(|_| Error::Network)?;
    if response.ok() {
        return Ok(response);
    }
    Err(refusal(&response).await)
}

/// What a rejected promise of `fetch` or of a body says.
pub(super) fn from_js(error: &JsValue) -> Error {
    let name = error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name);
    if name.as_deref() == Some("AbortError") {
        Error::Aborted
    } else {
        Error::Network
    }
}

async fn read_text(response: &Response) -> Result<String> {
    let promise = response.text().map_err(|error| from_js(&error))?;
    let text = JsFuture::from(promise)
        .await
        .map_err(|error| from_js(&error))?;
    Ok(text.as_string().unwrap_or_default())
}

/// The error that an answer outside of 2xx carries. A static host answers
/// `/api/…` with a page of its own: that counts as no server at all.
async fn refusal(response: &Response) -> Error {
    let text = read_text(response).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_str::<ApiError>(&text) {
        return Error::Api(error);
    }
    match response.status() {
        404 => Error::Api(ApiError {
            code: ErrorCode::NotFound,
            message: format!("There is nothing at {}.", response.url()),
            help: None,
            retry_after_s: None,
            request_id: String::new(),
        }),
        _ => Error::Network,
    }
}
