//! What isn't a file with a path: code blocks without one, an answer that is
//! nothing but code or JSON, thoughts that hold the answer.

use super::infer::{self, Anonymous};
use super::record::Ending;
use super::{Parser, json, path};
use crate::patch;

/// Most code blocks without a path that are kept until the end: each is
/// compared with every other.
const MAX_ANONYMOUS: usize = 32;

impl Parser {
    /// A think block that was never closed may hold the whole answer.
    pub(super) fn reread_thought(&mut self) {
        let thought = std::mem::take(&mut self.thought);
        if !thought.contains("```") && !thought.contains("~~~") && !thought.contains("path=") {
            self.record.note(
                "The model only thought and wrote no files; try again or choose another model."
                    .to_owned(),
            );
            return;
        }
        self.record.note(
            "The model never ended its thinking; the files were taken from there.".to_owned(),
        );
        self.ignore_thinking = true;
        self.ended = false;
        self.fresh = true;
        self.feed(&thought);
        self.close();
    }

    /// An answer that is nothing but code or JSON.
    pub(super) fn place_raw(&mut self, raw: &str) {
        let found = json::files(raw);
        if raw.trim_start().starts_with(['{', '[']) && !found.is_empty() {
            self.take_json(found);
            return;
        }
        if let Some((first, rest)) = raw.trim_start().split_once('\n')
            && let Some(path) = path::path_in_first_line(first)
            && infer::is_code("", rest)
        {
            self.record.note(format!(
                "The answer was only code; it was taken as `{path}`."
            ));
            self.record.whole(&path, rest, Ending::Closed);
        } else if raw.contains("export default") && infer::is_code("", raw) {
            self.anonymous.push(Anonymous {
                language: "tsx".to_owned(),
                text: raw.to_owned(),
                ending: Ending::Closed,
            });
        } else {
            self.prose.give_back(raw, &mut self.record);
        }
    }

    fn take_json(&mut self, found: Vec<json::JsonFile>) {
        self.record
            .note("The files came as JSON instead of code blocks.".to_owned());
        for file in found {
            let ending = if file.complete {
                Ending::Closed
            } else {
                Ending::StreamEnd
            };
            self.record.whole(&file.path, &file.content, ending);
        }
    }

    /// A block without a path has ended: uses what is clear at once and keeps
    /// the rest until all files are known.
    pub(super) fn take_anonymous(&mut self, block: Anonymous) {
        let text = block.text.trim();
        if text.is_empty() {
            return;
        }
        if text
            .lines()
            .all(|line| line.trim().is_empty() || path::delete_line(line).is_some())
        {
            for path in text.lines().filter_map(path::delete_line) {
                self.record.delete_or_note(&path);
            }
            return;
        }
        if infer::is_shell(&block.language) {
            self.record.note(
                "Commands for a terminal were left out: apps here need no installation.".to_owned(),
            );
            return;
        }
        if self.take_patch(&block) {
            return;
        }
        if text.starts_with(['{', '[']) {
            let found = json::files(text);
            if !found.is_empty() {
                self.take_json(found);
                return;
            }
        }
        if !infer::is_code(&block.language, text) {
            let shown = match block.language.as_str() {
                // Some models put their whole answer into one fence.
                "md" | "markdown" => format!("{text}\n"),
                language => format!("```{language}\n{text}\n```\n"),
            };
            self.prose.write(&shown, &mut self.record);
            return;
        }
        let is_app = infer::exported_name(text) == Some("App") && text.contains("export default");
        let app = format!("src/App.{}", infer::suffix(&block));
        if is_app && (self.record.known.is_empty() || self.record.exists(&app)) {
            self.record
                .note(format!("A code block without a path was taken as `{app}`."));
            self.record.whole(&app, &block.text, block.ending);
            return;
        }
        if self.anonymous.len() < MAX_ANONYMOUS {
            self.anonymous.push(block);
        } else {
            self.record.note(format!(
                "Code blocks without a path after the first {MAX_ANONYMOUS} were left out."
            ));
        }
    }

    /// A patch that names its files, or fits only one of those that the app has.
    fn take_patch(&mut self, block: &Anonymous) -> bool {
        let is_diff = matches!(block.language.as_str(), "diff" | "patch");
        if !is_diff && !block.text.lines().any(patch::is_mark) {
            return false;
        }
        let sections = patch::sections(&block.text);
        let is_named = !sections.is_empty();
        for (path, section) in sections {
            match section {
                Some(section) => self.record.patch(&path, &section, block.ending),
                None => self.record.delete_or_note(&path),
            }
        }
        if is_named {
            return true;
        }
        let Some(path) = self.record.only_match(&block.text) else {
            return false;
        };
        self.record
            .note(format!("A patch without a path was taken for `{path}`."));
        self.record.patch(&path, &block.text, block.ending);
        true
    }
}
