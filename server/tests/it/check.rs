//! `cumulet-server check`: the program itself over folders on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str = "\
import { useState } from \"react\";

export default function App() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}
";

/// A folder with an app and a site.
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
        fs::create_dir_all(project.site().join("deps")).unwrap();
        fs::copy(manifest, project.site().join("deps/manifest.json")).unwrap();
        fs::create_dir_all(project.app()).unwrap();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    fn app(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let place = self.app().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = program();
        command.arg("check").arg(self.app());
        command.arg("--site").arg(self.site());
        command
    }

    fn check(&self) -> Output {
        self.command().output().unwrap()
    }

    fn json(&self) -> Value {
        let output = self.command().arg("--json").output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cumulet-server"));
    command.env_clear();
    command
}

/// The code that the program ended with, and what it printed.
#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}\n{error}");
    text
}

/// Why the check could not be made; nothing is on standard output then.
#[track_caller]
fn refused(output: &Output) -> String {
    assert_eq!(ends(output, 2), "");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_app_without_problems_passes() {
    let project = Project::new(&[("src/App.tsx", GOOD), ("README.md", "# App")]);
    assert_eq!(ends(&project.check(), 0), "No problems in 2 files\n");
}

#[test]
fn errors_are_shown_by_file_with_their_code_frames() {
    let project = Project::new(&[
        (
            "src/App.tsx",
            "import { nothing } from \"./lib\";\nimport \"./gone\";\nexport default () => <p>{nothing}</p>;\n",
        ),
        ("src/lib.ts", "export const something = 1 +;\n"),
    ]);
    let text = ends(&project.check(), 1);
    let app = text.find("src/App.tsx\n").unwrap();
    let lib = text.find("src/lib.ts\n").unwrap();
    let gone = text.find("  2:8 error[missing-file]").unwrap();
    assert!(app < gone && (lib < app || gone < lib), "{text}");
    assert!(
        text.contains("    > 2 | import \"./gone\";\n        |        ^^^^^^^^\n"),
        "{text}"
    );
    assert!(text.contains("    help: "), "{text}");
    assert!(text.ends_with("errors, 0 warnings in 2 files\n"), "{text}");
}

#[test]
fn colours_are_for_terminals_and_not_for_those_who_want_none() {
    let project = Project::new(&[("src/App.tsx", "import './gone';")]);
    assert!(!ends(&project.check(), 1).contains('\u{1b}'));
    let forced = project
        .command()
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    let forced = ends(&forced, 1);
    assert!(
        forced.contains("\u{1b}[31m") || forced.contains("\u{1b}[1m\u{1b}[31m"),
        "{forced:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_no_color_is_set() {
    let project = Project::new(&[("src/App.tsx", "import './gone';")]);
    let on_terminal = |variable: &str| {
        let line = format!(
            "{} check {} --site {}",
            env!("CARGO_BIN_EXE_cumulet-server"),
            project.app().display(),
            project.site().display()
        );
        let output = Command::new("script")
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .env_remove("NO_COLOR")
            .env("TERM", "xterm")
            .env(variable, "1")
            .output()
            .unwrap();
        ends(&output, 1)
    };
    assert!(on_terminal("UNRELATED").contains("\u{1b}["));
    assert!(!on_terminal("NO_COLOR").contains("\u{1b}["));
}

#[test]
fn json_is_one_object_and_nothing_else() {
    let project = Project::new(&[("src/App.tsx", GOOD), ("src/unused.ts", "export {};")]);
    project.write("src/logo.docx", [0x89, b'P', b'N', b'G', 0xff]);
    let output = project.command().arg("--json").output().unwrap();
    let report: Value = serde_json::from_str(&ends(&output, 0)).unwrap();
    assert!(output.stderr.is_empty());
    assert_eq!(
        (&report["errors"], &report["warnings"]),
        (&0.into(), &0.into())
    );
    assert_eq!(report["files"], 2);
    assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    assert!(!report["dependencyFiles"].as_array().unwrap().is_empty());
    assert!(report["dependencies"].to_string().contains("useState"));
    assert_eq!(report["skipped"][0]["file"], "src/logo.docx");

    project.write(
        "src/App.tsx",
        "import './gone';\nexport default () => null;",
    );
    let output = project.command().arg("--json").output().unwrap();
    let report: Value = serde_json::from_str(&ends(&output, 1)).unwrap();
    assert_eq!(report["errors"], 1);
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(diagnostic["code"], "missing-file");
    assert_eq!(diagnostic["file"], "src/App.tsx");
    assert_eq!(diagnostic["span"]["line"], 1);
}

#[test]
fn what_tools_made_is_left_alone() {
    let project = Project::new(&[("src/App.tsx", GOOD), ("src/dist/kept.ts", "export {};")]);
    for path in [
        "node_modules/a/index.js",
        "src/node_modules/b.js",
        ".git/HEAD",
        "dist/index.js",
        "site/.cumulet-build",
        "site/index.js",
    ] {
        project.write(path, "not code (");
    }
    assert_eq!(project.json()["files"], 2);
}

#[test]
fn pictures_are_files_like_others() {
    let project = Project::new(&[(
        "src/App.tsx",
        "import photo from './photo.png';\nexport default () => <img src={photo} alt=\"\" />;",
    )]);
    project.write("src/photo.png", [0x89, b'P', b'N', b'G', 0xff]);
    ends(&project.check(), 0);
    project.write("src/photo.png", vec![0xff; 900 * 1024]);
    let text = ends(&project.check(), 1);
    assert!(
        text.contains("`src/photo.png` was left out: it has 900 KB, a picture or another binary file may have at most 767 KB"),
        "{text}"
    );
}

#[test]
fn files_that_are_no_text_are_named_where_they_matter() {
    let project = Project::new(&[("src/App.tsx", GOOD)]);
    project.write("public/notes.docx", [0xff, 0xfe]);
    project.write("notes.docx", [0xff, 0xfe]);
    let text = ends(&project.check(), 0);
    let public = "`public/notes.docx` was left out: it isn't text in UTF-8";
    assert!(
        text.contains(public) && !text.contains("`notes.docx`"),
        "{text}"
    );
    project.write("src/notes.docx", [0xff, 0xfe]);
    project.write(
        "src/App.tsx",
        "import notes from './notes.docx';\nexport default () => notes;",
    );
    let text = ends(&project.check(), 1);
    assert!(
        text.contains("`src/notes.docx` was left out: it isn't text in UTF-8"),
        "{text}"
    );
    project.write("src/App.tsx", [b'/', b'/', 0xff]);
    let text = ends(&project.check(), 1);
    assert!(text.contains("`src/App.tsx` was left out"), "{text}");
}

#[test]
fn files_over_the_limits_are_named() {
    let project = Project::new(&[("src/App.tsx", GOOD)]);
    project.write("package-lock.json", vec![b' '; 1024 * 1024 + 1]);
    let text = ends(&project.check(), 0);
    assert!(
        text.contains("`package-lock.json` was left out: it has 1025 KB"),
        "{text}"
    );
    for n in 0..500 {
        project.write(&format!("src/{n}.ts"), "");
    }
    assert!(ends(&project.check(), 1).contains("app-too-large"));
}

#[test]
fn a_folder_that_holds_no_single_app_is_refused() {
    let project = Project::new(&[("src/App.tsx", GOOD)]);
    for n in 0..51 {
        project.write(&format!("{n}.txt"), vec![b' '; 1024 * 1024]);
    }
    assert!(refused(&project.check()).contains("too much for one app"));
}

#[test]
fn what_cannot_be_checked_is_said() {
    let project = Project::new(&[("src/App.tsx", GOOD)]);
    let missing = program()
        .arg("check")
        .arg(project.folder.path().join("nothing"))
        .arg("--site")
        .arg(project.site())
        .output()
        .unwrap();
    assert!(refused(&missing).contains("isn't there"));
    let file = program()
        .arg("check")
        .arg(project.app().join("src/App.tsx"))
        .arg("--site")
        .arg(project.site())
        .output()
        .unwrap();
    assert!(refused(&file).contains("is no folder"));
    assert!(refused(&program().arg("check").output().unwrap()).contains("DIR"));
    let unknown = project.command().arg("--fast").output().unwrap();
    assert!(refused(&unknown).contains("--fast"));
    let flags_of_the_server = program()
        .args(["--port", "1", "check", "."])
        .output()
        .unwrap();
    assert!(refused(&flags_of_the_server).contains("--port"));
}

#[test]
fn the_site_is_found_as_the_server_finds_it() {
    let project = Project::new(&[("src/App.tsx", GOOD)]);
    let check = || {
        let mut command = program();
        command.arg("check").arg(project.app());
        command
    };
    let none = refused(&check().output().unwrap());
    assert!(
        none.contains("--site DIR") && none.contains("CUMULET_SITE"),
        "{none}"
    );
    let variable = check()
        .env("CUMULET_SITE", project.site())
        .output()
        .unwrap();
    ends(&variable, 0);
    fs::write(project.site().join("deps/manifest.json"), "{}").unwrap();
    let broken = refused(&project.check());
    assert!(
        broken.contains("manifest.json") && broken.contains("cargo xtask run"),
        "{broken}"
    );
    fs::remove_file(project.site().join("deps/manifest.json")).unwrap();
    let missing = refused(&project.check());
    assert!(
        missing.contains("can't be read") && missing.contains("--site"),
        "{missing}"
    );
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_in_circles_end() {
        let project = Project::new(&[("src/App.tsx", GOOD)]);
        symlink(project.app(), project.app().join("src/again")).unwrap();
        symlink("itself.ts", project.app().join("src/itself.ts")).unwrap();
        symlink("nowhere", project.app().join("src/lost.ts")).unwrap();
        symlink("App.tsx", project.app().join("src/Other.tsx")).unwrap();
        symlink("/dev/zero", project.app().join("src/zero.ts")).unwrap();
        let text = ends(&project.check(), 0);
        for name in ["src/again", "src/itself.ts", "src/lost.ts", "src/zero.ts"] {
            assert!(text.contains(&format!("`{name}` was left out")), "{text}");
        }
        assert!(text.ends_with("No problems in 2 files\n"), "{text}");
    }

    #[test]
    fn links_out_of_the_folder_are_not_followed() {
        let project = Project::new(&[("src/App.tsx", GOOD), ("public/x.txt", "")]);
        let key = project.folder.path().join("key");
        fs::write(&key, "private").unwrap();
        symlink(&key, project.app().join("public/key")).unwrap();
        // The folder itself may be reached by a link.
        let linked = project.folder.path().join("linked");
        symlink(project.app(), &linked).unwrap();
        symlink(linked.join("public/x.txt"), project.app().join("public/y")).unwrap();
        let mut command = program();
        command.arg("check").arg(&linked);
        let output = command.arg("--site").arg(project.site()).output().unwrap();
        let text = ends(&output, 0);
        let left_out = "`public/key` was left out: its link leads out of the folder";
        assert!(text.contains(left_out), "{text}");
        assert!(text.ends_with("No problems in 3 files\n"), "{text}");
    }

    #[test]
    fn names_are_shown_without_what_a_terminal_obeys() {
        let project = Project::new(&[("src/App.tsx", GOOD)]);
        project.write("src/\u{1b}[2J\nall good.ts", "");
        project.write("src/\u{202e}xst.ts", "const 1;");
        let place = project
            .app()
            .join("src")
            .join(OsStr::from_bytes(b"\xff.ts"));
        fs::write(place, "").unwrap();
        let hidden = project.app().join(OsStr::from_bytes(b"\xfe"));
        fs::create_dir(&hidden).unwrap();
        fs::write(hidden.join("a.ts"), "").unwrap();
        let text = ends(&project.check(), 1);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        assert!(text.contains("invalid-path"), "{text}");
        assert!(text.contains("its name isn't Unicode"), "{text}");
        let skipped = project.json()["skipped"].as_array().unwrap().len();
        assert_eq!(skipped, 2);

        let gone = project.folder.path().join("\u{1b}[31mred");
        let output = program()
            .arg("check")
            .arg(gone)
            .arg("--site")
            .arg(project.site())
            .output()
            .unwrap();
        assert!(!refused(&output).contains('\u{1b}'));
    }

    #[test]
    fn folders_may_have_any_name() {
        for name in ["--json", "a b'\"$(x)", "\u{fc}"] {
            let project = Project::new(&[]);
            let folder = project.folder.path().join(name);
            fs::create_dir_all(folder.join("src")).unwrap();
            fs::write(folder.join("src/App.tsx"), GOOD).unwrap();
            let output = program()
                .args(["check", "--site"])
                .arg(project.site())
                .arg("--")
                .arg(name)
                .current_dir(project.folder.path())
                .output()
                .unwrap();
            assert_eq!(ends(&output, 0), "No problems in 1 file\n");
        }
    }

    #[test]
    fn what_may_not_be_read_is_named() {
        let project = Project::new(&[("src/App.tsx", GOOD), ("src/lib/a.ts", "")]);
        let folder = project.app().join("src/lib");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o0)).unwrap();
        let may_read = fs::read_dir(&folder).is_ok();
        let output = project.check();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        // Nothing is closed to root.
        if may_read {
            ends(&output, 0);
        } else {
            let error = refused(&output);
            assert!(error.contains("src/lib` can't be read"), "{error}");
        }
    }

    #[test]
    fn a_reader_that_has_read_enough_is_no_failure() {
        let project = Project::new(&[("src/App.tsx", "import './gone';")]);
        let line = format!(
            "'{}' check '{}' --site '{}' | true; echo ${{PIPESTATUS[0]}}",
            env!("CARGO_BIN_EXE_cumulet-server"),
            project.app().display(),
            project.site().display()
        );
        let output = Command::new("bash").args(["-c", &line]).output().unwrap();
        assert_eq!(ends(&output, 0), "1\n");
        assert!(output.stderr.is_empty());
    }
}
