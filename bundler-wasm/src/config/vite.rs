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
                let text = |name| item.get(name).and_then(Item::text);
                match (text("find"), text("replacement")) {
                    (Some(find), Some(replacement)) => add(config, find, replacement),
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
