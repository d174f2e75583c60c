//! The one place that names swc crates: they break semver in patch releases,
//! so what is used of them should fit on one screen.

pub(crate) use swc_atoms::Atom;
pub(crate) use swc_common::comments::NoopComments;
pub(crate) use swc_common::sync::Lrc;
pub(crate) use swc_common::{
    BytePos, DUMMY_SP, FileName, GLOBALS, Globals, LineCol, Mark, SourceMap, Span, Spanned,
    SyntaxContext,
};
pub(crate) use swc_ecma_ast as ast;
pub(crate) use swc_ecma_ast::{EsVersion, Pass};
pub(crate) use swc_ecma_codegen::text_writer::JsWriter;
pub(crate) use swc_ecma_codegen::{Config as CodegenConfig, Emitter, Node as EmitNode};
pub(crate) use swc_ecma_parser::error::Error as ParseError;
pub(crate) use swc_ecma_parser::{EsSyntax, Syntax, TsSyntax, parse_file_as_module};
pub(crate) use swc_ecma_transforms_base::fixer::fixer;
pub(crate) use swc_ecma_transforms_base::hygiene::hygiene;
pub(crate) use swc_ecma_transforms_base::resolver;
pub(crate) use swc_ecma_transforms_react::{
    Options as JsxOptions, RefreshOptions, Runtime, jsx, refresh,
};
pub(crate) use swc_ecma_transforms_typescript::{Config as StripConfig, typescript};
pub(crate) use swc_ecma_utils::{find_pat_ids, private_ident};
pub(crate) use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_type};
