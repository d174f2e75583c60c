//! What the fuzz targets share: the promises, inputs written as text, and ways
//! to cut them.

// The promises are those of the tests.
mod cuts;
#[allow(dead_code, reason = "the fixtures are for the tests")]
#[path = "../../tests/it/harness.rs"]
mod harness;
mod turns;

use generation::{Failure, StreamEvent};
use protocol::app::Files;
use protocol::provider::ProviderKind;

use cuts::{cut_bytes, cut_text};
use harness::{decode, parse, parts};
pub use turns::assert_turn;

/// A model's answer gives the same files however it is cut.
pub fn assert_answer(text: &str, known: &Files) {
    let whole = parse([text], known);
    assert_eq!(parse(cut_text(text), known), whole);
    assert_eq!(parse(parts(text, 1), known), whole);
}

/// A stream gives the same events, and the same failure, however it is cut.
pub fn assert_stream(kind: ProviderKind, bytes: &[u8]) -> (Vec<StreamEvent>, Option<Failure>) {
    let whole = decode(kind, [bytes]);
    assert_eq!(decode(kind, cut_bytes(bytes)), whole);
    assert_eq!(decode(kind, bytes.chunks(1)), whole);
    whole
}

/// The parts of an input: the text behind each line `==== NAME`, by name.
pub fn sections(data: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(data);
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("==== ") {
            sections.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = sections.last_mut() {
            text.push_str(line);
        } else {
            sections.push((String::new(), line.to_owned()));
        }
    }
    sections
}

/// Files of an app, written as a model writes them.
pub fn files(text: &str) -> Files {
    let outcome = parse([text], &Files::new());
    let files = outcome.files.into_iter();
    files.map(|(path, _, text)| (path, text)).collect()
}
