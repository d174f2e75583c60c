//! What the model is told of a line of the console, of a request to the outside
//! and of a type error: the text, its place, and the code around it.

use std::fmt::Write as _;

use super::attached::{About, Note};
use super::console::{ConsoleEntry, Place};
use super::network::{Kind, NetworkEntry, Outcome, Side};
use super::project::Project;
use crate::platform::types::TypeFinding;

/// Lines of code that are shown before and after a place.
const AROUND: usize = 2;
/// Most of a line's or a body's text that is told, in bytes.
const MAX_TEXT_BYTES: usize = 3_000;
/// Most of it that a label shows, in characters.
const MAX_LABEL_CHARS: usize = 40;
/// What the names of query parameters with secrets hold.
const SECRETS: [&str; 6] = ["key", "token", "secret", "pass", "auth", "sig"];

/// A line of the console as a problem to repair, with the code that wrote it.
pub(crate) fn console_problem(
    entry: &ConsoleEntry,
    place: Option<&Place>,
    project: Project,
) -> String {
    let mut text = format!("In the console: {}", cut(&entry.text));
    if let Some(place) = place {
        at(&mut text, place, project);
    }
    text
}

/// A line of the console, for the next request.
pub(crate) fn console_note(entry: &ConsoleEntry, place: Option<&Place>, project: Project) -> Note {
    Note {
        about: About::Console,
        label: label(&entry.text),
        text: format!(
            "The person points at this line of the app's console.\n{}",
            console_problem(entry, place, project)
        ),
    }
}

/// A request to the outside, for the next request to the model. Headers stay
/// out, and the values of parameters that look like secrets.
pub(crate) fn request_note(entry: &NetworkEntry) -> Note {
    let path = without_secrets(&entry.path);
    let how = match entry.kind {
        Kind::Fetch => "by SandboxAPI.fetch",
        Kind::Picture => "as a picture of an element",
        Kind::Blocked => "by an element or another part of the page",
    };
    let came = match &entry.outcome {
        Outcome::Status(status) => format!("The answer had the status {status}."),
        Outcome::Denied => format!("The person didn't allow {}.", entry.host),
        Outcome::Failed(_, why) => why.clone(),
        Outcome::Blocked(directive) => format!("The sandbox stopped it ({directive})."),
    };
    let asked = format!("{} {}{path}", entry.method, entry.host);
    let asked = asked.trim();
    let mut text = format!(
        "The person points at this request of the app to the outside.\n{asked}, {how}. {came}"
    );
    body(&mut text, "Sent", &entry.sent);
    body(&mut text, "Received", &entry.received);
    Note {
        about: About::Request,
        label: label(asked),
        text,
    }
}

/// A type error as a problem to repair.
pub(crate) fn type_problem(finding: &TypeFinding, project: Project) -> String {
    let mut text = format!("TypeScript {}: {}", finding.code, cut(&finding.message));
    let place = Place {
        file: finding.path.clone(),
        line: finding.line,
        column: finding.column,
    };
    at(&mut text, &place, project);
    text
}

/// Adds where it is and the lines around it.
fn at(text: &mut String, place: &Place, project: Project) {
    // Writing to a String can't fail.
    let _ = write!(
        text,
        "\n  at {}:{}:{}",
        place.file, place.line, place.column
    );
    if let Some(source) = project.text(&place.file) {
        text.push('\n');
        text.push_str(&frame(&source, place.line));
    }
}

/// The lines around one, which is marked; counts from 1.
fn frame(source: &str, line: u32) -> String {
    let marked = usize::try_from(line).unwrap_or(usize::MAX);
    let first = marked.saturating_sub(AROUND).max(1);
    let mut text = String::new();
    for (number, code) in (1..)
        .zip(source.lines())
        .skip(first - 1)
        .take(2 * AROUND + 1)
    {
        if number > marked.saturating_add(AROUND) {
            break;
        }
        let mark = if number == marked { '>' } else { ' ' };
        let _ = writeln!(text, "{mark} {number:>4} | {}", cut(code));
    }
    text
}

fn body(text: &mut String, title: &str, side: &Side) {
    if let Some(body) = &side.text {
        let _ = write!(text, "\n{title}, as data:\n{}", cut(body));
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_TEXT_BYTES))
        .unwrap_or(text)
}

/// The beginning of the first line.
fn label(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let mut label: String = line.chars().take(MAX_LABEL_CHARS).collect();
    if label.len() < line.len() {
        label.push('…');
    }
    label
}

/// A path whose query has no values that look like secrets.
fn without_secrets(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match part.split_once('=') {
            Some((name, _)) if is_secret(name) => format!("{name}=…"),
            _ => part.to_owned(),
        })
        .collect();
    format!("{path}?{}", parts.join("&"))
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_marks_its_line() {
        let source = "one\ntwo\nthree\nfour\nfive\nsix";
        assert_eq!(
            frame(source, 4),
            "     2 | two\n     3 | three\n>    4 | four\n     5 | five\n     6 | six\n"
        );
        assert_eq!(
            frame(source, 1),
            ">    1 | one\n     2 | two\n     3 | three\n"
        );
        assert_eq!(frame(source, 40), "");
    }

    #[test]
    fn secrets_of_a_query_stay_out() {
        assert_eq!(without_secrets("/a"), "/a");
        assert_eq!(
            without_secrets("/a?q=cats&api_key=123&Token=x&flag"),
            "/a?q=cats&api_key=…&Token=…&flag"
        );
    }

    #[test]
    fn a_label_is_short() {
        assert_eq!(label("GET host/path\nmore"), "GET host/path");
        assert_eq!(label(&"x".repeat(60)), format!("{}…", "x".repeat(40)));
    }
}
