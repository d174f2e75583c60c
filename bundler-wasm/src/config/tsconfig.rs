//! `tsconfig.json` and `jsconfig.json`: `paths`, `baseUrl` and what classes mean,
//! with what they extend and refer to.

use std::collections::BTreeSet;

use super::Config;
use super::literal::{self, Item};
use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::project::Project;
use crate::resolve::join;
use crate::transform::ClassOptions;

/// Reads the project's file, and those that it names.
pub(super) fn read(project: &Project, config: &mut Config) {
    let first = ["tsconfig.json", "jsconfig.json"]
        .into_iter()
        .find(|path| project.source(path).is_some());
    let mut queue: Vec<String> = first.map(str::to_owned).into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut base_urls = Vec::new();
    let mut classes = Classes::default();
    while let Some(path) = queue.pop() {
        let Some(source) = project.source(&path).filter(|_| seen.insert(path.clone())) else {
            continue;
        };
        let Some(file) = literal::json(source.text()) else {
            let message = format!("`{path}` isn't JSON, so its paths are left out.");
            config.diagnostics.push(
                diagnostic::whole(codes::UNSUPPORTED_CONFIG, &path, message)
                    .help("Correct its braces, quotes and commas.")
                    .warning(),
            );
            continue;
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(options) = file.get("compilerOptions") {
            base_urls.extend(options_of(options, folder, &path, config));
            classes.add(options, &path, config);
        }
        // The last one is popped first: of what a file extends, later ones win,
        // and all of it comes before the files that it refers to, in their order.
        let extended = file.get("extends").map(Item::texts).unwrap_or_default();
        let references = file.get("references").map(references).unwrap_or_default();
        for other in references.into_iter().rev().chain(extended) {
            queue.extend(file_at(project, folder, other));
        }
    }
    config.classes = classes.options();
    for base in base_urls {
        config.aliases.add("*", vec![format!("/{base}/*")]);
    }
}

/// Adds the paths, and gives the base of all other names.
fn options_of(options: &Item, folder: &str, path: &str, config: &mut Config) -> Option<String> {
    let base_url = options.get("baseUrl").and_then(Item::text);
    let base = join(folder, base_url.unwrap_or("."))?;
    let mut paths: Vec<&(String, Item)> = options
        .get("paths")
        .map(Item::entries)
        .unwrap_or_default()
        .iter()
        .collect();
    // TypeScript takes the pattern with the longest beginning.
    let beginning = |pattern: &str| pattern.split('*').next().map_or(0, str::len);
    paths.sort_by_key(|(pattern, _)| (pattern.contains('*'), usize::MAX - beginning(pattern)));
    for (pattern, targets) in paths {
        let targets = targets.texts();
        let targets = targets.iter().filter_map(|target| join(&base, target));
        config.aliases.add(
            pattern,
            targets.map(|target| format!("/{target}")).collect(),
        );
    }
    let source = options.get("jsxImportSource").and_then(Item::text);
    if let Some(name) = source.filter(|name| *name != "react") {
        let message =
            format!("`{path}` asks for elements of `{name}`, but `react` makes them here.");
        config.diagnostics.push(
            diagnostic::whole(codes::UNSUPPORTED_CONFIG, path, message)
                .help("Remove jsxImportSource.")
                .warning(),
        );
    }
    base_url.map(|_| base)
}

/// What the files say of classes; the first that says something counts.
#[derive(Debug, Default)]
struct Classes {
    has_legacy_decorators: Option<bool>,
    defines_fields: Option<bool>,
    has_old_target: Option<bool>,
}

impl Classes {
    fn add(&mut self, options: &Item, path: &str, config: &mut Config) {
        let flag = |name| options.get(name).and_then(Item::flag);
        let target = options.get("target").and_then(Item::text);
        self.has_legacy_decorators = self
            .has_legacy_decorators
            .or(flag("experimentalDecorators"));
        self.defines_fields = self.defines_fields.or(flag("useDefineForClassFields"));
        self.has_old_target = self.has_old_target.or(target.map(is_before_fields));
        if flag("emitDecoratorMetadata") == Some(true) {
            let message = format!(
                "`{path}` asks for metadata about types (emitDecoratorMetadata), which isn't written here."
            );
            config.diagnostics.push(
                diagnostic::whole(codes::UNSUPPORTED_CONFIG, path, message)
                    .help("Remove it, and name the types in the decorators' arguments.")
                    .warning(),
            );
        }
    }

    fn options(&self) -> ClassOptions {
        let has_old_target = self.has_old_target.unwrap_or_default();
        ClassOptions {
            has_legacy_decorators: self.has_legacy_decorators.unwrap_or_default(),
            assigns_fields: !self.defines_fields.unwrap_or(!has_old_target),
        }
    }
}

/// Whether a `target` is a JavaScript without fields in classes, where
/// TypeScript writes assignments in their place.
fn is_before_fields(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    let year = target.strip_prefix("es").and_then(|year| year.parse().ok());
    year.is_some_and(|year: u32| year < 2022)
}

fn references(item: &Item) -> Vec<&str> {
    let super::literal::Value::List(items) = &item.value else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| item.get("path")?.text())
        .collect()
}

/// The file of the project that a configuration names; those of packages
/// hold no paths of the project.
fn file_at(project: &Project, folder: &str, name: &str) -> Option<String> {
    if !name.starts_with(['.', '/']) {
        return None;
    }
    let path = join(folder, name)?;
    [
        path.clone(),
        format!("{path}.json"),
        format!("{path}/tsconfig.json"),
    ]
    .into_iter()
    .find(|path| project.source(path).is_some())
}
