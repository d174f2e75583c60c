//! A sketch out of an answer: a small app that runs, to look at a design before
//! it is built.

use protocol::app::Files;
use protocol::ask::MAX_SKETCH_BYTES;

use crate::parser::{FileState, ParseEvent, Parser, ParserOptions, extension};

/// What the app of a sketch starts with.
const ENTRY: &str = "src/App.tsx";

/// Reads the files; `Err` says what is wrong with them.
pub(super) fn read(text: &str) -> Result<Files, &'static str> {
    let mut parser = Parser::new(ParserOptions::default());
    let mut events = parser.push(text);
    events.extend(parser.finish().0);
    let mut files = Files::new();
    for event in events {
        let ParseEvent::FileEnd {
            path,
            content,
            state,
            ..
        } = event
        else {
            continue;
        };
        match state {
            FileState::Complete => {
                files.insert(path, content);
            }
            FileState::Cut => return Err("The model's sketch was cut off."),
            FileState::Rejected => {
                return Err("The model left parts of the sketch out.");
            }
        }
    }
    if !files.contains_key(ENTRY) {
        // The one component that there is, under a name of its own.
        let named = files.keys().find(|path| extension(path) == "tsx").cloned();
        let only = named.filter(|_| files.len() == 1);
        let text = only.and_then(|path| files.remove(&path));
        let text = text.ok_or("The model's answer held no sketch.")?;
        files.insert(ENTRY.to_owned(), text);
    }
    if files.values().map(String::len).sum::<usize>() > MAX_SKETCH_BYTES {
        return Err("The model's sketch is too long.");
    }
    Ok(files)
}
