//! Files that the bundler asks for when an app first needs them: lists of what
//! large packages export, and the ready kit.

use std::collections::{BTreeMap, BTreeSet};

use protocol::app::Files;
use protocol::bundle::NeededFile;
use protocol::manifest::Index;

use super::{Build, Bundler};
use crate::gather::gathered;
use crate::language::split_query;
use crate::resolve::Resolution;

impl Bundler {
    /// Takes a file in that a build lacked ([`Build::missing`]).
    ///
    /// # Errors
    /// The text isn't what the manifest says of the file.
    pub fn supply(&mut self, file: &str, text: &str) -> Result<(), serde_json::Error> {
        self.checked.clear();
        if self
            .manifest
            .kit
            .as_ref()
            .is_some_and(|kit| kit.file == file)
        {
            self.project.fill_kit(serde_json::from_str(text)?);
            return Ok(());
        }
        let index: Index = serde_json::from_str(text)?;
        for (specifier, package) in &mut self.manifest.packages {
            if package.index.as_deref() == Some(file) {
                package.exports.clone_from(&index.exports);
                package.types.clone_from(&index.types);
                package.parts.clone_from(&index.parts);
                package.index = None;
                self.parts.add(specifier, package);
            }
        }
        self.manifest.files.extend(index.files);
        Ok(())
    }

    /// Builds with whatever it takes: `supply` gives the bundler a file that it lacks.
    ///
    /// # Errors
    /// Those of `supply`.
    pub fn build_whole<E>(
        &mut self,
        changes: BTreeMap<String, Option<String>>,
        supply: impl Fn(&mut Self, &str) -> Result<(), E>,
    ) -> Result<Build, E> {
        let mut build = self.build(changes);
        while !build.missing.is_empty() {
            for file in &build.missing {
                supply(self, file)?;
            }
            build = self.build(BTreeMap::new());
        }
        Ok(build)
    }

    /// Texts of files of the ready kit, as far as it has them.
    pub fn kit_files(&self, paths: &[String]) -> Files {
        let found = paths.iter().filter_map(|path| {
            let text = self.project.kit_text(path)?;
            Some((path.clone(), text.to_owned()))
        });
        gathered(found)
    }

    /// Files that must be there before imports can be checked.
    pub(super) fn missing(&self) -> BTreeSet<&str> {
        let kit = self.manifest.kit.as_ref();
        let mut missing = BTreeSet::new();
        for module in self.modules.values() {
            // What could be imported instead may stand in any list that isn't in the manifest.
            if !module.names.undeclared.is_empty() {
                let packages = self.manifest.packages.values();
                let named =
                    packages.filter(|package| package.in_prompt && package.exports.is_empty());
                missing.extend(named.filter_map(|package| package.index.as_deref()));
            }
            for import in &module.imports {
                match &import.resolution {
                    Resolution::Package { specifier, .. } => {
                        let package = self.manifest.packages.get(specifier);
                        missing.extend(package.and_then(|package| package.index.as_deref()));
                    }
                    Resolution::Module(id) if self.project.source(split_query(id).0).is_none() => {
                        missing.extend(kit.map(|kit| kit.file.as_str()));
                    }
                    _ => {}
                }
            }
        }
        missing
    }

    pub(super) fn needed(&self, file: String) -> NeededFile {
        let entry = self.manifest.files.get(&file);
        let integrity = entry.map(|entry| entry.integrity.clone());
        NeededFile {
            file,
            integrity: integrity.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use protocol::bundle::BuildOutput;

    use super::Bundler;

    fn changes(pairs: &[(&str, Option<&str>)]) -> BTreeMap<String, Option<String>> {
        pairs
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.map(str::to_owned)))
            .collect()
    }

    /// A bundler with icons whose names stand in a list, and a kit with two components.
    fn with_lists() -> Bundler {
        Bundler::new(
            serde_json::from_value(serde_json::json!({
                "version": 1,
                "packages": {
                    "icons": {
                        "category": "icons", "version": "1.0.0", "exports": [], "types": [],
                        "hasDefault": false, "file": "icons.js", "index": "icons.index.json",
                        "hint": "", "example": "", "inPrompt": true,
                    },
                },
                "blocked": {},
                "files": {},
                "kit": {
                    "file": "kit.json",
                    "paths": ["src/components/ui/button.tsx", "src/lib/utils.ts"],
                },
            }))
            .unwrap(),
        )
    }

    fn supply(bundler: &mut Bundler, file: &str) -> Result<(), serde_json::Error> {
        let text = match file {
            "kit.json" => serde_json::json!({
                "version": 1,
                "files": {
                    "src/components/ui/button.tsx": "import { cn } from '@/lib/utils'; export const Button = () => cn('bg-primary');",
                    "src/lib/utils.ts": "export const cn = (one: string) => one;",
                },
                "theme": ":root { --background: white }",
            }),
            _ => serde_json::json!({
                "version": 1,
                "exports": ["Plus"],
                "types": [],
                "parts": [{ "file": "icons-1.js", "exports": ["Plus"] }],
                "files": { "icons-1.js": { "bytes": 1, "gzip": 1, "brotli": 1, "integrity": "sha256-x" } },
            }),
        };
        bundler.supply(file, &text.to_string())
    }

    #[test]
    fn a_list_is_asked_for_when_its_package_is_imported() {
        let mut bundler = with_lists();
        let good = (
            "src/App.tsx",
            Some("import { Plus } from 'icons'; export default () => Plus;"),
        );
        let build = bundler.build(changes(&[good]));
        assert_eq!(build.missing, ["icons.index.json"]);
        assert_eq!(build.output, BuildOutput::default());
        supply(&mut bundler, "icons.index.json").unwrap();
        let output = bundler.build(changes(&[])).output;
        assert!(output.diagnostics.is_empty(), "{:?}", output.diagnostics);
        assert_eq!(output.modules.len(), 1);
        let files: Vec<(&str, &str)> = output
            .dependency_files
            .iter()
            .map(|needed| (needed.file.as_str(), needed.integrity.as_str()))
            .collect();
        assert_eq!(files, [("icons-1.js", "sha256-x")]);
        let wrong = (
            "src/App.tsx",
            Some("import { Plsu } from 'icons'; export default () => Plsu;"),
        );
        let build = bundler.build(changes(&[wrong]));
        assert!(build.missing.is_empty());
        let help = build.output.diagnostics[0].help.as_deref();
        assert_eq!(help, Some("Did you mean `Plus`?"));
        assert!(bundler.supply("icons.index.json", "[]").is_err());
    }

    #[test]
    fn a_name_without_an_import_is_looked_for_in_all_lists() {
        let mut bundler = with_lists();
        let app = ("src/App.tsx", Some("export default () => <Plus/>;"));
        let build = bundler.build_whole(changes(&[app]), supply).unwrap();
        let found = build.output.diagnostics.iter();
        let help: Vec<&str> = found.filter_map(|found| found.help.as_deref()).collect();
        assert!(
            help.contains(&"Import it: `import { Plus } from \"icons\";`"),
            "{help:?}"
        );
    }

    #[test]
    fn the_kit_stands_in_for_files_that_a_project_lacks() {
        let mut bundler = with_lists();
        let app = (
            "src/App.tsx",
            Some("import { Button } from '@/components/ui/button'; export default Button;"),
        );
        let ids = |build: &super::Build| -> Vec<String> {
            let modules = build.output.modules.iter();
            modules.map(|module| module.id.clone()).collect()
        };
        let build = bundler.build_whole(changes(&[app]), supply).unwrap();
        assert_eq!(
            ids(&build),
            [
                "src/lib/utils.ts",
                "src/components/ui/button.tsx",
                "src/App.tsx"
            ]
        );
        assert_eq!(
            build.output.kit,
            ["src/components/ui/button.tsx", "src/lib/utils.ts"]
        );
        let texts = bundler.kit_files(&["src/lib/utils.ts".to_owned(), "src/App.tsx".to_owned()]);
        assert_eq!(texts.len(), 1);
        let tailwind = build.tailwind.unwrap();
        assert!(tailwind.css.contains("--background: white"));
        assert!(tailwind.candidates.contains(&"bg-primary".to_owned()));

        let own = ("src/lib/utils.js", Some("export const cn = () => 'own';"));
        let build = bundler.build(changes(&[own]));
        assert_eq!(
            ids(&build),
            ["src/lib/utils.js", "src/components/ui/button.tsx"]
        );
        let build = bundler.build(changes(&[("src/lib/utils.js", None)]));
        assert_eq!(
            ids(&build),
            ["src/lib/utils.ts", "src/components/ui/button.tsx"]
        );

        bundler.reset();
        let themed = ("src/app.css", Some(":root { --background: black }"));
        let app = (
            "src/App.tsx",
            Some(
                "import './app.css'; import { Button } from '@/components/ui/buton'; export default Button;",
            ),
        );
        let output = bundler.build(changes(&[app, themed])).output;
        assert_eq!(output.diagnostics[0].code, "missing-file");
        assert!(output.diagnostics[0].fixes[0].title.contains("button"));
        let app = (
            "src/App.tsx",
            Some(
                "import './app.css'; import { Button } from '@/components/ui/button'; export default Button;",
            ),
        );
        let css = bundler.build(changes(&[app])).tailwind.unwrap().css;
        assert!(css.contains("black") && !css.contains("white"));
    }
}
