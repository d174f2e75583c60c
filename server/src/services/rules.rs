//! Checks that several services share. Limits come from [`protocol::limits`].

use protocol::app::{Files, is_valid_id};
use protocol::limits::{MAX_APP_BYTES, MAX_APP_NAME_CHARS, MAX_FILE_BYTES, MAX_FILES};
use protocol::path::check_path;

use super::Error;

/// Refuses an id that breaks [`is_valid_id`]. `what` names it in the message.
pub(super) fn check_id(what: &str, id: &str) -> Result<(), Error> {
    if is_valid_id(id) {
        return Ok(());
    }
    Err(Error::invalid(
        format!("{what} `{}` is not valid", cut(id, 60)),
        "Use 1 to 40 lower-case letters, digits and `-`.",
    ))
}

/// The name as it is kept: without spaces around it.
pub(super) fn check_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let chars = name.chars().count();
    if name.is_empty() {
        return Err(Error::invalid("the app's name is empty", "Give it a name."));
    }
    if chars > MAX_APP_NAME_CHARS {
        return Err(Error::invalid(
            format!("the app's name has {chars} characters; the limit is {MAX_APP_NAME_CHARS}"),
            "Choose a shorter name.",
        ));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid(
            "the app's name has a line break or another control character",
            "Write the name on one line.",
        ));
    }
    Ok(name.to_owned())
}

/// Refuses a path that [`check_path`] refuses.
pub(super) fn check_file_path(path: &str) -> Result<(), Error> {
    check_path(path).map_err(|error| {
        Error::invalid(
            format!(
                "`{}` is not a project path: {}",
                cut(path, 200),
                error.reason()
            ),
            "Rename the file.",
        )
    })
}

/// Refuses a file over its limit.
pub(super) fn check_file_size(path: &str, content: &str) -> Result<(), Error> {
    if content.len() <= MAX_FILE_BYTES {
        return Ok(());
    }
    Err(Error::too_large(
        format!(
            "`{path}` has {}; the limit for one file is {}",
            megabytes(content.len()),
            megabytes(MAX_FILE_BYTES)
        ),
        "Split the file, or load large data from outside the source.",
    ))
}

/// Refuses a set of files that no app may have: bad paths, a file where a
/// folder is, too many or too large files.
pub(super) fn check_files(files: &Files) -> Result<(), Error> {
    for (path, content) in files {
        check_file_path(path)?;
        check_file_size(path, content)?;
        // Another system's disk could hold only one of the two.
        if let Some((folder, _)) = path
            .match_indices('/')
            .map(|(at, _)| path.split_at(at))
            .find(|(folder, _)| files.contains_key(*folder))
        {
            return Err(Error::invalid(
                format!("`{folder}` is a file, so there can't be a file `{path}` below it"),
                "Rename one of the two.",
            ));
        }
    }
    if files.len() > MAX_FILES {
        return Err(Error::too_large(
            format!(
                "the app has {} files; the limit is {MAX_FILES}",
                files.len()
            ),
            "Delete files that aren't needed.",
        ));
    }
    let bytes = files.values().map(String::len).sum::<usize>();
    if bytes > MAX_APP_BYTES {
        return Err(Error::too_large(
            format!(
                "the app's files have {} together; the limit is {}",
                megabytes(bytes),
                megabytes(MAX_APP_BYTES)
            ),
            "Delete or shorten files.",
        ));
    }
    Ok(())
}

/// A size as people write it.
pub(super) fn megabytes(bytes: usize) -> String {
    if bytes < 1024 * 1024 {
        return format!("{} KB", bytes.div_ceil(1024));
    }
    // Tenths, rounded up, so that a size just over a limit never reads as the limit.
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

/// At most `chars` characters of a text that comes from outside.
pub(super) fn cut(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(chars).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(megabytes(1), "1 KB");
        assert_eq!(megabytes(1024 * 1024), "1 MB");
        assert_eq!(megabytes(1024 * 1024 + 1), "1.1 MB");
        assert_eq!(megabytes(10 * 1024 * 1024), "10 MB");
    }

    #[test]
    fn a_file_can_not_lie_below_a_file() {
        let files = ["src", "src/App.tsx"]
            .map(|path| (path.to_owned(), String::new()))
            .into();
        let message = check_files(&files).map_err(|error| error.to_string());
        assert_eq!(
            message,
            Err("`src` is a file, so there can't be a file `src/App.tsx` below it".to_owned())
        );
    }
}
