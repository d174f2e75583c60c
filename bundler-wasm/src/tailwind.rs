//! Which words may be Tailwind classes, and whether a project needs Tailwind.
//! Making CSS of them is the official compiler's work, outside of this crate.

use crate::css;

/// Longest class that is looked at, in bytes: arbitrary values can be long.
const MAX_BYTES: usize = 200;

/// Beginnings of Tailwind's classes that take a value after a hyphen.
const PREFIXES: [&str; 74] = [
    "animate",
    "aspect",
    "backdrop",
    "basis",
    "bg",
    "blur",
    "border",
    "bottom",
    "brightness",
    "col",
    "columns",
    "content",
    "cursor",
    "decoration",
    "delay",
    "divide",
    "drop",
    "duration",
    "ease",
    "fill",
    "flex",
    "font",
    "from",
    "gap",
    "grid",
    "grow",
    "h",
    "inset",
    "items",
    "justify",
    "leading",
    "left",
    "line",
    "list",
    "m",
    "max",
    "mb",
    "min",
    "ml",
    "mr",
    "mt",
    "mx",
    "my",
    "object",
    "opacity",
    "order",
    "outline",
    "overflow",
    "p",
    "pb",
    "pl",
    "place",
    "pr",
    "pt",
    "px",
    "py",
    "right",
    "ring",
    "rotate",
    "rounded",
    "row",
    "scale",
    "self",
    "shadow",
    "size",
    "space",
    "stroke",
    "text",
    "to",
    "top",
    "tracking",
    "transition",
    "w",
    "z",
];
/// Whole classes that a plain style sheet rarely has by the same name.
const WORDS: [&str; 13] = [
    "absolute",
    "block",
    "fixed",
    "flex",
    "grid",
    "hidden",
    "inline",
    "italic",
    "relative",
    "rounded",
    "sticky",
    "truncate",
    "uppercase",
];

/// Whether a word from a string can be a class at all: outside of `[…]` and
/// `(…)` a class has only a few signs.
pub(crate) fn is_candidate(token: &str) -> bool {
    let bytes = token.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let starts = first.is_ascii_lowercase() || b"-!@[*".contains(first);
    let ends = last.is_ascii_alphanumeric() || b"])!%*".contains(last);
    if !starts || !ends || bytes.len() > MAX_BYTES {
        return false;
    }
    let mut depth = 0_u32;
    let mut has_letter = false;
    let mut may_be_address = false;
    for byte in bytes {
        has_letter |= byte.is_ascii_lowercase();
        may_be_address |= *byte == b'/';
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            b'{' | b'}' | b';' | b'`' | b'\\' => return false,
            _ if depth > 0 => {}
            byte if byte.is_ascii_alphanumeric() || b"-_:/.!@%*#".contains(byte) => {}
            _ => return false,
        }
    }
    depth == 0 && has_letter && !(may_be_address && token.contains("://"))
}

/// Whether a class is one of Tailwind's by its looks: `md:hover:p-4`, `flex`.
pub(crate) fn is_utility(token: &str) -> bool {
    // Variants end with a colon; one inside of an arbitrary value is a part of it.
    let plain = token.split(['[', '(']).next().unwrap_or(token);
    let base = plain
        .rfind(':')
        .map_or(token, |index| token.get(index + 1..).unwrap_or(token));
    let base = base.trim_matches('!').trim_start_matches('-');
    if WORDS.contains(&base) {
        return true;
    }
    base.split_once('-')
        .is_some_and(|(prefix, value)| !value.is_empty() && PREFIXES.contains(&prefix))
}

/// Whether a style sheet has a rule for a class of this name itself.
pub(crate) fn defines_class(css: &str, class: &str) -> bool {
    let selector = format!(".{class}");
    css.match_indices(&selector).any(|(index, _)| {
        css.get(index + selector.len()..)
            .and_then(|rest| rest.chars().next())
            .is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
    })
}

/// At-rules that only Tailwind understands.
const DIRECTIVES: [&str; 6] = [
    "tailwind",
    "theme",
    "apply",
    "utility",
    "custom-variant",
    "variant",
];

/// What Tailwind is asked to compile, or `None` when the project's style sheet
/// stands as it is.
pub(crate) fn input(css: &str, utilities_are_used: bool) -> Option<String> {
    if css::imports_tailwind(css) {
        return Some(css.to_owned());
    }
    let directives = css::at_rules(css)
        .iter()
        .any(|name| DIRECTIVES.contains(name));
    if !directives && !utilities_are_used {
        return None;
    }
    Some(format!("@import \"tailwindcss\";\n{}", without_layers(css)))
}

/// Version 3 spelt the import as `@tailwind base; @tailwind components; …`.
fn without_layers(css: &str) -> String {
    let mut text = css.to_owned();
    for layer in [
        "base",
        "components",
        "utilities",
        "preflight",
        "variants",
        "screens",
    ] {
        text = text.replace(&format!("@tailwind {layer};"), "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_told_from_text() {
        for class in [
            "p-4",
            "-mt-2",
            "md:hover:bg-red-500/50",
            "w-[calc(100%-1rem)]",
            "before:content-['x']",
            "!p-2",
            "p-2!",
            "@md:flex",
            "[&>p]:mt-2",
            "bg-(--x)",
            "*:p-2",
            "top-1.5",
        ] {
            assert!(is_candidate(class), "{class}");
        }
        for text in [
            "Hello",
            "12",
            "a,b",
            "https://x.y",
            "don't",
            "x;",
            "p-",
            "{}",
            ")",
            "a]b",
            "",
        ] {
            assert!(!is_candidate(text), "{text}");
        }
    }

    #[test]
    fn utilities_are_told_from_own_classes() {
        for class in [
            "p-4",
            "flex",
            "md:flex",
            "-mt-2",
            "text-slate-500",
            "hover:bg-[#fff]",
        ] {
            assert!(is_utility(class), "{class}");
        }
        for class in ["card", "todo-list", "app", "btn-primary"] {
            assert!(!is_utility(class), "{class}");
        }
    }

    #[test]
    fn tailwind_is_asked_only_when_needed() {
        assert_eq!(input("p { color: red }", false), None);
        assert_eq!(
            input("p {}", true).as_deref(),
            Some("@import \"tailwindcss\";\np {}")
        );
        assert_eq!(
            input(
                "@tailwind base;@tailwind utilities;.a { @apply p-2 }",
                false
            )
            .as_deref(),
            Some("@import \"tailwindcss\";\n.a { @apply p-2 }")
        );
        let own = "@import 'tailwindcss' prefix(tw);";
        assert_eq!(input(own, true).as_deref(), Some(own));
        let said = "/* after @import \"tailwindcss\" */ p {}";
        assert_eq!(
            input(said, true),
            Some(format!("@import \"tailwindcss\";\n{said}"))
        );
        assert_eq!(input("p::after { content: '@apply' }", false), None);
    }
}
