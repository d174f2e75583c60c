//! `?inline`: a style sheet as text, for code that puts it where it likes. It
//! isn't a part of the app's own sheet. Sheets and files that it names are
//! imports of the module, so that each change costs one module.

use std::rc::Rc;

use protocol::bundle::Diagnostic;

use super::rules::import_rules;
use super::scope::scope;
use super::urls::{Url, urls};
use super::{MAX_ALIKE, beside, is_of_network, range, unreachable};
use crate::assets;
use crate::language::FileKind;
use crate::literal::string_literal;
use crate::module::{Compiled, Import, ImportKind};
use crate::resolve::Resolution;
use crate::source::{ByteRange, Source};

/// What comes in the place of a part of the sheet: text, the value of an
/// import, and text again.
struct Part {
    start: usize,
    end: usize,
    before: String,
    import: Option<usize>,
    after: String,
}

/// The module of a style sheet under `?inline`.
pub(crate) fn text(
    id: &str,
    path: &str,
    source: &Rc<Source>,
    resolve: &dyn Fn(&str) -> Resolution,
) -> Compiled {
    let mut inline = Inline {
        resolve,
        imports: Vec::new(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
    };
    inline.read(path, source);
    if FileKind::of(path) == FileKind::CssModule {
        let edits = scope(path, source).edits.into_iter();
        inline.parts.extend(edits.map(|edit| Part {
            start: edit.start,
            end: edit.end,
            before: edit.text,
            import: None,
            after: String::new(),
        }));
    }
    let body = inline.body(source.text());
    let exports = vec!["default".to_owned()];
    let mut compiled = assets::module(id, source, "default: () => css", &body, exports);
    compiled.imports = inline.imports;
    compiled.diagnostics = inline.diagnostics;
    compiled
}

struct Inline<'a> {
    resolve: &'a dyn Fn(&str) -> Resolution,
    imports: Vec<Import>,
    parts: Vec<Part>,
    diagnostics: Vec<Diagnostic>,
}

impl Inline<'_> {
    fn read(&mut self, file: &str, source: &Source) {
        let rules = import_rules(source.text());
        for rule in rules.iter().filter(|rule| rule.is_import) {
            // The mark stands for the imported rules among their conditions.
            let wrapped = rule.wrap("\0");
            let (before, after) = wrapped.split_once('\0').unwrap_or_default();
            let import = if is_of_network(rule.target) {
                if self.diagnostics.len() < MAX_ALIKE {
                    self.diagnostics.push(unreachable(file, source, rule));
                }
                None
            } else {
                let place = range(rule.start, rule.end);
                Some(self.import(rule.target, "?inline", place, ImportKind::Static))
            };
            self.parts.push(Part {
                start: rule.start,
                end: rule.end,
                before: before.to_owned(),
                import,
                after: after.to_owned(),
            });
        }
        for url in urls(source.text()) {
            let Url { start, end, .. } = url;
            let is_in_rule = rules
                .iter()
                .any(|rule| (rule.start..rule.end).contains(&start));
            let Some(file) = url.file().filter(|_| !is_in_rule) else {
                continue;
            };
            let import = self.import(&file, "?url", range(start, end), ImportKind::Address);
            if !self.is_module(import) {
                continue;
            }
            self.parts.push(Part {
                start,
                end,
                before: "url(\"".to_owned(),
                import: Some(import),
                after: format!("{}\")", url.fragment()),
            });
        }
    }

    /// Notes what a target means.
    fn import(&mut self, target: &str, query: &str, range: ByteRange, kind: ImportKind) -> usize {
        let (specifier, resolution) = beside(target, query, self.resolve);
        self.imports.push(Import {
            specifier,
            resolution,
            range: Some(range),
            kind,
            names: Vec::new(),
            is_whole: false,
        });
        self.imports.len() - 1
    }

    fn is_module(&self, import: usize) -> bool {
        let import = self.imports.get(import);
        import.is_some_and(|import| matches!(import.resolution, Resolution::Module(_)))
    }

    fn body(&mut self, text: &str) -> String {
        self.parts.sort_by_key(|part| part.start);
        let mut values: Vec<String> = Vec::new();
        let mut between = String::new();
        let mut copied = 0;
        for part in &self.parts {
            between.push_str(text.get(copied..part.start).unwrap_or_default());
            between.push_str(&part.before);
            copied = part.end;
            let import = part.import.and_then(|index| self.imports.get(index));
            if let Some(Resolution::Module(id)) = import.map(|import| &import.resolution) {
                values.push(string_literal(&between));
                values.push(format!("__require({}).default", string_literal(id)));
                between.clear();
            }
            between.push_str(&part.after);
        }
        between.push_str(text.get(copied..).unwrap_or_default());
        values.push(string_literal(&between));
        // Declared first, because sheets that import each other ask before it is done.
        format!("var css = \"\"; css = {};", values.join(" + "))
    }
}
