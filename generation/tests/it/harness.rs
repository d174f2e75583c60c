//! Runs the parser over a text and renders what came out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use generation::patch;
use generation::{
    Decoder, Failure, FileState, ParseEvent, Parser, ParserOptions, StreamEvent, Summary,
};
use protocol::app::Files;
use protocol::provider::ProviderKind;

/// What a stream held.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Each end of a file, in order.
    pub(crate) files: Vec<(String, FileState, String)>,
    pub(crate) prose: String,
    pub(crate) summary: Summary,
}

/// Parses `parts` one by one, checking what holds for every stream.
pub(crate) fn parse<'a>(parts: impl IntoIterator<Item = &'a str>, known: &Files) -> Outcome {
    let mut parser = Parser::new(ParserOptions {
        known: Arc::new(known.clone()),
    });
    let mut events = Vec::new();
    for part in parts {
        events.extend(parser.push(part));
    }
    let (last, summary) = parser.finish();
    events.extend(last);

    let mut open: Option<(String, String)> = None;
    let mut files = Vec::new();
    let mut prose = String::new();
    let mut notes = Vec::new();
    for event in events {
        match event {
            ParseEvent::FileStart { path } => {
                assert!(open.is_none(), "{path} begins inside another file");
                assert!(protocol::path::check_path(&path).is_ok(), "{path}");
                open = Some((path, String::new()));
            }
            ParseEvent::FileText { path, text } => {
                let (current, content) = open.as_mut().expect("text outside a file");
                assert_eq!(*current, path);
                content.push_str(&text);
            }
            ParseEvent::FileEnd {
                path,
                content,
                state,
            } => {
                let (current, streamed) = open.take().expect("an end without a beginning");
                assert_eq!(current, path);
                let is_patch = streamed.lines().any(|line| {
                    patch::is_mark(line) || line.starts_with('+') || line.starts_with('-')
                });
                if state != FileState::Rejected && !is_patch {
                    assert_eq!(
                        streamed, content,
                        "{path}: the text as streamed is the content"
                    );
                }
                files.push((path, state, content));
            }
            ParseEvent::Prose { text } => prose.push_str(&text),
            ParseEvent::Note { text } => notes.push(text),
            ParseEvent::Delete { path } => {
                assert!(summary.deleted.contains(&path) || summary.files.contains(&path));
            }
        }
    }
    assert!(open.is_none(), "a file never ended");
    assert_eq!(notes, summary.notes);
    Outcome {
        files,
        prose,
        summary,
    }
}

/// Parts of at most `size` characters.
pub(crate) fn parts(text: &str, size: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .nth(size)
            .map_or(rest.len(), |(at, _)| at);
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts
}

/// Folders of fixtures below `tests/`, by name.
fn folders(kind: &str) -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(kind);
    let mut folders: Vec<(String, PathBuf)> = std::fs::read_dir(&root)
        .expect("a folder of fixtures")
        .map(|entry| {
            let entry = entry.expect("readable");
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .collect();
    folders.sort();
    folders
}

/// One recorded stream of a provider.
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) kind: ProviderKind,
    pub(crate) bytes: Vec<u8>,
}

/// All recorded streams, by name.
pub(crate) fn dialects() -> Vec<Stream> {
    folders("dialects")
        .into_iter()
        .map(|(name, folder)| Stream {
            kind: match name.split('-').next() {
                Some("ollama") => ProviderKind::Ollama,
                Some("anthropic") => ProviderKind::Anthropic,
                _ => ProviderKind::Openai,
            },
            bytes: std::fs::read(folder.join("stream.txt")).expect("stream.txt"),
            name,
            folder,
        })
        .collect()
}

/// Events of a stream with texts joined, and how it failed.
pub(crate) type Decoded = (Vec<StreamEvent>, Option<Failure>);

/// Decodes a stream that comes in pieces.
pub(crate) fn decode<'a>(
    kind: ProviderKind,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Decoded {
    let mut decoder = Decoder::new(kind);
    let mut events = Vec::new();
    let result = pieces
        .into_iter()
        .try_for_each(|piece| decoder.push(piece, &mut events))
        .and_then(|()| decoder.finish(&mut events));
    let mut joined: Vec<StreamEvent> = Vec::new();
    for event in events {
        match (joined.last_mut(), event) {
            (Some(StreamEvent::Text(before)), StreamEvent::Text(text))
            | (Some(StreamEvent::Thinking(before)), StreamEvent::Thinking(text)) => {
                before.push_str(&text);
            }
            (_, event) => joined.push(event),
        }
    }
    (joined, result.err())
}

/// A decoded stream as a snapshot shows it.
pub(crate) fn render_stream((events, failure): &Decoded) -> String {
    let mut text = String::new();
    for event in events {
        let _ = writeln!(text, "{event:?}");
    }
    if let Some(failure) = failure {
        let _ = writeln!(text, "{failure:?}");
    }
    text
}

/// One recorded answer.
pub(crate) struct Transcript {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) input: String,
    pub(crate) known: Files,
}

/// All recorded answers, by name.
pub(crate) fn transcripts() -> Vec<Transcript> {
    folders("transcripts")
        .into_iter()
        .map(|(name, folder)| {
            let read = |name: &str| std::fs::read_to_string(folder.join(name));
            Transcript {
                name,
                input: read("input.md").expect("input.md"),
                known: known(
                    &read("known.txt").unwrap_or_default(),
                    &read("known.md").unwrap_or_default(),
                ),
                folder,
            }
        })
        .collect()
}

/// Files by name only, and with their texts in the form that the prompt asks for.
fn known(names: &str, texts: &str) -> Files {
    let mut files: Files = names
        .lines()
        .map(|path| (path.to_owned(), String::new()))
        .collect();
    let outcome = parse([texts], &Files::new());
    files.extend(
        outcome
            .files
            .into_iter()
            .map(|(path, _, text)| (path, text)),
    );
    files
}

/// A patch, the text that it is for, and what came of it.
pub(crate) struct Patch {
    pub(crate) folder: PathBuf,
    pub(crate) result: String,
}

/// All recorded patches, by name.
pub(crate) fn patches() -> Vec<Patch> {
    folders("patches")
        .into_iter()
        .map(|(_, folder)| {
            let read = |name: &str| std::fs::read_to_string(folder.join(name));
            let before = read("before.txt").unwrap_or_default();
            let result = patch::apply(&before, &read("patch.txt").expect("patch.txt"));
            Patch {
                folder,
                result: result.unwrap_or_else(|unmatched| format!("{unmatched:?}\n")),
            }
        })
        .collect()
}

/// All fixtures whose snapshots say what comes of them: snapshot and outcome.
pub(crate) fn fixtures() -> Vec<(PathBuf, String)> {
    let answers = transcripts().into_iter().map(|transcript| {
        let outcome = parse([transcript.input.as_str()], &transcript.known);
        (transcript.folder, render(&outcome))
    });
    let streams = dialects().into_iter().map(|stream| {
        let decoded = decode(stream.kind, [stream.bytes.as_slice()]);
        (stream.folder, render_stream(&decoded))
    });
    let patches = patches()
        .into_iter()
        .map(|patch| (patch.folder, patch.result));
    answers.chain(streams).chain(patches).collect()
}

/// Whether an outcome is what the snapshot in a folder says.
pub(crate) fn is_as_recorded(folder: &Path, outcome: &str) -> bool {
    let snapshot = std::fs::read_to_string(folder.join("result.snap")).unwrap_or_default();
    // The head is between two lines of three hyphens.
    let recorded = snapshot.splitn(3, "---\n").nth(2);
    recorded.is_some_and(|recorded| recorded.trim_end() == outcome.trim_end())
}

/// The outcome as a snapshot shows it.
pub(crate) fn render(outcome: &Outcome) -> String {
    let mut text = String::new();
    for (path, state, content) in &outcome.files {
        let _ = write!(text, "=== {path} ({state:?})\n{content}");
        if !content.ends_with('\n') {
            text.push_str("⏎\n");
        }
    }
    let Summary {
        files,
        deleted,
        notes,
        cut,
        unmatched,
        elided,
    } = &outcome.summary;
    let _ = writeln!(text, "=== files: {}", files.join(", "));
    if !deleted.is_empty() {
        let _ = writeln!(text, "=== deleted: {}", deleted.join(", "));
    }
    if let Some(cut) = cut {
        let _ = writeln!(text, "=== cut: {cut}");
    }
    for (list, paths) in [("unmatched", unmatched), ("elided", elided)] {
        for path in paths {
            let _ = writeln!(text, "=== {list}: {path}");
        }
    }
    for note in notes {
        let _ = writeln!(text, "=== note: {note}");
    }
    let _ = write!(text, "=== prose\n{}", outcome.prose);
    text
}
