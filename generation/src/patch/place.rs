//! Where an edit belongs in a text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Action, Edit, Unmatched};

/// How lines are compared, from strict to loose.
const FORMS: [fn(&str) -> Cow<'_, str>; 4] = [
    |line| Cow::Borrowed(line),
    |line| Cow::Borrowed(line.trim_end()),
    |line| Cow::Borrowed(line.trim()),
    |line| Cow::Owned(plain(line)),
];
/// The first form in which indentation doesn't count.
const TRIMMED: usize = 2;

/// A line, and what stands for each of its forms, so that comparing is cheap.
struct Line {
    text: String,
    ids: [u32; FORMS.len()],
}

/// A text that edits are applied to.
pub(super) struct Text {
    lines: Vec<Line>,
    ids: [HashMap<String, u32>; FORMS.len()],
    ends_with_break: bool,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut new = Self {
            lines: Vec::new(),
            ids: std::array::from_fn(|_| HashMap::new()),
            ends_with_break: text.is_empty() || text.ends_with('\n'),
        };
        new.lines = text.lines().map(|line| new.line(line.to_owned())).collect();
        new
    }

    fn line(&mut self, text: String) -> Line {
        let mut ids = [0; FORMS.len()];
        for ((id, form), known) in ids.iter_mut().zip(FORMS).zip(&mut self.ids) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *id = *known.entry(form(&text).into_owned()).or_insert(next);
        }
        Line { text, ids }
    }

    pub(super) fn into_string(self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        if !self.ends_with_break {
            text.pop();
        }
        text
    }

    /// Applies one edit where it is the only one that fits.
    pub(super) fn apply(&mut self, edit: &Edit<'_>) -> Result<(), Unmatched> {
        let bare = without_blank_edges(edit);
        for level in 0..FORMS.len() {
            let edit = if level < TRIMMED { edit } else { &bare };
            let old: Vec<&str> = old_lines(edit).collect();
            if old.iter().all(|line| line.trim().is_empty()) {
                return self.fill(edit);
            }
            let first = old.iter().find(|line| !line.trim().is_empty());
            match self.find(&old, level).as_slice() {
                [] => {}
                [at] => {
                    self.replace(*at, edit, level);
                    return Ok(());
                }
                _ => {
                    let first = first.copied().unwrap_or_default();
                    return Err(Unmatched::Ambiguous(first.trim().to_owned()));
                }
            }
        }
        Err(Unmatched::NotFound(self.first_unknown(&bare)))
    }

    /// An edit that replaces nothing makes a file, and changes none.
    fn fill(&mut self, edit: &Edit<'_>) -> Result<(), Unmatched> {
        if self.lines.iter().any(|line| !line.text.trim().is_empty()) {
            return Err(Unmatched::Unreadable);
        }
        let added = edit.iter().filter(|(action, _)| *action == Action::Add);
        self.lines = added
            .map(|(_, line)| self.line((*line).to_owned()))
            .collect();
        Ok(())
    }

    /// The places of these lines, at most two. Knuth, Morris and Pratt's
    /// search, because lines such as `}` repeat.
    fn find(&self, wanted: &[&str], level: usize) -> Vec<usize> {
        let (Some(form), Some(ids)) = (FORMS.get(level), self.ids.get(level)) else {
            return vec![];
        };
        let known = wanted
            .iter()
            .map(|line| ids.get(form(line).as_ref()).copied());
        let Some(wanted) = known.collect::<Option<Vec<u32>>>() else {
            return vec![];
        };
        let is = |index: usize, id: u32| wanted.get(index) == Some(&id);
        let mut borders: Vec<usize> = vec![0];
        let mut length = 0;
        for id in wanted.iter().skip(1) {
            while length > 0 && !is(length, *id) {
                length = borders.get(length - 1).copied().unwrap_or(0);
            }
            length += usize::from(is(length, *id));
            borders.push(length);
        }
        let mut places = Vec::new();
        let mut length = 0;
        for (at, line) in self.lines.iter().enumerate() {
            let id = line.ids.get(level).copied().unwrap_or(u32::MAX);
            while length > 0 && !is(length, id) {
                length = borders.get(length - 1).copied().unwrap_or(0);
            }
            length += usize::from(is(length, id));
            if length == wanted.len() {
                places.push(at + 1 - length);
                if places.len() == 2 {
                    break;
                }
                length = borders.get(length - 1).copied().unwrap_or(0);
            }
        }
        places
    }

    /// Replaces the lines at `at`. Those that stay keep their own text; those
    /// that come are indented as the ones that they replace are.
    fn replace(&mut self, at: usize, edit: &Edit<'_>, level: usize) {
        let count = old_lines(edit).count();
        let after = self.lines.split_off((at + count).min(self.lines.len()));
        let old = self.lines.split_off(at.min(self.lines.len()));
        let shift = if level < TRIMMED {
            None
        } else {
            shift(edit, &old)
        };
        let mut old = old.into_iter();
        for (action, text) in edit {
            match action {
                Action::Keep => self.lines.extend(old.next()),
                Action::Remove => {
                    old.next();
                }
                Action::Add => {
                    let shifted = shift.as_ref().and_then(|(from, to)| {
                        let rest = text.strip_prefix(from.as_str())?;
                        (!rest.trim().is_empty()).then(|| format!("{to}{rest}"))
                    });
                    let line = self.line(shifted.unwrap_or_else(|| (*text).to_owned()));
                    self.lines.push(line);
                }
            }
        }
        self.lines.extend(after);
    }

    /// The first line of an edit that the text doesn't have, else its first.
    fn first_unknown(&self, edit: &Edit<'_>) -> String {
        let told = || old_lines(edit).filter(|line| !line.trim().is_empty());
        let unknown = self
            .ids
            .last()
            .and_then(|ids| told().find(|line| !ids.contains_key(&plain(line))));
        unknown
            .or_else(|| told().next())
            .unwrap_or_default()
            .trim()
            .to_owned()
    }
}

fn old_lines<'a>(edit: &Edit<'a>) -> impl Iterator<Item = &'a str> {
    edit.iter()
        .filter(|(action, _)| *action != Action::Add)
        .map(|(_, line)| *line)
}

/// The edit without empty lines around what it looks for, and without as many
/// around what replaces it.
fn without_blank_edges<'a>(edit: &Edit<'a>) -> Edit<'a> {
    let is_blank = |(_, line): &(Action, &str)| line.trim().is_empty();
    let is_edge = |line: &(Action, &str)| line.0 == Action::Keep && is_blank(line);
    let start = edit.iter().take_while(|line| is_edge(line)).count();
    let mut edit: Edit<'a> = edit.iter().skip(start).copied().collect();
    while edit.pop_if(|line| is_edge(line)).is_some() {}
    if edit.iter().any(|(action, _)| *action == Action::Keep) {
        return edit;
    }
    let (mut old, mut new): (Edit<'a>, Edit<'a>) = edit
        .iter()
        .partition(|(action, _)| *action == Action::Remove);
    let start = old.iter().take_while(|line| is_blank(line)).count();
    let blank = new.iter().take_while(|line| is_blank(line)).count();
    old.drain(..start);
    new.drain(..blank.min(start));
    while old.pop_if(|line| is_blank(line)).is_some() {
        new.pop_if(|line| is_blank(line));
    }
    old.extend(new);
    old
}

/// Indentation in the edit, and in the text where it belongs.
fn shift(edit: &Edit<'_>, old: &[Line]) -> Option<(String, String)> {
    let indent = |line: &str| {
        let space = line.len() - line.trim_start().len();
        line.get(..space).unwrap_or_default().to_owned()
    };
    let told = edit.iter().filter(|(action, _)| *action != Action::Add);
    let pairs: Vec<(Action, String, String)> = told
        .zip(old)
        .filter(|((_, told), _)| !told.trim().is_empty())
        .map(|((action, told), line)| (*action, indent(told), indent(&line.text)))
        .collect();
    if let Some((_, from, to)) = pairs.iter().find(|(action, ..)| *action == Action::Remove) {
        return Some((from.clone(), to.clone()));
    }
    let (_, from, to) = pairs.into_iter().next()?;
    // A line that stays has lost its mark, and with it one space; the others haven't.
    (to != format!("{from} ")).then_some((from, to))
}

/// A line without the characters that models and editors confuse.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' => plain.push('\''),
            '“' | '”' | '„' | '‟' => plain.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => plain.push(' '),
            '\u{200b}' | '\u{feff}' => {}
            '…' => plain.push_str("..."),
            c => plain.push(c),
        }
    }
    plain.trim().to_owned()
}
