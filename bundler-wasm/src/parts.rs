//! A built app in its parts, for who puts them together in another way than
//! the preview does: what loads what and when, and where each came from.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use protocol::manifest::Manifest;

use crate::assets;
use crate::dependencies::{PartIndex, RUNTIME_PACKAGES, Uses};
use crate::gather::gathered;
use crate::graph::static_imports;
use crate::language::{FileKind, split_query};
use crate::module::{Compiled, ImportKind};
use crate::project::{PUBLIC_FOLDER, Project};
use crate::resolve::Resolution;

/// An app without errors.
#[derive(Debug, Clone, Copy)]
pub struct App<'a> {
    pub(crate) project: &'a Project,
    pub(crate) manifest: &'a Manifest,
    pub(crate) index: &'a PartIndex,
    pub(crate) modules: &'a BTreeMap<String, Rc<Compiled>>,
    /// What the project's `index.html` has in its head besides title, styles
    /// and scripts, as HTML.
    pub head: &'a str,
}

impl<'a> App<'a> {
    /// All modules, by id.
    pub fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let parts = self.modules.iter();
        parts.map(|(id, compiled)| Part { id, compiled })
    }

    /// Dependency files that these modules need, each after those that it
    /// needs itself. With `mounts`, also those that show a component.
    pub fn dependency_files<'b>(
        &self,
        ids: impl IntoIterator<Item = &'b str>,
        mounts: bool,
    ) -> Vec<String> {
        let mut uses = Uses::default();
        for module in ids.into_iter().filter_map(|id| self.modules.get(id)) {
            uses.add(module);
        }
        let first: &[&str] = if mounts { &RUNTIME_PACKAGES } else { &[] };
        uses.files(self.manifest, self.index, first)
    }

    /// Pictures, fonts and the like: path, and the data URL that stands for
    /// the file wherever the app names it.
    pub fn assets(&self) -> impl Iterator<Item = (&'a str, String)> + use<'a> {
        let project = self.project;
        project.paths().filter_map(move |path| {
            let is_asset = matches!(FileKind::of(path), FileKind::Asset(_) | FileKind::Svg);
            let source = project.source(path).filter(|_| is_asset)?;
            Some((path, assets::url(path, source)?))
        })
    }

    /// Files that are served as they are: path on the site, and text.
    pub fn public_files(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let project = self.project;
        project.paths().filter_map(move |path| {
            let place = path.strip_prefix(PUBLIC_FOLDER)?;
            Some((place, project.source(path)?.text()))
        })
    }
}

/// One module of an app.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Its id in the registry.
    pub id: &'a str,
    compiled: &'a Compiled,
}

impl<'a> Part<'a> {
    /// The script that defines it.
    pub fn code(&self) -> &'a str {
        &self.compiled.code
    }

    /// Path of the file that it was made from.
    pub fn path(&self) -> &'a str {
        split_query(self.id).0
    }

    /// Text of that file.
    pub fn source(&self) -> &'a str {
        self.compiled.source.text()
    }

    /// Ids of modules that must be there when it runs, sorted.
    pub fn static_imports(&self) -> BTreeSet<&'a str> {
        self.imports(false)
    }

    /// Ids of modules that it asks for later, by `import()`, sorted.
    pub fn dynamic_imports(&self) -> BTreeSet<&'a str> {
        self.imports(true)
    }

    /// Ids of modules that run before it does, in their order.
    pub fn run_before(&self) -> Vec<String> {
        static_imports(self.compiled)
    }

    /// Whether it has an `await` at its top level.
    pub fn awaits(&self) -> bool {
        self.compiled.awaits
    }

    fn imports(&self, is_dynamic: bool) -> BTreeSet<&'a str> {
        let imports = self.compiled.imports.iter();
        let chosen = imports.filter(|i| (i.kind == ImportKind::Dynamic) == is_dynamic);
        gathered(chosen.filter_map(|import| match &import.resolution {
            Resolution::Module(id) => Some(id.as_str()),
            _ => None,
        }))
    }

    /// Line and column in the file, from 1, for a byte of the script; `None`
    /// where the file has nothing for it.
    pub fn original(&self, byte: u32) -> Option<(u32, u32)> {
        let offset = self.compiled.mappings.source_of(byte)?;
        Some(self.compiled.source.position(offset))
    }
}
