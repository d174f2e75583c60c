//! `POST /api/generate`: the model's answer as a stream of events.

use std::collections::VecDeque;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, TextDecodeOptions, TextDecoder};

use protocol::generate::{GenerateEvent, GenerateRequest};

use super::client::{Abort, Method, encode, fetch_with, from_js, send_empty};
use super::direct::LocalStream;
use super::error::{Error, Result};

/// An event, with the number by which the stream goes on after it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Received {
    /// Counts from 1.
    pub(crate) id: u64,
    /// What happened.
    pub(crate) event: GenerateEvent,
}

/// An open stream of [`GenerateEvent`]s. Dropping it ends the request.
pub(crate) enum GenerateStream {
    /// From the server, which keeps the generation for a while, so that it can be gone on with.
    Server(Box<ServerStream>),
    /// From this page, with the number of the last event.
    Local(LocalStream, u64),
}

impl From<LocalStream> for GenerateStream {
    fn from(stream: LocalStream) -> Self {
        Self::Local(stream, 0)
    }
}

/// A stream from the server.
pub(crate) struct ServerStream {
    generation: Option<String>,
    reader: ReadableStreamDefaultReader,
    decoder: TextDecoder,
    parser: SseParser,
    ready: VecDeque<Received>,
    ended: bool,
}

/// Starts the model. `abort` ends the request at once, also while it is being awaited.
pub(crate) async fn generate(request: &GenerateRequest, abort: &Abort) -> Result<GenerateStream> {
    let body = encode(request)?;
    let signal = abort.signal();
    open(
        Method::Post,
        "/api/generate",
        &[],
        Some(&body),
        signal.as_ref(),
    )
    .await
}

/// Goes on with a generation after the event with this number.
pub(crate) async fn resume(generation: &str, after: u64, abort: &Abort) -> Result<GenerateStream> {
    let address = format!("/api/generate/{generation}");
    let after = after.to_string();
    let headers = [("Last-Event-ID", after.as_str())];
    open(
        Method::Get,
        &address,
        &headers,
        None,
        abort.signal().as_ref(),
    )
    .await
}

/// Ends a generation and the model's work on it.
pub(crate) async fn stop_generation(generation: &str) -> Result<()> {
    let address = format!("/api/generate/{generation}");
    send_empty(Method::Delete, &address, None::<&()>).await
}

async fn open(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<GenerateStream> {
    let response = fetch_with(method, address, headers, body, signal).await?;
    let reader = response
        .body()
        .ok_or_else(|| Error::Decode("an answer without a body".to_owned()))?
        .get_reader()
        .dyn_into()
        .map_err(|_| Error::Decode("a body without a reader".to_owned()))?;
    let decoder = TextDecoder::new().map_err(|_| Error::Decode("text".to_owned()))?;
    let generation = response.headers().get("x-generation-id");
    Ok(GenerateStream::Server(Box::new(ServerStream {
        generation: generation.ok().flatten(),
        reader,
        decoder,
        parser: SseParser::default(),
        ready: VecDeque::new(),
        ended: false,
    })))
}

impl GenerateStream {
    /// Id of the server's generation, known before its first event.
    pub(crate) fn generation(&self) -> Option<&str> {
        match self {
            Self::Server(stream) => stream.generation.as_deref(),
            Self::Local(..) => None,
        }
    }

    /// The next event; `None` when the stream has ended.
    ///
    /// # Errors
    /// [`Error::Network`] when the connection breaks, [`Error::Aborted`] after
    /// an abort, [`Error::Decode`] for an event that the protocol doesn't know.
    pub(crate) async fn next(&mut self) -> Result<Option<Received>> {
        match self {
            Self::Server(stream) => stream.next().await,
            Self::Local(stream, id) => Ok(stream.next().await.map(|event| {
                *id += 1;
                Received { id: *id, event }
            })),
        }
    }
}

impl ServerStream {
    async fn next(&mut self) -> Result<Option<Received>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            if self.ended {
                return Ok(None);
            }
            let text = self.read().await?;
            for (id, data) in self.parser.push(&text) {
                let event = serde_json::from_str(&data)
                    .map_err(|error| Error::Decode(format!("stream event: {error}")))?;
                self.ready.push_back(Received { id, event });
            }
        }
    }

    async fn read(&mut self) -> Result<String> {
        let result = JsFuture::from(self.reader.read())
            .await
            .map_err(|error| from_js(&error))?;
        let options = TextDecodeOptions::new();
        if property(&result, "done").is_truthy() {
            self.ended = true;
            return Ok(String::new());
        }
        options.set_stream(true);
        let bytes: js_sys::Uint8Array = property(&result, "value")
            .dyn_into()
            .map_err(|_| Error::Decode("a chunk that isn't bytes".to_owned()))?;
        self.decoder
            .decode_with_js_u8_array_and_options(&bytes, &options)
            .map_err(|_| Error::Decode("bytes that aren't UTF-8".to_owned()))
    }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Splits a stream of text into the numbers and the `data` of Server-Sent Events.
#[derive(Debug, Default)]
struct SseParser {
    line: String,
    id: u64,
    data: String,
    has_data: bool,
}

impl SseParser {
    /// Takes the next piece of text, gives every event that it completes.
    fn push(&mut self, text: &str) -> Vec<(u64, String)> {
        let mut events = Vec::new();
        let mut rest = text;
        while let Some((piece, after)) = rest.split_once('\n') {
            self.line.push_str(piece);
            rest = after;
            let line = std::mem::take(&mut self.line);
            events.extend(self.take_line(line.strip_suffix('\r').unwrap_or(&line)));
        }
        self.line.push_str(rest);
        events
    }

    fn take_line(&mut self, line: &str) -> Option<(u64, String)> {
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return std::mem::take(&mut self.has_data).then_some((self.id, data));
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.id = value.parse().unwrap_or(self.id),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_events_over_pieces_and_skips_comments() {
        let mut parser = SseParser::default();
        assert_eq!(
            parser.push(": hello\n\nevent: chunk\nid: 7\nda"),
            Vec::new()
        );
        assert_eq!(parser.push("ta: {\"a\":1}\r"), Vec::new());
        assert_eq!(
            parser.push("\n\r\ndata: x\ndata:y\nid:8\n\n"),
            [(7, "{\"a\":1}".to_owned()), (8, "x\ny".to_owned())]
        );
    }
}
