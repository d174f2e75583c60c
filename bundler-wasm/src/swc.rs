//! The one place that names swc crates: they break semver in patch releases,
//! so what is used of them should fit on one screen.

pub(crate) use rustc_hash::{FxHashMap, FxHashSet};
pub(crate) use swc_atoms::Atom;
pub(crate) use swc_common::{BytePos, GLOBALS, Globals, Mark, Span, Spanned, SyntaxContext};
pub(crate) use swc_ecma_ast as ast;
pub(crate) use swc_ecma_ast::{EsVersion, Pass};
pub(crate) use swc_ecma_parser::error::Error as ParseError;
pub(crate) use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax, TsSyntax};
pub(crate) use swc_ecma_transforms_base::resolver;
pub(crate) use swc_ecma_utils::find_pat_ids;
pub(crate) use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};
