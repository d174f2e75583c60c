//! Input that nobody writes by hand: it may be refused, it may never panic.

use crate::support::{build, bundler, codes, files, is_good, run_project, with_stack};

const OK: &str = "export const ok = 1;";

/// One file must compile, or be refused with a diagnostic.
fn survives(path: &str, text: &str) -> bool {
    let path = path.to_owned();
    let text = text.to_owned();
    with_stack(move || {
        let build = build(&[
            ("src/main.tsx", &format!("import './x'; {OK}")),
            (&path, &text),
        ]);
        is_good(&build)
    })
}

#[test]
fn deep_nesting_is_refused_or_compiled() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{", "", "}"),
        ("<a>", "", "</a>"),
        ("!", "1", ""),
        ("a ? b : ", "c", ""),
        ("a => ", "1", ""),
        ("a = ", "1", ""),
        ("if (a) ", ";", ""),
        ("`${", "1", "}`"),
        ("- ", "1", ""),
        ("typeof ", "1", ""),
        ("a.b(", "1", ")"),
        ("function f() {", "", "}"),
        ("1 + ", "1", ""),
        ("a, ", "1", ""),
        ("a.b.", "c", ""),
        ("a && ", "1", ""),
        ("() => {", "", "}"),
        ("new ", "A", ""),
        ("class A { m() {", "", "}}"),
        ("if (a) {} else ", "{}", ""),
        ("a ** ", "1", ""),
        ("await ", "1", ""),
        ("<a b={", "1", "}/>"),
        ("[...", "a", "]"),
        ("x: ", ";", ""),
        ("a?.b?.", "c", ""),
        ("a[", "0", "]"),
        ("async () => ", "1", ""),
        ("({ a: ", "1", "})"),
        ("switch (a) { case 1: ", "", "}"),
        ("do ", ";", " while (a)"),
    ] {
        for depth in [50, 190, 500, 3_000, 30_000] {
            let text = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
            survives("src/x.tsx", &format!("let a, b, c;\n{text}"));
        }
    }
}

#[test]
fn deep_types_are_refused_or_compiled() {
    for (open, middle, close) in [
        ("A<", "1", ">"),
        ("[", "1", "]"),
        ("{ a: ", "1", "}"),
        ("(a: ", "1", ") => void"),
        ("1 | ", "2", ""),
        ("keyof ", "A", ""),
        ("A extends B ? C : ", "D", ""),
        ("A['b']", "", ""),
        ("(", "1", ")"),
        ("`${", "1", "}`"),
        ("a.", "b", ""),
        ("readonly ", "A[]", ""),
    ] {
        for depth in [50, 190, 500, 3_000, 30_000] {
            let text = format!(
                "type X = {}{middle}{};",
                open.repeat(depth),
                close.repeat(depth)
            );
            survives("src/x.ts", &text);
        }
    }
}

#[test]
fn ordinary_depth_compiles() {
    assert!(survives(
        "src/x.tsx",
        &format!("export default {}1{};", "[".repeat(60), "]".repeat(60))
    ));
    assert!(survives(
        "src/x.tsx",
        &format!(
            "export default {}{};",
            "<div>".repeat(60),
            "</div>".repeat(60)
        )
    ));
    assert!(survives(
        "src/x.ts",
        &format!("export default {}''", "'line' +\n".repeat(500))
    ));
    assert!(survives(
        "src/x.ts",
        &format!("let a = 1; {}{{}}", "if (a) { a++ } else ".repeat(100))
    ));
}

#[test]
fn large_files_are_refused_by_name() {
    let text = "x".repeat(10 * 1024 * 1024);
    let build = build(&[("src/main.ts", "import './big';"), ("src/big.ts", &text)]);
    assert_eq!(codes(&build), ["file-too-large", "missing-file"]);
    let message = &build.output.diagnostics[0].message;
    assert_eq!(
        message,
        "`src/big.ts` has 10.0 MB; a file may have at most 1.0 MB."
    );
}

#[test]
fn large_apps_are_refused() {
    let text = format!("/*{}*/", "x".repeat(1_000_000));
    let pairs: Vec<(String, String)> = (0..6)
        .map(|n| (format!("src/{n}.ts"), text.clone()))
        .collect();
    let mut pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    pairs.push(("src/main.ts", ""));
    assert_eq!(codes(&build(&pairs)), ["app-too-large"]);
    let many: Vec<String> = (0..501).map(|n| format!("src/{n}.ts")).collect();
    let mut pairs: Vec<(&str, &str)> = many.iter().map(|path| (path.as_str(), "")).collect();
    pairs.push(("src/main.ts", ""));
    assert_eq!(codes(&build(&pairs)), ["app-too-large"]);
}

#[test]
fn odd_paths_are_refused() {
    for path in [
        "../../x",
        "/etc/passwd",
        "a\\b",
        "",
        "a//b",
        "a\0b",
        "C:/x",
        "src/./x.ts",
        &"x".repeat(300),
    ] {
        let build = build(&[("src/main.ts", ""), (path, "")]);
        assert_eq!(codes(&build), ["invalid-path"], "{path:?}");
    }
}

#[test]
fn odd_texts_never_panic() {
    let texts = [
        "",
        "\u{feff}",
        "\u{2028}",
        "\0",
        "#!/usr/bin/env node\nexport {}",
        "<!-- x -->",
        "</script>",
        "export",
        "export default",
        "import",
        "import(",
        "import x from",
        "`${",
        "`",
        "'",
        "\"",
        "/",
        "/*",
        "//",
        "<",
        "<>",
        "<a",
        "</a>",
        "{",
        "}",
        "(",
        "\\",
        "\\u",
        "\\u{",
        "\\u{110000}",
        "'\\x'",
        "0x",
        "0b",
        "1_",
        "1n",
        "a\u{300}",
        "𝒳",
        "\u{200d}",
        "@",
        "#",
        "#a",
        "class { #a }",
        "await",
        "yield",
        "let let",
        "return 1",
        "break",
        "export { x }",
        "export { x as default, x as default }",
        "import a from './x'; let a;",
        "import './x",
        "/[/",
        "/(?<a>/",
        "x = /(/u",
        "enum A { B = A.C }",
        "namespace N { export namespace M {} }",
        "declare module 'x' {}",
        "declare global {}",
        "abstract class A {}",
        "export default interface A {}",
        "export type * from './x'",
        "import type X, { Y } from './x'",
        "import { type X, type default as Y } from './x'",
        "export import A = B.C",
        "@a class B {}",
        "var \\u{61} = 1",
        "'\\ud800'",
        "`\\u{d800}`",
        "<a b='\u{2028}'/>",
        "<a:b/>",
        "<a.b.c/>",
        "<a {...b}/>",
        "<a>{...b}</a>",
        "<a b=<c/>/>",
        "<></>",
        "<a>&nbsp;&#x110000;</a>",
        "for await (const a of b);",
        "import defer * as x from './x'",
        "import source x from './x'",
        "import.defer('./x')",
        "using a = b;",
        "export { default } from './x'; export { default } from './x'",
        "new.target",
        "super.x",
        "import.meta = 1",
        "import.meta.env++",
        "process.env = 1",
        "delete import.meta.env",
        "({ __proto__: null, __proto__: 1 })",
        "label: { break label }",
        "with (a) {}",
        "0777",
        "delete a",
        "arguments",
        "eval = 1",
        "var eval",
        "export * as default from './x'",
        "export * as 'a-b' from './x'",
        "import { 'a-b' as c } from './x'",
        "let x = 1; export { x as 'a b' }",
        "export let __proto__ = 1",
    ];
    for text in texts {
        for path in [
            "src/x.tsx",
            "src/x.ts",
            "src/x.js",
            "src/x.json",
            "src/x.svg",
            "src/x.css",
        ] {
            survives(path, text);
        }
        let specifier = text.replace(['"', '\\', '\n', '\u{2028}'], "");
        build(&[(
            "src/main.ts",
            &format!("import x from \"{specifier}\"; import(\"{specifier}\"); x;"),
        )]);
        build(&[("src/main.ts", text)]);
        build(&[
            ("src/main.ts", "import './a.css'"),
            ("src/a.css", text),
            ("b.css", &format!("@import {text}")),
        ]);
        build(&[
            (
                "src/main.ts",
                "import './a.module.css'; import './a.svg?react'; import './a.png';",
            ),
            ("src/a.module.css", text),
            ("src/a.svg", text),
            ("src/a.png", text),
            (
                "index.html",
                &format!("<body {text}><script>{text}</script><p {text}"),
            ),
            (".env", &format!("VITE_A={text}\n{text}")),
            ("tsconfig.json", text),
            ("vite.config.ts", text),
            (
                "tailwind.config.js",
                &format!("export default {{ theme: {{ extend: {text} }} }}"),
            ),
        ]);
    }
}

#[test]
fn what_the_parser_lets_through_is_refused() {
    for text in [
        "f(a<b>/* never closed",
        "a<b>\n// one\n/* two */ /* never closed",
        "@tailwind base;",
        "import.meta.url import.meta.url",
        "export const a = <T,>(b: T) => { const c; };",
        "export const a = async <T,>(b: T) => {\n  'never closed;\n};",
        "export const a = b ? (c): d => { break; } : e;",
        "export enum A { B = (() => { const c; })() }",
        "export abstract class A { b() { const c; } }",
        "namespace A { export namespace B { break; } }",
        "export const a = b<c>`${() => { 08; }}`;",
        "{ import('./x') /* and */ export }",
        "export const a = <a:b.c/>;",
        "export const a = <p>it <a : b.c></a : b.c></p>;",
    ] {
        let build = build(&[("src/main.tsx", text)]);
        assert_eq!(codes(&build), ["syntax"], "{text}");
    }
    let scripts =
        "<script>var a = 1 // one</script><script>import(\"./a\")</script><script>a</script>";
    let page = build(&[("index.html", scripts), ("a.ts", "")]);
    assert!(is_good(&page), "{:?}", page.output.diagnostics);
    assert!(is_good(&build(&[(
        "src/main.tsx",
        "a<b>\n// one\n/* two */"
    )])));
}

#[test]
fn small_files_never_cost_much() {
    let many = 20_000;
    let doubled: Vec<String> = (0..40)
        .map(|n| {
            let next = n + 1;
            format!("const a{n} = [a{next}, a{next}], t{n} = `${{t{next}}}${{t{next}}}`;")
        })
        .collect();
    let doubled = doubled.concat();
    let chain: Vec<String> = (0..many / 8)
        .map(|n| format!(".a{n} {{ composes: a{} }}\n", n + 1))
        .collect();
    let chain = chain.concat();
    let names = vec![".b"; many].join(",");
    for files in [
        files(&[
            ("src/App.tsx", "export default 1;"),
            ("index.html", &"<a ".repeat(many)),
        ]),
        files(&[
            ("src/App.tsx", "export default 1;"),
            ("index.html", &format!("<a b='{}'>", "&".repeat(many))),
        ]),
        files(&[
            ("src/App.tsx", "import './a.css'"),
            ("src/a.css", &"url(x)@import 'y';".repeat(many / 4)),
        ]),
        files(&[
            ("src/App.tsx", "import './a.module.css'"),
            ("src/a.module.css", &chain),
        ]),
        files(&[
            ("src/App.tsx", "import './a.module.css'"),
            (
                "src/a.module.css",
                &format!("{names} {{ composes: {} }}", "b ".repeat(many)),
            ),
        ]),
        files(&[
            ("src/App.tsx", "import './a.svg?react'"),
            ("src/a.svg", &"<svg>".repeat(many)),
        ]),
        files(&[
            ("src/App.tsx", ""),
            (
                "vite.config.ts",
                &format!("{doubled}export default {{ resolve: {{ alias: a0 }} }}"),
            ),
        ]),
        files(&[
            ("src/App.tsx", ""),
            (".env", &format!("VITE_A={}\n", "$VITE_A".repeat(many))),
        ]),
    ] {
        // Each of these would take hours, or all memory, if its cost grew with
        // the square of its length or faster.
        bundler().build(files);
    }
}

#[test]
fn every_cut_of_a_file_is_survived() {
    let text = "import React, { useState } from 'react';\nexport default function App<T,>({ a }: { a: T[] }) {\n  const [b, setB] = useState<`x${string}`>(`x${a}`);\n  return <div className={`p-4 ${b ? 'a' : \"b\"}`} onClick={() => setB(/[/]x/.test(b) ? 'xa' : 'xb')}>{a.map((x) => <p key={String(x)}>it's {x as never}</p>)}</div>;\n}\nenum E { A = 1 << 2 }\n";
    for (cut, _) in text.char_indices() {
        build(&[("src/App.tsx", text.get(..cut).unwrap())]);
    }
}

#[test]
fn special_texts_keep_their_meaning() {
    let source = "\u{feff}export const separators = '\u{2028}\u{2029}'.length;\r\nexport const tag = '</script>';\r\nexport const lines = `a\r\nb`;\r\nexport const lone = '\\ud800'.charCodeAt(0);\r\nexport const emoji = '😀';\r\nlet __proto__ = 5; export { __proto__ as proto };";
    let exports = run_project(&[("src/main.ts", source)]);
    assert_eq!(
        exports,
        serde_json::json!({
            "separators": 2, "tag": "</script>", "lines": "a\nb", "lone": 0xd800, "emoji": "😀", "proto": 5,
        })
    );
}

#[test]
fn thousands_of_findings_are_cut_short() {
    let twice = build(&[("src/main.tsx", &"const twice = 1;".repeat(5_000))]);
    assert_eq!(codes(&twice), ["duplicate-name"; 100]);
    let lines: Vec<String> = (0..5_000)
        .map(|n| format!("all.push(<i class='a' />, <C{n} />, eval('1'));"))
        .collect();
    let text = format!("export const all = [];\n{}", lines.join("\n"));
    let build = build(&[("src/main.tsx", &text)]);
    let count = |code| codes(&build).iter().filter(|c| **c == code).count();
    assert_eq!(count("html-attribute"), 100);
    assert_eq!(count("dynamic-code"), 100);
    assert_eq!(count("undeclared-name"), 30);
}
