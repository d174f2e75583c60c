//! npm packages: installed once per lock file into the cache folder; the clone
//! gets a link, so that a second clone installs nothing.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::cache::{Cache, short_hash};
use crate::process::{output, step};

/// Installs what `folder/package-lock.json` pins and links
/// `folder/node_modules` to it.
///
/// # Errors
/// When npm fails, or when `node_modules` is a folder of somebody's own.
pub(crate) fn npm_packages(cache: &Cache, folder: &str) -> anyhow::Result<PathBuf> {
    super::node()?;
    let source = cache.source(folder);
    let lock = fs::read(source.join("package-lock.json"))
        .with_context(|| format!("{folder}/package-lock.json is missing"))?;
    let store = cache.path(&format!("npm/{folder}-{}", short_hash(&lock)));
    let modules = store.join("node_modules");
    if !store.join(".complete").exists() {
        step(&format!("npm packages of {folder}"), || {
            fs::create_dir_all(&store)?;
            for file in ["package.json", "package-lock.json"] {
                fs::copy(source.join(file), store.join(file))?;
            }
            output(
                Command::new("npm")
                    .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
                    .current_dir(&store),
            )
            .context("npm could not install the packages; is the npm registry reachable?")?;
            fs::write(store.join(".complete"), "")?;
            Ok(())
        })?;
    }
    link(&modules, &source.join("node_modules"))?;
    Ok(modules)
}

fn link(modules: &std::path::Path, place: &std::path::Path) -> anyhow::Result<()> {
    match fs::symlink_metadata(place) {
        Ok(found) if found.is_symlink() => {
            if fs::read_link(place)? == modules {
                return Ok(());
            }
            fs::remove_file(place)?;
        }
        Ok(_) => bail!(
            "{} is a folder of its own: remove it, then the packages of the cache folder are used",
            place.display()
        ),
        Err(_) => {}
    }
    std::os::unix::fs::symlink(modules, place)
        .with_context(|| format!("can't link {}", place.display()))
}
