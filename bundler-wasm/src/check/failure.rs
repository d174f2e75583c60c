//! Imports that lead nowhere, each with its cause and the next step.

use protocol::bundle::Diagnostic;

use super::Check;
use crate::address::{self, Address, Missing};
use crate::codes;
use crate::diagnostic::DiagnosticExt;
use crate::language::{FileKind, IMPLIED_ENDINGS};
use crate::module::Import;
use crate::resolve::{Failure, package_name};
use crate::suggest;

/// The diagnostic for an import that failed to resolve.
pub(super) fn explain(check: &Check<'_>, import: &Import, failure: &Failure) -> Diagnostic {
    let ending = import.specifier.rsplit_once('.').map(|(_, ending)| ending);
    if ending == Some("node") && *failure != Failure::Url {
        return native_module(check, import);
    }
    match failure {
        Failure::MissingFile(path) => missing_file(check, import, path),
        Failure::OutsideProject => check
            .at_import(
                import,
                codes::INVALID_PATH,
                format!("`{}` leads out of the project.", import.specifier),
            )
            .help("Import files of the project only: from the folder of this file with ./ or ../, or from src with @/."),
        Failure::UnsupportedFile(path) => check
            .at_import(
                import,
                codes::UNSUPPORTED_FILE,
                format!("`{path}` can't be imported."),
            )
            .help(unsupported_file_help(path, &import.specifier)),
        Failure::UnsupportedQuery(path) => check
            .at_import(
                import,
                codes::UNSUPPORTED_QUERY,
                format!("`{path}` can't be imported as `{}`.", import.specifier),
            )
            .help("Texts can be imported with ?raw, everything with ?url, and .svg files with ?react; workers and streamed WebAssembly aren't available."),
        Failure::Url => url(check, import),
        Failure::NodeBuiltin => node_builtin(check, import),
        Failure::Blocked(key) => blocked(check, import, key),
        Failure::UnknownPackage(name) => unknown_package(check, import, name),
    }
}

fn native_module(check: &Check<'_>, import: &Import) -> Diagnostic {
    let message = format!(
        "`{}` is machine code for Node, and can't run in a browser.",
        shown(&import.specifier)
    );
    check
        .at_import(import, codes::NATIVE_MODULE, message)
        .help("Remove the import: use what the browser has, or an approved package.")
}

fn unsupported_file_help(path: &str, specifier: &str) -> String {
    match path.rsplit('.').next() {
        Some("scss" | "sass" | "less" | "styl") => {
            "Write it as a .css file: nesting and variables are a part of CSS.".to_owned()
        }
        Some("vue" | "svelte" | "astro") => "Write the component as a .tsx file.".to_owned(),
        _ => format!(
            "Import its text with `{specifier}?raw`, or its address with `{specifier}?url`."
        ),
    }
}

fn missing_file(check: &Check<'_>, import: &Import, path: &str) -> Diagnostic {
    if check.project.is_oversized(path) {
        return check
            .at_import(
                import,
                codes::MISSING_FILE,
                format!("`{path}` is too large to be compiled, so it can't be imported."),
            )
            .help("Split that file.");
    }
    let diagnostic = check.at_import(
        import,
        codes::MISSING_FILE,
        format!(
            "There is no file for `{}` (looked for `{path}`).",
            import.specifier
        ),
    );
    let near = near_files(check, path);
    let Some(first) = near.first() else {
        return diagnostic.help(match path.strip_prefix("src/components/ui/") {
            Some(name) => format!(
                "shadcn/ui's components aren't a package: write the component into src/components/ui/{name}.tsx, or use plain elements."
            ),
            None => "Create the file, or remove the import.".to_owned(),
        });
    };
    let diagnostic = diagnostic.help(format!("Did you mean {}?", suggest::quoted_list(&near)));
    let query = import.specifier.find('?');
    let query = query.and_then(|at| import.specifier.get(at..));
    let specifier = relative(check.file, first) + query.unwrap_or_default();
    with_specifier(check, import, diagnostic, &specifier)
}

/// A file that an attribute or a sheet names and that isn't there.
pub(super) fn missing_address(check: &Check<'_>, import: &Import, failure: &Failure) -> Diagnostic {
    let wanted = match (address::shown(&import.specifier), failure) {
        // Addresses in a sheet begin at its folder.
        (written, Failure::MissingFile(path)) if !written.starts_with('/') => path,
        (written, _) => written,
    };
    let Missing {
        message,
        help,
        near,
    } = address::missing(check.project, wanted);
    let mut diagnostic = check
        .at_import(import, codes::MISSING_FILE, message)
        .help(help)
        .warning();
    // Only where the address is the whole text, not where it is one of a list.
    if let Some(range) = import.range
        && let quoted = check.module.source.slice(range)
        && let Some(quote) = quoted.chars().next().filter(|c| "\"'`".contains(*c))
        && Address::of(quoted.trim_matches(quote))
            .is_some_and(|one| one.specifier == import.specifier)
    {
        let span = check.module.source.span(range);
        for address in near {
            diagnostic = diagnostic.fix(
                format!("Use {address}"),
                span,
                format!("{quote}{address}{quote}"),
            );
        }
    }
    diagnostic
}

/// Files that a path was probably meant to name, best first: those that differ
/// in capitals and ending only, then those of the same name elsewhere, then
/// those of a similar path.
fn near_files<'a>(check: &'a Check<'_>, path: &str) -> Vec<&'a str> {
    let files = || {
        let paths = check.project.paths().chain(check.project.kit_paths());
        paths.filter(|other| is_importable(other) && *other != check.file)
    };
    let bare = stem(path).to_ascii_lowercase();
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let is_same = |other: &&str| stem(other).to_ascii_lowercase() == bare;
    let is_namesake = |other: &&str| name(&stem(other).to_ascii_lowercase()) == name(&bare);
    let mut near: Vec<&str> = files().filter(is_same).collect();
    near.extend(files().filter(|other| is_namesake(other) && !is_same(other)));
    if near.is_empty() {
        // The folder's letters count for little when the name is another one.
        let is_like = |stem: &str| match (name(&bare), name(stem)) {
            (Some(wanted), Some(own)) => {
                wanted == own || !suggest::nearest(&wanted, [own.as_str()]).is_empty()
            }
            _ => false,
        };
        let stems = suggest::nearest(&bare, files().map(stem));
        for stem in stems.into_iter().filter(|stem| is_like(stem)) {
            near.extend(files().find(|other| self::stem(other) == stem));
        }
    }
    near.truncate(3);
    near
}

/// A repair that replaces the specifier, quotes and all.
fn with_specifier(
    check: &Check<'_>,
    import: &Import,
    diagnostic: Diagnostic,
    specifier: &str,
) -> Diagnostic {
    let Some(range) = import.range else {
        return diagnostic;
    };
    let written = check.module.source.slice(range).chars().next();
    let quote = written.filter(|c| "'`".contains(*c)).unwrap_or('"');
    let span = check.module.source.span(range);
    diagnostic.fix(
        format!("Import from {specifier} instead"),
        span,
        format!("{quote}{specifier}{quote}"),
    )
}

fn is_importable(path: &str) -> bool {
    FileKind::of(path) != FileKind::Other
}

/// A path without the ending that an import may leave out.
pub(super) fn stem(path: &str) -> &str {
    IMPLIED_ENDINGS
        .iter()
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path)
}

/// How a file is imported from another one.
pub(super) fn relative(from: &str, to: &str) -> String {
    let to = stem(to);
    let folder: Vec<&str> = from.split('/').collect();
    let folder = folder.split_last().map_or(&[][..], |(_, folder)| folder);
    let target: Vec<&str> = to.split('/').collect();
    let shared = folder
        .iter()
        .zip(target.iter().take(target.len().saturating_sub(1)))
        .take_while(|(a, b)| a == b)
        .count();
    let ups = "../".repeat(folder.len() - shared);
    let rest: Vec<&str> = target.into_iter().skip(shared).collect();
    let start = if ups.is_empty() { "./" } else { &ups };
    format!("{start}{}", rest.join("/"))
}

fn url(check: &Check<'_>, import: &Import) -> Diagnostic {
    let diagnostic = check.at_import(
        import,
        codes::URL_IMPORT,
        format!(
            "`{}` can't be imported: the app's frame loads no code by address.",
            shown(&import.specifier)
        ),
    );
    match named_in_url(check, &import.specifier) {
        Some(package) => {
            let diagnostic = diagnostic.help(format!(
                "Import from `{package}` instead: it is ready to use."
            ));
            with_specifier(check, import, diagnostic, &package)
        }
        None => diagnostic.help(
            "Import an approved package by its name, or write the code in a file of the project.",
        ),
    }
}

/// The approved package that an address of a CDN names: `https://esm.sh/react@18`.
fn named_in_url(check: &Check<'_>, url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let without_version = |segment: &str| {
        let at = segment.char_indices().skip(1).find(|(_, c)| *c == '@');
        at.and_then(|(index, _)| segment.get(..index))
            .unwrap_or(segment)
            .to_owned()
    };
    (0..segments.len()).find_map(|start| {
        let rest = segments.get(start..)?;
        let name = match rest {
            [scope, name, ..] if scope.starts_with('@') => {
                format!("{scope}/{}", without_version(name))
            }
            [name, ..] => without_version(name),
            [] => return None,
        };
        check.manifest.packages.contains_key(&name).then_some(name)
    })
}

fn node_builtin(check: &Check<'_>, import: &Import) -> Diagnostic {
    let name = import.specifier.trim_start_matches("node:");
    let help = match package_name(name) {
        "fs" => {
            "Keep data in localStorage, or in a .json or .ts file of the project that you import."
        }
        "path" | "url" => {
            "Join paths with template literals, and take addresses apart with the URL class."
        }
        "crypto" => "Use the browser's own: crypto.randomUUID() and crypto.subtle.",
        "http" | "https" | "net" | "tls" => {
            "The app's frame has no network: keep sample data in a file of the project."
        }
        "events" => "Keep state in React, or use the browser's EventTarget.",
        "buffer" => "Use Uint8Array, TextEncoder and TextDecoder.",
        "util" | "assert" => "Write the few lines that you need in src/lib.",
        _ => "Remove the import: use what the browser has, or an approved package.",
    };
    check
        .at_import(
            import,
            codes::NODE_BUILTIN,
            format!(
                "`{}` is a part of Node, and doesn't exist in a browser.",
                import.specifier
            ),
        )
        .help(help)
}

fn blocked(check: &Check<'_>, import: &Import, key: &str) -> Diagnostic {
    let Some(entry) = check.manifest.blocked.get(key) else {
        return unknown_package(check, import, key);
    };
    let reason = entry.reason.trim_end_matches('.');
    let diagnostic = check
        .at_import(
            import,
            codes::BLOCKED_PACKAGE,
            format!("`{key}` can't be used: {reason}."),
        )
        .help(entry.replacement.clone());
    match &entry.rewrite_to {
        Some(target) => with_specifier(check, import, diagnostic, target),
        None => diagnostic,
    }
}

fn unknown_package(check: &Check<'_>, import: &Import, name: &str) -> Diagnostic {
    let specifier = shown(&import.specifier);
    // `npm:react`, `react@18`: right name, wrong spelling.
    let plain = unversioned(&import.specifier);
    if plain != import.specifier && check.manifest.packages.contains_key(&plain) {
        let diagnostic = check
            .at_import(
                import,
                codes::UNKNOWN_PACKAGE,
                format!("`{specifier}` isn't how a package is imported here."),
            )
            .help(format!("Write `{plain}`: versions are fixed."));
        return with_specifier(check, import, diagnostic, &plain);
    }
    let entries: Vec<&str> = check
        .manifest
        .packages
        .keys()
        .map(String::as_str)
        .filter(|key| package_name(key) == name)
        .collect();
    if !entries.is_empty() {
        let mut near = suggest::nearest(&import.specifier, entries.iter().copied());
        if near.is_empty() {
            near = entries.iter().copied().take(3).collect();
        }
        let diagnostic = check
            .at_import(
                import,
                codes::UNKNOWN_PACKAGE,
                format!("`{specifier}` isn't available, only other parts of `{name}` are."),
            )
            .help(format!(
                "Import from {} instead.",
                suggest::quoted_list(&near)
            ));
        return diagnostic;
    }
    let near = suggest::nearest(
        &import.specifier,
        check.manifest.packages.keys().map(String::as_str),
    );
    let diagnostic = check.at_import(
        import,
        codes::UNKNOWN_PACKAGE,
        format!("The package `{specifier}` isn't available here."),
    );
    match near.first() {
        Some(first) => {
            let diagnostic =
                diagnostic.help(format!("Did you mean {}?", suggest::quoted_list(&near)));
            with_specifier(check, import, diagnostic, first)
        }
        None => diagnostic
            .help("Use an approved package, or write the few functions that you need in src/lib."),
    }
}

fn unversioned(specifier: &str) -> String {
    let plain = specifier.strip_prefix("npm:").unwrap_or(specifier);
    let version = plain.char_indices().skip(1).find(|(_, c)| *c == '@');
    let Some((at, _)) = version else {
        return plain.to_owned();
    };
    let (name, rest) = (
        plain.get(..at).unwrap_or(plain),
        plain.get(at..).unwrap_or_default(),
    );
    let path = rest
        .find('/')
        .and_then(|slash| rest.get(slash..))
        .unwrap_or_default();
    format!("{name}{path}")
}

/// A specifier as far as a message needs it: data URLs can be megabytes.
fn shown(specifier: &str) -> String {
    let mut text: String = specifier.chars().take(80).collect();
    if text.len() < specifier.len() {
        text.push('…');
    }
    text
}
