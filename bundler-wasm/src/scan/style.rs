//! `style="color: red"`, as HTML has it: React takes objects only, and throws.

use protocol::bundle::Severity;

use super::walk::Walk;
use crate::codes;
use crate::swc::ast;

impl Walk<'_> {
    /// The attribute `style` of an HTML element.
    pub(super) fn style_attribute(&mut self, attribute: &ast::JSXAttr) {
        let Some(ast::JSXAttrValue::Str(text)) = &attribute.value else {
            return;
        };
        let object = text.value.as_str().and_then(style_object);
        let fixed = object.map(|object| format!("style={object}"));
        self.finding(
            Severity::Error,
            codes::STYLE_TEXT,
            attribute.span,
            "`style` is a text here, and React takes an object.",
            "Write style={{ color: \"red\" }}, or use Tailwind classes.",
            fixed
                .as_deref()
                .map(|fixed| ("Write it as an object", fixed)),
        );
    }
}

/// `color: red; --gap: 4px` → `{{ color: "red", "--gap": "4px" }}`; `None` for
/// what isn't a plain list of declarations.
fn style_object(css: &str) -> Option<String> {
    let mut pairs = Vec::new();
    for declaration in css.split(';').map(str::trim).filter(|d| !d.is_empty()) {
        let (property, value) = declaration.split_once(':')?;
        let (property, value) = (property.trim(), value.trim());
        let is_name = property
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        // A semicolon in quotes or brackets would have cut a value in two.
        let is_plain = value.matches('(').count() == value.matches(')').count()
            && !value.contains(['"', '\'', '\\', '\n']);
        if property.is_empty() || value.is_empty() || !is_name || !is_plain {
            return None;
        }
        let key = if property.starts_with("--") {
            format!("\"{property}\"")
        } else {
            camel_case(property)
        };
        pairs.push(format!("{key}: \"{value}\""));
    }
    Some(format!("{{{{ {} }}}}", pairs.join(", "))).filter(|_| !pairs.is_empty())
}

/// `font-size` → `fontSize`, `-webkit-mask` → `WebkitMask`
fn camel_case(property: &str) -> String {
    let mut name = String::new();
    let mut is_start = false;
    for c in property.chars() {
        if c == '-' {
            is_start = true;
        } else if is_start {
            name.push(c.to_ascii_uppercase());
            is_start = false;
        } else {
            name.push(c);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::style_object;

    #[test]
    fn declarations_become_an_object() {
        assert_eq!(
            style_object(" color: red;-webkit-mask-size:2px; --gap: 1px ;").as_deref(),
            Some("{{ color: \"red\", WebkitMaskSize: \"2px\", \"--gap\": \"1px\" }}")
        );
        for odd in ["", "red", "a: url(data:x;y)", "content: '\"'", "a b: c"] {
            assert_eq!(style_object(odd), None, "{odd}");
        }
    }
}
