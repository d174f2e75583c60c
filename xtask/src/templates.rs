//! The starter apps: written into the site, and laid out as projects for the
//! bundler's own programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use protocol::template::{Template, TemplateSummary};
use walkdir::WalkDir;

use crate::cache::Cache;
use crate::folder::empty;
use crate::site::{Profile, read_json, write_compressed};

/// Writes each of them, with an index of all.
pub(crate) fn write(cache: &Cache, site: &Path, profile: Profile) -> anyhow::Result<()> {
    let out = site.join("templates");
    empty(&out)?;
    let mut index = Vec::new();
    for folder in folders(cache)? {
        let template = read(&folder).with_context(|| format!("template {}", folder.display()))?;
        write_compressed(
            &out.join(format!("{}.json", template.summary.id)),
            serde_json::to_string(&template)?.as_bytes(),
            profile,
        )?;
        let thumbnail = folder.join("thumbnail.webp");
        if thumbnail.exists() {
            fs::copy(thumbnail, out.join(format!("{}.webp", template.summary.id)))?;
        }
        index.push(template.summary);
    }
    write_compressed(
        &out.join("index.json"),
        serde_json::to_string(&index)?.as_bytes(),
        profile,
    )
}

/// Folders of the templates, by name.
fn folders(cache: &Cache) -> anyhow::Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> = fs::read_dir(cache.source("templates"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    Ok(folders)
}

/// Reads `template.json` and everything below `files/`.
fn read(folder: &Path) -> anyhow::Result<Template> {
    let id = folder
        .file_name()
        .context("a template's folder has a name")?
        .to_string_lossy()
        .into_owned();
    let mut summary: serde_json::Value = read_json(&folder.join("template.json"))?;
    if let Some(object) = summary.as_object_mut() {
        object.insert("id".to_owned(), id.into());
    }
    let summary: TemplateSummary = serde_json::from_value(summary)?;
    let root = folder.join("files");
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root)?.to_string_lossy();
            files.insert(path.into_owned(), fs::read_to_string(entry.path())?);
        }
    }
    Ok(Template { summary, files })
}

/// Lays the templates out as the bundler's example program reads projects:
/// `NAME/input/…`. Returns the folder.
pub(crate) fn projects(cache: &Cache) -> anyhow::Result<PathBuf> {
    let root = cache.path("template-projects");
    empty(&root)?;
    for folder in folders(cache)? {
        let template = read(&folder)?;
        for (path, text) in template.files {
            let place = root.join(&template.summary.id).join("input").join(path);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(place, text)?;
        }
    }
    Ok(root)
}
