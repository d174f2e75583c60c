//! `cumulet-server build`: the program itself over folders on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const APP: &str = "export default function App() { return <p className=\"p-4\">Hello</p>; }\n";

/// Stands for Tailwind's compiler: tells what it was given, or fails as that does.
const TAILWIND: &str = "export const createCompiler = () => ({
  async compile(css, candidates) {
    if (css.includes('@apply gone')) throw new Error('Cannot apply unknown utility class `gone`');
    await null;
    return `.given { content: \"${candidates.join(' ')}\"; }\n`;
  },
});
";

/// A folder with an app, and a site.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self {
            folder: TempDir::new().unwrap(),
        };
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../bundler-wasm/tests/fixtures/manifest.json");
        let manifest = fs::read_to_string(manifest).unwrap();
        let parsed: Value = serde_json::from_str(&manifest).unwrap();
        for name in parsed["files"].as_object().unwrap().keys() {
            project.write(&format!("site/deps/{name}"), "/* dependency */");
        }
        project.write("site/deps/manifest.production.json", &manifest);
        let assets = r#"{ "published": "/assets/published.js", "publishedDecorators": "/assets/decorators.js", "tailwind": "/assets/tailwind.js" }"#;
        project.write("site/assets.json", assets);
        project.write("site/assets/decorators.js", "/* decorators */");
        project.write("site/assets/published.js", "/* runtime */");
        project.write("site/assets/tailwind.js", TAILWIND);
        for (path, text) in files {
            project.write(&format!("app/{path}"), text);
        }
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn build(&self, arguments: &[&str]) -> Output {
        self.build_into(&self.path("out"), arguments)
    }

    fn build_into(&self, out: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cumulet-server"))
            .arg("build")
            .arg(self.path("app"))
            .arg("--out")
            .arg(out)
            .arg("--site")
            .arg(self.path("site"))
            .args(arguments)
            .env_remove("CUMULET_SITE")
            .output()
            .unwrap()
    }

    /// Paths of the files that were made, hashes left out.
    fn made(&self) -> Vec<String> {
        let mut made = Vec::new();
        let mut folders = vec![self.path("out")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let path = path
                        .strip_prefix(self.path("out"))
                        .unwrap()
                        .to_string_lossy();
                    let (stem, rest) = path.rsplit_once('-').unwrap_or((&path, ""));
                    let ending = rest.split_once('.').map_or("", |(_, ending)| ending);
                    made.push(format!("{stem} {ending}").trim_end().to_owned());
                }
            }
        }
        made.sort();
        made
    }
}

#[track_caller]
fn ends_with(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{output:#?}");
}

fn text(output: &Output) -> String {
    let all = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(all).unwrap()
}

#[test]
fn an_app_becomes_a_folder() {
    let project = Project::new(&[("src/App.tsx", APP)]);
    let output = project.build(&["--source-maps"]);
    ends_with(&output, 0);
    assert_eq!(
        project.made(),
        [
            ".cumulet",
            "assets/app css",
            "assets/app js",
            "assets/app js.map",
            "assets/react js",
            "assets/react-dom-client js",
            "assets/react-jsx-runtime js",
            "assets/runtime js",
            "assets/shared js",
            "index.html",
        ]
    );
    let said = text(&output);
    assert!(said.contains("in all") && said.contains("Brotli"), "{said}");
    let out = project.path("out/assets");
    let mut files = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let css = files.find(|path| path.extension().is_some_and(|ending| ending == "css"));
    let css = css.unwrap();
    let css = fs::read_to_string(css).unwrap();
    assert!(
        css.starts_with(".given{content:\"") && css.contains("p-4"),
        "{css}"
    );
}

#[test]
fn programs_get_sizes() {
    // Its name is that of a package's file, its size its own.
    let public = ("public/react-1.js", "1;");
    let project = Project::new(&[("src/App.tsx", APP), public]);
    let output = project.build(&["--json"]);
    ends_with(&output, 0);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["errors"], 0);
    let files = said["outputFiles"].as_array().unwrap();
    let file = |begin: &str| {
        let mut files = files.iter();
        let found = files.find(|file| file["file"].as_str().unwrap().starts_with(begin));
        found.unwrap()
    };
    assert!(file("assets/app-")["brotli"].as_u64().unwrap() > 0);
    assert_eq!(file("react-1.js")["bytes"], 2);
    let sum: u64 = files
        .iter()
        .map(|file| file["bytes"].as_u64().unwrap())
        .sum();
    assert_eq!(said["total"]["bytes"].as_u64(), Some(sum));
}

#[test]
fn an_app_with_errors_leaves_the_folder_alone() {
    let project = Project::new(&[("src/App.tsx", APP)]);
    ends_with(&project.build(&[]), 0);
    project.write("out/kept.txt", "");
    project.write("app/src/App.tsx", "export default () => <p>;\n");
    let output = project.build(&[]);
    ends_with(&output, 1);
    assert!(text(&output).contains("syntax"), "{output:#?}");
    assert!(project.path("out/kept.txt").exists());
    assert!(project.path("out/index.html").exists());
}

#[test]
fn what_tailwind_refuses_is_an_error_of_the_app() {
    let project = Project::new(&[
        (
            "src/App.tsx",
            "import './a.css';\nexport default () => <p className=\"p-4\">x</p>;\n",
        ),
        (
            "src/a.css",
            "@import \"tailwindcss\";\np { @apply gone; }\n",
        ),
    ]);
    let output = project.build(&[]);
    ends_with(&output, 1);
    assert!(
        text(&output).contains("Cannot apply unknown utility class"),
        "{output:#?}"
    );
    assert!(!project.path("out").exists());
}

#[test]
fn a_compiler_that_cannot_run_is_no_error_of_the_app() {
    let project = Project::new(&[("src/App.tsx", APP)]);
    project.write("site/assets/tailwind.js", "export const other = 1;");
    let output = project.build(&[]);
    ends_with(&output, 2);
    assert!(
        text(&output).contains("Tailwind's compiler can't run"),
        "{output:#?}"
    );
}

#[test]
fn folders_of_others_are_left_alone() {
    let project = Project::new(&[("src/App.tsx", APP)]);
    project.write("out/precious.txt", "mine");
    let output = project.build(&[]);
    ends_with(&output, 2);
    assert!(text(&output).contains("--force"), "{output:#?}");
    assert!(project.path("out/precious.txt").exists());
    ends_with(&project.build(&["--force"]), 0);
    assert!(!project.path("out/precious.txt").exists());
    // Its own folder it replaces, with what is old in it.
    project.write("out/assets/old.js", "");
    ends_with(&project.build(&[]), 0);
    assert!(!project.path("out/assets/old.js").exists());
    let left: Vec<_> = fs::read_dir(project.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "app, out, site: {left:?}");
}

#[test]
fn nothing_of_the_app_is_replaced() {
    let project = Project::new(&[("src/App.tsx", APP), ("public/a.txt", "a")]);
    project.write("app/.git/HEAD", "");
    for out in [
        "app",
        "app/src",
        "app/public",
        "app/.git",
        "site",
        "site/deps",
        "",
    ] {
        let out = project.path(out);
        let output = project.build_into(&out, &["--force"]);
        ends_with(&output, 2);
        assert!(text(&output).contains("--"), "{output:#?}");
    }
    for path in [
        "app/src/App.tsx",
        "app/public/a.txt",
        "app/.git/HEAD",
        "site/assets.json",
    ] {
        assert!(project.path(path).exists(), "{path}");
    }
}

#[test]
fn a_site_inside_the_app_is_no_source_of_the_next() {
    let project = Project::new(&[("src/App.tsx", APP), ("public/a.txt", "a")]);
    let out = project.path("app/public/site");
    for _ in 0..2 {
        ends_with(&project.build_into(&out, &[]), 0);
    }
    assert!(out.join("a.txt").exists());
    assert!(!out.join("site").exists());
}

#[test]
fn public_files_are_published_or_named() {
    let project = Project::new(&[
        ("src/App.tsx", APP),
        (
            "public/.well-known/security.txt",
            "Contact: mailto:a@b.example\n",
        ),
        ("public/.nojekyll", ""),
    ]);
    fs::write(project.path("app/public/a.zip"), [0xff, 0xfe]).unwrap();
    fs::write(project.path("app/public/photo.jpg"), vec![0xff; 800 * 1024]).unwrap();
    let output = project.build(&[]);
    ends_with(&output, 0);
    for path in [".well-known/security.txt", ".nojekyll"] {
        assert!(project.path("out").join(path).exists(), "{path}");
    }
    let said = text(&output);
    for file in ["a.zip", "photo.jpg"] {
        let notice = format!("`public/{file}` was left out");
        assert!(said.contains(&notice), "{said}");
    }
    assert!(said.contains("Built"), "{said}");
}

#[test]
fn wrong_uses_are_named() {
    let project = Project::new(&[("src/App.tsx", APP)]);
    for (arguments, sentence) in [
        (["--out", "app"], "holds the app itself"),
        (["--out", "app/.."], "names no folder"),
        (["--out", "."], "names no folder"),
        (["--base", "shop"], "can't be the address of a site"),
        (["--site", "nowhere"], "can't be read"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_cumulet-server"))
            .current_dir(project.folder.path())
            .args(["build", "app"])
            .args(if arguments.contains(&"--out") {
                [].as_slice()
            } else {
                &["--out", "out"]
            })
            .args(if arguments.contains(&"--site") {
                [].as_slice()
            } else {
                &["--site", "site"]
            })
            .args(arguments)
            .env_remove("CUMULET_SITE")
            .output()
            .unwrap();
        ends_with(&output, 2);
        assert!(text(&output).contains(sentence), "{sentence}: {output:#?}");
    }
}
