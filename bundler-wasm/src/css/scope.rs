//! CSS modules: the names of a `.module.css` file become names of its own, and
//! a module tells code what they are.

use std::collections::{BTreeMap, BTreeSet};

use protocol::bundle::Diagnostic;

use super::Edit;
use super::tokens::{Kind, Token, tokens, unescaped};
use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::source::{ByteRange, Source, to_u32};

/// Classes that one rule may compose others for: each of them gets all.
const MAX_COMPOSING: usize = 100;

/// More findings in one sheet than this are noise.
const MAX_FINDINGS: usize = 20;

/// What a style sheet's local names come to.
#[derive(Default)]
pub(super) struct Scoped {
    /// Changes to the text.
    pub(super) edits: Vec<Edit>,
    /// By local name: classes, ids and keyframes.
    pub(super) names: BTreeMap<String, Local>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One local name.
#[derive(Default)]
pub(super) struct Local {
    /// The name in the app's style sheet.
    pub(super) scoped: String,
    pub(super) composes: Vec<Composed>,
}

/// A class that another one brings along.
pub(super) struct Composed {
    pub(super) name: String,
    pub(super) range: ByteRange,
    pub(super) from: Origin,
}

/// Where it is.
#[derive(Clone)]
pub(super) enum Origin {
    Here,
    Global,
    /// The specifier of another sheet, and where it is written.
    Sheet(String, ByteRange),
}

/// Gives the local names of a style sheet names of its own.
pub(super) fn scope(path: &str, source: &Source) -> Scoped {
    let tokens = tokens(source.text());
    let mut scope = Scope {
        path,
        source,
        tokens: &tokens,
        keyframes: keyframes(&tokens),
        blocks: Vec::new(),
        scoped: Scoped::default(),
    };
    scope.sheet();
    scope.check_composed();
    scope.scoped
}

/// `{ … }` that is open.
#[derive(Clone, Default)]
struct Block {
    /// Names in it are those of the page.
    is_global: bool,
    kind: BlockKind,
    /// `:global { … }`, whose braces go.
    is_unwrapped: bool,
    /// Classes that its declarations are about; `None` when the selector is
    /// more than class names.
    classes: Option<Vec<String>>,
}

/// Where a block stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum BlockKind {
    /// In no rule with a selector.
    #[default]
    Top,
    /// In one.
    Rule,
    Keyframes,
}

struct Scope<'a> {
    path: &'a str,
    source: &'a Source,
    tokens: &'a [Token<'a>],
    keyframes: BTreeSet<&'a str>,
    blocks: Vec<Block>,
    scoped: Scoped,
}

/// Names of the sheet's `@keyframes`: other names in `animation` are keywords,
/// or keyframes of the page.
fn keyframes<'a>(tokens: &[Token<'a>]) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    let mut solid = tokens.iter().filter(|token| !token.is_blank());
    while let Some(token) = solid.next() {
        if token.kind == Kind::Name
            && token.text.ends_with("keyframes")
            && let Some(name) = solid.next().filter(|name| name.kind == Kind::Name)
        {
            names.insert(name.text);
        }
    }
    names
}

impl<'a> Scope<'a> {
    fn sheet(&mut self) {
        let mut start = 0;
        let mut depth = 0_u32;
        let mut index = 0;
        while let Some(token) = self.tokens.get(index) {
            match token.kind {
                Kind::Sign(b'(' | b'[') => depth += 1,
                Kind::Sign(b')' | b']') => depth = depth.saturating_sub(1),
                Kind::Sign(b'{') => {
                    self.open(start, index);
                    (start, depth) = (index + 1, 0);
                }
                Kind::Sign(b'}') => {
                    self.declaration(start, index);
                    if self.blocks.pop().is_some_and(|block| block.is_unwrapped) {
                        self.edit(token.start, token.end(), "");
                    }
                    (start, depth) = (index + 1, 0);
                }
                Kind::Sign(b';') if depth == 0 => {
                    self.declaration(start, index);
                    start = index + 1;
                }
                _ => {}
            }
            index += 1;
        }
    }

    /// The tokens from `start` to `end` that say something.
    fn solid(&self, start: usize, end: usize) -> Vec<Token<'a>> {
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        tokens
            .iter()
            .filter(|token| !token.is_blank())
            .copied()
            .collect()
    }

    fn edit(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.scoped.edits.push(Edit {
            start,
            end,
            text: text.into(),
        });
    }

    /// What stands before a `{`.
    fn open(&mut self, start: usize, end: usize) {
        let prelude = self.solid(start, end);
        let outer = self.blocks.last().cloned().unwrap_or_default();
        let mut block = Block {
            is_unwrapped: false,
            ..outer.clone()
        };
        match prelude.as_slice() {
            [at, name, rest @ ..] if at.is(b'@') => {
                if name.text.ends_with("keyframes") {
                    block.kind = BlockKind::Keyframes;
                    if let Some(name) = rest.first().filter(|name| name.kind == Kind::Name)
                        && !block.is_global
                    {
                        self.rename(name);
                    }
                } else if name.text == "scope" {
                    self.selector(rest, block.is_global);
                }
            }
            // A custom property whose value is a block.
            [name, colon, ..] if name.text.starts_with("--") && colon.is(b':') => {}
            // `from` and `50%` select nothing.
            _ if outer.kind == BlockKind::Keyframes => {}
            [colon, word] if colon.is(b':') && matches!(word.text, "global" | "local") => {
                block.is_global = word.text == "global";
                let brace = self.tokens.get(end).map_or(word.end(), Token::end);
                if outer.kind == BlockKind::Rule {
                    self.edit(colon.start, word.end(), "&");
                } else {
                    block.is_unwrapped = true;
                    self.edit(colon.start, brace, "");
                }
            }
            selector => {
                block.classes = self.selector(selector, block.is_global);
                block.kind = BlockKind::Rule;
            }
        }
        self.blocks.push(block);
    }

    /// Renames what a selector names. Gives its classes, if it is nothing but
    /// a list of single ones.
    fn selector(&mut self, selector: &[Token<'a>], is_global: bool) -> Option<Vec<String>> {
        let mut classes = Vec::new();
        let mut is_plain = true;
        let mut parts = 0;
        // For each open parenthesis: what holds in it, what holds around it,
        // and whether it belongs to a `:global(…)`.
        let mut levels = vec![(is_global, is_global, false)];
        let mut index = 0;
        while let Some(token) = selector.get(index) {
            let next = selector.get(index + 1);
            let follows = next.filter(|next| next.kind == Kind::Name && next.start == token.end());
            let depth = levels.len();
            let level = levels.last_mut();
            let here = level.as_ref().map_or(is_global, |level| level.0);
            index += 1;
            match (token.kind, follows) {
                (Kind::Sign(b'.' | b'#'), Some(name)) => {
                    index += 1;
                    parts += 1;
                    if here {
                        is_plain = false;
                    } else {
                        self.rename(name);
                        is_plain &= token.is(b'.') && parts == 1;
                        classes.push(unescaped(name.text));
                    }
                }
                (Kind::Sign(b':'), Some(word)) if matches!(word.text, "global" | "local") => {
                    index += 1;
                    let names_are_global = word.text == "global";
                    let opens = selector.get(index).filter(|t| t.is(b'('));
                    if let Some(open) = opens {
                        index += 1;
                        is_plain &= !names_are_global;
                        levels.push((names_are_global, names_are_global, true));
                        self.edit(token.start, open.end(), "");
                    } else {
                        if let Some(level) = level {
                            level.0 = names_are_global;
                        }
                        let end = selector.get(index).map_or(word.end(), |after| after.start);
                        self.edit(token.start, end, "");
                    }
                }
                (Kind::Sign(b'('), _) => {
                    is_plain = false;
                    levels.push((here, here, false));
                }
                (Kind::Sign(b')'), _) if depth > 1 => {
                    if levels.pop().is_some_and(|(_, _, is_removed)| is_removed) {
                        self.edit(token.start, token.end(), "");
                    }
                }
                (Kind::Sign(b','), _) => {
                    parts = 0;
                    if let Some(level) = level {
                        level.0 = level.1;
                    }
                }
                (Kind::Sign(b'['), _) => {
                    is_plain = false;
                    while selector.get(index).is_some_and(|token| !token.is(b']')) {
                        index += 1;
                    }
                }
                _ => is_plain = false,
            }
        }
        let is_short = (1..=MAX_COMPOSING).contains(&classes.len());
        (is_plain && is_short).then_some(classes)
    }

    /// Gives a local name its place in the app's style sheet.
    fn rename(&mut self, name: &Token<'_>) {
        let local = unescaped(name.text);
        let (before, after) = affixes(self.path, &local);
        self.edit(name.start, name.start, before.clone());
        self.edit(name.end(), name.end(), after.clone());
        let scoped = format!("{before}{local}{after}");
        self.scoped.names.entry(local).or_default().scoped = scoped;
    }

    fn declaration(&mut self, start: usize, end: usize) {
        let solid = self.solid(start, end);
        let block = self.blocks.last().cloned().unwrap_or_default();
        let (first, rest) = match solid.as_slice() {
            [at, name, ..] if at.is(b'@') && name.text == "value" => {
                return self.refuse_value(at.start, name.end());
            }
            [name, colon, rest @ ..] if colon.is(b':') => (name, rest),
            _ => return,
        };
        let property = first.text.to_ascii_lowercase();
        match property
            .trim_start_matches("-webkit-")
            .trim_start_matches("-moz-")
        {
            "composes" => {
                // The semicolon goes too.
                let end = self.tokens.get(end).filter(|t| t.is(b';')).map(Token::end);
                let last = rest.last().map_or(first.end(), Token::end);
                self.edit(first.start, end.unwrap_or(last), "");
                let range = range(first.start, last);
                self.composes(rest, block.classes.as_deref().unwrap_or_default(), range);
            }
            "animation" | "animation-name" if !block.is_global => {
                for name in rest {
                    if name.kind == Kind::Name && self.keyframes.contains(name.text) {
                        self.rename(name);
                    }
                }
            }
            _ => {}
        }
    }

    fn refuse_value(&mut self, start: usize, end: usize) {
        if self.scoped.diagnostics.len() >= MAX_FINDINGS {
            return;
        }
        let diagnostic = diagnostic::at(
            codes::UNSUPPORTED_CSS,
            self.path,
            self.source,
            range(start, end),
            "`@value` is left as it is, which browsers don't understand.",
        );
        self.scoped.diagnostics.push(
            diagnostic
                .help("Use a custom property: `--name: value` in :root, and `var(--name)`.")
                .warning(),
        );
    }

    /// `composes: a b from "./c.module.css", d from global`
    fn composes(&mut self, value: &[Token<'a>], classes: &[String], range: ByteRange) {
        if classes.is_empty() {
            // Room for errors is left behind the warnings.
            if self.scoped.diagnostics.len() >= 2 * MAX_FINDINGS {
                return;
            }
            let diagnostic = diagnostic::at(
                codes::UNSUPPORTED_CSS,
                self.path,
                self.source,
                range,
                "`composes` stands in a rule whose selector is a single class.",
            );
            self.scoped.diagnostics.push(
                diagnostic.help(
                    "Give the rule a selector such as `.name`, or write the declarations here.",
                ),
            );
            return;
        }
        for part in value.split(|token| token.is(b',')) {
            let at = part.iter().position(|token| token.text == "from");
            let (names, from) = part.split_at(at.unwrap_or(part.len()));
            let from = match from.get(1) {
                None => Origin::Here,
                Some(sheet) if sheet.kind == Kind::String => Origin::Sheet(
                    sheet.inner().to_owned(),
                    self::range(sheet.start, sheet.end()),
                ),
                Some(_) => Origin::Global,
            };
            for name in names.iter().filter(|name| name.kind == Kind::Name) {
                for class in classes {
                    let local = self.scoped.names.entry(class.clone()).or_default();
                    local.composes.push(Composed {
                        name: unescaped(name.text),
                        range: self::range(name.start, name.end()),
                        from: from.clone(),
                    });
                }
            }
        }
    }

    /// A class that is composed must be one of this sheet, unless it says from where.
    fn check_composed(&mut self) {
        let names = &self.scoped.names;
        let unknown = names
            .values()
            .flat_map(|local| &local.composes)
            .filter(|one| matches!(one.from, Origin::Here) && !names.contains_key(&one.name));
        let found: Vec<Diagnostic> = unknown
            .take(MAX_FINDINGS)
            .map(|one| {
                let message = format!("There is no class `{}` in `{}`.", one.name, self.path);
                diagnostic::at(codes::UNKNOWN_CLASS, self.path, self.source, one.range, message)
                    .help("Write the class's rule, or say where it is: `composes: name from \"./other.module.css\"`.")
            })
            .collect();
        self.scoped.diagnostics.extend(found);
    }
}

fn range(start: usize, end: usize) -> ByteRange {
    ByteRange {
        start: to_u32(start),
        end: to_u32(end),
    }
}

/// What goes before and after a local name: the file's name, so that people
/// recognise it, and a hash of path and name, so that no other file has it.
fn affixes(path: &str, local: &str) -> (String, String) {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.strip_suffix(".module.css").unwrap_or(file);
    let mut before: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if before.starts_with(|c: char| c.is_ascii_digit()) {
        before.insert(0, '_');
    }
    before.push('_');
    // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
    let bytes = path.bytes().chain([0]).chain(local.bytes());
    let mut hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mut after = String::from("_");
    for _ in 0..5 {
        after.extend(char::from_digit(hash % 36, 36));
        hash /= 36;
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `_` around every local name.
    fn scoped(css: &str) -> String {
        let source = Source::new(css);
        let mut scoped = scope("a.module.css", &source);
        for edit in &mut scoped.edits {
            if edit.start == edit.end {
                edit.text = "_".to_owned();
            }
        }
        super::super::apply(css, scoped.edits)
    }

    #[test]
    fn classes_ids_and_keyframes_are_local() {
        for (css, expected) in [
            (".a.b>#c:not(.d):hover{}", "._a_._b_>#_c_:not(._d_):hover{}"),
            (".a{&:hover .b{}.5s:0}", "._a_{&:hover ._b_{}.5s:0}"),
            ("@media (x){.a{color:red}}", "@media (x){._a_{color:red}}"),
            ("@layer a.b{.c{}}", "@layer a.b{._c_{}}"),
            ("@scope (.a) to (.b){}", "@scope (._a_) to (._b_){}"),
            ("[data-x='.a'][b=\\.c]{}", "[data-x='.a'][b=\\.c]{}"),
            (
                "@keyframes in{from{top:1.5px}}.a{animation:in 1s ease-in}",
                "@keyframes _in_{from{top:1.5px}}._a_{animation:_in_ 1s ease-in}",
            ),
            (".a{--x:{.b:c};margin:.5em}", "._a_{--x:{.b:c};margin:.5em}"),
            (".\\31 0{}", "._\\31 0_{}"),
            (
                ".a{background:url(x.b)}/* .c */",
                "._a_{background:url(x.b)}/* .c */",
            ),
        ] {
            assert_eq!(scoped(css), expected);
        }
    }

    #[test]
    fn names_of_the_page_stay() {
        for (css, expected) in [
            (":global(.a) .b{}", ".a ._b_{}"),
            (":global .a .b, .c{}", ".a .b, ._c_{}"),
            (".a :global .b :local .c{}", "._a_ .b ._c_{}"),
            (":local(.a):not(:global(.b)){}", "._a_:not(.b){}"),
            (":global { .a{} } .b{}", " .a{}  ._b_{}"),
            (".a{:global{.b{}}}", "._a_{&{.b{}}}"),
        ] {
            assert_eq!(scoped(css), expected);
        }
    }

    #[test]
    fn odd_texts_are_survived() {
        for css in [
            ".",
            ".a{",
            "}}",
            ":global(",
            ".a{composes",
            "@",
            "@keyframes",
            ")]",
            ".a{composes:}",
        ] {
            scoped(css);
        }
    }

    #[test]
    fn names_depend_on_path_and_name() {
        assert_eq!(
            affixes("src/a.module.css", "x"),
            affixes("src/a.module.css", "x")
        );
        assert_ne!(
            affixes("src/a.module.css", "x"),
            affixes("lib/a.module.css", "x")
        );
        assert_eq!(affixes("3 d.module.css", "x").0, "_3_d_");
    }
}
