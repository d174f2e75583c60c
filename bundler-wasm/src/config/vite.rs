//! `vite.config`: its aliases.

use super::literal::{Item, Value};
use super::{Config, file, left_out};
use crate::project::Project;
use crate::source::{ByteRange, Source};

/// Packages that a `vite.config` imports for what the bundler does by itself,
/// or for what makes no difference to the app.
const HARMLESS: [&str; 16] = [
    "@tailwindcss/vite",
    "@vitejs/plugin-basic-ssl",
    "@vitejs/plugin-react",
    "@vitejs/plugin-react-oxc",
    "@vitejs/plugin-react-swc",
    "autoprefixer",
    "lovable-tagger",
    "path",
    "rollup-plugin-visualizer",
    "tailwindcss",
    "url",
    "vite",
    "vite-plugin-checker",
    "vite-plugin-svgr",
    "vite-tsconfig-paths",
    "vitest/config",
];

/// Settings that change what the app is, and aren't honoured.
const LEFT_OUT: [&str; 5] = ["define", "envDir", "envPrefix", "publicDir", "root"];

/// Reads the aliases, and tells what is left out.
pub(super) fn read(project: &Project, config: &mut Config) {
    let Some((path, source, read)) = file(project, "vite", config) else {
        return;
    };
    for (package, range) in &read.imports {
        if !HARMLESS.contains(&package.as_str()) && !package.starts_with("node:") {
            let what = format!("`{package}` is left out");
            let help = "Remove the plugin if the app works without it.";
            config
                .diagnostics
                .push(left_out(&path, source, *range, &what, help));
        }
    }
    for (name, item) in read.config.entries() {
        if LEFT_OUT.contains(&name.as_str()) {
            let what = format!("`{name}` is left out");
            let help = "Use variables of a .env file, and folders by their usual names.";
            config
                .diagnostics
                .push(left_out(&path, source, item.range, &what, help));
        }
    }
    let aliases = read
        .config
        .get("resolve")
        .and_then(|resolve| resolve.get("alias"));
    if let Some(aliases) = aliases {
        read_aliases(aliases, &path, source, config);
    }
}

fn read_aliases(aliases: &Item, path: &str, source: &Source, config: &mut Config) {
    let refuse = |config: &mut Config, range: ByteRange| {
        let what = "This alias is left out";
        let help = "Write it with plain texts: \"@\": path.resolve(__dirname, \"./src\").";
        config
            .diagnostics
            .push(left_out(path, source, range, what, help));
    };
    match &aliases.value {
        Value::Object(entries) => {
            for (find, item) in entries {
                match item.text() {
                    Some(replacement) => add(config, find, replacement),
                    None => refuse(config, item.range),
                }
            }
        }
        Value::List(items) => {
            for item in items {
                let replacement = item.get("replacement").and_then(Item::text);
                match (item.get("find").map(|find| &find.value), replacement) {
                    (Some(Value::Text(find)), Some(replacement)) => {
                        add(config, find, replacement);
                    }
                    (Some(Value::Pattern(pattern)), Some(replacement)) => {
                        match plain_pattern(pattern, replacement) {
                            Some((find, target)) => config.aliases.add(&find, vec![target]),
                            None => refuse(config, item.range),
                        }
                    }
                    _ => refuse(config, item.range),
                }
            }
        }
        _ => refuse(config, aliases.range),
    }
}

/// An alias stands for itself and for what is below it.
fn add(config: &mut Config, find: &str, replacement: &str) {
    let (find, replacement) = (
        find.trim_end_matches('/'),
        replacement.trim_end_matches('/'),
    );
    let replacement = if replacement.is_empty() {
        "/."
    } else {
        replacement
    };
    config.aliases.add(find, vec![replacement.to_owned()]);
    config
        .aliases
        .add(&format!("{find}/*"), vec![format!("{replacement}/*")]);
}

/// A regular expression that says no more than how a specifier begins, as a
/// pattern and its target: `^@\/` and `^~/(.*)$` with what replaces them.
fn plain_pattern(pattern: &str, replacement: &str) -> Option<(String, String)> {
    let rest = pattern.strip_prefix('^')?;
    let (rest, is_open) = match rest.strip_suffix("(.*)").or(rest.strip_suffix("(.*)$")) {
        Some(rest) => (rest, replacement.ends_with("$1")),
        None => (rest, true),
    };
    let (rest, is_whole) = match rest.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let mut find = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => find.push(chars.next().filter(|c| !c.is_ascii_alphanumeric())?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                return None;
            }
            c => find.push(c),
        }
    }
    let target = replacement.strip_suffix("$1").unwrap_or(replacement);
    if !is_open || find.is_empty() || find.contains('*') || target.contains(['$', '*']) {
        return None;
    }
    // A path of the project lost its last slash, which the pattern has taken.
    let slash = if find.ends_with('/') && !target.ends_with('/') {
        "/"
    } else {
        ""
    };
    Some(if is_whole {
        (find, target.to_owned())
    } else {
        (format!("{find}*"), format!("{target}{slash}*"))
    })
}

#[cfg(test)]
mod tests {
    use super::plain_pattern;

    #[test]
    fn plain_patterns_are_read() {
        for (pattern, replacement, expected) in [
            ("^@\\/", "/src", ("@/*", "/src/*")),
            ("^~/", "/src/", ("~/*", "/src/*")),
            ("^~", "/", ("~*", "/*")),
            ("^@ui/(.*)$", "/src/ui/$1", ("@ui/*", "/src/ui/*")),
            ("^icons$", "lucide-react", ("icons", "lucide-react")),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(
                plain_pattern(pattern, replacement),
                Some(expected),
                "{pattern}"
            );
        }
        for pattern in [
            "@/", "^(a|b)/", "^@(.*)/x", "^\\w+/", "^", "^a.b", "^x/(.*)$",
        ] {
            assert_eq!(plain_pattern(pattern, "/src"), None, "{pattern}");
        }
    }
}
