//! Requests of the page to a provider: addresses, keys, time limits, and what
//! keeps the browser from asking. What is said and how it is read is
//! `generation::dialect`'s.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures::future::{Either, select};
use generation::dialect::{self, BETWEEN_TOKENS_S, Call, FIRST_TOKEN_S, SHORT_S, Unreachable};
use generation::{ChatRequest, Decoder, Endpoint, Failure, StreamEvent};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Headers, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, Response, ResponseType, SecurityPolicyViolationEvent,
};

use super::super::client::{Abort, Linked};
use crate::address::{is_local, origin};
use crate::platform::clock::sleep_ms;
use crate::platform::listen::Listener;

/// Longest whole answer, in bytes: OpenRouter's list of models has about 1 MB.
const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;
/// Longest answer that explains a failure, in bytes.
const MAX_FAILURE_BYTES: usize = 64 * 1024;
/// Longest wait for a sign that anything answers at an address, in seconds.
const PROBE_S: u64 = 3;
/// After a refused request the browser tells of the policy that refused it, in milliseconds.
const VIOLATION_MS: u32 = 30;

/// Talks to one provider. `stop` ends all its requests.
pub(super) struct Transport<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) stop: &'a Abort,
}

impl Transport<'_> {
    /// Asks for a short JSON answer.
    pub(super) async fn json(&self, call: &Call, seconds: u64) -> Result<Value, Failure> {
        let bytes = within(seconds, async {
            let mut answer = self.send(call).await?;
            answer.read(MAX_ANSWER_BYTES).await
        });
        let bytes = bytes.await.ok_or(Failure::Late { seconds })??;
        dialect::read_json(&bytes)
    }

    /// Asks the model and hands on each event of its answer.
    pub(super) async fn chat(
        &self,
        request: &ChatRequest,
        mut take: impl FnMut(StreamEvent),
    ) -> Result<(), Failure> {
        let call = dialect::chat_call(self.endpoint, request);
        let mut decoder = Decoder::new(self.endpoint.kind);
        let silent = |begun| Failure::Silent {
            seconds: if begun {
                BETWEEN_TOKENS_S
            } else {
                FIRST_TOKEN_S
            },
            begun,
        };
        let answer = within(FIRST_TOKEN_S, self.send(&call)).await;
        let mut answer = answer.ok_or(silent(false))??;
        let mut events = Vec::new();
        while !decoder.is_done() {
            let begun = decoder.has_begun();
            let limit = if begun {
                BETWEEN_TOKENS_S
            } else {
                FIRST_TOKEN_S
            };
            let chunk = within(limit, answer.next()).await.ok_or(silent(begun))??;
            let read = match &chunk {
                Some(chunk) => decoder.push(chunk, &mut events),
                None => decoder.finish(&mut events),
            };
            for event in events.drain(..) {
                take(event);
            }
            read?;
            if chunk.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// Sends a request and gives the answer when its status is a success.
    async fn send(&self, call: &Call) -> Result<Answer, Failure> {
        let window = web_sys::window().ok_or(Failure::Interrupted)?;
        let request = self.stop.link();
        let address = format!("{}{}", self.endpoint.base_url, call.path);
        let init = self.request(call, &request)?;
        let refused = Refused::watch(&self.endpoint.base_url);
        let sent = JsFuture::from(window.fetch_with_str_and_init(&address, &init)).await;
        let response = sent
            .ok()
            .and_then(|answer| answer.dyn_into::<Response>().ok());
        let Some(response) = response else {
            if self.stop.is_aborted() {
                return Err(Failure::Interrupted);
            }
            return Err(Failure::Unreachable(self.cause(&refused).await));
        };
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(Failure::Redirect { status: 0 });
        }
        let header = |name| response.headers().get(name).ok().flatten();
        let is_html = header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let retry_after_s = header("retry-after").and_then(|text| text.trim().parse().ok());
        let (status, is_success) = (response.status(), response.ok());
        let mut answer = Answer::new(&response, request)?;
        if !is_success {
            let body = within(SHORT_S, answer.read(MAX_FAILURE_BYTES)).await;
            let body = body.and_then(Result::ok).unwrap_or_default();
            return Err(Failure::from_status(status, &body, retry_after_s));
        }
        if is_html {
            return Err(Failure::WebPage);
        }
        Ok(answer)
    }

    fn request(&self, call: &Call, request: &Linked) -> Result<RequestInit, Failure> {
        let impossible = |_| Failure::Unreachable(Unreachable::Address);
        let init = RequestInit::new();
        init.set_method(if call.body.is_some() { "POST" } else { "GET" });
        init.set_credentials(RequestCredentials::Omit);
        init.set_cache(RequestCache::NoStore);
        // A redirect could carry the key to another host.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(request.signal().as_ref());
        let headers = Headers::new().map_err(impossible)?;
        let key = self.endpoint.key.as_deref();
        for (name, value) in dialect::headers(self.endpoint.kind, key, true) {
            headers.set(name, &value).map_err(impossible)?;
        }
        if let Some(body) = &call.body {
            headers
                .set("content-type", "application/json")
                .map_err(impossible)?;
            init.set_body(&JsValue::from_str(&body.to_string()));
        }
        init.set_headers(&headers);
        Ok(init)
    }

    /// Why the browser has no answer, as far as it can be found out.
    async fn cause(&self, refused: &Refused) -> Unreachable {
        let address = &self.endpoint.base_url;
        sleep_ms(VIOLATION_MS).await;
        if refused.is_so() {
            return Unreachable::Policy;
        }
        let page = self.endpoint.page.as_deref().unwrap_or_default();
        if page.starts_with("https:") && address.starts_with("http:") && !is_local(address) {
            return Unreachable::Mixed;
        }
        // Without its content, pages may see any answer: one shows that something is there.
        match within(PROBE_S, self.probe()).await {
            Some(true) => Unreachable::Origin,
            _ => Unreachable::Browser,
        }
    }

    /// Whether anything at all answers, asked without the key.
    async fn probe(&self) -> bool {
        let Some(window) = web_sys::window() else {
            return false;
        };
        let request = self.stop.link();
        let init = RequestInit::new();
        init.set_mode(RequestMode::NoCors);
        init.set_credentials(RequestCredentials::Omit);
        init.set_cache(RequestCache::NoStore);
        init.set_signal(request.signal().as_ref());
        let address = origin(&self.endpoint.base_url);
        JsFuture::from(window.fetch_with_str_and_init(&address, &init))
            .await
            .is_ok()
    }
}

/// The bytes of an answer. Dropping it ends the request.
struct Answer {
    reader: ReadableStreamDefaultReader,
    received: bool,
    _request: Linked,
}

impl Answer {
    fn new(response: &Response, request: Linked) -> Result<Self, Failure> {
        let body = response.body().ok_or(Failure::Empty)?;
        let reader = body.get_reader().dyn_into().map_err(|_| Failure::Empty)?;
        Ok(Self {
            reader,
            received: false,
            _request: request,
        })
    }

    /// The next bytes; `None` at the end.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let read = JsFuture::from(self.reader.read()).await;
        let read = read.map_err(|_| Failure::Interrupted)?;
        let property = |name| js_sys::Reflect::get(&read, &JsValue::from_str(name));
        match property("value") {
            Ok(value) if !value.is_undefined() => {
                self.received = true;
                let bytes: js_sys::Uint8Array =
                    value.dyn_into().map_err(|_| Failure::Interrupted)?;
                Ok(Some(bytes.to_vec()))
            }
            _ if self.received => Ok(None),
            _ => Err(Failure::Empty),
        }
    }

    /// All bytes up to a limit; what lies beyond is left.
    async fn read(&mut self, limit: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.next().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > limit {
                bytes.truncate(limit);
                break;
            }
        }
        Ok(bytes)
    }
}

/// Listens whether the page's policies refuse a request to an origin.
struct Refused {
    seen: Rc<Cell<bool>>,
    _listener: Option<Listener>,
}

impl Refused {
    fn watch(address: &str) -> Self {
        let seen = Rc::new(Cell::new(false));
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            let (seen, asked) = (Rc::clone(&seen), origin(address));
            Listener::new(&document, "securitypolicyviolation", move |event| {
                let violation = event.dyn_ref::<SecurityPolicyViolationEvent>();
                if violation.is_some_and(|it| origin(&it.blocked_uri()) == asked) {
                    seen.set(true);
                }
            })
        });
        Self {
            seen,
            _listener: listener,
        }
    }

    fn is_so(&self) -> bool {
        self.seen.get()
    }
}

/// What the work gives, unless it takes longer; then it is dropped.
pub(super) async fn within<T>(seconds: u64, work: impl Future<Output = T>) -> Option<T> {
    let ms = u32::try_from(seconds * 1_000).unwrap_or(u32::MAX);
    match select(pin!(work), pin!(sleep_ms(ms))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}
