//! Code blocks without a path: which file each one can only be.

use std::collections::BTreeSet;

use super::path::{base_name, extension, without_extension};
use super::record::{Ending, Record};

/// A code block whose path is unknown.
#[derive(Debug, Clone)]
pub(super) struct Anonymous {
    pub(super) language: String,
    pub(super) text: String,
    pub(super) ending: Ending,
}

/// Languages of terminals.
pub(super) fn is_shell(language: &str) -> bool {
    matches!(
        language,
        "bash"
            | "sh"
            | "shell"
            | "zsh"
            | "console"
            | "terminal"
            | "powershell"
            | "cmd"
            | "shellscript"
    )
}

/// Whether a block can be a file of an app.
pub(super) fn is_code(language: &str, text: &str) -> bool {
    match language {
        "tsx" | "jsx" | "ts" | "typescript" | "typescriptreact" | "js" | "javascript"
        | "javascriptreact" | "react" | "css" => true,
        "" => text.lines().any(|line| {
            ["import ", "export ", "const ", "function "]
                .iter()
                .any(|start| line.starts_with(start))
        }),
        _ => false,
    }
}

/// The name under which a module exports its component or function: of the
/// default export, else of the only named one.
pub(super) fn exported_name(text: &str) -> Option<&str> {
    let mut named = None;
    let mut several = false;
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("export ") else {
            continue;
        };
        if let Some(default) = rest.strip_prefix("default ") {
            let name = identifier(after_keyword(default));
            return name
                .filter(|name| !matches!(*name, "memo" | "forwardRef" | "function" | "class"));
        }
        let name = identifier(after_keyword(rest));
        several |= named.is_some();
        named = name.or(named);
    }
    named.filter(|_| !several)
}

fn after_keyword(text: &str) -> &str {
    let mut rest = text;
    for keyword in ["async ", "function ", "class ", "const ", "let "] {
        rest = rest.strip_prefix(keyword).unwrap_or(rest).trim_start();
    }
    rest
}

fn identifier(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
        .unwrap_or(text.len());
    text.get(..end).filter(|name| !name.is_empty())
}

/// Base paths of a module's relative and `@/` imports.
pub(crate) fn local_imports(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text
        .lines()
        .filter(|line| line.contains("from") || line.contains("import"))
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for start in [
            "from \"",
            "from '",
            "import \"",
            "import '",
            "import(\"",
            "import('",
        ] {
            let Some((_, after)) = line.split_once(start) else {
                continue;
            };
            let specifier = after.split(['"', '\'']).next().unwrap_or_default();
            found.extend(resolve(path, specifier));
        }
    }
    found
}

fn resolve(importer: &str, specifier: &str) -> Option<String> {
    if let Some(rest) = specifier.strip_prefix("@/") {
        return Some(format!("src/{rest}"));
    }
    if !specifier.starts_with('.') {
        return None;
    }
    let mut segments: Vec<&str> = importer.split('/').collect();
    segments.pop();
    for segment in specifier.split('/') {
        match segment {
            "." | "" => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// Local imports that no file fills yet.
fn missing(record: &Record) -> BTreeSet<String> {
    let here: BTreeSet<&str> = record
        .written
        .iter()
        .chain(&record.known)
        .flat_map(|path| [path.as_str(), without_extension(path)])
        .collect();
    record
        .imports
        .iter()
        .filter(|import| {
            !here.contains(import.as_str()) && !here.contains(format!("{import}/index").as_str())
        })
        .cloned()
        .collect()
}

/// Places the blocks that fit exactly one file, and notes the rest.
pub(super) fn place(mut blocks: Vec<Anonymous>, record: &mut Record) {
    // Every placed block can bring imports that tell where another one goes.
    while let Some((index, path)) = blocks
        .iter()
        .enumerate()
        .find_map(|(index, block)| Some((index, home(block, &blocks, record)?)))
    {
        let block = blocks.remove(index);
        record.note(format!(
            "A code block without a path was taken as `{path}`."
        ));
        record.whole(&path, &block.text, block.ending);
        // Cut or refused: the same home would be found for another block.
        if !record.written.contains(&path) {
            break;
        }
    }
    if !blocks.is_empty() {
        record.note(match blocks.len() {
            1 => "A code block without a path was left out; ask for it again with its path."
                .to_owned(),
            n => format!(
                "{n} code blocks without a path were left out; ask for them again with their paths."
            ),
        });
    }
}

fn home(block: &Anonymous, all: &[Anonymous], record: &Record) -> Option<String> {
    let missing = missing(record);
    if block.language == "css" {
        let is_css = |path: &&String| extension(path) == "css";
        return only(missing.iter().filter(is_css))
            .or_else(|| only(record.known.iter().filter(is_css)))
            .cloned();
    }
    let name = exported_name(&block.text);
    if let Some(name) = name {
        if let Some(base) = only(
            missing
                .iter()
                .filter(|path| without_extension(base_name(path)) == name),
        ) {
            let complete = if extension(base).is_empty() {
                format!("{base}.{}", suffix(block))
            } else {
                base.clone()
            };
            return Some(complete);
        }
        if let Some(path) = only(
            record
                .known
                .iter()
                .filter(|path| without_extension(base_name(path)) == name),
        ) {
            return Some(path.clone());
        }
        if name == "App" {
            return Some(format!("src/App.{}", suffix(block)));
        }
    }
    // The only component of a new app is the app.
    let is_new = record.known.is_empty() && record.written.is_empty();
    let defaults = all
        .iter()
        .filter(|other| other.text.contains("export default"))
        .count();
    let is_component = block.text.contains("export default") && block.language != "css";
    (is_new && is_component && defaults == 1).then(|| format!("src/App.{}", suffix(block)))
}

/// Extension by language and content.
pub(super) fn suffix(block: &Anonymous) -> &'static str {
    let markup = block.text.contains("/>") || block.text.contains("</");
    match block.language.as_str() {
        "ts" | "typescript" if !markup => "ts",
        "jsx" | "javascriptreact" => "jsx",
        "js" | "javascript" if markup => "jsx",
        "js" | "javascript" => "js",
        _ => "tsx",
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_exported_name() {
        for (text, name) in [
            ("export default function App() {}", Some("App")),
            ("function A() {}\nexport default A;", Some("A")),
            ("export default async function load() {}", Some("load")),
            ("export const Card = () => null;", Some("Card")),
            ("export const a = 1;\nexport const b = 2;", None),
            ("export default memo(Card);", None),
            ("const a = 1;", None),
        ] {
            assert_eq!(exported_name(text), name, "{text}");
        }
    }

    #[test]
    fn resolves_local_imports() {
        let text = "import Card from \"./components/Card\";\nimport { x } from '@/lib/x';\nimport \"../out\";\nimport React from \"react\";";
        assert_eq!(
            local_imports("src/App.tsx", text),
            ["src/components/Card", "src/lib/x", "out"]
        );
        assert_eq!(
            local_imports("App.tsx", "import \"../../x\""),
            Vec::<String>::new()
        );
    }
}
