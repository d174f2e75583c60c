//! The project's `.env` files, read as Vite reads them: what may reach the app
//! as `import.meta.env`. Other names than those stay here.

use std::collections::BTreeMap;

use protocol::bundle::Diagnostic;

use crate::codes;
use crate::diagnostic::{self, DiagnosticExt};
use crate::project::Project;

/// Beginnings of names that the app may see.
const PUBLIC_PREFIXES: [&str; 2] = ["VITE_", "PUBLIC_"];

/// Variables of the app, and findings.
#[derive(Debug, Default)]
pub(crate) struct Env {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads `.env`, `.env.local`, `.env.MODE` and `.env.MODE.local`; the later
/// ones win.
pub(crate) fn read(project: &Project, mode: &str) -> Env {
    let mut values: BTreeMap<String, (String, Value)> = BTreeMap::new();
    for path in [
        ".env".to_owned(),
        ".env.local".to_owned(),
        format!(".env.{mode}"),
        format!(".env.{mode}.local"),
    ] {
        if let Some(source) = project.source(&path) {
            let parsed = parse(source.text()).into_iter();
            values.extend(parsed.map(|(name, value)| (name, (path.clone(), value))));
        }
    }
    values.retain(|name, _| PUBLIC_PREFIXES.iter().any(|p| name.starts_with(p)));
    let mut env = Env::default();
    let mut expansion = Expansion {
        values: &values,
        private: None,
        references_left: MAX_REFERENCES,
    };
    for (name, (path, value)) in &values {
        let text = expansion.expand(value, 0);
        if let Some(private) = expansion.private.take() {
            let message = format!("`{name}` takes `{private}`, which stays out of the app.");
            env.diagnostics.push(
                diagnostic::whole(codes::PRIVATE_VARIABLE, path, message)
                    .help("Only names that begin with VITE_ or PUBLIC_ reach the app, where everybody can read them. Keep secrets on a server.")
                    .warning(),
            );
        }
        env.variables.insert(name.clone(), text);
    }
    env
}

/// A value as written.
#[derive(Debug, PartialEq, Eq)]
struct Value {
    text: String,
    /// Whether `$NAME` in it means another variable.
    expands: bool,
}

fn parse(text: &str) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, mut after) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some((name, value)) = assignment(line) {
            let quote = value.chars().next().filter(|c| "\"'`".contains(*c));
            let begin = text_offset(rest, value) + 1;
            let quoted =
                quote.and_then(|quote| rest.get(begin..)?.split_once(quote).map(|q| (quote, q)));
            let value = match quoted {
                Some((quote, (inner, tail))) => {
                    after = tail.split_once('\n').map_or("", |(_, after)| after);
                    Value {
                        text: if quote == '"' {
                            inner.replace("\\n", "\n").replace("\\r", "\r")
                        } else {
                            inner.to_owned()
                        },
                        expands: quote != '\'',
                    }
                }
                None => Value {
                    text: value
                        .split_once('#')
                        .map_or(value, |(value, _)| value)
                        .trim()
                        .to_owned(),
                    expands: true,
                },
            };
            values.insert(name.to_owned(), value);
        }
        rest = after;
    }
    values
}

/// Where a part of a text begins in it.
fn text_offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// `export NAME = value`
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, value.trim()))
}

/// References that are followed in one project.
const MAX_REFERENCES: u32 = 1_000;
/// Longest value that references are looked for in, in bytes.
const MAX_EXPANDED_BYTES: usize = 32 * 1024;
/// References that go deeper than this go in circles.
const MAX_DEPTH: usize = 8;

struct Expansion<'a> {
    values: &'a BTreeMap<String, (String, Value)>,
    /// A name that the app may not see.
    private: Option<String>,
    references_left: u32,
}

impl Expansion<'_> {
    /// Puts the values of `$NAME`, `${NAME}` and `${NAME:-other}` in their places.
    fn expand(&mut self, value: &Value, depth: usize) -> String {
        if !value.expands || value.text.len() > MAX_EXPANDED_BYTES {
            return value.text.clone();
        }
        let mut expanded = String::new();
        let mut rest = value.text.as_str();
        while let Some((before, after)) = rest.split_once('$') {
            if let Some(before) = before.strip_suffix('\\') {
                expanded.push_str(before);
                expanded.push('$');
                rest = after;
                continue;
            }
            expanded.push_str(before);
            let braces = after
                .strip_prefix('{')
                .and_then(|inner| inner.split_once('}'));
            let (name, other, tail) = if let Some((inner, tail)) = braces {
                let (name, other) = inner.split_once(":-").unwrap_or((inner, ""));
                (name, other, tail)
            } else {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let tail = after.trim_start_matches(is_name);
                (after.strip_suffix(tail).unwrap_or(after), "", tail)
            };
            if name.is_empty() {
                expanded.push('$');
            } else if let Some((_, value)) = self.values.get(name) {
                // What refers to itself has no value.
                if depth < MAX_DEPTH && self.references_left > 0 {
                    self.references_left -= 1;
                    expanded.push_str(&self.expand(value, depth + 1));
                }
            } else if !other.is_empty() || PUBLIC_PREFIXES.iter().any(|p| name.starts_with(p)) {
                expanded.push_str(other);
            } else {
                self.private = Some(name.to_owned());
            }
            rest = tail;
        }
        expanded.push_str(rest);
        expanded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_dotenv_reads_them() {
        let text = "# note\nA=1\nexport B = two words # note\nC='a $A # b'\nD=\"x\\ny\"\nE=`multi\nline` # note\nF=\nnot a line\n1 2=3\nG=a=b\r\nH=\"open";
        let values = parse(text);
        let shown: Vec<String> = values
            .iter()
            .map(|(name, value)| {
                format!(
                    "{name}={:?}{}",
                    value.text,
                    if value.expands { "" } else { " as is" }
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "A=\"1\"",
                "B=\"two words\"",
                "C=\"a $A # b\" as is",
                "D=\"x\\ny\"",
                "E=\"multi\\nline\"",
                "F=\"\"",
                "G=\"a=b\"",
                "H=\"\\\"open\"",
            ]
        );
    }

    fn env(files: &[(&str, &str)]) -> Env {
        let mut project = Project::default();
        let changes = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())));
        project.apply(changes.collect());
        read(&project, "development")
    }

    #[test]
    fn later_files_win_and_other_names_stay() {
        let env = env(&[
            (
                ".env",
                "VITE_A=1\nVITE_B=1\nSECRET=s\nPUBLIC_C=\"${VITE_A}-$VITE_B-${VITE_X:-d}-\\$5\"\nVITE_LOOP=$VITE_LOOP",
            ),
            (".env.development", "VITE_B=2"),
            (".env.production", "VITE_B=3"),
        ]);
        let shown: Vec<(&str, &str)> = env
            .variables
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("PUBLIC_C", "1-2-d-$5"),
                ("VITE_A", "1"),
                ("VITE_B", "2"),
                ("VITE_LOOP", "")
            ]
        );
        assert!(env.diagnostics.is_empty());
    }

    #[test]
    fn secrets_reach_the_app_by_no_detour() {
        let env = env(&[(".env", "SECRET=s\nVITE_A=\"<$SECRET>\"")]);
        assert_eq!(env.variables.get("VITE_A").map(String::as_str), Some("<>"));
        assert_eq!(
            env.diagnostics.first().map(|d| d.code.as_str()),
            Some(codes::PRIVATE_VARIABLE)
        );
    }
}
