//! The one place that names swc crates: they break semver in patch releases.

pub(crate) use swc_common::sync::Lrc;
pub(crate) use swc_common::{
    BytePos, DUMMY_SP, FileName, GLOBALS, Globals, LineCol, Mark, SourceMap, SyntaxContext,
};
pub(crate) use swc_ecma_ast as ast;
pub(crate) use swc_ecma_ast::{EsVersion, Pass};
pub(crate) use swc_ecma_codegen::text_writer::{JsWriter, omit_trailing_semi};
pub(crate) use swc_ecma_codegen::{Config, Emitter};
pub(crate) use swc_ecma_minifier::optimize;
pub(crate) use swc_ecma_minifier::option::{
    CompressOptions, ExtraOptions, MangleOptions, MinifyOptions,
};
pub(crate) use swc_ecma_parser::{EsSyntax, Parser, StringInput, Syntax};
pub(crate) use swc_ecma_transforms_base::fixer::fixer;
pub(crate) use swc_ecma_transforms_base::resolver;
pub(crate) use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};
