//! Files that JSX names by their address: `<img src="/logo.png">`, which the
//! frame couldn't load, becomes `src: _m0.default`, as if the file had been
//! imported. The same for `url(/logo.png)` in a plain `style`.

use super::jsx::on_one_line;
use super::splice::Splicer;
use crate::address::{self, Address};
use crate::css;
use crate::literal::string_literal;
use crate::swc::{Span, Spanned, VisitWith, ast};

/// An address in a text: what of the text goes, and what stands around the
/// address that comes in its place.
struct Place<'a> {
    start: usize,
    end: usize,
    address: &'a str,
    around: (&'a str, &'a str),
}

impl Splicer<'_> {
    /// Writes the value of an attribute that names files of the project; `false`
    /// when it names none.
    pub(super) fn files_of_attribute(
        &mut self,
        element: &ast::JSXElementName,
        name: &str,
        attribute: &ast::JSXAttr,
    ) -> bool {
        if name == "style" {
            return self.files_of_style(attribute);
        }
        let Some(form) = tag(element).and_then(|tag| address::form(tag, name)) else {
            return false;
        };
        let Some((text, span)) = attribute.value.as_ref().and_then(literal) else {
            return false;
        };
        let places = address::places(form, &text);
        let places = places.into_iter().filter_map(|(start, end)| {
            let address = text.get(start..end)?;
            let around = ("", "");
            Some(Place {
                start,
                end,
                address,
                around,
            })
        });
        let Some(value) = self.with_files(&text, places, span) else {
            return false;
        };
        self.writer.skip_to(self.lo(span));
        self.writer.write(&value);
        self.writer.skip_to(self.hi(attribute.span));
        true
    }

    /// The same for `style={{ background: "url(/a.png)" }}`.
    fn files_of_style(&mut self, attribute: &ast::JSXAttr) -> bool {
        let Some(ast::JSXAttrValue::JSXExprContainer(container)) = &attribute.value else {
            return false;
        };
        let ast::JSXExpr::Expr(expr) = &container.expr else {
            return false;
        };
        let Some(object) = expr.as_object() else {
            return false;
        };
        if !object
            .props
            .iter()
            .any(|property| style_text(property).is_some())
        {
            return false;
        }
        self.writer.skip_to(self.lo(object.span));
        for property in &object.props {
            let value = style_text(property).and_then(|(text, span)| {
                let places = css::urls(&text).into_iter().map(|url| Place {
                    start: url.start,
                    end: url.end,
                    address: url.target,
                    around: ("url(\"", "\")"),
                });
                Some((self.with_files(&text, places, span)?, span))
            });
            match value {
                Some((value, span)) => self.replace(span, &value),
                None => property.visit_with(self),
            }
        }
        self.writer.copy_to(self.hi(object.span));
        self.writer.skip_to(self.hi(attribute.span));
        true
    }

    /// A text with files in the place of their addresses, as an expression;
    /// `None` when it names no file.
    fn with_files<'a>(
        &mut self,
        text: &str,
        places: impl Iterator<Item = Place<'a>>,
        span: Span,
    ) -> Option<String> {
        let range = self.context.range(span);
        let mut parts: Vec<String> = Vec::new();
        let mut between = String::new();
        let mut copied = 0;
        for place in places {
            let Some(address) = Address::of(place.address) else {
                continue;
            };
            let file = self.imports.address(&address.specifier, range, &self.names);
            let Some(file) = file else { continue };
            between.push_str(text.get(copied..place.start).unwrap_or_default());
            between.push_str(place.around.0);
            if !between.is_empty() {
                parts.push(string_literal(&between));
            }
            parts.push(file);
            between = format!("{}{}", address.fragment, place.around.1);
            copied = place.end;
        }
        if parts.is_empty() {
            return None;
        }
        between.push_str(text.get(copied..).unwrap_or_default());
        if !between.is_empty() {
            parts.push(string_literal(&between));
        }
        Some(parts.join(" + "))
    }
}

/// The element of HTML or SVG: `img`, also in `motion.img`.
fn tag(name: &ast::JSXElementName) -> Option<&str> {
    match name {
        ast::JSXElementName::Ident(ident) => Some(&ident.sym),
        ast::JSXElementName::JSXMemberExpr(member) => Some(&member.prop.sym),
        ast::JSXElementName::JSXNamespacedName(_) => None,
    }
}

/// An attribute's value as plain text, and where it stands.
fn literal(value: &ast::JSXAttrValue) -> Option<(String, Span)> {
    match value {
        ast::JSXAttrValue::Str(text) => {
            let value = text.value.to_string_lossy();
            Some((on_one_line(&value).into_owned(), text.span))
        }
        ast::JSXAttrValue::JSXExprContainer(container) => match &container.expr {
            ast::JSXExpr::Expr(expr) => Some((super::references::plain_text(expr)?, expr.span())),
            ast::JSXExpr::JSXEmptyExpr(_) => None,
        },
        _ => None,
    }
}

/// The plain text of a style's property, when it has an address in it.
fn style_text(property: &ast::PropOrSpread) -> Option<(String, Span)> {
    let value = &property.as_prop()?.as_key_value()?.value;
    let text = super::references::plain_text(value)?;
    text.contains("url(").then(|| (text, value.span()))
}
