//! Order of a project's modules and style sheets, as JavaScript runs them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::gather::gathered;
use crate::language::FileKind;
use crate::module::{Compiled, ImportKind};
use crate::resolve::Resolution;

/// What an app consists of.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Ids, every module after those that it imports, as far as cycles allow.
    pub(crate) modules: Vec<String>,
    /// Paths of style sheets, in the order in which modules import them.
    pub(crate) styles: Vec<String>,
}

/// Whether a file belongs to an app by its place and name, rather than being
/// a tool's configuration or a test.
pub(crate) fn is_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(FileKind::of(path), FileKind::Code(_))
        && (path.starts_with("src/") || !path.contains('/'))
        && ![".config.", ".test.", ".spec."]
            .iter()
            .any(|part| name.contains(part))
}

/// Ids of the project modules that a module imports, sorted.
pub(crate) fn imported_modules(module: &Compiled) -> Vec<String> {
    let imports = module.imports.iter();
    let ids: BTreeSet<&str> = gathered(imports.filter_map(|import| match &import.resolution {
        Resolution::Module(id) => Some(id.as_str()),
        _ => None,
    }));
    ids.into_iter().map(str::to_owned).collect()
}

/// Ids of the project modules that run before a module does, in their order.
pub(crate) fn static_imports(module: &Compiled) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for import in &module.imports {
        if let (Resolution::Module(id), ImportKind::Static | ImportKind::Star) =
            (&import.resolution, import.kind)
            && !ids.contains(id)
        {
            ids.push(id.clone());
        }
    }
    ids
}

enum Step<'a> {
    Enter(&'a str),
    Leave(&'a str),
    Style(&'a str),
}

/// Depth first from the roots, imports in order of the text; what is imported
/// dynamically comes after everything static. The stack is a list because a
/// chain of imports can be as long as a project has files.
pub(crate) fn order(roots: &[String], modules: &BTreeMap<String, Rc<Compiled>>) -> Graph {
    let mut graph = Graph::default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut later: Vec<&str> = roots.iter().rev().map(String::as_str).collect();
    while let Some(root) = later.pop() {
        let mut dynamic: Vec<&str> = Vec::new();
        let mut stack = vec![Step::Enter(root)];
        while let Some(step) = stack.pop() {
            match step {
                Step::Leave(id) => {
                    graph.modules.push(id.to_owned());
                    if FileKind::of(id) == FileKind::CssModule {
                        graph.styles.push(id.to_owned());
                    }
                }
                Step::Style(path) => {
                    if seen.insert(path) {
                        graph.styles.push(path.to_owned());
                    }
                }
                Step::Enter(path) => {
                    let Some((id, module)) = modules.get_key_value(path) else {
                        continue;
                    };
                    if !seen.insert(id) {
                        continue;
                    }
                    stack.push(Step::Leave(id));
                    let mut steps: Vec<Step<'_>> = Vec::new();
                    for import in &module.imports {
                        match &import.resolution {
                            Resolution::Module(id) if import.kind == ImportKind::Dynamic => {
                                dynamic.push(id);
                            }
                            Resolution::Module(id) => steps.push(Step::Enter(id)),
                            Resolution::Style(path) => steps.push(Step::Style(path)),
                            _ => {}
                        }
                    }
                    stack.extend(steps.into_iter().rev());
                }
            }
        }
        later.extend(dynamic.into_iter().rev());
    }
    graph
}
