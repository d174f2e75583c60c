//! The steps of the state machine inside a fence or a file tag: what is code,
//! and what ends it.

use super::Parser;
use super::block::{Block, Delimiter};
use super::fence::{self, MAX_FENCE_LINE, fence_line};
use super::record::Ending;
use super::steps::{MAX_INDENT, State, Step};
use super::tag::{self, Look, Meaning};

/// Longest run of marks, and of spaces after it, that closes a block at the end
/// of a code line.
const MAX_TAIL: usize = 16;

impl Parser {
    pub(super) fn block_step(&mut self, mut block: Box<Block>, line: &str, eol: bool) -> Step {
        if self.fresh {
            let rest = line.get(self.at..).unwrap_or_default();
            if !eol && must_wait(&block, rest) {
                self.awaits_tag_end =
                    matches!(tag::look(rest.trim_start()), Look::Partial { known: true });
                self.state = State::Block(block);
                return Step::Wait;
            }
            let trimmed = rest.trim_start();
            let indent = rest.len() - trimmed.len();
            if indent <= MAX_INDENT {
                if eol && let Some(fence) = fence_line(rest) {
                    match self.fence_in_block(block, &fence) {
                        Ok(step) => return step,
                        Err(same) => block = same,
                    }
                }
                if let Look::Tag { length, meaning } = tag::look(trimmed) {
                    match self.tag_in_block(block, indent + length, meaning) {
                        Ok(step) => return step,
                        Err(same) => block = same,
                    }
                }
            }
            if block.is_undecided() {
                if eol && block.decide(rest, &mut self.record) {
                    self.state = State::Block(block);
                    return Step::Done;
                }
                if !eol && rest.len() <= MAX_FENCE_LINE {
                    // A tag that means nothing here may be part of a header.
                    self.state = State::Block(block);
                    return Step::Wait;
                }
                if block.is_undecided() {
                    block.settle(None, &mut self.record);
                }
            }
            self.fresh = false;
            if let Delimiter::Fence(fence) = &block.delimiter {
                self.at += indent.min(fence.indent);
            }
            self.from = self.at;
        }
        match &block.delimiter {
            Delimiter::Fence(fence) => {
                let mark = fence.mark;
                let length = fence.length;
                self.fenced_text(block, line, mark, length, eol)
            }
            Delimiter::Tag(_) => self.tagged_text(block, line, eol),
        }
    }

    /// A fence line inside a block. Hands the block back when it is text.
    fn fence_in_block(
        &mut self,
        mut block: Box<Block>,
        line: &fence::FenceLine<'_>,
    ) -> Result<Step, Box<Block>> {
        let opens_file = fence::read_info(line.info).path.is_some();
        match &block.delimiter {
            Delimiter::Fence(open) => {
                if !open.matches(line) {
                    return Err(block);
                }
                if line.info.is_empty() {
                    if block.nested > 0 {
                        block.nested -= 1;
                        return Err(block);
                    }
                    self.end_block(*block, Ending::Closed);
                    return Ok(Step::Done);
                }
                if !fence::is_plausible_info(line.info) {
                    return Err(block);
                }
                let nests = block.is_markdown() && block.has_text();
                if nests && (block.nested > 0 || !opens_file) {
                    block.nested += 1;
                    return Err(block);
                }
            }
            Delimiter::Tag(_) => {
                if let Some(inner) = block.inner {
                    if !block.after_inner && inner.is_closed_by(line) {
                        block.after_inner = true;
                        self.state = State::Block(block);
                        return Ok(Step::Done);
                    }
                } else if !block.has_text() {
                    block.inner = Some(line.fence);
                    self.state = State::Block(block);
                    return Ok(Step::Done);
                }
                if let Some(outer) = self.outer
                    && block.inner.is_none()
                    && outer.is_closed_by(line)
                {
                    self.outer = None;
                    self.end_block(*block, Ending::Closed);
                    return Ok(Step::Done);
                }
                if !opens_file || block.is_markdown() {
                    return Err(block);
                }
            }
        }
        // The block was never closed and the next one begins.
        self.end_block(*block, Ending::Replaced);
        self.open_fence(line.fence, line.info);
        Ok(Step::Done)
    }

    /// A tag at the start of a line inside a block. Hands the block back when
    /// it is text.
    fn tag_in_block(
        &mut self,
        block: Box<Block>,
        length: usize,
        meaning: Meaning,
    ) -> Result<Step, Box<Block>> {
        let fenced = match &block.delimiter {
            Delimiter::Fence(fence) => Some(*fence),
            Delimiter::Tag(_) => None,
        };
        let untouched = fenced.is_some() && !block.has_text();
        match meaning {
            Meaning::File { name, path } if tag::is_file_start(&path) => {
                self.at += length;
                self.outer = fenced.or(self.outer);
                self.end_block(*block, Ending::Replaced);
                self.state = State::Block(Box::new(Block::tagged(name, &path, &mut self.record)));
                Ok(Step::Again)
            }
            Meaning::Command { .. } | Meaning::Delete(_) | Meaning::Wrapper { .. } if untouched => {
                self.at += length;
                self.outer = fenced.or(self.outer);
                self.take_tag(meaning);
                Ok(Step::Again)
            }
            Meaning::End { .. } | Meaning::Wrapper { ends: true } if fenced.is_none() => {
                self.at += length;
                self.end_block(*block, Ending::Closed);
                self.fresh = true;
                Ok(Step::Again)
            }
            _ => Err(block),
        }
    }

    fn end_block(&mut self, block: Block, ending: Ending) {
        self.state = State::Prose;
        if let Some(anonymous) = block.end(ending, &mut self.record) {
            self.take_anonymous(anonymous);
        }
    }

    /// Code in a fence: passed on but for marks at its end, which may close it.
    fn fenced_text(
        &mut self,
        mut block: Box<Block>,
        line: &str,
        mark: char,
        length: usize,
        eol: bool,
    ) -> Step {
        let rest = line.get(self.at..).unwrap_or_default();
        if !eol {
            let passed = rest.len() - tail_length(rest, mark);
            block.write(rest.get(..passed).unwrap_or_default(), &mut self.record);
            self.at += passed;
            self.state = State::Block(block);
            return Step::Wait;
        }
        let code = line.get(self.from..).unwrap_or_default();
        if let Some(before) = glued_close(code, mark, length)
            && block.nested == 0
            && !block.is_markdown()
        {
            let end = self.from + before.len();
            block.write(line.get(self.at..end).unwrap_or_default(), &mut self.record);
            block.write("\n", &mut self.record);
            self.end_block(*block, Ending::Closed);
            return Step::Done;
        }
        block.write(rest, &mut self.record);
        if !self.ended {
            block.write("\n", &mut self.record);
        }
        self.state = State::Block(block);
        Step::Done
    }

    /// Code in a tag: passed on up to its closing tag.
    fn tagged_text(&mut self, mut block: Box<Block>, line: &str, eol: bool) -> Step {
        loop {
            let rest = line.get(self.at..).unwrap_or_default();
            let offset = rest.find('<').unwrap_or(rest.len());
            block.write(rest.get(..offset).unwrap_or_default(), &mut self.record);
            self.at += offset;
            let special = line.get(self.at..).unwrap_or_default();
            if special.is_empty() {
                if eol && !self.ended {
                    block.write("\n", &mut self.record);
                }
                self.state = State::Block(block);
                return if eol { Step::Done } else { Step::Wait };
            }
            match tag::look(special) {
                Look::Tag {
                    length,
                    meaning: Meaning::End { .. } | Meaning::Wrapper { ends: true },
                } => {
                    self.at += length;
                    self.fresh = true;
                    self.end_block(*block, Ending::Closed);
                    return Step::Again;
                }
                Look::Partial { known } if !eol => {
                    self.awaits_tag_end = known;
                    self.state = State::Block(block);
                    return Step::Wait;
                }
                _ => {
                    block.write("<", &mut self.record);
                    self.at += 1;
                }
            }
        }
    }
}

/// Whether the start of an unfinished line could be a header, a fence or a tag.
fn must_wait(block: &Block, rest: &str) -> bool {
    let trimmed = rest.trim_start();
    if block.is_undecided() {
        return rest.len() <= MAX_FENCE_LINE && !matches!(tag::look(trimmed), Look::Tag { .. });
    }
    if rest.len() - trimmed.len() > MAX_INDENT {
        return false;
    }
    match trimmed.chars().next() {
        None => true,
        Some(mark @ ('`' | '~')) => {
            let run = trimmed.len() - trimmed.trim_start_matches(mark).len();
            (run == trimmed.len() || run >= 3) && rest.len() <= MAX_FENCE_LINE
        }
        Some('<') => matches!(tag::look(trimmed), Look::Partial { .. }),
        Some(_) => false,
    }
}

/// Bytes at the end of unfinished code that could be a closing fence.
fn tail_length(text: &str, mark: char) -> usize {
    let trimmed = text.trim_end();
    let before = trimmed.trim_end_matches(mark);
    if before.len() == trimmed.len() || text.len() - before.len() > 2 * MAX_TAIL {
        return 0;
    }
    text.len() - before.len()
}

/// The code before a closing fence at the end of its line: `}` and marks. Only
/// after the end of a statement, and only when no other mark is in the line.
fn glued_close(code: &str, mark: char, length: usize) -> Option<&str> {
    let trimmed = code.trim_end();
    let before = trimmed.trim_end_matches(mark);
    let run = trimmed.len() - before.len();
    (run >= length
        && run <= MAX_TAIL
        && code.len() - trimmed.len() <= MAX_TAIL
        && before.ends_with([';', '}', ')', '>'])
        && !before.contains(mark))
    .then_some(before)
}
