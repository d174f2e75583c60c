//! `url(…)` in style sheets and style values.

use super::tokens::{Kind, tokens};
use crate::address::decoded;

/// One `url(…)` by byte offsets, and what it names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) target: &'a str,
}

impl Url<'_> {
    /// The file that it names, as a specifier; `None` for data, addresses on
    /// the network, places in the document and what a function gives.
    pub(super) fn file(&self) -> Option<String> {
        let path = self.target.split(['?', '#']).next()?;
        let is_file = !path.is_empty() && !path.contains([':', '(']) && !path.starts_with("//");
        is_file.then(|| decoded(path))
    }

    /// `#star`, or nothing.
    pub(super) fn fragment(&self) -> &str {
        let start = self.target.find('#');
        start.and_then(|at| self.target.get(at..)).unwrap_or("")
    }
}

/// All of a text.
pub(crate) fn urls(text: &str) -> Vec<Url<'_>> {
    let tokens = tokens(text);
    let mut urls = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let rest = tokens.get(index + 1..).unwrap_or_default();
        let mut solid = rest.iter().filter(|token| !token.is_blank());
        let (end, target) = match token.kind {
            Kind::Url => {
                let inner = token.text.get(4..).unwrap_or_default();
                (token.end(), inner.strip_suffix(')').unwrap_or(inner).trim())
            }
            Kind::Name if token.text.eq_ignore_ascii_case("url") => {
                match (solid.next(), solid.next(), solid.next()) {
                    (Some(open), Some(string), Some(close))
                        if open.is(b'(') && string.kind == Kind::String && close.is(b')') =>
                    {
                        (close.end(), string.inner())
                    }
                    _ => continue,
                }
            }
            _ => continue,
        };
        urls.push(Url {
            start: token.start,
            end,
            target,
        });
    }
    urls
}
