//! Runs the parser over a text and renders what came out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use generation::{FileState, ParseEvent, Parser, ParserOptions, Summary};

/// What a stream held.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Each end of a file, in order.
    pub(crate) files: Vec<(String, FileState, String)>,
    pub(crate) prose: String,
    pub(crate) summary: Summary,
}

/// Parses `parts` one by one, checking what holds for every stream.
pub(crate) fn parse<'a>(
    parts: impl IntoIterator<Item = &'a str>,
    known: &BTreeSet<String>,
) -> Outcome {
    let mut parser = Parser::new(ParserOptions {
        known_paths: known.clone(),
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
                if state != FileState::Rejected {
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

/// One recorded answer.
pub(crate) struct Transcript {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) input: String,
    pub(crate) known: BTreeSet<String>,
}

/// All recorded answers, by name.
pub(crate) fn transcripts() -> Vec<Transcript> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut all: Vec<Transcript> = std::fs::read_dir(&root)
        .expect("tests/transcripts exists")
        .map(|entry| {
            let folder = entry.expect("readable").path();
            let read = |name: &str| std::fs::read_to_string(folder.join(name));
            Transcript {
                name: folder
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                input: read("input.md").expect("input.md"),
                known: read("known.txt")
                    .unwrap_or_default()
                    .lines()
                    .map(str::to_owned)
                    .collect(),
                folder,
            }
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
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
    } = &outcome.summary;
    let _ = writeln!(text, "=== files: {}", files.join(", "));
    if !deleted.is_empty() {
        let _ = writeln!(text, "=== deleted: {}", deleted.join(", "));
    }
    if let Some(cut) = cut {
        let _ = writeln!(text, "=== cut: {cut}");
    }
    for note in notes {
        let _ = writeln!(text, "=== note: {note}");
    }
    let _ = write!(text, "=== prose\n{}", outcome.prose);
    text
}
