//! Names that the output needs beside those of the source.

use crate::swc::FxHashSet;

/// Names that begin with an underscore: those that the source has, and those
/// that the output adds.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// Words of the source, wherever they stand: a little more than its names.
    taken: FxHashSet<&'a str>,
    /// The factory's parameters.
    pub(super) require: String,
    pub(super) exports: String,
    pub(super) module: String,
    /// What a default export without a name is called.
    pub(super) default: String,
    pub(super) jsx: String,
    pub(super) jsxs: String,
    pub(super) fragment: String,
    pub(super) create_element: String,
}

impl<'a> Names<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut names = Self {
            taken: underscored(source),
            require: String::new(),
            exports: String::new(),
            module: String::new(),
            default: String::new(),
            jsx: String::new(),
            jsxs: String::new(),
            fragment: String::new(),
            create_element: String::new(),
        };
        names.require = names.unused("__require");
        names.exports = names.unused("__exports");
        names.module = names.unused("__module");
        names.default = names.unused("_default");
        names.jsx = names.unused("_jsx");
        names.jsxs = names.unused("_jsxs");
        names.fragment = names.unused("_Fragment");
        names.create_element = names.unused("_createElement");
        names
    }

    /// A name that the source doesn't have, made from one that begins with an underscore.
    pub(super) fn unused(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.taken.contains(name.as_str()) {
            name.push('_');
        }
        name
    }
}

/// All words of a text that begin with an underscore.
fn underscored(text: &str) -> FxHashSet<&str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_$".contains(byte) || *byte >= 0x80;
    let bytes = text.as_bytes();
    let mut words = FxHashSet::default();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr::memchr(b'_', rest)) {
        let start = at + step;
        let rest = bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_part(byte));
        let end = start + length.unwrap_or(rest.len());
        let before = start.checked_sub(1).and_then(|index| bytes.get(index));
        if !before.is_some_and(is_part)
            && let Some(word) = text.get(start..end)
        {
            words.insert(word);
        }
        at = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_of_the_source_are_left_alone() {
        let names = Names::new("let _jsx = a_s0 + _s1 + __require_; // _m0");
        assert_eq!(names.jsx, "_jsx_");
        assert_eq!(names.require, "__require");
        assert_eq!(names.unused("_s0"), "_s0");
        assert_eq!(names.unused("_s1"), "_s1_");
        assert_eq!(names.unused("_m0"), "_m0_");
    }
}
