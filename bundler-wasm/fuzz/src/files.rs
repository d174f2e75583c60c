//! Inputs as text: files of code, and edits of a project.

/// Paths that the first byte of an input chooses among.
const PATHS: [&str; 4] = ["src/main.tsx", "src/main.ts", "src/main.jsx", "src/main.js"];

/// One file of code: its path and its text.
pub fn code_file(data: &[u8]) -> Option<(&'static str, String)> {
    let (first, text) = data.split_first()?;
    let path = PATHS[usize::from(*first) % PATHS.len()];
    Some((path, String::from_utf8_lossy(text).into_owned()))
}

/// What happens to a project.
#[derive(Debug)]
pub enum Step {
    /// The file gets this text, or is deleted.
    Change(String, Option<String>),
    /// Everything until now is built.
    Build,
}

/// The steps of a text: `==== PATH` and the lines after it change a file,
/// `---- PATH` deletes one, `++++` builds.
pub fn steps(data: &[u8]) -> Vec<Step> {
    let text = String::from_utf8_lossy(data);
    let mut steps = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("==== ") {
            steps.push(Step::Change(
                path.trim_end().to_owned(),
                Some(String::new()),
            ));
        } else if let Some(path) = line.strip_prefix("---- ") {
            steps.push(Step::Change(path.trim_end().to_owned(), None));
        } else if line.starts_with("++++") {
            steps.push(Step::Build);
        } else if let Some(Step::Change(_, Some(text))) = steps.last_mut() {
            text.push_str(line);
        }
    }
    steps.push(Step::Build);
    steps
}
