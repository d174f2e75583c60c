//! Import and export statements with hostile specifiers and names: they mean
//! something or are refused, and never leave the literal that they stand in.

#![no_main]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bundler_fuzz::{assert_modules, bundler};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// A part of a specifier or of a name.
#[derive(Debug, Arbitrary)]
enum Part<'a> {
    Known(u8),
    Up(u8),
    Text(&'a str),
    Long(u16),
}

const KNOWN: [&str; 40] = [
    "./",
    "../",
    "/",
    "@/",
    "#",
    "~",
    ".",
    "a",
    "b.tsx",
    "data.json",
    "look.css",
    "a.module.css",
    "sign.svg",
    "dot.png",
    "react",
    "react-dom/client",
    "lodash",
    "clsx",
    "?raw",
    "?url",
    "?react",
    "?worker",
    "node:fs",
    "data:text/javascript,1",
    "javascript:alert(1)",
    "https://x.y/z.js",
    "blob:null",
    "__proto__",
    "constructor",
    "toString",
    "%2e%2e%2f",
    "%00",
    "\0",
    "\"",
    "'",
    "\n\r",
    "\u{2028}\u{2029}",
    "</script><!--",
    "\\",
    "*/`${",
];

/// How a specifier and a name stand in a statement.
#[derive(Debug, Arbitrary)]
enum Form {
    Effect,
    Default,
    Named,
    Quoted,
    Namespace,
    Types,
    Star,
    StarAs,
    Reexport,
    ReexportDefault,
    Dynamic,
    Template,
    Require,
    Url,
    Glob,
    Style,
}

#[derive(Debug, Arbitrary)]
struct Statement<'a> {
    form: Form,
    specifier: Vec<Part<'a>>,
    name: Vec<Part<'a>>,
    is_single: bool,
}

fn text(parts: &[Part<'_>]) -> String {
    let mut text = String::new();
    for part in parts.iter().take(8) {
        match part {
            Part::Known(index) => text.push_str(KNOWN[usize::from(*index) % KNOWN.len()]),
            Part::Up(times) => text.push_str(&"../".repeat(usize::from(*times))),
            Part::Text(part) => text.push_str(part),
            Part::Long(times) => text.push_str(&"x".repeat(usize::from(*times))),
        }
    }
    text
}

/// A string literal that means the text: with escapes, or, where a text may
/// stand as it is, without.
fn quoted(text: &str, is_single: bool) -> String {
    let quote = if is_single { '\'' } else { '"' };
    let mut literal = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\x0d"),
            c if c == quote || c == '\\' => literal.extend(['\\', c]),
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

fn line(statement: &Statement<'_>, index: usize) -> String {
    let specifier = text(&statement.specifier);
    let from = quoted(&specifier, statement.is_single);
    let name = quoted(&text(&statement.name), !statement.is_single);
    match statement.form {
        Form::Effect => format!("import {from};"),
        Form::Default => format!("import d{index} from {from}; use(d{index});"),
        Form::Named => format!("import {{ value as v{index} }} from {from}; use(v{index});"),
        Form::Quoted => format!("import {{ {name} as q{index} }} from {from}; use(q{index});"),
        Form::Namespace => {
            format!("import * as n{index} from {from}; use(n{index}, n{index}[{name}]);")
        }
        Form::Types => format!("import type T{index} from {from};"),
        Form::Star => format!("export * from {from};"),
        Form::StarAs => format!("export * as {name} from {from};"),
        Form::Reexport => format!("export {{ {name} as 'r{index}' }} from {from};"),
        Form::ReexportDefault => format!("export {{ default as {name} }} from {from};"),
        Form::Dynamic => format!("use(import({from}));"),
        Form::Template => format!(
            "use(import(`${{use}}{}`));",
            specifier.replace(['`', '$', '\\'], "")
        ),
        Form::Require => format!("import r{index} = require({from}); use(r{index});"),
        Form::Url => format!("use(new URL({from}, import.meta.url));"),
        Form::Glob => format!("use(import.meta.glob([{from}, {name}], {{ import: {name} }}));"),
        Form::Style => format!("use(<a className={name} href={from}/>);"),
    }
}

fuzz_target!(|statements: Vec<Statement<'_>>| {
    let mut code = String::from("const use = (...all) => all;\n");
    let mut sheet = String::new();
    for (index, statement) in statements.iter().take(8).enumerate() {
        let _ = writeln!(code, "{}", line(statement, index));
        let target = quoted(&text(&statement.specifier), statement.is_single);
        let _ = writeln!(
            sheet,
            "@import {target};\n.a {{ composes: a from {target}; background: url({target}) }}"
        );
    }
    let files = [
        ("src/main.tsx", code.as_str()),
        (
            "src/a.ts",
            "export const value = 1; export default 2; export { value as 'x y' };",
        ),
        (
            "src/b.tsx",
            "export * from './main'; export default () => <a/>;",
        ),
        ("src/data.json", "{ \"value\": 1, \"__proto__\": 2 }"),
        ("src/look.css", sheet.as_str()),
        ("src/a.module.css", sheet.as_str()),
        (
            "src/sign.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
        ("src/dot.png", "data:image/png;base64,AA=="),
    ];
    let files: BTreeMap<String, Option<String>> = files
        .map(|(path, text)| (path.to_owned(), Some(text.to_owned())))
        .into();
    assert_modules(&bundler().build(files));
});
