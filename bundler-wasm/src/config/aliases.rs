//! Specifiers that stand for others: `resolve.alias`, `paths`, `imports`.

use super::literal::{self, Item, Value};
use crate::project::Project;
use crate::resolve::join;

/// All of them, in the order in which they are tried.
#[derive(Debug, Default)]
pub(crate) struct Aliases(Vec<Alias>);

/// One pattern, with at most one `*`.
#[derive(Debug)]
struct Alias {
    pattern: String,
    targets: Vec<String>,
}

/// What a specifier stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A path in the project.
    Path(String),
    /// Another specifier.
    Specifier(String),
}

impl Aliases {
    /// Adds a pattern. Targets that begin with `/` or `.` are paths of the project.
    pub(super) fn add(&mut self, pattern: &str, targets: Vec<String>) {
        self.0.push(Alias {
            pattern: pattern.to_owned(),
            targets,
        });
    }

    /// What a specifier may stand for, in order.
    pub(crate) fn targets(&self, specifier: &str) -> Vec<Target> {
        let mut found = Vec::new();
        for alias in &self.0 {
            let Some(rest) = matched(&alias.pattern, specifier) else {
                continue;
            };
            found.extend(alias.targets.iter().filter_map(|target| {
                let target = target.replacen('*', rest, 1);
                if target.starts_with(['/', '.']) {
                    join("", &target).map(Target::Path)
                } else {
                    Some(Target::Specifier(target))
                }
            }));
        }
        found
    }

    /// Whether a specifier is meant for a pattern that says more than `*`.
    pub(crate) fn claims(&self, specifier: &str) -> bool {
        let mut named = self.0.iter().filter(|alias| alias.pattern != "*");
        named.any(|alias| matched(&alias.pattern, specifier).is_some())
    }
}

/// What stands for the `*`; nothing when there is none.
fn matched<'a>(pattern: &str, specifier: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        None => (pattern == specifier).then_some(""),
        Some((before, after)) => specifier.strip_prefix(before)?.strip_suffix(after),
    }
}

/// `imports` of `package.json`, whose names begin with `#`.
pub(super) fn package_imports(project: &Project, aliases: &mut Aliases) {
    let package = project
        .source("package.json")
        .and_then(|s| literal::json(s.text()));
    let imports = package.as_ref().and_then(|package| package.get("imports"));
    for (name, item) in imports.map(Item::entries).unwrap_or_default() {
        if let Some(target) = import_target(item, 0).filter(|_| name.starts_with('#')) {
            aliases.add(name, vec![target.to_owned()]);
        }
    }
}

/// The target for a browser and a bundler, among those by condition.
fn import_target(item: &Item, depth: usize) -> Option<&str> {
    if depth > 4 {
        return None;
    }
    match &item.value {
        Value::Object(conditions) => conditions
            .iter()
            .filter(|(name, _)| {
                let known = ["browser", "development", "module", "import", "default"];
                known.contains(&name.as_str())
            })
            .find_map(|(_, item)| import_target(item, depth + 1)),
        Value::List(items) => items.iter().find_map(|item| import_target(item, depth + 1)),
        _ => item.text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_paths_and_specifiers() {
        let mut aliases = Aliases::default();
        aliases.add("@/*", vec!["/src/*".to_owned(), "./lib/*".to_owned()]);
        aliases.add("#ui", vec!["lucide-react".to_owned()]);
        aliases.add("*.theme", vec!["../out".to_owned()]);
        let path = |path: &str| Target::Path(path.to_owned());
        assert_eq!(aliases.targets("@/a/b"), [path("src/a/b"), path("lib/a/b")]);
        assert_eq!(
            aliases.targets("#ui"),
            [Target::Specifier("lucide-react".to_owned())]
        );
        assert!(aliases.targets("#ui/x").is_empty());
        assert!(
            aliases.targets("a.theme").is_empty(),
            "it leads out of the project"
        );
        assert!(aliases.claims("a.theme"));
    }
}
