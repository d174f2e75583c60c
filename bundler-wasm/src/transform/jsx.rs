//! JSX to calls of React's automatic runtime: `<p a={b}>c</p>` →
//! `_jsx("p", { a: b, children: "c" })`. What stands in braces stays where it is.

use std::borrow::Cow;

use super::splice::Splicer;
use crate::literal::key;
use crate::swc::{Span, Spanned, Visit, ast};

/// A child that is rendered.
enum Child<'a> {
    Text(Cow<'a, str>, Span),
    Node(&'a ast::JSXElementChild),
}

impl Splicer<'_> {
    /// Imports what the module's JSX calls.
    pub(super) fn request_jsx(&mut self) {
        let names = &self.names;
        let mut runtime = Vec::new();
        for used in &self.jsx {
            match *used {
                "jsx" => runtime.push(("jsx", names.jsx.clone())),
                "jsxs" => runtime.push(("jsxs", names.jsxs.clone())),
                "Fragment" => runtime.push(("Fragment", names.fragment.clone())),
                other => {
                    let names = vec![(other, names.create_element.clone())];
                    self.imports.take("react", names);
                }
            }
        }
        if !runtime.is_empty() {
            self.imports.take("react/jsx-runtime", runtime);
        }
    }

    pub(super) fn fragment(&mut self, node: &ast::JSXFragment) {
        self.jsx.insert("Fragment");
        let children = children(&node.children);
        self.open_call(node.span, &children, false);
        self.writer.write(&self.names.fragment);
        self.writer.write(", ");
        let mut is_empty = true;
        self.children_property(&children, &mut is_empty);
        self.close_call(node.span, is_empty, None);
    }

    pub(super) fn element(&mut self, node: &ast::JSXElement) {
        let opening = &node.opening;
        let children = children(&node.children);
        let spread_before_key = has_spread_before_key(&opening.attrs);
        self.open_call(node.span, &children, spread_before_key);
        self.tag(&opening.name);
        self.writer.write(", ");
        let mut is_empty = true;
        let mut key_value = None;
        for attribute in &opening.attrs {
            match attribute {
                ast::JSXAttrOrSpread::SpreadElement(spread) => {
                    self.next_property(&mut is_empty);
                    self.writer.skip_to(self.lo(spread.dot3_token));
                    self.visit_expr(&spread.expr);
                    self.writer.copy_to(self.at(spread.expr.span_hi()));
                }
                ast::JSXAttrOrSpread::JSXAttr(attribute) => {
                    let name = attribute_name(&attribute.name);
                    if name == "key" && !spread_before_key {
                        self.writer.skip_to(self.lo(attribute.span));
                        let before = self.writer.begin_piece();
                        self.attribute_value(attribute);
                        key_value = Some(self.writer.end_piece(before));
                        continue;
                    }
                    self.next_property(&mut is_empty);
                    self.writer.skip_to(self.lo(attribute.span));
                    self.writer.write(&key(&name));
                    self.writer.write(": ");
                    if !self.files_of_attribute(&opening.name, &name, attribute) {
                        self.attribute_value(attribute);
                    }
                }
            }
        }
        if spread_before_key {
            self.writer.write(if is_empty { "{}" } else { " }" });
            for child in &children {
                self.writer.write(", ");
                self.child(child);
            }
            self.writer.skip_to(self.hi(node.span));
            self.writer.write(")");
            return;
        }
        self.children_property(&children, &mut is_empty);
        self.close_call(node.span, is_empty, key_value);
    }

    fn open_call(&mut self, span: Span, children: &[Child<'_>], creates: bool) {
        self.writer.copy_to(self.lo(span));
        let callee = if creates {
            self.jsx.insert("createElement");
            &self.names.create_element
        } else if is_list(children) {
            self.jsx.insert("jsxs");
            &self.names.jsxs
        } else {
            self.jsx.insert("jsx");
            &self.names.jsx
        };
        self.writer.write(callee);
        self.writer.write("(");
    }

    fn close_call(&mut self, span: Span, is_empty: bool, key: Option<super::writer::Piece>) {
        self.writer.skip_to(self.hi(span));
        self.writer.write(if is_empty { "{}" } else { " }" });
        if let Some(key) = key {
            self.writer.write(", ");
            self.writer.paste(key);
        }
        self.writer.write(")");
    }

    /// Opens the object of properties, or goes on with it.
    fn next_property(&mut self, is_empty: &mut bool) {
        self.writer.write(if *is_empty { "{ " } else { ", " });
        *is_empty = false;
    }

    fn children_property(&mut self, children: &[Child<'_>], is_empty: &mut bool) {
        let Some(first) = children.first() else {
            return;
        };
        self.next_property(is_empty);
        self.writer.write("children: ");
        if !is_list(children) {
            self.child(first);
            return;
        }
        self.writer.write("[");
        for (index, child) in children.iter().enumerate() {
            if index > 0 {
                self.writer.write(", ");
            }
            self.child(child);
        }
        self.writer.write("]");
    }

    fn child(&mut self, child: &Child<'_>) {
        match child {
            Child::Text(text, span) => {
                self.writer.skip_to(self.lo(*span));
                self.writer.write_string(text);
                self.writer.skip_to(self.hi(*span));
            }
            Child::Node(ast::JSXElementChild::JSXExprContainer(container)) => {
                self.container(container);
            }
            Child::Node(ast::JSXElementChild::JSXSpreadChild(spread)) => {
                self.writer.skip_to(self.lo(spread.span));
                self.writer.write("...");
                self.writer.skip_to(self.at(spread.expr.span_lo()));
                self.single(&spread.expr);
                self.writer.skip_to(self.hi(spread.span));
            }
            Child::Node(ast::JSXElementChild::JSXElement(element)) => {
                self.writer.skip_to(self.lo(element.span));
                self.element(element);
            }
            Child::Node(ast::JSXElementChild::JSXFragment(fragment)) => {
                self.writer.skip_to(self.lo(fragment.span));
                self.fragment(fragment);
            }
            Child::Node(ast::JSXElementChild::JSXText(_)) => {}
        }
    }

    /// `{value}` → `value`
    fn container(&mut self, container: &ast::JSXExprContainer) {
        if let ast::JSXExpr::Expr(expr) = &container.expr {
            self.writer.skip_to(self.at(expr.span_lo()));
            self.single(expr);
        }
        self.writer.skip_to(self.hi(container.span));
    }

    fn attribute_value(&mut self, attribute: &ast::JSXAttr) {
        match &attribute.value {
            None => self.writer.write("true"),
            Some(ast::JSXAttrValue::Str(text)) => {
                self.writer.skip_to(self.lo(text.span));
                let value = text.value.to_string_lossy();
                self.writer.write_string(&on_one_line(&value));
            }
            Some(ast::JSXAttrValue::JSXExprContainer(container)) => self.container(container),
            Some(ast::JSXAttrValue::JSXElement(element)) => {
                self.writer.skip_to(self.lo(element.span));
                self.element(element);
            }
            Some(ast::JSXAttrValue::JSXFragment(fragment)) => {
                self.writer.skip_to(self.lo(fragment.span));
                self.fragment(fragment);
            }
        }
        self.writer.skip_to(self.hi(attribute.span));
    }

    /// The first argument: text for an element of HTML, a reference for a component.
    fn tag(&mut self, name: &ast::JSXElementName) {
        match name {
            ast::JSXElementName::Ident(ident) if ident.sym == "this" => self.writer.write("this"),
            ast::JSXElementName::Ident(ident) => {
                let is_html = ident.sym.starts_with(|c: char| c.is_ascii_lowercase())
                    || ident.sym.contains('-');
                if is_html {
                    return self.writer.write_string(&ident.sym);
                }
                self.refresh.used.insert(ident.to_id());
                self.tag_name(ident);
            }
            ast::JSXElementName::JSXMemberExpr(member) => {
                self.tag_member(&member.obj, &member.prop);
            }
            ast::JSXElementName::JSXNamespacedName(name) => {
                let name = format!("{}:{}", name.ns.sym, name.name.sym);
                self.writer.write_string(&name);
            }
        }
    }

    fn tag_name(&mut self, ident: &ast::Ident) {
        match self.read(ident) {
            Some(text) => self.writer.write(&text),
            None => self.writer.write(&ident.sym),
        }
    }

    fn tag_member(&mut self, object: &ast::JSXObject, name: &ast::IdentName) {
        match object {
            ast::JSXObject::Ident(ident) => self.tag_name(ident),
            ast::JSXObject::JSXMemberExpr(member) => self.tag_member(&member.obj, &member.prop),
        }
        self.writer.write(".");
        self.writer.write(&name.sym);
    }
}

fn is_list(children: &[Child<'_>]) -> bool {
    children.len() > 1
        || matches!(
            children.first(),
            Some(Child::Node(ast::JSXElementChild::JSXSpreadChild(_)))
        )
}

/// A key after a spread may be overridden by it in React's older form only.
fn has_spread_before_key(attributes: &[ast::JSXAttrOrSpread]) -> bool {
    let mut has_spread = false;
    attributes.iter().any(|attribute| match attribute {
        ast::JSXAttrOrSpread::SpreadElement(_) => {
            has_spread = true;
            false
        }
        ast::JSXAttrOrSpread::JSXAttr(attribute) => {
            has_spread && attribute_name(&attribute.name) == "key"
        }
    })
}

fn attribute_name(name: &ast::JSXAttrName) -> Cow<'_, str> {
    match name {
        ast::JSXAttrName::Ident(ident) => Cow::Borrowed(&ident.sym),
        ast::JSXAttrName::JSXNamespacedName(name) => {
            Cow::Owned(format!("{}:{}", name.ns.sym, name.name.sym))
        }
    }
}

/// Children without the empty ones.
fn children(nodes: &[ast::JSXElementChild]) -> Vec<Child<'_>> {
    nodes
        .iter()
        .filter_map(|node| match node {
            ast::JSXElementChild::JSXText(text) => {
                let shown = match text.value.as_str() {
                    Some(text) => shown_text(text),
                    None => Cow::Owned(shown_text(&text.value.to_string_lossy()).into_owned()),
                };
                (!shown.is_empty()).then_some(Child::Text(shown, text.span))
            }
            ast::JSXElementChild::JSXExprContainer(container) => match container.expr {
                ast::JSXExpr::JSXEmptyExpr(_) => None,
                ast::JSXExpr::Expr(_) => Some(Child::Node(node)),
            },
            _ => Some(Child::Node(node)),
        })
        .collect()
}

/// Text between tags as React shows it: lines are trimmed and joined by one
/// space, empty ones go (`cleanJSXElementLiteralChild` in Babel).
fn shown_text(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(text);
    }
    // Most of it is what the source is indented by.
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    if text.bytes().all(is_blank) && text.contains(['\n', '\r']) {
        return Cow::Borrowed("");
    }
    let mut shown = String::new();
    let mut lines = text.split(['\n', '\r']).enumerate().peekable();
    while let Some((index, mut line)) = lines.next() {
        if index > 0 {
            line = line.trim_start_matches([' ', '\t']);
        }
        if lines.peek().is_some() {
            line = line.trim_end_matches([' ', '\t']);
        }
        if line.is_empty() {
            continue;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }));
    }
    Cow::Owned(shown)
}

/// An attribute's text: a line break with what is indented after it is one space.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut lines = text.split('\n');
    let mut joined = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        joined.truncate(joined.trim_end_matches('\r').len());
        joined.push(' ');
        joined.push_str(line.trim_start());
    }
    Cow::Owned(joined)
}

#[cfg(test)]
mod tests {
    use super::{on_one_line, shown_text};

    #[test]
    fn text_is_trimmed_by_lines() {
        assert_eq!(shown_text("\n  a\n\n  b c \n"), "a b c");
        assert_eq!(shown_text(" a "), " a ");
        assert_eq!(shown_text("\n   \n"), "");
        assert_eq!(shown_text("a\r\n b"), "a b");
        assert_eq!(shown_text("\u{a0}\n"), "\u{a0}");
    }

    #[test]
    fn attributes_are_one_line() {
        assert_eq!(on_one_line("p-2\n      m-2"), "p-2 m-2");
        assert_eq!(on_one_line("p-2"), "p-2");
    }
}
