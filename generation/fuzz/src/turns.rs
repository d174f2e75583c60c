//! A turn with answers of any kind: it ends, and what it says came, came.

use std::collections::BTreeMap;

use generation::{ChatRequest, Failure, ModelInfo, StreamEvent, Turn};
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::limits::MAX_CONTINUATIONS;
use protocol::manifest::Manifest;
use serde_json::json;

use crate::cuts::cut_text;
use crate::files;

/// What came of a turn, however its answers were cut.
#[derive(Debug, PartialEq)]
struct Outcome {
    requests: Vec<ChatRequest>,
    /// Ends of files, in order.
    files: Vec<(String, Option<String>)>,
    last: Option<GenerateEvent>,
    failure: Option<Failure>,
}

/// Leads a turn with the answers in `sections`: `whole`, `cut` (at a length
/// limit), `broken` or `thinking`, after `files`, the app's.
pub fn assert_turn(sections: &[(String, String)]) {
    // A decoder gives no empty texts.
    let whole = lead(sections, |text| {
        Vec::from_iter((!text.is_empty()).then_some(text))
    });
    let pieces = lead(sections, cut_text);
    let asked = |outcome: &Outcome| -> Vec<String> {
        let last = outcome.requests.iter().map(|chat| chat.messages.last());
        last.flatten()
            .map(|message| message.content.clone())
            .collect()
    };
    assert_eq!(whole.files, pieces.files, "the pieces change no file");
    assert_eq!(
        asked(&whole),
        asked(&pieces),
        "the pieces change no request"
    );
    assert!(whole == pieces, "the pieces change nothing");
    let last: BTreeMap<&String, &Option<String>> = whole
        .files
        .iter()
        .map(|(path, text)| (path, text))
        .collect();
    if let Some(GenerateEvent::Complete { files, deleted, .. }) = &whole.last {
        for path in files {
            let text = last.get(path);
            assert!(text.is_some_and(|text| text.is_some()), "{path} came");
            assert!(!deleted.contains(path), "{path} is there or not");
        }
        for path in deleted {
            assert_eq!(last.get(path), Some(&&None), "{path} was deleted");
        }
    }
}

fn lead<'a>(sections: &'a [(String, String)], cut: impl Fn(&'a str) -> Vec<&'a str>) -> Outcome {
    let app = sections.iter().find(|(name, _)| name == "files");
    let app = app.map(|(_, text)| files(text)).unwrap_or_default();
    let request: GenerateRequest =
        serde_json::from_value(json!({ "prompt": "a counter", "files": app })).expect("a request");
    let mut outcome = Outcome {
        requests: Vec::new(),
        files: Vec::new(),
        last: None,
        failure: None,
    };
    let info = ModelInfo::default();
    let Ok(mut turn) = Turn::new(&Manifest::default(), &request, "m", info) else {
        return outcome;
    };
    let mut answers = sections.iter().filter(|(name, _)| name != "files");
    let mut events = Vec::new();
    while let Some(chat) = turn.next_request() {
        outcome.requests.push(chat);
        assert!(outcome.requests.len() <= 3 + MAX_CONTINUATIONS as usize);
        let (name, text) = answers
            .next()
            .map_or(("whole", ""), |(name, text)| (name.as_str(), text.as_str()));
        for piece in cut(text) {
            let piece = piece.to_owned();
            events.extend(turn.push(match name {
                "thinking" => StreamEvent::Thinking(piece),
                _ => StreamEvent::Text(piece),
            }));
        }
        events.extend(turn.push(StreamEvent::Usage {
            prompt_tokens: u64::MAX,
            completion_tokens: 1,
            cost_micro_usd: Some(u64::MAX),
        }));
        if name == "broken" {
            match turn.interrupt(Failure::Interrupted) {
                Ok(more) => events.extend(more),
                Err(failure) => {
                    outcome.failure = Some(failure);
                    break;
                }
            }
        } else {
            let length = name == "cut";
            events.extend(turn.push(StreamEvent::Done { length }));
        }
    }
    if outcome.failure.is_none() {
        match turn.finish() {
            Ok(more) => events.extend(more),
            Err(failure) => outcome.failure = Some(failure),
        }
    }
    outcome.last = events.last().cloned();
    for event in events {
        if let GenerateEvent::File {
            filename,
            content,
            complete,
        } = event
        {
            assert!(
                protocol::path::check_path(&filename).is_ok(),
                "{filename:?}"
            );
            if complete {
                outcome.files.push((filename, content));
            }
        }
    }
    outcome
}
