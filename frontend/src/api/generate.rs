//! `POST /api/generate`: the model's answer as a stream of events.

use std::collections::VecDeque;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, TextDecodeOptions, TextDecoder};

use protocol::generate::{GenerateEvent, GenerateRequest};

use super::client::{Abort, Method, encode, fetch, from_js};
use super::error::{Error, Result};

/// An open stream of [`GenerateEvent`]s. Dropping it ends the request, and
/// with it the model's work.
pub(crate) struct GenerateStream {
    reader: ReadableStreamDefaultReader,
    decoder: TextDecoder,
    parser: SseParser,
    ready: VecDeque<GenerateEvent>,
    ended: bool,
}

/// Starts the model. `abort` ends it at once, also while it is being awaited.
pub(crate) async fn generate(request: &GenerateRequest, abort: &Abort) -> Result<GenerateStream> {
    let body = encode(request)?;
    let signal = abort.signal();
    let response = fetch(Method::Post, "/api/generate", Some(&body), signal.as_ref()).await?;
    let reader = response
        .body()
        .ok_or_else(|| Error::Decode("an answer without a body".to_owned()))?
        .get_reader()
        .dyn_into()
        .map_err(|_| Error::Decode("a body without a reader".to_owned()))?;
    let decoder = TextDecoder::new().map_err(|_| Error::Decode("text".to_owned()))?;
    Ok(GenerateStream {
        reader,
        decoder,
        parser: SseParser::default(),
        ready: VecDeque::new(),
        ended: false,
    })
}

impl GenerateStream {
    /// The next event; `None` when the stream has ended.
    ///
    /// # Errors
    /// [`Error::Network`] when the connection breaks, [`Error::Aborted`] after
    /// an abort, [`Error::Decode`] for an event that the protocol doesn't know.
    pub(crate) async fn next(&mut self) -> Result<Option<GenerateEvent>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            if self.ended {
                return Ok(None);
            }
            let text = self.read().await?;
            for data in self.parser.push(&text) {
                let event = serde_json::from_str(&data)
                    .map_err(|error| Error::Decode(format!("stream event: {error}")))?;
                self.ready.push_back(event);
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

/// Splits a stream of text into the `data` of Server-Sent Events.
#[derive(Debug, Default)]
struct SseParser {
    line: String,
    data: String,
    has_data: bool,
}

impl SseParser {
    /// Takes the next piece of text, gives the data of every event that it completes.
    fn push(&mut self, text: &str) -> Vec<String> {
        let mut events = Vec::new();
        for character in text.chars() {
            if character != '\n' {
                self.line.push(character);
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if line.is_empty() {
                if std::mem::take(&mut self.has_data) {
                    events.push(std::mem::take(&mut self.data));
                }
            } else if let Some(value) = line.strip_prefix("data:") {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value.strip_prefix(' ').unwrap_or(value));
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_events_over_pieces_and_skips_comments() {
        let mut parser = SseParser::default();
        assert_eq!(
            parser.push(": hello\n\nevent: chunk\nid: 1\nda"),
            Vec::<String>::new()
        );
        assert_eq!(parser.push("ta: {\"a\":1}\r"), Vec::<String>::new());
        assert_eq!(
            parser.push("\n\r\ndata: x\ndata:y\n\n"),
            ["{\"a\":1}", "x\ny"]
        );
    }
}
