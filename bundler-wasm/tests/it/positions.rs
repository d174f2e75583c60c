//! Positions of compiled modules, mapped back.

use protocol::worker::Position;

use crate::support::{bundler, files};

/// Line and column, from 1, of a piece of text.
fn place(text: &str, needle: &str) -> (u32, u32) {
    let offset = text
        .find(needle)
        .unwrap_or_else(|| panic!("{needle} isn't in {text}"));
    let before = text.get(..offset).unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count() + 1;
    (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}

#[track_caller]
fn check(source: &str, needle: &str) {
    let mut bundler = bundler();
    let build = bundler.build(files(&[("src/main.tsx", source)]));
    let code = &build.output.modules[0].code;
    let (line, column) = place(code, needle);
    let resolved = bundler.resolve_positions(&[Position {
        file: "src/main.tsx".to_owned(),
        line,
        column,
    }]);
    let original = resolved[0].as_ref().unwrap();
    let (line, column) = place(source, needle);
    assert_eq!(
        (original.position.line, original.position.column),
        (line, column),
        "{needle}"
    );
    assert!(original.frame.contains('^'), "{}", original.frame);
}

#[test]
fn calls_throws_and_members_map_to_their_sources() {
    let source = "interface A { b: string }\nconst name: string = \"😀\"; export function fail(a: A): never {\n  throw new Error(name);\n}\nexport const later = () => window.missing.call();\n";
    check(source, "throw new");
    check(source, "fail(");
    check(source, "window.missing");
    check(source, "missing.call");
}

#[test]
fn windows_line_ends_and_marks_are_counted_as_editors_do() {
    check(
        "\u{feff}const a = 1;\r\n\r\nthrow new Error(String(a));\r\n",
        "throw new",
    );
}

#[test]
fn jsx_maps_to_its_element() {
    let mut bundler = bundler();
    let source = "export const view = (\n  <main>\n    <b>{window.missing}</b>\n  </main>\n);\n";
    let build = bundler.build(files(&[("src/main.tsx", source)]));
    let (line, column) = place(&build.output.modules[0].code, "window.missing");
    let position = |line, column| Position {
        file: "src/main.tsx".to_owned(),
        line,
        column,
    };
    let resolved = bundler.resolve_positions(&[position(line, column)]);
    assert_eq!(resolved[0].as_ref().unwrap().position.line, 3);
}

#[test]
fn places_without_a_source_map_to_nothing() {
    let mut bundler = bundler();
    bundler.build(files(&[("src/main.tsx", "export const a = 1;")]));
    let position = |file: &str, line, column| Position {
        file: file.to_owned(),
        line,
        column,
    };
    let resolved = bundler.resolve_positions(&[
        position("src/main.tsx", 1, 1),
        position("src/main.tsx", 0, 0),
        position("src/main.tsx", 9_999, 9_999),
        position("src/none.tsx", 1, 1),
    ]);
    assert_eq!(resolved, vec![None, None, None, None]);
}

#[test]
fn positions_are_those_of_the_last_good_build() {
    let mut bundler = bundler();
    let first = bundler.build(files(&[("src/main.ts", "const a = 1;\nthrow a;")]));
    let (line, column) = place(&first.output.modules[0].code, "throw a");
    bundler.build(files(&[("src/main.ts", "\n\n\nconst a = ;")]));
    let resolved = bundler.resolve_positions(&[Position {
        file: "src/main.ts".to_owned(),
        line,
        column,
    }]);
    assert_eq!(resolved[0].as_ref().unwrap().position.line, 2);
}
