//! Project paths: relative, `/`-separated, never leaving the project.

use crate::limits::MAX_PATH_BYTES;

/// Why a text is not a project path. [`PathError::reason`] is a sentence for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// Nothing between the slashes.
    Empty,
    /// More than [`MAX_PATH_BYTES`] bytes.
    TooLong,
    /// Starts with `/` or a drive letter.
    Absolute,
    /// Has a `.` or `..` segment.
    Traversal,
    /// Has a backslash, a control character, or one of `<>:"|?*`.
    Character(char),
}

impl PathError {
    /// The sentence that an error message shows after the path.
    pub fn reason(self) -> String {
        match self {
            Self::Empty => "a path needs a name between its slashes".to_owned(),
            Self::TooLong => format!("a path has at most {MAX_PATH_BYTES} bytes"),
            Self::Absolute => "paths start inside the project, for example src/App.tsx".to_owned(),
            Self::Traversal => "a path can't contain `.` or `..` segments".to_owned(),
            Self::Character(c) => format!("the character {c:?} can't be used in a path"),
        }
    }
}

/// Checks that `path` names a file inside a project: relative, `/`-separated,
/// no empty, `.` or `..` segment, no character that some file system refuses.
///
/// # Errors
/// The first rule that is broken.
pub fn check_path(path: &str) -> Result<(), PathError> {
    if path.is_empty() {
        return Err(PathError::Empty);
    }
    if path.len() > MAX_PATH_BYTES {
        return Err(PathError::TooLong);
    }
    if path.starts_with('/') {
        return Err(PathError::Absolute);
    }
    if let Some(c) = path
        .chars()
        .find(|c| c.is_control() || r#"\<>:"|?*"#.contains(*c))
    {
        return Err(PathError::Character(c));
    }
    for segment in path.split('/') {
        match segment {
            "" => return Err(PathError::Empty),
            "." | ".." => return Err(PathError::Traversal),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_ordinary_paths() {
        for path in ["src/App.tsx", "index.html", "src/a b/ü.ts", ".env"] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn refuses_paths_that_leave_the_project() {
        assert_eq!(check_path("../../x"), Err(PathError::Traversal));
        assert_eq!(check_path("src/../x"), Err(PathError::Traversal));
        assert_eq!(check_path("./x"), Err(PathError::Traversal));
        assert_eq!(check_path("/etc/passwd"), Err(PathError::Absolute));
        assert_eq!(check_path("a\\b"), Err(PathError::Character('\\')));
        assert_eq!(check_path("C:/x"), Err(PathError::Character(':')));
        assert_eq!(check_path("a//b"), Err(PathError::Empty));
        assert_eq!(check_path("a\0b"), Err(PathError::Character('\0')));
        assert_eq!(check_path(&"x".repeat(201)), Err(PathError::TooLong));
    }
}
