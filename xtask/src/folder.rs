//! The folders that commands fill: copied, and emptied of what an earlier run
//! left in them.

use std::fs;
use std::path::Path;

use anyhow::bail;
use walkdir::WalkDir;

/// Copies a folder with everything below it, over what is there.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Makes a folder without anything in it.
pub(crate) fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Refuses to empty a folder that a person named and whose content isn't ours:
/// `mark` is a file that an earlier run of the command left.
pub(crate) fn demand_own(folder: &Path, mark: &Path) -> anyhow::Result<()> {
    if folder.exists() && !mark.exists() {
        bail!(
            "{} wasn't made by this command, which would replace it: name another folder with --out",
            folder.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_others_are_not_replaced() {
        let [source, mark, missing] = ["src", "Cargo.toml", "missing"].map(Path::new);
        let refused = demand_own(source, missing);
        assert!(refused.unwrap_err().to_string().contains("--out"));
        demand_own(source, mark).unwrap();
        demand_own(missing, missing).unwrap();
    }
}
