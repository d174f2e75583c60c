//! What the examples share that print something of every project below a folder.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bundler_wasm::{Bundler, STACK_BYTES};
use protocol::manifest::Manifest;

/// Texts of a project's files, by path.
pub(crate) type Files = BTreeMap<String, String>;

/// Gives the bundler a file that lies beside the manifest.
pub(crate) type Supply<'a> = &'a dyn Fn(&mut Bundler, &str) -> Result<(), Box<dyn Error>>;

/// What is printed of a project.
type Described = Result<Option<String>, Box<dyn Error>>;

/// Prints a line for each project, its name and what `describe` gives; without
/// that, none. The program's arguments are a folder and a manifest: a project is
/// every folder below that one that is called `input`; or, when there is none,
/// every folder directly in it.
pub(crate) fn print_projects<D>(describe: D) -> Result<(), Box<dyn Error>>
where
    D: Fn(Manifest, Files, Supply<'_>) -> Described + Send + 'static,
{
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder of projects?")?);
    let manifest = PathBuf::from(arguments.next().ok_or("which manifest?")?);
    let print = move || print(&folder, &manifest, describe).map_err(|error| error.to_string());
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(print)?
        .join()
        .map_err(|_| "the bundler panicked")??;
    Ok(())
}

fn print<D>(folder: &Path, manifest: &Path, describe: D) -> Result<(), Box<dyn Error>>
where
    D: Fn(Manifest, Files, Supply<'_>) -> Described,
{
    let beside = |bundler: &mut Bundler, file: &str| {
        Ok(bundler.supply(
            file,
            &std::fs::read_to_string(manifest.with_file_name(file))?,
        )?)
    };
    let text = std::fs::read_to_string(manifest)?;
    let mut projects = Vec::new();
    inputs(folder, &mut projects)?;
    if projects.is_empty() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                projects.push(path);
            }
        }
    }
    projects.sort();
    let mut out = std::io::stdout().lock();
    for project in projects {
        let mut files = Files::new();
        read(&project, &project, &mut files)?;
        let name = relative(&project, folder)?;
        if let Some(line) = describe(serde_json::from_str(&text)?, files, &beside)? {
            writeln!(out, "{name} {line}")?;
        }
    }
    Ok(())
}

fn inputs(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name == "input") {
            found.push(path);
        } else if path.is_dir() {
            inputs(&path, found)?;
        }
    }
    Ok(())
}

fn read(root: &Path, folder: &Path, files: &mut Files) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else {
            files.insert(relative(&path, root)?, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn relative(path: &Path, root: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.strip_prefix(root)?.to_string_lossy();
    Ok(name.replace('\\', "/"))
}
