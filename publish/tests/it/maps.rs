//! Places in published scripts lead back to the project's files.

use publish::Options;
use serde_json::Value;

use crate::support::{publish, text};

const APP: &str = "import { greet } from './lib/greet';\n\ninterface Props { name: string }\nexport default function App({ name }: Props) {\n  return <p title=\"here\">{greet(name)}</p>;\n}\n";
const GREET: &str = "// Says hello.\nexport function greet(name: string): string {\n  if (!name) throw new Error(\"Who?\");\n  return `Hello ${name}`;\n}\n";

#[test]
fn calls_and_texts_are_found_in_their_files() {
    let options = Options {
        source_maps: true,
        ..Options::default()
    };
    let site = publish(
        &[("src/App.tsx", APP), ("src/lib/greet.ts", GREET)],
        &options,
    );
    let code = text(&site, "assets/app-", ".js");
    assert!(!code.contains("sourceMappingURL"));
    let (path, map) = site.maps.first_key_value().unwrap();
    assert!(path.ends_with(".js.map") && site.maps.len() == 1);
    let map: Value = serde_json::from_str(map).unwrap();
    assert_eq!(map["version"], 3);
    assert_eq!(
        map["sources"],
        serde_json::json!(["src/App.tsx", "src/lib/greet.ts"])
    );
    assert_eq!(map["sourcesContent"], serde_json::json!([APP, GREET]));
    let mappings = decoded(map["mappings"].as_str().unwrap());
    for (needle, file, source, written) in [
        ("throw", 1, GREET, "throw"),
        ("\"Who?\"", 1, GREET, "\"Who?\""),
        ("`Hello", 1, GREET, "`Hello"),
        ("greet)", 0, APP, "greet(name)"),
    ] {
        let column = code
            .find(needle)
            .unwrap_or_else(|| panic!("no {needle} in {code}"));
        let before = mappings
            .iter()
            .rfind(|mapping| mapping[0] <= i64::try_from(column).unwrap());
        let [_, in_file, line, at] = before.unwrap();
        assert_eq!(*in_file, file, "{needle}");
        let line = source.lines().nth(usize::try_from(*line).unwrap()).unwrap();
        let rest = line.get(usize::try_from(*at).unwrap()..).unwrap();
        assert!(rest.starts_with(written), "{needle} leads to {rest}");
    }
}

#[test]
fn maps_are_made_only_when_asked_for() {
    let site = publish(&[("src/main.ts", "export {};")], &Options::default());
    assert!(site.maps.is_empty());
}

/// Mappings of a script of one line: column, file, line, column.
fn decoded(mappings: &str) -> Vec<[i64; 4]> {
    assert!(!mappings.contains(';'), "one line");
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = [0; 4];
    let mut all = Vec::new();
    for segment in mappings.split(',') {
        let (mut field, mut value, mut shift) = (0, 0, 0);
        for c in segment.chars() {
            let digit = i64::try_from(digits.find(c).unwrap()).unwrap();
            value |= (digit & 31) << shift;
            shift += 5;
            if digit & 32 == 0 {
                state[field] += if value & 1 == 1 {
                    -(value >> 1)
                } else {
                    value >> 1
                };
                (field, value, shift) = (field + 1, 0, 0);
            }
        }
        assert_eq!(field, 4);
        all.push(state);
    }
    all
}
