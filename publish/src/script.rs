//! One minified script of many modules.

use std::collections::BTreeMap;

use bundler_wasm::Part;

use crate::assets::Assets;
use crate::map::{Origin, source_map};
use crate::publisher::PublishError;
use crate::rewrite::{Context, PACKAGES, RUNTIME, Rewriter};
use crate::swc::{
    BytePos, CompressOptions, Config, EsSyntax, EsVersion, ExtraOptions, FileName, GLOBALS,
    Globals, JsWriter, LineCol, Lrc, MangleOptions, Mark, MinifyOptions, Parser, Pass, SourceMap,
    StringInput, Syntax, SyntaxContext, VisitMutWith, ast, fixer, omit_trailing_semi, optimize,
    resolver,
};

/// JavaScript that the browsers have in which Cumulet's apps run.
const TARGET: EsVersion = EsVersion::Es2022;

/// What scripts are made with.
pub(crate) struct Surroundings<'a> {
    /// Short ids by module.
    pub(crate) ids: BTreeMap<&'a str, String>,
    /// `import.meta.env`.
    pub(crate) env: BTreeMap<String, serde_json::Value>,
    /// Assets that become files.
    pub(crate) assets: Assets,
    /// What runs before the modules that have to wait.
    pub(crate) waits: BTreeMap<&'a str, Vec<String>>,
    pub(crate) has_maps: bool,
}

/// A script, and the parts of its source map.
pub(crate) struct Script<'a> {
    pub(crate) code: String,
    /// Whether it needs what the runtime has for decorators.
    pub(crate) decorates: bool,
    places: Vec<(BytePos, LineCol)>,
    origins: Vec<Origin<'a>>,
}

impl Script<'_> {
    /// Its source map, once it has a name.
    pub(crate) fn map(&self, file: &str) -> String {
        source_map(file, &self.places, &self.origins)
    }
}

/// Makes a script that defines these modules, and then runs `tail`.
///
/// # Errors
/// What the bundler made can't be read, which is a bug of ours.
pub(crate) fn script<'a>(
    parts: &[Part<'a>],
    tail: &str,
    around: &Surroundings<'a>,
) -> Result<Script<'a>, PublishError> {
    // swc's symbols and marks live in scoped thread-locals.
    GLOBALS.set(&Globals::new(), || Builder::new(around).build(parts, tail))
}

struct Builder<'a, 'b> {
    around: &'b Surroundings<'a>,
    files: Lrc<SourceMap>,
    unresolved: Mark,
    top: Mark,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(around: &'b Surroundings<'a>) -> Self {
        Self {
            around,
            files: Lrc::default(),
            unresolved: Mark::new(),
            top: Mark::new(),
        }
    }

    fn build(&self, parts: &[Part<'a>], tail: &str) -> Result<Script<'a>, PublishError> {
        let frame = format!(
            "(function({RUNTIME},{PACKAGES}){{\"use strict\";}})({RUNTIME},{PACKAGES});{tail}"
        );
        let (mut script, _) = self.parse("", frame)?;
        let outer = wrapper(&mut script)
            .and_then(|function| Some(function.params.first()?.pat.as_ident()?.id.ctxt))
            .unwrap_or(SyntaxContext::empty());
        let env = self.environment();
        let context = Context {
            ids: &self.around.ids,
            env: &env,
            addresses: &self.around.assets.addresses,
            unresolved: self.unresolved,
            outer,
        };
        let mut origins = Vec::new();
        let mut statements = Vec::new();
        let mut decorates = false;
        for part in parts {
            let (module, (start, end)) = self.parse(part.id, part.code().to_owned())?;
            origins.push(Origin {
                start,
                end,
                part: *part,
            });
            let mut rewriter = Rewriter::new(&context, keeps_data(part.id));
            for mut statement in module.body {
                rewriter.module(&mut statement, self.around.waits.get(part.id));
                statements.push(statement);
            }
            decorates |= rewriter.decorates;
        }
        if let Some(body) = wrapper(&mut script).and_then(|function| function.body.as_mut()) {
            body.stmts.extend(statements);
        }
        let (code, places) = self.print(ast::Program::Script(script))?;
        Ok(Script {
            code,
            decorates,
            places,
            origins,
        })
    }

    fn environment(&self) -> BTreeMap<String, ast::Lit> {
        let literal = |value: &serde_json::Value| match value {
            serde_json::Value::Bool(value) => Some((*value).into()),
            serde_json::Value::String(text) => Some(text.as_str().into()),
            _ => None,
        };
        let variables = self.around.env.iter();
        variables
            .filter_map(|(name, value)| Some((name.clone(), literal(value)?)))
            .collect()
    }

    /// Reads a script, and tells names apart by the scopes that declare them.
    fn parse(
        &self,
        name: &str,
        code: String,
    ) -> Result<(ast::Script, (BytePos, BytePos)), PublishError> {
        let fail = |reason: String| PublishError::Unreadable {
            module: name.to_owned(),
            reason,
        };
        let file = self
            .files
            .new_source_file(FileName::Custom(name.to_owned()).into(), code);
        let syntax = Syntax::Es(EsSyntax {
            explicit_resource_management: true,
            ..EsSyntax::default()
        });
        let input = StringInput::new(&file.src, file.start_pos, file.end_pos);
        let mut parser = Parser::new(syntax, input, None);
        let mut script = parser
            .parse_script()
            .map_err(|error| fail(error.kind().msg().into_owned()))?;
        if let Some(error) = parser.take_errors().into_iter().next() {
            return Err(fail(error.kind().msg().into_owned()));
        }
        script.visit_mut_with(&mut resolver(self.unresolved, self.top, false));
        Ok((script, (file.start_pos, file.end_pos)))
    }

    fn print(
        &self,
        program: ast::Program,
    ) -> Result<(String, Vec<(BytePos, LineCol)>), PublishError> {
        let options = MinifyOptions {
            compress: Some(CompressOptions {
                ecma: TARGET,
                reduce_vars: true,
                ..CompressOptions::default()
            }),
            mangle: Some(MangleOptions::default()),
            ..MinifyOptions::default()
        };
        let extra = ExtraOptions {
            unresolved_mark: self.unresolved,
            top_level_mark: self.top,
            mangle_name_cache: None,
        };
        let files = Lrc::clone(&self.files);
        let mut program = optimize(program, Lrc::clone(&files), None, None, &options, &extra);
        fixer(None).process(&mut program);
        let mut code = Vec::new();
        let mut places = Vec::new();
        let recorded = self.around.has_maps.then_some(&mut places);
        let mut emitter = crate::swc::Emitter {
            cfg: Config::default().with_minify(true),
            cm: Lrc::clone(&files),
            comments: None,
            wr: omit_trailing_semi(JsWriter::new(files, "\n", &mut code, recorded)),
        };
        let printed = emitter.emit_program(&program);
        drop(emitter);
        let failed = |reason: String| PublishError::Unprintable { reason };
        printed.map_err(|error| failed(error.to_string()))?;
        let code = String::from_utf8(code).map_err(|error| failed(error.to_string()))?;
        Ok((code, places))
    }
}

/// The function around the modules.
fn wrapper(script: &mut ast::Script) -> Option<&mut ast::Function> {
    let ast::Stmt::Expr(statement) = script.body.first_mut()? else {
        return None;
    };
    let callee = statement.expr.as_mut_call()?.callee.as_mut_expr()?;
    let inner = callee.as_mut_paren()?;
    Some(&mut inner.expr.as_mut_fn_expr()?.function)
}

/// Whether an import asks for the content of a file rather than its address.
fn keeps_data(id: &str) -> bool {
    let query = id.split_once('?').map_or("", |(_, query)| query);
    matches!(query, "raw" | "inline")
}
