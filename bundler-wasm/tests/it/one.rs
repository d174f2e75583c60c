//! A file compiled without its project.

use bundler_wasm::transform;

#[test]
fn a_file_compiles_by_itself() {
    let result = transform(
        "src/App.tsx",
        "import { x } from './lib/x';\nimport { y } from 'anything';\nexport const App = () => <p>{x}{y}</p>;",
    );
    assert_eq!(result.specifiers, ["./lib/x", "anything"]);
    assert_eq!(result.exports, ["App"]);
    assert!(result.diagnostics.is_empty(), "{:?}", result.diagnostics);
    assert!(
        result.code.contains("__require(\"src/lib/x\")"),
        "{}",
        result.code
    );
}

#[test]
fn mistakes_are_diagnostics() {
    let result = transform("a.ts", "let x = ;");
    assert_eq!(result.code, "");
    assert_eq!(result.diagnostics[0].code, "syntax");
    let result = transform("a.css", "a {}");
    assert_eq!(result.diagnostics[0].code, "unsupported-file");
}
