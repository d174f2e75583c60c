//! Paths of incoming files, and the words for them and their sizes.

/// Endings of texts that stand beside the code rather than in `src/assets`.
const CODE_ENDINGS: [&str; 9] = ["ts", "tsx", "js", "jsx", "mjs", "css", "json", "html", "md"];

/// Folders and files that tools made, and hidden ones; the project's own
/// settings begin with a dot too.
pub(super) fn is_left_out(name: &str) -> bool {
    name == "node_modules" || (name.starts_with('.') && !name.starts_with(".env"))
}

/// Whether the file belongs in the project's root, the only place where it is read.
fn is_setting(path: &str) -> bool {
    let is_json = path.strip_suffix(".json").is_some_and(|name| {
        name.starts_with("tsconfig") || ["package", "jsconfig"].contains(&name)
    });
    let is_named = path == "index.html" || path.starts_with(".env") || path.contains(".config.");
    !path.contains('/') && (is_json || is_named)
}

/// Where a file goes. Folders that came along keep their names.
pub(super) fn place(path: &str, folder: Option<&str>) -> String {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let is_code = CODE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    match folder {
        Some("") => path.to_owned(),
        Some(folder) => format!("{folder}/{path}"),
        None if path.starts_with("src/") || path.starts_with("public/") || is_setting(path) => {
            path.to_owned()
        }
        None if path.contains('/') || is_code => format!("src/{path}"),
        None => format!("src/assets/{path}"),
    }
}

/// `a/logo.png` → `a/logo-2.png`
pub(super) fn numbered(path: &str, number: usize) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => {
            format!("{folder}{slash}{stem}-{number}.{ending}")
        }
        _ => format!("{folder}{slash}{name}-{number}"),
    }
}

/// "src/a.png" or "3 files"; `None` when there is no file.
pub(super) fn summary<'a>(mut paths: impl Iterator<Item = &'a String>) -> Option<String> {
    let first = paths.next()?;
    Some(match paths.count() {
        0 => first.clone(),
        others => format!("{} files", others + 1),
    })
}

/// Bytes as a person reads them: rounded up, so that what is over a limit
/// never reads like the limit.
pub(crate) fn size(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..MIB => format!("{} KB", bytes.div_ceil(1024)),
        _ => {
            let tenths = (bytes.div_ceil(1024) * 10).div_ceil(1024);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_where_their_kind_belongs() {
        for (path, folder, expected) in [
            ("logo.png", None, "src/assets/logo.png"),
            ("Card.tsx", None, "src/Card.tsx"),
            ("rows.csv", None, "src/assets/rows.csv"),
            ("icons/a.svg", None, "src/icons/a.svg"),
            ("public/a.svg", None, "public/a.svg"),
            ("index.html", None, "index.html"),
            ("package.json", None, "package.json"),
            ("tsconfig.app.json", None, "tsconfig.app.json"),
            ("jsconfig.json", None, "jsconfig.json"),
            ("vite.config.ts", None, "vite.config.ts"),
            (".env", None, ".env"),
            (".env.local", None, ".env.local"),
            ("data.json", None, "src/data.json"),
            ("docs/index.html", None, "src/docs/index.html"),
            ("index.html", Some("public"), "public/index.html"),
            ("logo.png", Some(""), "logo.png"),
            ("img/logo.png", Some("public"), "public/img/logo.png"),
        ] {
            assert_eq!(place(path, folder), expected);
        }
    }

    #[test]
    fn tools_and_hidden_files_stay_outside() {
        for name in ["node_modules", ".git", ".DS_Store"] {
            assert!(is_left_out(name), "{name}");
        }
        assert!(!is_left_out(".env.local"));
        assert!(!is_left_out("a.png"));
    }

    #[test]
    fn numbers_go_before_the_ending() {
        assert_eq!(numbered("a/logo.png", 2), "a/logo-2.png");
        assert_eq!(numbered(".env", 3), ".env-3");
        assert_eq!(numbered("LICENSE", 2), "LICENSE-2");
    }

    #[test]
    fn sizes_and_sums_are_words() {
        assert_eq!(size(900), "900 bytes");
        assert_eq!(size(1025), "2 KB");
        assert_eq!(size(1024 * 1024), "1.0 MB");
        assert_eq!(size(1024 * 1024 + 1), "1.1 MB");
        assert_eq!(size(3 * 1024 * 1024 + 300_000), "3.3 MB");
        let paths = ["a".to_owned(), "b".to_owned()];
        assert_eq!(summary(paths.iter().take(0)), None);
        assert_eq!(summary(paths.iter().take(1)).as_deref(), Some("a"));
        assert_eq!(summary(paths.iter()).as_deref(), Some("2 files"));
    }
}
