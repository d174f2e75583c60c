//! `@import` and its like.

use super::tokens::{Kind, tokens};

/// `@import "target" suffix;` by byte offsets.
pub(super) struct ImportRule<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) target: &'a str,
    /// Whether it is an `@import`, rather than a `@reference` or `@config`.
    pub(super) is_import: bool,
    suffix: &'a str,
}

impl ImportRule<'_> {
    /// The imported rules under the conditions of the import.
    pub(super) fn wrap(&self, inner: &str) -> String {
        let suffix = self.suffix.trim();
        if suffix.is_empty() {
            return inner.to_owned();
        }
        if let Some(rest) = suffix.strip_prefix("layer(")
            && let Some((name, rest)) = rest.split_once(')')
        {
            let inner = ImportRule {
                suffix: rest,
                ..*self
            }
            .wrap(inner);
            return format!("@layer {name} {{\n{inner}}}\n");
        }
        if let Some(rest) = suffix.strip_prefix("supports(")
            && let Some((condition, rest)) = rest.rsplit_once(')')
        {
            let inner = ImportRule {
                suffix: rest,
                ..*self
            }
            .wrap(inner);
            return format!("@supports ({condition}) {{\n{inner}}}\n");
        }
        format!("@media {suffix} {{\n{inner}}}\n")
    }
}

/// The names of a style sheet's at-rules, in their order.
pub(crate) fn at_rules(text: &str) -> Vec<&str> {
    let tokens = tokens(text);
    tokens
        .iter()
        .zip(tokens.iter().skip(1))
        .filter(|(at, name)| at.is(b'@') && name.kind == Kind::Name)
        .map(|(_, name)| name.text)
        .collect()
}

/// Whether a style sheet imports Tailwind, whole or in layers.
pub(crate) fn imports_tailwind(text: &str) -> bool {
    import_rules(text).iter().any(|rule| {
        let path = rule.target.strip_prefix("tailwindcss");
        rule.is_import && path.is_some_and(|path| path.is_empty() || path.starts_with('/'))
    })
}

/// The rules of a style sheet that name other files.
pub(super) fn import_rules(text: &str) -> Vec<ImportRule<'_>> {
    let mut rules: Vec<ImportRule<'_>> = Vec::new();
    let tokens = tokens(text);
    for (at, word) in tokens.iter().zip(tokens.iter().skip(1)) {
        let is_import = word.text == "import";
        let is_rule = at.is(b'@') && (is_import || matches!(word.text, "reference" | "config"));
        let is_inside = rules.last().is_some_and(|rule| at.start < rule.end);
        if !is_rule || is_inside {
            continue;
        }
        let rest = text.get(word.end()..).unwrap_or_default();
        let Some((target, after)) = import_target(rest) else {
            continue;
        };
        let end_in_after = after.find(';').unwrap_or(after.len());
        rules.push(ImportRule {
            start: at.start,
            end: (text.len() - after.len() + end_in_after + 1).min(text.len()),
            target,
            is_import,
            suffix: after.get(..end_in_after).unwrap_or_default(),
        });
    }
    rules
}

/// The quoted or `url(…)` target after `@import`, and the text after it.
fn import_target(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let (rest, in_url) = match rest.strip_prefix("url(") {
        Some(inner) => (inner.trim_start(), true),
        None => (rest, false),
    };
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (target, after) = match quote {
        Some(quote) => rest.get(1..)?.split_once(quote)?,
        None if in_url => {
            let end = rest.find(')')?;
            (rest.get(..end)?.trim(), rest.get(end..)?)
        }
        None => return None,
    };
    let after = if in_url {
        after.trim_start().strip_prefix(')')?
    } else {
        after
    };
    Some((target, after))
}
