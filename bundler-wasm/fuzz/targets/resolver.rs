//! Paths, aliases and patterns through edits: what specifiers mean after any
//! sequence of edits is what they mean in a build from nothing.

#![no_main]

use bundler_fuzz::{Consumer, Step};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 24] = [
    "src",
    "a",
    "b",
    "App",
    "main",
    "index",
    "@",
    "~",
    "#",
    "..",
    ".",
    "*",
    "**",
    "lib",
    "public",
    "react",
    "[id]",
    "{a,b}",
    "__proto__",
    "node_modules",
    "%2e%2e",
    "ä",
    "x y",
    "",
];
const ENDINGS: [&str; 16] = [
    "",
    "",
    "",
    ".ts",
    ".tsx",
    ".js",
    ".jsx",
    ".mjs",
    ".json",
    ".css",
    ".module.css",
    ".svg",
    ".d.ts",
    ".*",
    "?raw",
    "?react",
];
const PATHS: [&str; 16] = [
    "src/App.tsx",
    "src/main.tsx",
    "src/a.ts",
    "src/a.js",
    "src/b.tsx",
    "src/b/index.ts",
    "src/lib/a.ts",
    "lib/a.ts",
    "src/data.json",
    "src/look.css",
    "src/a.module.css",
    "src/sign.svg",
    "index.html",
    ".env",
    "public/a.svg",
    "node_modules/react/index.js",
];

/// A path, specifier or pattern.
#[derive(Debug, Arbitrary)]
struct Path<'a> {
    start: u8,
    names: Vec<u8>,
    ending: u8,
    extra: Option<&'a str>,
}

impl Path<'_> {
    fn text(&self) -> String {
        let start = ["", "", "./", "../", "/", "@/", "#", "!./"][usize::from(self.start) % 8];
        let names: Vec<&str> = self
            .names
            .iter()
            .take(5)
            .map(|name| NAMES[usize::from(*name) % NAMES.len()])
            .collect();
        let ending = ENDINGS[usize::from(self.ending) % ENDINGS.len()];
        let extra = self.extra.unwrap_or_default();
        format!("{start}{}{ending}{extra}", names.join("/"))
    }

    fn quoted(&self) -> String {
        format!("{:?}", self.text().replace(|c: char| c.is_control(), ""))
    }
}

#[derive(Debug, Arbitrary)]
enum Edit<'a> {
    Code {
        file: u8,
        imports: Vec<(u8, Path<'a>)>,
    },
    Odd {
        path: Path<'a>,
        text: &'a str,
    },
    Delete(u8),
    Paths {
        is_extended: bool,
        base: Option<Path<'a>>,
        paths: Vec<(Path<'a>, Path<'a>)>,
    },
    Imports(Vec<(Path<'a>, Path<'a>)>),
    Aliases(Vec<(Path<'a>, Path<'a>)>),
    Page(Path<'a>),
    Build,
}

fn entries(pairs: &[(Path<'_>, Path<'_>)], is_listed: bool) -> String {
    let entries: Vec<String> = pairs
        .iter()
        .take(4)
        .map(|(key, target)| match is_listed {
            true => format!("{}: [{}, './src/*']", key.quoted(), target.quoted()),
            false => format!("{}: {}", key.quoted(), target.quoted()),
        })
        .collect();
    format!("{{ {} }}", entries.join(", ").replace('\'', "\""))
}

fn code(path: &str, imports: &[(u8, Path<'_>)]) -> String {
    let lines: Vec<String> = imports
        .iter()
        .take(4)
        .enumerate()
        .map(|(index, (form, specifier))| {
            let from = specifier.quoted();
            match form % 8 {
                0 => format!("import {{ value as v{index} }} from {from}; use(v{index});"),
                1 => format!("import * as n{index} from {from}; use(n{index});"),
                2 => format!("export * from {from};"),
                3 => format!("export {{ value as r{index} }} from {from};"),
                4 => format!("import {from};"),
                5 => format!("use(() => import({from}));"),
                6 => format!("use(import.meta.glob({from}));"),
                _ => format!("use(import.meta.glob([{from}, './**/*.ts'], {{ eager: true }}));"),
            }
        })
        .collect();
    let lines = lines.join("\n");
    match path.rsplit('.').next() {
        Some("ts" | "tsx" | "js" | "jsx" | "mjs") => format!(
            "const use = (all) => all;\n{lines}\nexport const value = 1; export default use;"
        ),
        Some("json") => "{ \"value\": 1 }".to_owned(),
        Some("svg") => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(),
        Some("css") => imports
            .iter()
            .take(4)
            .map(|(_, target)| {
                format!(
                    "@import {0}; .a {{ composes: a from {0}; background: url({0}) }}\n",
                    target.quoted()
                )
            })
            .collect(),
        _ => format!("VITE_A=1\n{lines}"),
    }
}

fn change(path: &str, text: String) -> Step {
    Step::Change(path.to_owned(), Some(text))
}

fn step(edit: &Edit<'_>) -> Step {
    let known = |index: u8| PATHS[usize::from(index) % PATHS.len()];
    match edit {
        Edit::Code { file, imports } => change(known(*file), code(known(*file), imports)),
        Edit::Odd { path, text } => change(&path.text(), (*text).to_owned()),
        Edit::Delete(file) => Step::Change(known(*file).to_owned(), None),
        Edit::Paths {
            is_extended,
            base,
            paths,
        } => {
            let base = base
                .as_ref()
                .map(|base| format!("\"baseUrl\": {},", base.quoted()));
            let options = format!(
                "\"compilerOptions\": {{ {} \"paths\": {} }}",
                base.unwrap_or_default(),
                entries(paths, true)
            );
            if *is_extended {
                change("tsconfig.app.json", format!("{{ {options} }}"))
            } else {
                let references = "\"references\": [{ \"path\": \"./tsconfig.app.json\" }]";
                change("tsconfig.json", format!("{{ {references}, {options} }}"))
            }
        }
        Edit::Imports(imports) => change(
            "package.json",
            format!("{{ \"imports\": {} }}", entries(imports, false)),
        ),
        Edit::Aliases(aliases) => change(
            "vite.config.ts",
            format!(
                "export default {{ resolve: {{ alias: {} }} }}",
                entries(aliases, false)
            ),
        ),
        Edit::Page(script) => change(
            "index.html",
            format!(
                "<body><div id=root></div><script src={}></script>",
                script.quoted()
            ),
        ),
        Edit::Build => Step::Build,
    }
}

fuzz_target!(|edits: Vec<Edit<'_>>| {
    let mut consumer = Consumer::default();
    consumer.take(change(
        "src/main.tsx",
        "import './a'; import './b';".to_owned(),
    ));
    for edit in edits.iter().take(12) {
        consumer.take(step(edit));
    }
    consumer.take(Step::Build);
});
