//! From parser events to the events of `POST /api/generate`.

use std::collections::BTreeMap;

use protocol::generate::GenerateEvent;

use crate::parser::{FileState, ParseEvent, Parser, ParserOptions, Summary};

/// Turns the text of one answer into wire events. The caller adds `Status`,
/// `Usage` and `Error`, which only it can know.
///
/// A file that begins and is neither completed nor in `Complete.files` must not
/// be used: the app keeps what it had. A file that is completed more than once
/// counts as last completed.
#[derive(Debug, Clone)]
pub struct Pump {
    parser: Parser,
    /// Text of files that ended with the stream.
    cut: BTreeMap<String, String>,
}

impl Pump {
    /// A pump at the start of an answer.
    pub fn new(options: ParserOptions) -> Self {
        Self {
            parser: Parser::new(options),
            cut: BTreeMap::new(),
        }
    }

    /// Takes the next text of the model.
    pub fn push(&mut self, text: &str) -> Vec<GenerateEvent> {
        let events = self.parser.push(text);
        self.convert(events)
    }

    /// Ends the answer; the last event is `Complete`. `truncated` says that the
    /// provider stopped at its length limit: then a file without an end is
    /// dropped. When the model stopped by itself and the file looks finished,
    /// it only forgot the end mark, and the file is taken.
    pub fn finish(self, truncated: bool) -> Vec<GenerateEvent> {
        let (mut out, summary) = self.end(truncated);
        out.push(GenerateEvent::Complete {
            files: summary.files,
            deleted: summary.deleted,
            notes: summary.notes,
            truncated,
        });
        out
    }

    /// Like [`Self::finish`], with the summary instead of `Complete`.
    pub(crate) fn end(mut self, truncated: bool) -> (Vec<GenerateEvent>, Summary) {
        let parser = std::mem::replace(&mut self.parser, Parser::new(ParserOptions::default()));
        let (events, mut summary) = parser.finish();
        let mut out = self.convert(events);
        let content = summary.cut.as_ref().and_then(|path| self.cut.remove(path));
        if let Some(content) = content
            && let Some(path) = summary
                .cut
                .take_if(|path| !truncated && looks_finished(path, &content))
        {
            let about_path = format!("`{path}` ends in the middle");
            summary.notes.retain(|note| !note.starts_with(&about_path));
            summary.notes.push(format!(
                "`{path}` had no end mark; it was taken as it came."
            ));
            summary.deleted.retain(|deleted| *deleted != path);
            if !summary.files.contains(&path) {
                summary.files.push(path.clone());
            }
            out.push(GenerateEvent::File {
                filename: path,
                content: Some(content),
                complete: true,
            });
        }
        (out, summary)
    }

    /// Path and text so far of the file that is being written.
    pub(crate) fn open_file(&self) -> Option<(&str, &str)> {
        self.parser.open_file()
    }

    /// Whether the answer, if it ended here, would end in the middle of a file.
    pub(crate) fn ends_in_file(&self) -> bool {
        self.open_file().is_some() && self.clone().end(false).1.cut.is_some()
    }

    fn convert(&mut self, events: Vec<ParseEvent>) -> Vec<GenerateEvent> {
        let mut out: Vec<GenerateEvent> = Vec::with_capacity(events.len());
        for event in events {
            match event {
                ParseEvent::FileStart { path } => out.push(GenerateEvent::File {
                    filename: path,
                    content: Some(String::new()),
                    complete: false,
                }),
                ParseEvent::FileText { path, text } => append(&mut out, Some(path), text),
                ParseEvent::Prose { text } => append(&mut out, None, text),
                ParseEvent::FileEnd {
                    path,
                    content,
                    state,
                } => match state {
                    FileState::Complete => {
                        out.push(GenerateEvent::File {
                            filename: path,
                            content: Some(content),
                            complete: true,
                        });
                    }
                    FileState::Cut => {
                        self.cut.insert(path, content);
                    }
                    FileState::Rejected => {}
                },
                ParseEvent::Delete { path } => out.push(GenerateEvent::File {
                    filename: path,
                    content: None,
                    complete: true,
                }),
                // All notes stand in `Complete`.
                ParseEvent::Note { .. } => {}
            }
        }
        out
    }
}

/// Adds text to the chunk before when it is of the same file.
fn append(out: &mut Vec<GenerateEvent>, filename: Option<String>, text: String) {
    if let Some(GenerateEvent::Chunk {
        filename: last,
        content,
    }) = out.last_mut()
        && *last == filename
    {
        content.push_str(&text);
    } else {
        out.push(GenerateEvent::Chunk {
            filename,
            content: text,
        });
    }
}

/// Whether code seems to be all there: braces balanced, the last line ends a
/// statement. Crude on purpose; the compiler has the last word.
fn looks_finished(path: &str, content: &str) -> bool {
    let end = content.trim_end();
    if end.is_empty() {
        return false;
    }
    let is_code = [".tsx", ".ts", ".jsx", ".js", ".css", ".json"]
        .iter()
        .any(|extension| path.ends_with(extension));
    !is_code
        || (end.matches('{').count() == end.matches('}').count()
            && end.ends_with(['}', ';', ')', '>', '"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str, truncated: bool) -> Vec<GenerateEvent> {
        let mut pump = Pump::new(ParserOptions::default());
        let mut events = pump.push(text);
        events.extend(pump.finish(truncated));
        events
    }

    #[test]
    fn a_file_begins_streams_and_completes() {
        let events = events(
            "Hi.\n\n```tsx path=src/App.tsx\nexport default 1;\n```\n",
            false,
        );
        assert_eq!(
            events,
            vec![
                GenerateEvent::Chunk {
                    filename: None,
                    content: "Hi.".to_owned()
                },
                GenerateEvent::File {
                    filename: "src/App.tsx".to_owned(),
                    content: Some(String::new()),
                    complete: false,
                },
                GenerateEvent::Chunk {
                    filename: Some("src/App.tsx".to_owned()),
                    content: "export default 1;\n".to_owned(),
                },
                GenerateEvent::File {
                    filename: "src/App.tsx".to_owned(),
                    content: Some("export default 1;\n".to_owned()),
                    complete: true,
                },
                GenerateEvent::Complete {
                    files: vec!["src/App.tsx".to_owned()],
                    deleted: vec![],
                    notes: vec![],
                    truncated: false,
                },
            ]
        );
    }

    fn files(events: &[GenerateEvent]) -> (Vec<String>, usize) {
        match events.last() {
            Some(GenerateEvent::Complete { files, notes, .. }) => (files.clone(), notes.len()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_forgotten_end_mark_is_no_cut() {
        let finished = "```tsx path=src/App.tsx\nexport default function App() {\n  return 1;\n}\n";
        assert_eq!(
            files(&events(finished, false)),
            (vec!["src/App.tsx".to_owned()], 1)
        );
        assert_eq!(files(&events(finished, true)), (vec![], 1));
        let cut = "```tsx path=src/App.tsx\nexport default function App() {\n  return";
        assert_eq!(files(&events(cut, false)), (vec![], 1));
    }
}
