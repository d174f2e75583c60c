//! Names that the output needs beside those of the source.

/// A name that the source doesn't contain, made from a readable one. Looking
/// for it in the whole text is a little too strict, and always right.
pub(super) fn unused(source: &str, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while source.contains(&name) {
        name.push('_');
    }
    name
}

/// A beginning of names that the source doesn't contain with a number behind it.
pub(super) fn unused_series(source: &str, wanted: &str) -> String {
    let mut prefix = wanted.to_owned();
    let is_numbered = |prefix: &str| {
        source.match_indices(prefix).any(|(at, _)| {
            let next = source.as_bytes().get(at + prefix.len());
            next.is_some_and(u8::is_ascii_digit)
        })
    };
    while is_numbered(&prefix) {
        prefix.push('_');
    }
    prefix
}

/// Names that every module may need.
#[derive(Debug)]
pub(super) struct Names {
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

impl Names {
    pub(super) fn new(source: &str) -> Self {
        Self {
            require: unused(source, "__require"),
            exports: unused(source, "__exports"),
            module: unused(source, "__module"),
            default: unused(source, "_default"),
            jsx: unused(source, "_jsx"),
            jsxs: unused(source, "_jsxs"),
            fragment: unused(source, "_Fragment"),
            create_element: unused(source, "_createElement"),
        }
    }
}
