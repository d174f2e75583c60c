//! The steps of the state machine outside files: one for each state, each of
//! which takes what it can from the current line.

use super::block::Block;
use super::fence::{self, MAX_FENCE_LINE, fence_line};
use super::path;
use super::tag::{self, Look, MAX_TAG, Meaning};
use super::{MAX_THOUGHT, Parser};

/// Deepest indentation before which a fence or a tag counts, and longest run of
/// marks that is kept back.
pub(super) const MAX_INDENT: usize = 64;
/// Lines that a tag may be spread over.
const MAX_TAG_LINES: u8 = 8;

/// Where the parser is.
#[derive(Debug, Clone)]
pub(super) enum State {
    /// Between files.
    Prose,
    /// Inside a think block.
    Think,
    /// Inside a tag that goes on over lines.
    TagHead { text: String, lines: u8 },
    /// Inside a fence or a file tag.
    Block(Box<Block>),
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Needs more of the line.
    Wait,
    /// The state has changed; the rest of the line is for it.
    Again,
    /// The line is used up.
    Done,
}

impl Parser {
    /// Works through the current line as far as possible; `eol` says that it
    /// is complete.
    pub(super) fn run(&mut self, eol: bool) {
        let line = std::mem::take(&mut self.line);
        loop {
            let step = match std::mem::replace(&mut self.state, State::Prose) {
                State::Prose => self.prose_step(&line, eol),
                State::Think => self.think_step(&line, eol),
                State::TagHead { text, lines } => self.tag_step(text, lines, &line, eol),
                State::Block(block) => self.block_step(block, &line, eol),
            };
            match step {
                Step::Again => {}
                Step::Wait | Step::Done => break,
            }
        }
        self.line = line;
        if eol {
            self.line.clear();
            self.at = 0;
            self.fresh = true;
        }
    }

    fn prose_step(&mut self, line: &str, eol: bool) -> Step {
        if self.fresh {
            let rest = line.get(self.at..).unwrap_or_default();
            let trimmed = rest.trim_start();
            let tag = trimmed.starts_with('<') || rest.contains('<');
            if eol {
                if !tag && self.prose_line(rest) {
                    return Step::Done;
                }
            } else {
                let marks = trimmed.starts_with("```") || trimmed.starts_with("~~~");
                let waits = if marks {
                    rest.len() <= MAX_FENCE_LINE
                } else {
                    path::maybe_header(rest)
                };
                if waits && !matches!(tag::look(trimmed), Look::Tag { .. }) {
                    return Step::Wait;
                }
            }
            self.fresh = false;
        }
        loop {
            let rest = line.get(self.at..).unwrap_or_default();
            let Some(offset) = rest.find(['`', '<']) else {
                self.say(rest);
                if eol {
                    self.prose.line_break(&mut self.record);
                    return Step::Done;
                }
                return Step::Wait;
            };
            self.say(rest.get(..offset).unwrap_or_default());
            let special = line.get(self.at..).unwrap_or_default();
            let step = if special.starts_with('<') {
                self.prose_tag(special, eol)
            } else {
                self.prose_marks(line, special, eol)
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    /// Passes prose on.
    fn say(&mut self, text: &str) {
        if !text.is_empty() {
            self.prose.write(text, &mut self.record);
            self.at += text.len();
        }
    }

    /// A whole line of prose. Answers whether it meant something.
    fn prose_line(&mut self, line: &str) -> bool {
        if let Some(fence) = fence_line(line) {
            if let Some(outer) = self.outer
                && outer.is_closed_by(&fence)
            {
                self.outer = None;
                return true;
            }
            if fence::is_plausible_info(fence.info) {
                self.open_fence(fence.fence, fence.info);
                return true;
            }
        }
        if line.trim().is_empty() {
            self.prose.line_break(&mut self.record);
            return true;
        }
        if let Some(path) = path::delete_line(line) {
            if line.contains("DELETE") {
                self.record.delete_or_note(&path);
                return true;
            }
            // In other spellings it may be advice, unless the file is there.
            return self.record.delete(&path);
        }
        if let Some(found) = path::path_in_line(line, &self.record.known) {
            self.prose.hold(line, found, &mut self.record);
            return true;
        }
        false
    }

    pub(super) fn open_fence(&mut self, fence: fence::Fence, info: &str) {
        let hint = self.prose.take_hint(&mut self.record);
        self.state = State::Block(Box::new(Block::fenced(fence, info, hint, &mut self.record)));
    }

    /// A `<` in prose. `None` when it was only text.
    fn prose_tag(&mut self, special: &str, eol: bool) -> Option<Step> {
        let look = match tag::look(special) {
            // The line break ends the name.
            Look::Partial { known: false } if eol => tag::look(&format!("{special}\n")),
            look => look,
        };
        match look {
            Look::Partial { known } if !eol => {
                self.awaits_tag_end = known;
                Some(Step::Wait)
            }
            Look::Partial { known: true } => {
                self.at += special.len();
                self.state = State::TagHead {
                    text: format!("{special}\n"),
                    lines: 1,
                };
                Some(Step::Done)
            }
            Look::Tag { length, meaning } => {
                self.at += length;
                self.fresh = true;
                self.take_tag(meaning);
                Some(Step::Again)
            }
            Look::No | Look::Partial { known: false } => {
                self.say("<");
                None
            }
        }
    }

    /// Backticks in prose: inline code, or a fence glued to a sentence.
    fn prose_marks(&mut self, line: &str, special: &str, eol: bool) -> Option<Step> {
        let after = special.trim_start_matches('`');
        let run = special.len() - after.len();
        if run >= 3 && !after.contains('`') && special.len() <= MAX_FENCE_LINE {
            if !eol {
                return Some(Step::Wait);
            }
            let info = after.trim();
            if fence::is_plausible_info(info) {
                let above = line.get(..self.at).unwrap_or_default();
                let above = above.rsplit(". ").next().unwrap_or_default();
                let glued = path::path_in_line(above, &self.record.known).map(|found| found.path);
                self.at += special.len();
                self.prose.line_break(&mut self.record);
                let hint = self.prose.take_hint(&mut self.record);
                let fence = fence::Fence {
                    mark: '`',
                    length: run,
                    indent: 0,
                };
                let block = Block::fenced(fence, info, glued.or(hint), &mut self.record);
                self.state = State::Block(Box::new(block));
                return Some(Step::Done);
            }
        } else if after.is_empty() && !eol && run <= MAX_INDENT {
            return Some(Step::Wait);
        }
        let run = special.get(..run).unwrap_or_default();
        self.say(run);
        None
    }

    /// Acts on a tag outside files.
    pub(super) fn take_tag(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::File { name, path } => {
                // The tag says the path; a line above that names it too is only a header.
                self.prose.take_hint(&mut self.record);
                self.state = State::Block(Box::new(Block::tagged(name, &path, &mut self.record)));
            }
            Meaning::Command { name } => {
                self.record.note(
                    "Commands for a terminal were left out: apps here need no installation."
                        .to_owned(),
                );
                self.state = State::Block(Box::new(Block::skipped(name)));
            }
            Meaning::Delete(path) => self.record.delete_or_note(&path),
            Meaning::Rename { from, to } => self.record.note(format!(
                "`{from}` wasn't renamed to `{to}`; ask for the whole file under its new name."
            )),
            Meaning::Think if !self.ignore_thinking => self.state = State::Think,
            Meaning::Think | Meaning::ThinkEnd | Meaning::End { .. } | Meaning::Wrapper { .. } => {}
        }
    }

    fn think_step(&mut self, line: &str, eol: bool) -> Step {
        self.state = State::Think;
        loop {
            let rest = line.get(self.at..).unwrap_or_default();
            let Some(offset) = rest.find('<') else {
                self.think(rest);
                if eol {
                    self.think_text("\n");
                    return Step::Done;
                }
                return Step::Wait;
            };
            self.think(rest.get(..offset).unwrap_or_default());
            let special = line.get(self.at..).unwrap_or_default();
            match tag::look(special) {
                Look::Tag {
                    length,
                    meaning: Meaning::ThinkEnd,
                } => {
                    self.at += length;
                    self.fresh = true;
                    self.thought.clear();
                    self.state = State::Prose;
                    return Step::Again;
                }
                Look::Partial { known } if !eol => {
                    self.awaits_tag_end = known;
                    return Step::Wait;
                }
                _ => self.think("<"),
            }
        }
    }

    fn think(&mut self, text: &str) {
        self.at += text.len();
        self.think_text(text);
    }

    fn think_text(&mut self, text: &str) {
        if self.thought.len() + text.len() <= MAX_THOUGHT {
            self.thought.push_str(text);
        }
    }

    fn tag_step(&mut self, mut text: String, lines: u8, line: &str, eol: bool) -> Step {
        if !eol && line.len() <= MAX_TAG {
            self.state = State::TagHead { text, lines };
            return Step::Wait;
        }
        if eol && !line.contains('>') && lines < MAX_TAG_LINES && text.len() + line.len() <= MAX_TAG
        {
            text.push_str(line);
            text.push('\n');
            self.state = State::TagHead {
                text,
                lines: lines + 1,
            };
            return Step::Done;
        }
        self.tag_rest(&text, line, eol, lines)
    }

    /// The line that holds a tag's `>`, or turns out not to.
    fn tag_rest(&mut self, text: &str, line: &str, eol: bool, lines: u8) -> Step {
        let joined = format!("{text}{line}");
        match tag::look(&joined) {
            Look::Tag { length, meaning } => {
                self.at = length.saturating_sub(text.len());
                self.fresh = true;
                self.take_tag(meaning);
                Step::Again
            }
            // A quoted `>`: the end comes later.
            Look::Partial { known: true } if !eol => {
                self.state = State::TagHead {
                    text: text.to_owned(),
                    lines,
                };
                Step::Wait
            }
            Look::Partial { known: true } if lines < MAX_TAG_LINES => {
                self.state = State::TagHead {
                    text: format!("{joined}\n"),
                    lines: lines + 1,
                };
                Step::Done
            }
            _ => {
                self.prose.write(text, &mut self.record);
                Step::Again
            }
        }
    }
}
