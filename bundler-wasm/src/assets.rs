//! Files that become modules without being code: JSON, SVG, binary files, and
//! every file under `?raw` and `?url`.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::rc::Rc;

use protocol::asset::base64_of;
use protocol::bundle::Diagnostic;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::language::FileKind;
use crate::literal;
use crate::module::{Compiled, Export};
use crate::scan::Names;
use crate::source::{ByteRange, Source, to_u32};
use crate::swc::FxHashSet;
use crate::transform::Mappings;

/// A JSON file: the value as default export, and each key that can be a name.
pub(crate) fn json(file: &str, source: &Rc<Source>) -> Compiled {
    let text = source.text();
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Compiled::broken(Rc::clone(source), vec![json_error(file, source, &error)]);
    }
    let keys: Keys = serde_json::from_str(text).unwrap_or_default();
    let names: Vec<&String> = keys
        .0
        .iter()
        .filter(|key| literal::is_identifier(key) && *key != "default" && *key != "__proto__")
        .collect();
    let mut getters = String::from("default: () => json");
    for name in &names {
        // Writing into a string can't fail.
        let _ = write!(getters, ", {name}: () => json.{name}");
    }
    let body = format!(
        "const json = JSON.parse({});",
        literal::string_literal(text)
    );
    let mut exports = vec!["default".to_owned()];
    exports.extend(names.into_iter().cloned());
    module(file, source, &getters, &body, exports)
}

/// Keys of a JSON object; the values aren't kept.
#[derive(Default)]
struct Keys(BTreeSet<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            keys.insert(key);
        }
        Ok(Keys(keys))
    }
}

fn json_error(file: &str, source: &Source, error: &serde_json::Error) -> Diagnostic {
    let line = to_u32(error.line());
    let start = source.offset(line, to_u32(error.column()));
    let text = error.to_string();
    let reason = text.split(" at line").next().unwrap_or(&text);
    let range = ByteRange {
        start,
        end: start + 1,
    };
    diagnostic::at(
        "syntax",
        file,
        source,
        range,
        format!("This isn't JSON: {reason}."),
    )
    .help("JSON has double quotes around keys and texts, no comments and no trailing commas.")
}

/// An SVG file: a data URL as default export, for `<img src>`, and the
/// component as `ReactComponent`. That getter asks for a module of its own,
/// which is a part of the app only where the name is imported.
pub(crate) fn svg(file: &str, source: &Rc<Source>) -> Compiled {
    let url = text_url(FileKind::Svg, source.text());
    let body = format!("const url = {};", literal::string_literal(&url));
    let component = literal::string_literal(&format!("{file}?react"));
    let getters =
        format!("default: () => url, ReactComponent: () => __require({component}).default");
    let exports = vec!["default".to_owned(), "ReactComponent".to_owned()];
    module(file, source, &getters, &body, exports)
}

/// A binary file: its data URL as default export.
pub(crate) fn binary(file: &str, source: &Rc<Source>) -> Compiled {
    address(file, file, source)
}

/// `?url` of a text, `?inline` of a picture: a data URL as default export.
pub(crate) fn address(id: &str, path: &str, source: &Rc<Source>) -> Compiled {
    match url(path, source) {
        Some(url) => value(id, source, &url),
        None => Compiled::broken(Rc::clone(source), vec![not_binary(path)]),
    }
}

/// `?raw`: the text as default export.
pub(crate) fn raw(id: &str, source: &Rc<Source>) -> Compiled {
    value(id, source, source.text())
}

/// Data URL of a file; `None` for a binary file that holds something else.
pub(crate) fn url(path: &str, source: &Source) -> Option<String> {
    match FileKind::of(path) {
        FileKind::Asset(media_type) => {
            let bytes = base64_of(source.text())?;
            Some(format!("data:{media_type};base64,{bytes}"))
        }
        kind => Some(text_url(kind, source.text())),
    }
}

/// A binary file whose text isn't one.
pub(crate) fn not_binary(file: &str) -> Diagnostic {
    let message = format!("`{file}` holds text, not the bytes that its name promises.");
    diagnostic::whole(codes::INVALID_ASSET, file, message).help(
        "Add the file from your device again, or delete it and draw the picture as an .svg file.",
    )
}

fn text_url(kind: FileKind, text: &str) -> String {
    let mut url = format!("data:{},", kind.media_type());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~!*()/:;=,@+$'".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing into a string can't fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

/// A module with a text as default export.
fn value(id: &str, source: &Rc<Source>, text: &str) -> Compiled {
    let body = format!("const value = {};", literal::string_literal(text));
    let exports = vec!["default".to_owned()];
    module(id, source, "default: () => value", &body, exports)
}

/// A module in registry form that is made of texts.
pub(crate) fn module(
    file: &str,
    source: &Rc<Source>,
    getters: &str,
    body: &str,
    exports: Vec<String>,
) -> Compiled {
    let id = literal::string_literal(file);
    let code = format!(
        "__cumulet.define({id}, function (__require, __exports, __module) {{\n    \"use strict\";\n    __cumulet.export(__exports, {{ {getters} }});\n    {body}\n}});\n{}",
        literal::source_url(file)
    );
    Compiled {
        source: Rc::clone(source),
        code: code.into(),
        mappings: Mappings::default(),
        imports: Vec::new(),
        dropped: Vec::new(),
        exports: exports.into_iter().map(|name| Export { name }).collect(),
        globs: Vec::new(),
        types: BTreeSet::new(),
        candidates: FxHashSet::default(),
        utilities: FxHashSet::default(),
        names: Names::default(),
        diagnostics: Vec::new(),
        is_broken: false,
        awaits: false,
    }
}
