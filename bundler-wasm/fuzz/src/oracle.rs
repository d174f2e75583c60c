//! What holds for every output, seen from outside.

use bundler_wasm::{Build, Bundler};
use protocol::bundle::Severity;
use protocol::worker::Position;
use swc_common::BytePos;
use swc_ecma_ast::{Callee, EsVersion, Expr, Lit, Script, Stmt};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

/// A module is a script of one statement, `__cumulet.define("ID", function …)`:
/// whatever the source has in it, nothing of it stands outside that function.
pub fn assert_module(id: &str, code: &str) {
    let script = script(code);
    let [Stmt::Expr(statement)] = script.body.as_slice() else {
        panic!("{id} has {} statements:\n{code}", script.body.len());
    };
    let Expr::Call(call) = &*statement.expr else {
        panic!("{id} isn't a call:\n{code}");
    };
    let Callee::Expr(callee) = &call.callee else {
        panic!("{id} calls nothing:\n{code}");
    };
    // `globalThis.__cumulet` where the source has a name like it.
    let is_define = callee.as_member().is_some_and(|member| {
        member
            .prop
            .as_ident()
            .is_some_and(|name| name.sym == "define")
    });
    let [name, factory] = call.args.as_slice() else {
        panic!(
            "{id} is defined with {} arguments:\n{code}",
            call.args.len()
        );
    };
    let is_named = matches!(&*name.expr, Expr::Lit(Lit::Str(name)) if name.value == id);
    assert!(
        is_define && is_named && factory.expr.is_fn_expr(),
        "{id} isn't defined as itself:\n{code}"
    );
}

/// [`assert_module`] for all of a build; one with errors has none.
pub fn assert_modules(build: &Build) {
    let is_good = build
        .output
        .diagnostics
        .iter()
        .all(|d| d.severity != Severity::Error);
    assert!(
        is_good || build.output.modules.is_empty(),
        "modules in spite of errors"
    );
    for module in &build.output.modules {
        assert_module(&module.id, &module.code);
    }
}

fn script(code: &str) -> Script {
    let end = BytePos(1 + u32::try_from(code.len()).expect("outputs are small"));
    let lexer = Lexer::new(
        Syntax::Es(EsSyntax {
            explicit_resource_management: true,
            ..EsSyntax::default()
        }),
        EsVersion::latest(),
        StringInput::new(code, BytePos(1), end),
        None,
    );
    let mut parser = Parser::new_from(lexer);
    let result = parser.parse_script();
    let errors = parser.take_errors();
    match result {
        Ok(script) if errors.is_empty() => script,
        Ok(_) => panic!("the output has errors: {errors:?}\n{code}"),
        Err(error) => panic!("the output doesn't parse: {error:?}\n{code}"),
    }
}

/// Every place maps to nothing or to a place that the file has.
pub fn assert_positions(bundler: &Bundler, text: &str, positions: &[Position]) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<u32> = lines(text).iter().map(|line| units(line)).collect();
    for (asked, found) in positions.iter().zip(bundler.resolve_positions(positions)) {
        let Some(found) = found else { continue };
        let place = found.position;
        let length = place
            .line
            .checked_sub(1)
            .and_then(|index| lines.get(index as usize));
        assert!(
            length.is_some_and(|length| (1..=length + 1).contains(&place.column)),
            "{}:{} maps to {}:{} of\n{text}",
            asked.line,
            asked.column,
            place.line,
            place.column
        );
        assert_eq!(place.file, asked.file);
    }
}

/// Lines as editors have them, with their ends.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, byte) in text.bytes().enumerate() {
        let is_end =
            byte == b'\n' || byte == b'\r' && text.as_bytes().get(index + 1) != Some(&b'\n');
        if is_end {
            lines.push(&text[start..=index]);
            start = index + 1;
        }
    }
    lines.push(&text[start..]);
    lines
}

fn units(line: &str) -> u32 {
    u32::try_from(line.encode_utf16().count()).expect("lines are short")
}
