//! `tailwind.config` of version 3: its theme as the CSS of version 4.

use std::fmt::Write as _;

use super::literal::{Item, Value};
use super::{Config, file, left_out};
use crate::project::Project;
use crate::source::ByteRange;

/// Parts of a theme, and how the names of their variables begin.
const PARTS: [(&str, &str); 20] = [
    ("animation", "animate"),
    ("aspectRatio", "aspect"),
    ("backdropBlur", "blur"),
    ("blur", "blur"),
    ("borderRadius", "radius"),
    ("boxShadow", "shadow"),
    ("colors", "color"),
    ("container", ""),
    ("dropShadow", "drop-shadow"),
    ("fontFamily", "font"),
    ("fontSize", "text"),
    ("fontWeight", "font-weight"),
    ("keyframes", ""),
    ("letterSpacing", "tracking"),
    ("lineHeight", "leading"),
    ("maxWidth", "container"),
    ("perspective", "perspective"),
    ("screens", "breakpoint"),
    ("spacing", "spacing"),
    ("transitionTimingFunction", "ease"),
];

/// Settings without a meaning here, or with the meaning that they have anyway.
const HARMLESS: [&str; 7] = [
    "content",
    "corePlugins",
    "darkMode",
    "future",
    "purge",
    "theme",
    "mode",
];

/// Reads the theme, and tells what is left out.
pub(super) fn read(project: &Project, config: &mut Config) {
    let Some((path, source, read)) = file(project, "tailwind", config) else {
        return;
    };
    let mut theme = Theme::default();
    for (name, item) in read.config.entries() {
        let is_empty = match &item.value {
            Value::List(items) => items.is_empty(),
            Value::Text(text) => text.is_empty(),
            Value::Pattern(_) | Value::Object(_) | Value::Flag(_) | Value::Unknown => false,
        };
        if !HARMLESS.contains(&name.as_str()) && !is_empty {
            theme.leave_out(name, item.range);
        }
    }
    let parts = read
        .config
        .get("theme")
        .map(Item::entries)
        .unwrap_or_default();
    for (name, item) in parts {
        if name == "extend" {
            for (name, item) in item.entries() {
                theme.part(name, item, false);
            }
            if let Value::Unknown = item.value {
                theme.leave_out(name, item.range);
            }
        } else {
            theme.part(name, item, true);
        }
    }
    let dark = read
        .config
        .get("darkMode")
        .map(Item::texts)
        .unwrap_or_default();
    config.tailwind = theme.finish(&dark);
    for (name, range) in theme.left_out {
        let what = format!("`{name}` is left out");
        let help = "Write it in a style sheet, with @theme, @utility or plain rules.";
        config
            .diagnostics
            .push(left_out(&path, source, range, &what, help));
    }
}

#[derive(Default)]
struct Theme {
    css: String,
    keyframes: String,
    left_out: Vec<(String, ByteRange)>,
}

impl Theme {
    fn leave_out(&mut self, name: &str, range: ByteRange) {
        self.left_out.push((name.to_owned(), range));
    }

    /// One part of the theme; `replaces` what Tailwind has there by itself.
    fn part(&mut self, name: &str, item: &Item, replaces: bool) {
        let known = PARTS.iter().find(|(part, _)| *part == name);
        let (Some((_, prefix)), Value::Object(entries)) = (known, &item.value) else {
            return self.leave_out(name, item.range);
        };
        if name == "keyframes" {
            return self.frames(entries);
        }
        if prefix.is_empty() {
            return self.leave_out(name, item.range);
        }
        if replaces {
            self.variable(&format!("{prefix}-*"), "initial");
        }
        for (key, item) in entries {
            match name {
                "fontSize" => self.font_size(&format!("{prefix}-{key}"), item),
                "fontFamily" if !item.texts().is_empty() => {
                    self.variable(&format!("{prefix}-{key}"), &item.texts().join(", "));
                }
                _ => self.value(prefix, key, item),
            }
        }
    }

    /// A value, or the shades of a colour. `DEFAULT` has the name of its group.
    fn value(&mut self, prefix: &str, key: &str, item: &Item) {
        let name = if key == "DEFAULT" {
            prefix.to_owned()
        } else {
            format!("{prefix}-{}", key.replace('.', "\\."))
        };
        match &item.value {
            Value::Text(text) => self.variable(&name, &text.replace(" / <alpha-value>", "")),
            Value::Object(entries) => {
                for (key, item) in entries {
                    self.value(&name, key, item);
                }
            }
            Value::List(items) if items.iter().all(|item| item.text().is_some()) => {
                self.variable(&name, &item.texts().join(", "));
            }
            _ => self.leave_out(key, item.range),
        }
    }

    /// `["1rem", "1.5"]`, `["1rem", { lineHeight: "1.5" }]` or a size alone.
    fn font_size(&mut self, name: &str, item: &Item) {
        let Value::List(items) = &item.value else {
            return match item.text() {
                Some(size) => self.variable(name, size),
                None => self.leave_out(name, item.range),
            };
        };
        if let Some(size) = items.first().and_then(Item::text) {
            self.variable(name, size);
        }
        let Some(more) = items.get(1) else { return };
        if let Some(height) = more.text() {
            self.variable(&format!("{name}--line-height"), height);
        }
        for (key, suffix) in [
            ("lineHeight", "line-height"),
            ("letterSpacing", "letter-spacing"),
            ("fontWeight", "font-weight"),
        ] {
            if let Some(value) = more.get(key).and_then(Item::text) {
                self.variable(&format!("{name}--{suffix}"), value);
            }
        }
    }

    fn variable(&mut self, name: &str, value: &str) {
        if value.contains([';', '{', '}']) || name.contains([';', '{', '}', ':', ' ']) {
            return;
        }
        // Writing into a string can't fail.
        let _ = writeln!(self.css, "  --{name}: {value};");
    }

    fn frames(&mut self, entries: &[(String, Item)]) {
        for (name, item) in entries {
            let mut frames = String::new();
            for (selector, rules) in item.entries() {
                let _ = write!(frames, " {selector} {{");
                for (property, value) in rules.entries() {
                    if let Some(value) = value.text() {
                        let _ = write!(frames, " {}: {value};", kebab_case(property));
                    }
                }
                frames.push_str(" }");
            }
            let _ = writeln!(self.keyframes, "  @keyframes {name} {{{frames} }}");
        }
    }

    fn finish(&self, dark: &[&str]) -> String {
        let mut css = String::new();
        if !self.css.is_empty() || !self.keyframes.is_empty() {
            let _ = write!(css, "@theme {{\n{}{}}}\n", self.css, self.keyframes);
        }
        match dark {
            ["class" | "selector"] => css.push_str("@custom-variant dark (&:is(.dark *));\n"),
            ["class" | "selector", selector, ..] => {
                let _ = writeln!(css, "@custom-variant dark (&:is({selector} *));");
            }
            _ => {}
        }
        css
    }
}

/// `backgroundColor` → `background-color`
fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}
