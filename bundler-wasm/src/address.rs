//! Addresses of project files, as a page writes them: `/logo.png`,
//! `icons.svg#star`. The page stands in the project's root, and the files of
//! `public/` stand beside it.

use crate::language::FileKind;
use crate::project::{PUBLIC_FOLDER, Project};
use crate::suggest;

/// An address of a file that the project should have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    /// For the resolver, with what asks for the file's address: `/logo.png?url`.
    pub(crate) specifier: String,
    /// `#star`, or nothing.
    pub(crate) fragment: &'a str,
}

impl<'a> Address<'a> {
    /// Takes an address apart; `None` for those of the network, of data and of
    /// places in the page, and for those without an ending, which are routes.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(['?', '#']).unwrap_or(text.len());
        let path = text.get(..end)?;
        let path = path
            .strip_prefix("%PUBLIC_URL%")
            .or_else(|| path.strip_prefix("%BASE_URL%"))
            .unwrap_or(path);
        if path.starts_with("//") || path.contains(':') {
            return None;
        }
        // A page in the root has nothing above it: browsers stay in the root.
        let path = decoded(path.trim_start_matches(['.', '/']));
        let name = path.rsplit('/').next()?;
        let (_, ending) = name.rsplit_once('.')?;
        let is_ending = ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_ending && !ending.is_empty()).then(|| Self {
            specifier: format!("/{path}?url"),
            fragment: text.find('#').and_then(|at| text.get(at..)).unwrap_or(""),
        })
    }
}

/// A path of an address with the characters that `%20` and the like stand
/// for; as written where they stand for none that a path can have.
pub(crate) fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(match byte {
            b'%' => match (digit(), digit()) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or_default(),
                _ => return path.to_owned(),
            },
            byte => byte,
        });
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('?') => text,
        _ => path.to_owned(),
    }
}

/// An address as a message shows it.
pub(crate) fn shown(specifier: &str) -> &str {
    specifier.strip_suffix("?url").unwrap_or(specifier)
}

/// How an attribute holds addresses of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    One,
    /// `a.png 1x, b.png 2x`
    List,
}

/// How an attribute of HTML or SVG, by either's name or React's, holds
/// addresses of files that the element loads. Links aren't among them: most
/// lead to a route of the app.
pub(crate) fn form(element: &str, attribute: &str) -> Option<Form> {
    let elements: &[&str] = match attribute {
        "src" => &["img", "source", "video", "audio", "track", "input"],
        "poster" => &["video"],
        "href" | "xlinkHref" | "xlink:href" => &["use", "image", "feImage", "feimage"],
        "srcset" | "srcSet" => &["img", "source"],
        _ => return None,
    };
    let form = match attribute {
        "srcset" | "srcSet" => Form::List,
        _ => Form::One,
    };
    elements.contains(&element).then_some(form)
}

/// Where the addresses stand in an attribute's value.
pub(crate) fn places(form: Form, text: &str) -> Vec<(usize, usize)> {
    if form == Form::One {
        return vec![(0, text.len())];
    }
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let is_between = |c: char| c == ',' || c.is_ascii_whitespace();
        let start = at + (rest.len() - rest.trim_start_matches(is_between).len());
        let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let end = rest.find(|c: char| c.is_ascii_whitespace());
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let address = word.trim_end_matches(',');
        places.push((start, start + address.len()));
        // Without a comma of its own, a description of the picture follows.
        let after = rest.get(word.len()..).unwrap_or_default();
        let description = if address.len() < word.len() {
            0
        } else {
            after.find(',').unwrap_or(after.len())
        };
        at = start + word.len() + description;
    }
    places
}

/// What there is to say where no file is found.
pub(crate) struct Missing {
    pub(crate) message: String,
    pub(crate) help: String,
    /// Addresses that were probably meant, best first.
    pub(crate) near: Vec<String>,
}

/// Says it of an address in the page, which begins with `/`, or of the path of
/// a file.
pub(crate) fn missing(project: &Project, wanted: &str) -> Missing {
    let places = match wanted.strip_prefix('/') {
        Some(path) => [path.to_owned(), format!("{PUBLIC_FOLDER}{path}")],
        None => [wanted.to_owned(), wanted.to_owned()],
    };
    if let Some(path) = places.iter().find(|path| project.is_oversized(path)) {
        return Missing {
            message: format!("`{path}` is too large to be a part of the app."),
            help: "Make it smaller: lower its size on the screen or its quality.".to_owned(),
            near: Vec::new(),
        };
    }
    let near = nearest(project, wanted);
    let [_, place] = places;
    let help = if near.is_empty() {
        format!("Add the file as `{place}`, or remove it here.")
    } else {
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        format!("Did you mean {}?", suggest::quoted_list(&near))
    };
    Missing {
        message: format!("There is no file `{wanted}` in the project."),
        help,
        near,
    }
}

/// Addresses of the project's pictures and the like: those of the same name,
/// or else those that are written like it.
fn nearest(project: &Project, wanted: &str) -> Vec<String> {
    let addresses: Vec<String> = project
        .paths()
        .filter(|path| matches!(FileKind::of(path), FileKind::Asset(_) | FileKind::Svg))
        .map(|path| format!("/{}", path.strip_prefix(PUBLIC_FOLDER).unwrap_or(path)))
        .collect();
    let stem = |address: &str| {
        let name = address
            .rsplit('/')
            .next()
            .unwrap_or(address)
            .to_ascii_lowercase();
        name.rsplit_once('.').map(|(stem, _)| stem.to_owned())
    };
    let mut near: Vec<String> = addresses
        .iter()
        .filter(|address| stem(address) == stem(wanted))
        .cloned()
        .collect();
    if near.is_empty() {
        let alike = suggest::nearest(wanted, addresses.iter().map(String::as_str));
        near = alike.into_iter().map(str::to_owned).collect();
    }
    near.truncate(3);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_what_merely_looks_like_them() {
        for (text, specifier, fragment) in [
            ("/logo.png", "/logo.png?url", ""),
            (" icons.svg?v=2#star ", "/icons.svg?url", "#star"),
            ("../a/b.webp", "/a/b.webp?url", ""),
            ("%PUBLIC_URL%/a.ico", "/a.ico?url", ""),
            ("/my%20%C3%BC.png?v=%20", "/my ü.png?url", ""),
            ("/100%.png", "/100%.png?url", ""),
            ("/%ff%3F.png", "/%ff%3F.png?url", ""),
            ("/a%3Fb.png", "/a%3Fb.png?url", ""),
        ] {
            let specifier = specifier.to_owned();
            assert_eq!(
                Address::of(text),
                Some(Address {
                    specifier,
                    fragment
                }),
                "{text}"
            );
        }
        for text in [
            "",
            "#a.b",
            "/",
            "/about",
            "/api/user.",
            "//a.b/c.png",
            "https://a.b/c.png",
            "data:image/png;base64,AA.a",
            "/v1.2/users",
            "/a.{b}",
        ] {
            assert_eq!(Address::of(text), None, "{text}");
        }
    }

    #[test]
    fn missing_files_have_a_place() {
        let mut project = Project::default();
        let text = "a".repeat(protocol::limits::MAX_FILE_BYTES + 1);
        let large = ["public/a.png", "src/a.png"].map(|path| (path.to_owned(), Some(text.clone())));
        project.apply(large.into());
        for (wanted, place) in [("/a.png", "public/a.png"), ("src/a.png", "src/a.png")] {
            let large = missing(&project, wanted);
            assert!(large.message.contains(&format!("`{place}` is too large")));
            let missing = missing(&Project::default(), wanted);
            assert!(missing.help.contains(&format!("as `{place}`")));
        }
    }

    #[test]
    fn lists_are_taken_apart() {
        let list = |text: &'static str| -> Vec<&str> {
            let places = places(Form::List, text).into_iter();
            places
                .map(|(start, end)| text.get(start..end).unwrap())
                .collect()
        };
        assert_eq!(
            list(" /a.png 1x,/b.png 2x , /c.png"),
            ["/a.png", "/b.png", "/c.png"]
        );
        assert_eq!(list("/a.png, /b.png 2x"), ["/a.png", "/b.png"]);
        assert_eq!(list("data:a,b 1x,/c.png"), ["data:a,b", "/c.png"]);
        assert!(list(" , ").is_empty());
    }
}
