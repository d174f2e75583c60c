//! Files that an answer owes: imported but not written, or not usable as they came.

use std::collections::BTreeSet;

use protocol::app::Files;
use protocol::asset::media_type;
use protocol::limits::MAX_MISSING_FILES;
use protocol::path::check_path;

use crate::parser::{Summary, extension, local_imports, without_extension};

/// A file to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) path: String,
    /// Goes on after the path, for the person and the model alike.
    pub(super) why: String,
}

impl Wanted {
    pub(super) fn new(path: &str, why: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            why: why.into(),
        }
    }
}

/// What to ask for after an answer. `files` is the app with the answer's files
/// in it, `kit` what stands in for files that an app lacks.
pub(super) fn wanted(summary: &Summary, files: &Files, kit: &BTreeSet<String>) -> Vec<Wanted> {
    let unmatched = summary.unmatched.iter();
    let unmatched = unmatched.map(|path| Wanted::new(path, "whose patch didn't fit"));
    let elided = summary.elided.iter();
    let elided = elided.map(|path| Wanted::new(path, "which left code out"));
    let here: BTreeSet<&str> = files
        .keys()
        .chain(kit)
        .flat_map(|path| [path.as_str(), without_extension(path)])
        .collect();
    let written = summary.files.iter();
    let missing = written.flat_map(|importer| {
        let text = files.get(importer).map_or("", String::as_str);
        let imports = local_imports(importer, text).into_iter();
        let missing = imports.filter(|base| !is_here(base, &here));
        missing.filter_map(move |base| {
            Some(Wanted::new(
                &file_of(&base)?,
                format!("which {importer} imports"),
            ))
        })
    });
    let mut wanted: Vec<Wanted> = Vec::new();
    for file in unmatched.chain(elided).chain(missing) {
        if wanted.len() < MAX_MISSING_FILES && wanted.iter().all(|other| other.path != file.path) {
            wanted.push(file);
        }
    }
    wanted
}

fn is_here(base: &str, here: &BTreeSet<&str>) -> bool {
    here.contains(base)
        || here.contains(format!("{base}/index").as_str())
        // `./Card.js` means Card.tsx as well.
        || (matches!(extension(base).as_str(), "js" | "jsx" | "mjs")
            && here.contains(without_extension(base)))
}

/// The file that an import without extension most likely means.
fn file_of(base: &str) -> Option<String> {
    let base = base.split('?').next().unwrap_or(base).trim_end_matches('/');
    let is_text = matches!(
        extension(base).as_str(),
        "tsx" | "ts" | "jsx" | "js" | "mjs" | "css" | "json" | "svg"
    );
    let name = base.rsplit('/').next().unwrap_or(base);
    let path = if is_text {
        base.to_owned()
    } else if name.starts_with(char::is_uppercase) || base.contains("/components/") {
        format!("{base}.tsx")
    } else {
        format!("{base}.ts")
    };
    // Nobody can write the bytes of a picture.
    (media_type(base).is_none() && check_path(&path).is_ok()).then_some(path)
}

/// "src/Card.tsx, which src/App.tsx imports, and src/b.ts, whose patch didn't fit".
pub(super) fn named(wanted: &[Wanted]) -> String {
    let all: Vec<String> = wanted
        .iter()
        .map(|file| format!("{}, {}", file.path, file.why))
        .collect();
    all.join(", and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_that_nobody_fills_are_wanted() {
        let app = r#"
import Card from "./components/Card";
import List from "@/components/List.js";
import { sum } from "./lib/sum";
import { cn } from "@/lib/utils";
import { useLocal } from "../src/hooks/useLocal";
import data from "./data.json";
import "./theme.css";
import logo from "./logo.png";
import React from "react";
// import Old from "./Old";
import Index from "./pages";
"#;
        let text = |path: &str| (path.to_owned(), String::new());
        let mut files: Files = ["src/components/List.tsx", "src/pages/index.tsx"]
            .map(text)
            .into();
        files.insert("src/App.tsx".to_owned(), app.to_owned());
        let summary = Summary {
            files: vec!["src/App.tsx".to_owned()],
            unmatched: ["src/lib/sum.ts".to_owned()].into(),
            ..Summary::default()
        };
        let kit = ["src/lib/utils.ts".to_owned()].into();
        let paths: Vec<String> = wanted(&summary, &files, &kit)
            .into_iter()
            .map(|file| file.path)
            .collect();
        assert_eq!(
            paths,
            [
                "src/lib/sum.ts",
                "src/components/Card.tsx",
                "src/hooks/useLocal.ts",
                "src/data.json",
                "src/theme.css",
            ]
        );
        assert_eq!(
            named(&[
                Wanted::new("a.ts", "which b.ts imports"),
                Wanted::new("c.ts", "which left code out")
            ]),
            "a.ts, which b.ts imports, and c.ts, which left code out"
        );
    }
}
