//! What a file exports as far as its text shows: the files that a forgotten
//! import would bring in belong to no app yet, so they aren't compiled.

use crate::language::FileKind;

/// Whether a file exports a component or hook of this name: `Some(true)` as
/// its default export, `Some(false)` by name.
pub(super) fn exports(path: &str, text: &str, name: &str) -> Option<bool> {
    if !matches!(FileKind::of(path), FileKind::Code(_)) || !text.contains(name) {
        return None;
    }
    let mut found = None;
    for (at, _) in text.match_indices("export") {
        let starts_line = text
            .get(..at)
            .is_some_and(|before| before.is_empty() || before.ends_with(['\n', ';', '}']));
        let Some(rest) = text.get(at + "export".len()..).filter(|_| starts_line) else {
            continue;
        };
        match export(rest.trim_start(), name) {
            Some(false) => return Some(false),
            Some(true) => found = Some(true),
            None => {}
        }
    }
    found
}

/// The same of one export, from what follows the keyword.
fn export(rest: &str, name: &str) -> Option<bool> {
    if let Some(list) = rest.strip_prefix('{') {
        let list = list.split('}').next().unwrap_or_default();
        return list.split(',').find_map(|one| {
            let (local, exported) = match one.trim().split_once(" as ") {
                Some((local, exported)) => (local.trim(), exported.trim()),
                None => (one.trim(), one.trim()),
            };
            match exported {
                "default" => (local == name).then_some(true),
                exported => (exported == name).then_some(false),
            }
        });
    }
    let mut rest = rest;
    let mut is_default = false;
    for keyword in ["default", "async"] {
        if let Some(after) = word(rest, keyword) {
            is_default |= keyword == "default";
            rest = after;
        }
    }
    let declared = ["function", "const", "let", "class"]
        .iter()
        .find_map(|keyword| word(rest, keyword));
    // `export default Name` and `export default memo(Name)`
    let wrapped = || {
        let (_, inner) = rest.split_once('(')?;
        Some(inner)
    };
    let is_named = |rest: &str| word(rest, name).is_some();
    let is_it = match declared {
        Some(declared) => is_named(declared),
        None if is_default => is_named(rest) || wrapped().is_some_and(is_named),
        None => false,
    };
    is_it.then_some(is_default)
}

/// What follows a whole word and the space after it.
fn word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let ends =
        !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "_$".contains(c) || !c.is_ascii());
    ends.then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::exports;

    #[test]
    fn exports_are_told_from_the_text() {
        let of = |text| exports("src/a.tsx", text, "Card");
        assert_eq!(of("export default function Card() {}"), Some(true));
        assert_eq!(of("import x;\nexport function Card() {}"), Some(false));
        assert_eq!(of("export const Card: FC = () => null"), Some(false));
        assert_eq!(of("const Card = 1;\nexport default Card;"), Some(true));
        assert_eq!(of("export default memo(Card)"), Some(true));
        assert_eq!(of("export {\n  A,\n  B as Card,\n};"), Some(false));
        assert_eq!(of("export { Card as default }"), Some(true));
        assert_eq!(of("export function Cards() {}"), None);
        assert_eq!(of("// to export Card, …\nconst Card = 1"), None);
        assert_eq!(of("export type Card = 1"), None);
        assert_eq!(exports("a.css", "export const Card = 1", "Card"), None);
    }
}
