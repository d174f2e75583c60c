//! The walk: expressions, patterns, statements, and the references among them.
//!
//! Nodes are visited in the order of the text, because the output is written as
//! the walk goes: whoever visits children out of order must do it by hand.

use std::collections::BTreeSet;

use protocol::bundle::Diagnostic;

use super::Context;
use super::declarations::DeclarationKind;
use super::exports::Exports;
use super::functions::FunctionFrame;
use super::imports::{Binding, Imports};
use super::names::Names;
use super::refresh::Refresh;
use super::writer::{Mappings, Writer};
use crate::codes;
use crate::diagnostic::DiagnosticExt;
use crate::module::{Export, Glob, Import};
use crate::source::{skip_trivia, to_u32};
use crate::swc::{BytePos, FxHashMap, FxHashSet, Span, Spanned, Visit, VisitWith, ast};

/// More findings of one file than this are noise.
const MAX_FINDINGS: usize = 100;

/// A module in registry form.
pub(super) struct Spliced {
    pub(super) code: String,
    pub(super) mappings: Mappings,
    pub(super) imports: Vec<Import>,
    pub(super) dropped: Vec<Import>,
    pub(super) exports: Vec<Export>,
    pub(super) globs: Vec<Glob>,
    pub(super) types: BTreeSet<String>,
    /// The parser may have forgotten errors.
    pub(super) is_doubtful: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One file on its way through the walk.
pub(super) struct Splicer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) text: &'a str,
    pub(super) writer: Writer<'a>,
    pub(super) names: Names<'a>,
    pub(super) bindings: FxHashMap<ast::Id, Binding>,
    pub(super) imports: Imports<'a>,
    pub(super) exports: Exports,
    pub(super) globs: Vec<Glob>,
    /// Functions of JSX's runtime that the module calls.
    pub(super) jsx: BTreeSet<&'static str>,
    pub(super) refresh: Refresh,
    /// Functions around the place.
    pub(super) functions: Vec<FunctionFrame>,
    /// What scopes declare, and where first.
    pub(super) scopes: FxHashMap<ast::Id, (DeclarationKind, Span)>,
    variable_kind: DeclarationKind,
    /// Names of classes, functions, enums and namespaces that were declared before.
    pub(super) declared: FxHashSet<ast::Id>,
    /// Names that values use, where `import A = B.C` asks for it.
    pub(super) value_uses: FxHashSet<ast::Id>,
    /// Declarations of the head, besides imports.
    pub(super) head: String,
    /// Whether the counter of rounds is declared.
    pub(super) has_loops: bool,
    /// How many classes with decorators there are so far.
    pub(super) decorated_classes: u32,
    /// Decorators of parameters that have been written elsewhere.
    pub(super) moved_decorators: FxHashSet<BytePos>,
    /// Statements that follow the one that is being walked.
    pub(super) after: Vec<String>,
    /// End of the last type that was left out: a statement that ends there may
    /// have lost what told it from the next line.
    pub(super) stripped: u32,
    /// The parser tried something as something else, and forgets errors there.
    pub(super) is_doubtful: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Splicer<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let text = context.source.text();
        Self {
            context,
            text,
            writer: Writer::new(text),
            names: Names::new(text),
            bindings: FxHashMap::default(),
            imports: Imports::new(context),
            exports: Exports::default(),
            globs: Vec::new(),
            jsx: BTreeSet::new(),
            refresh: Refresh::default(),
            functions: Vec::new(),
            scopes: FxHashMap::default(),
            variable_kind: DeclarationKind::Variable,
            declared: FxHashSet::default(),
            value_uses: FxHashSet::default(),
            head: String::new(),
            has_loops: false,
            decorated_classes: 0,
            moved_decorators: FxHashSet::default(),
            after: Vec::new(),
            stripped: 0,
            is_doubtful: false,
            diagnostics: Vec::new(),
        }
    }

    /// Notes an error, unless so many are known that there is no use in more.
    pub(super) fn refuse(
        &mut self,
        code: &str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.diagnostics.len() < MAX_FINDINGS {
            let diagnostic = self.context.diagnostic(code, span, message);
            self.diagnostics.push(diagnostic.help(help));
        }
    }

    /// Byte of the source for a position of swc's.
    pub(super) fn at(&self, position: BytePos) -> u32 {
        position.0.saturating_sub(self.context.start.0)
    }

    pub(super) fn lo(&self, span: Span) -> u32 {
        self.at(span.lo)
    }

    pub(super) fn hi(&self, span: Span) -> u32 {
        self.at(span.hi)
    }

    /// The source of a span.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text
            .get(self.lo(span) as usize..self.hi(span) as usize)
            .unwrap_or_default()
    }

    /// Copies up to a span, and leaves it out.
    pub(super) fn skip(&mut self, span: Span) {
        self.writer.copy_to(self.lo(span));
        self.writer.skip_to(self.hi(span));
    }

    /// Copies up to a span, and writes a text in its place.
    pub(super) fn replace(&mut self, span: Span, text: &str) {
        self.writer.copy_to(self.lo(span));
        self.writer.write(text);
        self.writer.skip_to(self.hi(span));
    }

    /// First byte from `from` on that is neither space nor comment.
    pub(super) fn skip_trivia(&self, from: u32) -> u32 {
        to_u32(skip_trivia(self.text, from as usize).0)
    }

    /// Byte after the sign that comes next from `from` on, if it is that one.
    pub(super) fn after_sign(&self, from: u32, sign: u8) -> Option<u32> {
        let at = self.skip_trivia(from);
        (self.text.as_bytes().get(at as usize) == Some(&sign)).then_some(at + 1)
    }

    /// Whether the line that comes next would go on with the statement before it.
    pub(super) fn goes_on(&self, from: u32) -> bool {
        let next = self.text.as_bytes().get(self.skip_trivia(from) as usize);
        next.is_some_and(|byte| b"([`+-/*.,<".contains(byte))
    }

    /// Leaves a statement out.
    pub(super) fn remove(&mut self, span: Span) {
        self.skip(span);
        if self.goes_on(self.hi(span)) {
            self.writer.write(";");
        }
    }

    /// `value as T`, `value!` and the like: the value alone.
    fn cast(&mut self, span: Span, value: &ast::Expr) {
        self.visit_expr(value);
        self.strip_tail(span, value.span_hi());
    }

    /// The same where it is written to.
    fn assigned_cast(&mut self, span: Span, place: &ast::Expr) {
        self.assigned(place);
        self.strip_tail(span, place.span_hi());
    }

    /// Leaves out what stands behind a value and belongs to its type.
    fn strip_tail(&mut self, span: Span, end: BytePos) {
        self.writer.copy_to(self.at(end));
        self.stripped = self.hi(span);
        self.writer.skip_to(self.stripped);
    }

    /// Puts a semicolon where a statement ends without one and its type went.
    pub(super) fn end_statement(&mut self, span: Span) {
        let end = self.hi(span);
        if self.stripped == end {
            self.writer.copy_to(end);
            self.writer.write(";");
        }
    }

    /// A comma separated list with brackets where one value must stand.
    pub(super) fn single(&mut self, expr: &ast::Expr) {
        if matches!(expr, ast::Expr::Seq(_)) {
            self.writer.copy_to(self.at(expr.span_lo()));
            self.writer.write("(");
            self.visit_expr(expr);
            self.writer.copy_to(self.at(expr.span_hi()));
            self.writer.write(")");
        } else {
            self.visit_expr(expr);
            self.writer.copy_to(self.at(expr.span_hi()));
        }
    }
}

impl Visit for Splicer<'_> {
    fn visit_expr(&mut self, node: &ast::Expr) {
        self.capture(node);
        match node {
            ast::Expr::Ident(ident) => self.reference(ident),
            ast::Expr::JSXElement(element) => self.element(element),
            ast::Expr::JSXFragment(fragment) => self.fragment(fragment),
            ast::Expr::Call(call) => self.call(call),
            ast::Expr::New(node) => {
                match node.callee.as_ident() {
                    Some(ident) => self.reference(ident),
                    None => self.visit_expr(&node.callee),
                }
                if let Some(types) = &node.type_args {
                    self.skip(types.span);
                }
                node.args.visit_with(self);
            }
            ast::Expr::TaggedTpl(template) => {
                self.is_doubtful |= template.type_params.is_some();
                self.called(&template.tag);
                template.type_params.visit_with(self);
                template.tpl.visit_with(self);
            }
            ast::Expr::Arrow(arrow) => self.arrow(arrow),
            ast::Expr::Fn(function) => self.function_expression(function),
            ast::Expr::Class(class) => self.class(class.ident.as_ref(), &class.class),
            ast::Expr::MetaProp(_) => {
                self.environment(node);
            }
            ast::Expr::Member(member) => {
                if !self.environment(node) {
                    self.visit_member_expr(member);
                }
            }
            // Its name is a place to write to, so nothing but a place may stand there.
            ast::Expr::Update(update) => match &*update.arg {
                ast::Expr::Ident(ident) => {
                    self.refuse_assignment(ident);
                    self.reference(ident);
                }
                ast::Expr::Member(member) => self.visit_member_expr(member),
                other => self.visit_expr(other),
            },
            ast::Expr::Bin(binary) => self.binary(binary),
            ast::Expr::Cond(condition) => {
                let arrow = condition.cons.as_arrow();
                self.is_doubtful |= arrow.is_some_and(|arrow| arrow.return_type.is_some());
                node.visit_children_with(self);
            }
            ast::Expr::TsAs(cast) => self.cast(cast.span, &cast.expr),
            ast::Expr::TsSatisfies(cast) => self.cast(cast.span, &cast.expr),
            ast::Expr::TsNonNull(cast) => self.cast(cast.span, &cast.expr),
            ast::Expr::TsInstantiation(cast) => {
                self.visit_expr(&cast.expr);
                // The span of `a?.b` has the types in it.
                self.strip_tail(cast.span, cast.type_args.span.lo);
            }
            ast::Expr::TsConstAssertion(cast) if cast.span.lo == cast.expr.span_lo() => {
                self.cast(cast.span, &cast.expr);
            }
            ast::Expr::TsConstAssertion(cast) => self.type_assertion(cast.span, &cast.expr),
            ast::Expr::TsTypeAssertion(cast) => self.type_assertion(cast.span, &cast.expr),
            _ => node.visit_children_with(self),
        }
    }

    fn visit_member_expr(&mut self, node: &ast::MemberExpr) {
        if self.window_location(node) {
            return;
        }
        if !self.namespace_member(node) {
            self.visit_expr(&node.obj);
        }
        node.prop.visit_with(self);
    }

    fn visit_opt_call(&mut self, node: &ast::OptCall) {
        self.called(&node.callee);
        if let Some(types) = &node.type_args {
            self.skip(types.span);
        }
        node.args.visit_with(self);
    }

    fn visit_object_lit(&mut self, node: &ast::ObjectLit) {
        self.check_prototype(node);
        node.visit_children_with(self);
    }

    fn visit_prop(&mut self, node: &ast::Prop) {
        if let ast::Prop::Assign(assign) = node {
            let message = "`name = value` can't stand in an object.";
            let help = "Write a colon instead: { name: value }.";
            self.refuse(codes::SYNTAX, assign.span, message, help);
            return;
        }
        if let ast::Prop::Shorthand(ident) = node {
            if let Some(text) = self.read(ident) {
                let name = self.slice(ident.span);
                self.replace(ident.span, &format!("{name}: {text}"));
            }
            return;
        }
        if let ast::Prop::KeyValue(pair) = node
            && let Some(key) = pair.key.as_ident()
        {
            self.enter_keyed(&key.sym, &pair.value);
        }
        node.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, node: &ast::AssignExpr) {
        if node.op == ast::AssignOp::Assign
            && let Some(place) = node.left.as_ident()
        {
            self.enter_keyed(&place.id.sym, &node.right);
        }
        node.visit_children_with(self);
    }

    fn visit_jsx_element(&mut self, node: &ast::JSXElement) {
        self.element(node);
    }

    fn visit_jsx_fragment(&mut self, node: &ast::JSXFragment) {
        self.fragment(node);
    }

    fn visit_simple_assign_target(&mut self, node: &ast::SimpleAssignTarget) {
        match node {
            ast::SimpleAssignTarget::Ident(ident) => {
                self.refresh.assigned.insert(ident.id.to_id());
                self.place(&ident.id);
            }
            ast::SimpleAssignTarget::TsAs(cast) => {
                self.assigned_cast(cast.span, &cast.expr);
            }
            ast::SimpleAssignTarget::TsSatisfies(cast) => {
                self.assigned_cast(cast.span, &cast.expr);
            }
            ast::SimpleAssignTarget::TsNonNull(cast) => {
                self.assigned_cast(cast.span, &cast.expr);
            }
            ast::SimpleAssignTarget::TsInstantiation(cast) => {
                self.assigned_cast(cast.span, &cast.expr);
            }
            ast::SimpleAssignTarget::TsTypeAssertion(cast) => {
                self.writer.copy_to(self.lo(cast.span));
                self.writer.skip_to(self.at(cast.expr.span_lo()));
                self.assigned(&cast.expr);
            }
            ast::SimpleAssignTarget::Paren(paren) => self.assigned(&paren.expr),
            _ => node.visit_children_with(self),
        }
    }

    fn visit_assign_pat(&mut self, node: &ast::AssignPat) {
        if let (ast::Pat::Ident(place), ast::Expr::Class(_)) = (&*node.left, &*node.right) {
            self.enter_keyed(&place.id.sym, &node.right);
        }
        node.visit_children_with(self);
    }

    fn visit_assign_pat_prop(&mut self, node: &ast::AssignPatProp) {
        let key = &node.key.id;
        self.refuse_assignment(key);
        if let Some(text) = self.read(key) {
            let end = self.name_end(key);
            let name = key.sym.to_string();
            self.writer.copy_to(self.lo(key.span));
            self.writer.write(&format!("{name}: {text}"));
            self.writer.skip_to(end);
        }
        node.value.visit_with(self);
    }

    fn visit_binding_ident(&mut self, node: &ast::BindingIdent) {
        let end = self.name_end(&node.id);
        self.place(&node.id);
        self.writer.copy_to(end);
        match &node.type_ann {
            // With what stands between: `?` and `!`.
            Some(types) => self.writer.skip_to(self.hi(types.span)),
            None if node.id.optional => {
                if let Some(end) = self.after_sign(end, b'?') {
                    self.writer.skip_to(end);
                }
            }
            None => {}
        }
    }

    fn visit_array_pat(&mut self, node: &ast::ArrayPat) {
        node.elems.visit_with(self);
        let inner = match node.elems.iter().rev().flatten().next() {
            Some(last) => self.at(last.span_hi()),
            None => self.lo(node.span) + 1,
        };
        self.pattern_tail(inner, node.type_ann.as_deref(), node.optional);
    }

    fn visit_object_pat(&mut self, node: &ast::ObjectPat) {
        node.props.visit_with(self);
        let inner = match node.props.last() {
            Some(last) => self.at(last.span_hi()),
            None => self.lo(node.span) + 1,
        };
        self.pattern_tail(inner, node.type_ann.as_deref(), node.optional);
    }

    fn visit_var_decl(&mut self, node: &ast::VarDecl) {
        let is_listed = std::mem::take(&mut self.refresh.is_listed);
        for declarator in &node.decls {
            self.refresh.is_listed = is_listed;
            self.variable_kind = match node.kind {
                ast::VarDeclKind::Var => DeclarationKind::Variable,
                ast::VarDeclKind::Let | ast::VarDeclKind::Const => DeclarationKind::Lexical,
            };
            self.visit_var_declarator(declarator);
        }
    }

    fn visit_using_decl(&mut self, node: &ast::UsingDecl) {
        for declarator in &node.decls {
            self.variable_kind = DeclarationKind::Lexical;
            self.visit_var_declarator(declarator);
        }
    }

    fn visit_catch_clause(&mut self, node: &ast::CatchClause) {
        if let Some(param) = &node.param {
            // `var` of the same name may stand in the block.
            let kind = match param {
                ast::Pat::Ident(_) => DeclarationKind::Parameter,
                _ => DeclarationKind::Lexical,
            };
            self.declare_pattern(param, kind);
        }
        node.visit_children_with(self);
    }

    fn visit_super_prop_expr(&mut self, node: &ast::SuperPropExpr) {
        self.check_super(node.span, false);
        node.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, node: &ast::VarDeclarator) {
        let kind = self.variable_kind;
        self.declare_pattern(&node.name, kind);
        node.name.visit_with(self);
        if node.definite
            && let Some(end) = self.after_sign(self.writer.cursor(), b'!')
        {
            self.writer.skip_to(end);
        }
        self.enter_declarator(node);
        node.init.visit_with(self);
    }

    fn visit_function(&mut self, node: &ast::Function) {
        self.function(node);
    }

    fn visit_class_decl(&mut self, node: &ast::ClassDecl) {
        self.class_declaration(&node.ident, &node.class, node.class.span);
    }

    fn visit_param(&mut self, node: &ast::Param) {
        self.drop_decorators(&node.decorators, self.at(node.pat.span_lo()));
        node.pat.visit_with(self);
    }

    fn visit_do_while_stmt(&mut self, node: &ast::DoWhileStmt) {
        self.loop_body(&node.body);
        node.test.visit_with(self);
    }

    fn visit_while_stmt(&mut self, node: &ast::WhileStmt) {
        node.test.visit_with(self);
        self.loop_body(&node.body);
    }

    fn visit_for_stmt(&mut self, node: &ast::ForStmt) {
        node.init.visit_with(self);
        node.test.visit_with(self);
        node.update.visit_with(self);
        self.loop_body(&node.body);
    }

    fn visit_for_in_stmt(&mut self, node: &ast::ForInStmt) {
        node.left.visit_with(self);
        node.right.visit_with(self);
        self.loop_body(&node.body);
    }

    fn visit_for_of_stmt(&mut self, node: &ast::ForOfStmt) {
        node.left.visit_with(self);
        node.right.visit_with(self);
        self.loop_body(&node.body);
    }

    fn visit_stmts(&mut self, node: &[ast::Stmt]) {
        self.refresh.depth += 1;
        for statement in node {
            self.listed_statement(statement);
        }
        self.refresh.depth -= 1;
    }

    fn visit_stmt(&mut self, node: &ast::Stmt) {
        self.statement(node);
    }

    fn visit_ts_type_ann(&mut self, node: &ast::TsTypeAnn) {
        self.skip(node.span);
    }

    fn visit_ts_type_param_decl(&mut self, node: &ast::TsTypeParamDecl) {
        self.skip(node.span);
    }

    fn visit_ts_type_param_instantiation(&mut self, node: &ast::TsTypeParamInstantiation) {
        self.skip(node.span);
    }

    fn visit_ts_this_param(&mut self, node: &ast::TsThisParam) {
        self.this_parameter(node);
    }
}

impl Splicer<'_> {
    /// Byte after a name: swc's span of a parameter may hold more than it.
    pub(super) fn name_end(&self, ident: &ast::Ident) -> u32 {
        let start = self.lo(ident.span);
        let rest = self.text.get(start as usize..).unwrap_or_default();
        if rest.starts_with(ident.sym.as_str()) {
            return start + to_u32(ident.sym.len());
        }
        // Written with escapes: `\u0061`, `\u{61}`.
        let length =
            rest.find(|c: char| !(c.is_alphanumeric() || "_$\\{}".contains(c) || !c.is_ascii()));
        start + to_u32(length.unwrap_or(rest.len()))
    }

    /// The type of a pattern, with the question mark before it. `inner` is where
    /// the last part of the pattern ends.
    fn pattern_tail(&mut self, inner: u32, types: Option<&ast::TsTypeAnn>, is_optional: bool) {
        if types.is_none() && !is_optional {
            return;
        }
        let mut close = self.skip_trivia(inner);
        while self.text.as_bytes().get(close as usize) == Some(&b',') {
            close = self.skip_trivia(close + 1);
        }
        self.writer.copy_to(close + 1);
        match (types, self.after_sign(close + 1, b'?')) {
            (Some(types), _) => self.writer.skip_to(self.hi(types.span)),
            (None, Some(end)) => self.writer.skip_to(end),
            (None, None) => {}
        }
    }

    /// `<T>value` → `(value)`
    fn type_assertion(&mut self, span: Span, expr: &ast::Expr) {
        self.writer.copy_to(self.lo(span));
        self.writer.write("(");
        self.writer.skip_to(self.at(expr.span_lo()));
        self.visit_expr(expr);
        self.writer.copy_to(self.hi(span));
        self.writer.write(")");
    }

    /// In a script, unlike in a module, `<!--` begins a comment.
    fn binary(&mut self, node: &ast::BinExpr) {
        self.visit_expr(&node.left);
        if node.op == ast::BinaryOp::Lt {
            let sign = self.skip_trivia(self.at(node.left.span_hi()));
            let rest = self.text.get(sign as usize..).unwrap_or_default();
            if rest.starts_with("<!--") {
                self.writer.copy_to(sign + 1);
                self.writer.write(" ");
            }
        }
        self.visit_expr(&node.right);
    }
}
