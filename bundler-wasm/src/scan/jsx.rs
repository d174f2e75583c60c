//! JSX written as HTML: attributes that React knows by another name, and
//! addresses that are code.

use protocol::bundle::Severity;

use super::undeclared::NameUse;
use super::walk::Walk;
use crate::codes;
use crate::swc::ast;

/// Attributes of HTML and SVG by React's names, sorted.
const ATTRIBUTES: [(&str, &str); 24] = [
    ("autocomplete", "autoComplete"),
    ("autofocus", "autoFocus"),
    ("class", "className"),
    ("clip-path", "clipPath"),
    ("clip-rule", "clipRule"),
    ("colspan", "colSpan"),
    ("contenteditable", "contentEditable"),
    ("crossorigin", "crossOrigin"),
    ("enctype", "encType"),
    ("fill-opacity", "fillOpacity"),
    ("fill-rule", "fillRule"),
    ("for", "htmlFor"),
    ("maxlength", "maxLength"),
    ("minlength", "minLength"),
    ("novalidate", "noValidate"),
    ("readonly", "readOnly"),
    ("rowspan", "rowSpan"),
    ("srcset", "srcSet"),
    ("stroke-dasharray", "strokeDasharray"),
    ("stroke-linecap", "strokeLinecap"),
    ("stroke-linejoin", "strokeLinejoin"),
    ("stroke-width", "strokeWidth"),
    ("tabindex", "tabIndex"),
    ("viewbox", "viewBox"),
];

/// Events in the same sense, sorted.
const EVENTS: [(&str, &str); 32] = [
    ("onanimationend", "onAnimationEnd"),
    ("onblur", "onBlur"),
    ("onchange", "onChange"),
    ("onclick", "onClick"),
    ("oncontextmenu", "onContextMenu"),
    ("oncopy", "onCopy"),
    ("ondblclick", "onDoubleClick"),
    ("ondrag", "onDrag"),
    ("ondragend", "onDragEnd"),
    ("ondragover", "onDragOver"),
    ("ondragstart", "onDragStart"),
    ("ondrop", "onDrop"),
    ("onerror", "onError"),
    ("onfocus", "onFocus"),
    ("oninput", "onInput"),
    ("onkeydown", "onKeyDown"),
    ("onkeypress", "onKeyPress"),
    ("onkeyup", "onKeyUp"),
    ("onload", "onLoad"),
    ("onmousedown", "onMouseDown"),
    ("onmouseenter", "onMouseEnter"),
    ("onmouseleave", "onMouseLeave"),
    ("onmousemove", "onMouseMove"),
    ("onmouseout", "onMouseOut"),
    ("onmouseover", "onMouseOver"),
    ("onmouseup", "onMouseUp"),
    ("onpaste", "onPaste"),
    ("onreset", "onReset"),
    ("onscroll", "onScroll"),
    ("onsubmit", "onSubmit"),
    ("ontouchend", "onTouchEnd"),
    ("ontouchstart", "onTouchStart"),
];

/// Attributes whose value is an address.
const ADDRESSES: [&str; 6] = ["href", "xlinkHref", "src", "action", "formAction", "to"];

impl Walk<'_> {
    /// A start tag.
    pub(super) fn element(&mut self, node: &ast::JSXOpeningElement) {
        let is_html = match &node.name {
            ast::JSXElementName::Ident(name) => {
                let is_html = name.sym.starts_with(|c: char| c.is_ascii_lowercase());
                if !is_html {
                    self.used(name, NameUse::Component);
                }
                // Elements with a hyphen are the app's own, and keep HTML's names.
                is_html && !name.sym.contains('-')
            }
            ast::JSXElementName::JSXMemberExpr(member) => {
                if let ast::JSXObject::Ident(object) = &member.obj
                    && object.sym != "this"
                {
                    let kind = if object.sym == "React" {
                        NameUse::React
                    } else {
                        NameUse::Namespace
                    };
                    self.used(object, kind);
                }
                false
            }
            ast::JSXElementName::JSXNamespacedName(_) => false,
        };
        for (name, attribute) in attributes(node) {
            if ADDRESSES.contains(&name.sym.as_str()) {
                self.address(attribute);
            }
            if is_html && name.sym == "style" {
                self.style_attribute(attribute);
            }
            if is_html {
                self.html_attribute(node, name, attribute.value.as_ref());
            }
        }
    }

    fn address(&mut self, attribute: &ast::JSXAttr) {
        match &attribute.value {
            Some(ast::JSXAttrValue::Str(text)) => {
                self.address_text(text.value.as_str().unwrap_or_default(), text.span);
            }
            Some(ast::JSXAttrValue::JSXExprContainer(container)) => {
                if let ast::JSXExpr::Expr(expr) = &container.expr {
                    self.address_value(expr, container.span);
                }
            }
            _ => {}
        }
    }

    fn html_attribute(
        &mut self,
        node: &ast::JSXOpeningElement,
        name: &ast::IdentName,
        value: Option<&ast::JSXAttrValue>,
    ) {
        let find = |list: &[(&str, &'static str)]| {
            let at = list.binary_search_by(|(html, _)| (*html).cmp(name.sym.as_str()));
            at.ok().and_then(|at| list.get(at)).map(|(_, react)| *react)
        };
        let event = find(&EVENTS);
        let Some(react) = event.or_else(|| find(&ATTRIBUTES)) else {
            return;
        };
        let is_handler_text = event.is_some() && matches!(value, Some(ast::JSXAttrValue::Str(_)));
        let message = format!("React doesn't know the attribute `{}`.", name.sym);
        let help = if is_handler_text {
            format!("Write `{react}={{() => …}}`: the app's frame runs no code made from text.")
        } else {
            format!("It is called `{react}` in JSX.")
        };
        let is_taken = attributes(node).any(|(other, _)| other.sym == react);
        let title = format!("Write {react}");
        let fix = (!is_handler_text && !is_taken).then_some((title.as_str(), react));
        self.finding(
            Severity::Warning,
            codes::HTML_ATTRIBUTE,
            name.span,
            &message,
            &help,
            fix,
        );
    }
}

/// The attributes with plain names.
fn attributes(
    node: &ast::JSXOpeningElement,
) -> impl Iterator<Item = (&ast::IdentName, &ast::JSXAttr)> {
    node.attrs.iter().filter_map(|attribute| match attribute {
        ast::JSXAttrOrSpread::JSXAttr(attribute) => match &attribute.name {
            ast::JSXAttrName::Ident(name) => Some((name, attribute)),
            ast::JSXAttrName::JSXNamespacedName(_) => None,
        },
        ast::JSXAttrOrSpread::SpreadElement(_) => None,
    })
}
