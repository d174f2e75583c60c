//! Repairs of import declarations: a name added, a default import made a named
//! one, a repeated name taken out.

use protocol::bundle::Span;

use super::Check;
use crate::module::Import;
use crate::scan::{ImportClause, NamedImport};
use crate::source::{ByteRange, to_u32};

/// A name to import, and from where.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) specifier: &'a str,
    pub(super) is_default: bool,
}

/// The declaration that an import is.
pub(super) fn clause<'a>(check: &'a Check<'_>, import: &Import) -> Option<&'a ImportClause> {
    check
        .module
        .names
        .clauses
        .iter()
        .find(|clause| Some(clause.source) == import.range)
}

/// Other names for a declaration; without any, the declaration goes.
pub(super) fn rewrite(
    check: &Check<'_>,
    clause: &ImportClause,
    default: Option<&str>,
    named: &[NamedImport],
) -> (Span, String) {
    let source = &check.module.source;
    if default.is_none() && clause.namespace.is_none() && named.is_empty() {
        let rest = source.text().get(clause.range.end as usize..);
        let line_end = rest.map_or(0, |rest| match rest {
            rest if rest.starts_with("\r\n") => 2,
            rest if rest.starts_with('\n') => 1,
            _ => 0,
        });
        let range = ByteRange {
            start: clause.range.start,
            end: clause.range.end + line_end,
        };
        return (source.span(range), String::new());
    }
    let head = ByteRange {
        start: clause.range.start + to_u32("import".len()),
        end: clause.source.start,
    };
    let mut parts: Vec<String> = default.map(str::to_owned).into_iter().collect();
    parts.extend(
        clause
            .namespace
            .as_ref()
            .map(|local| format!("* as {local}")),
    );
    let list: Vec<String> = named.iter().map(NamedImport::render).collect();
    if !list.is_empty() && source.slice(head).contains('\n') {
        parts.push(format!("{{\n  {},\n}}", list.join(",\n  ")));
    } else if !list.is_empty() {
        parts.push(format!("{{ {} }}", list.join(", ")));
    }
    (source.span(head), format!(" {} from ", parts.join(", ")))
}

/// An import of a name: in a declaration of the same package or file if there
/// is one that can take it, otherwise on a line of its own.
pub(super) fn add(check: &Check<'_>, wanted: &Wanted<'_>) -> (Span, String) {
    let known = &check.module.names;
    let taking = known.clauses.iter().find(|clause| {
        clause.specifier == wanted.specifier
            && clause.takes_names()
            && (!wanted.is_default || clause.default.is_none())
    });
    if let Some(clause) = taking {
        if wanted.is_default {
            return rewrite(check, clause, Some(wanted.name), &clause.named);
        }
        let mut named = clause.named.clone();
        named.push(NamedImport::plain(wanted.name));
        return rewrite(check, clause, clause.default.as_deref(), &named);
    }
    let line = declaration(wanted);
    let at = |offset| {
        check.module.source.span(ByteRange {
            start: offset,
            end: offset,
        })
    };
    match known.clauses.last() {
        Some(last) => (at(last.range.end), format!("\n{line}")),
        None => (at(known.insert_at), format!("{line}\n")),
    }
}

/// `import { name } from "specifier";`
pub(super) fn declaration(wanted: &Wanted<'_>) -> String {
    let Wanted {
        name,
        specifier,
        is_default,
    } = wanted;
    if *is_default {
        format!("import {name} from \"{specifier}\";")
    } else {
        format!("import {{ {name} }} from \"{specifier}\";")
    }
}
