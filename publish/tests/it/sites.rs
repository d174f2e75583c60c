//! Which files a site has, and what is in them.

use std::fmt::Write as _;

use publish::{Options, PublishError, Site};

use crate::support::{files, publish, run_one, text, try_publish};

/// Content of a small app, all of it.
fn shown(site: &Site) -> String {
    let mut shown = String::new();
    for (path, content) in &site.files {
        let text = String::from_utf8_lossy(content.bytes());
        writeln!(shown, "== {path}\n{}", text.trim_end()).unwrap();
    }
    for file in &site.dependency_files {
        writeln!(shown, "== dependency {file}").unwrap();
    }
    shown
}

const APP: &str = "import { lazy, useState } from 'react';
import { format } from 'date-fns';
import './app.css';
import styles from './card.module.css';
import rows from './rows.json';
const Later = lazy(() => import('./pages/Later'));
export default function App() {
  const [count, setCount] = useState(rows.length);
  return <main className={styles.card} onClick={() => setCount(count + 1)}>{format(count)}<Later/></main>;
}
";

#[test]
fn a_small_app() {
    let page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Small &amp; tidy</title><meta name=\"description\" content=\"%VITE_WHAT%\"><link rel=\"modulepreload\" href=\"/src/App.tsx\"></head><body class=\"light\"><div id=\"root\"></div></body></html>";
    let site = publish(
        &[
            ("index.html", page),
            (".env", "VITE_WHAT=An app"),
            ("src/App.tsx", APP),
            ("src/app.css", "/* all */\nbody { margin: 0; }\n"),
            ("src/card.module.css", ".card { padding: 1px 2px; }\n"),
            ("src/rows.json", "[1, 2]"),
            (
                "src/pages/Later.tsx",
                "import { Plus } from 'lucide-react';\nexport default function Later() { return <Plus/>; }\n",
            ),
            ("public/robots.txt", "User-agent: *\n"),
        ],
        &Options::default(),
    );
    insta::assert_snapshot!(shown(&site));
}

#[test]
fn an_app_with_errors_is_not_published() {
    let broken = files(&[("src/App.tsx", "export default () => <p>;")]);
    let result = try_publish(broken, &Options::default());
    assert!(matches!(result, Err(PublishError::NotBuilt)), "{result:?}");
    let empty = try_publish(files(&[]), &Options::default());
    assert!(matches!(empty, Err(PublishError::NotBuilt)), "{empty:?}");
}

#[test]
fn a_base_is_an_address() {
    let page = |base: &str| {
        let options = Options {
            base: base.to_owned(),
            ..Options::default()
        };
        try_publish(files(&[("src/main.ts", "")]), &options)
            .map(|site| text(&site, "index.html", "").to_owned())
    };
    for (base, address) in [
        ("/", "\"/assets/app-"),
        ("/shop", "\"/shop/assets/app-"),
        ("./", "\"./assets/app-"),
        ("https://a.example/b/", "\"https://a.example/b/assets/app-"),
    ] {
        let html = page(base).unwrap();
        assert!(html.contains(address), "{base}: {html}");
    }
    for base in [
        "",
        "shop",
        "javascript:x",
        "/a b/",
        "/\"/",
        "/?x",
        "//a.example",
        "https://",
        "http:///shop",
    ] {
        assert!(matches!(page(base), Err(PublishError::Base(_))), "{base}");
    }
}

#[test]
fn large_assets_are_files_and_small_ones_stay() {
    let large = format!("data:image/png;base64,{}", "QUJD".repeat(2_000));
    let small = "data:image/png;base64,QUJD";
    let site = publish(
        &[
            (
                "src/main.ts",
                "import large from './large.png'; import small from './small.png'; import './a.css'; export const urls = [large, small];",
            ),
            ("src/large.png", &large),
            ("src/small.png", small),
            ("src/unused.png", &large.replace("QUJD", "REVG")),
            ("src/a.css", "p { background: url(./large.png) }"),
            ("public/logo.png", small),
        ],
        &Options {
            base: "/x/".to_owned(),
            ..Options::default()
        },
    );
    let (path, content) = site
        .files
        .iter()
        .find(|(path, _)| {
            path.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "png")
        })
        .unwrap();
    assert!(path.starts_with("assets/large-"), "{path}");
    assert_eq!(content.bytes(), "ABC".repeat(2_000).as_bytes());
    let code = text(&site, "assets/app-", ".js");
    assert!(code.contains(&format!("\"/x/{path}\"")), "{code}");
    assert!(code.contains(small), "{code}");
    let css = text(&site, "assets/app-", ".css");
    let name = path.strip_prefix("assets/").unwrap();
    assert_eq!(css, format!("p{{background:url(\"{name}\")}}"));
    assert_eq!(site.files.get("logo.png").unwrap().bytes(), b"ABC");
    assert!(!site.files.keys().any(|path| path.contains("unused")));
}

#[test]
fn files_that_are_named_by_their_address_are_files_of_the_site() {
    let large = format!("data:image/png;base64,{}", "QUJD".repeat(2_000));
    let sprite = format!("<svg><!--{}--></svg>", "x".repeat(5_000));
    let page = "<body><img src=\"/logo.png\"><div id=\"root\"></div><script type=\"module\" src=\"/src/main.tsx\"></script></body>";
    let site = publish(
        &[
            ("index.html", page),
            (
                "src/main.tsx",
                "import inline from './inline.png?inline'; import css from './a.css?inline'; import url from './large.png?url';
export const shown = [<img src=\"/logo.png\" />, <svg><use href=\"/icons.svg#star\" /></svg>, <p style={{ background: 'url(/logo.png)' }} />, inline, css, url];",
            ),
            ("src/a.css", "p { background: url(./large.png) }"),
            ("src/large.png", &large.replace("QUJD", "REVG")),
            ("src/inline.png", &large.replace("QUJD", "R0hJ")),
            ("public/logo.png", &large),
            ("public/icons.svg", &sprite),
        ],
        &Options::default(),
    );
    let place = |stem: &str| {
        let mut paths = site.files.keys();
        let found = paths.find(|path| path.starts_with(&format!("assets/{stem}-")));
        found.unwrap_or_else(|| panic!("{stem} is no file"))
    };
    let code = text(&site, "assets/app-", ".js");
    for stem in ["logo", "icons", "large"] {
        assert!(code.contains(&format!("\"/{}\"", place(stem))), "{code}");
    }
    assert_eq!(code.matches("base64,").count(), 1, "{code}");
    assert!(
        code.contains("base64,R0hJ") && !code.contains("%3Csvg"),
        "{code}"
    );
    let exports = run_one(&site).exports.unwrap().to_string();
    for shown in [
        format!("\"src\":\"/{}\"", place("logo")),
        format!("\"href\":\"/{}#star\"", place("icons")),
        format!("url(\\\"/{}\\\")", place("logo")),
        format!("url(\\\"/{}\\\")", place("large")),
    ] {
        assert!(exports.contains(&shown), "{shown} in {exports}");
    }
    let html = text(&site, "index.html", "");
    assert!(
        html.contains(&format!("<img src=\"/{}\">", place("logo"))),
        "{html}"
    );
}

#[test]
fn names_change_with_the_content_only() {
    let site = |text: &str| {
        let later = "export const later = 1;";
        publish(
            &[("src/main.ts", text), ("src/later.ts", later)],
            &Options::default(),
        )
    };
    let before = site("export const a = 1; import('./later');");
    assert_eq!(before, site("export const a = 1; import('./later');"));
    let after = site("export const a = 2; import('./later');");
    let names = |site: &Site, stem: &str| -> Vec<String> {
        let names = site.files.keys().filter(|path| path.starts_with(stem));
        names.cloned().collect()
    };
    assert_eq!(
        names(&before, "assets/later"),
        names(&after, "assets/later")
    );
    assert_ne!(names(&before, "assets/app"), names(&after, "assets/app"));
}
