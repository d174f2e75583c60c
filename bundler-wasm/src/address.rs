//! Addresses of project files, as a page writes them: `/logo.png`,
//! `icons.svg#star`. The page stands in the project's root, and the files of
//! `public/` stand beside it.

use crate::language::FileKind;
use crate::project::Project;
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
        let path = path.trim_start_matches(['.', '/']);
        let name = path.rsplit('/').next()?;
        let (_, ending) = name.rsplit_once('.')?;
        let is_ending = ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_ending && !ending.is_empty()).then(|| Self {
            specifier: format!("/{path}?url"),
            fragment: text.find('#').and_then(|at| text.get(at..)).unwrap_or(""),
        })
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
        "href" | "xlinkHref" | "xlink:href" => &["use", "image", "feImage"],
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

/// Addresses of the project's pictures and the like that were probably meant,
/// best first: those of the same name, then those that are written like it.
pub(crate) fn nearest(project: &Project, specifier: &str) -> Vec<String> {
    let wanted = shown(specifier);
    let addresses: Vec<String> = project
        .paths()
        .filter(|path| matches!(FileKind::of(path), FileKind::Asset(_) | FileKind::Svg))
        .map(|path| format!("/{}", path.strip_prefix("public/").unwrap_or(path)))
        .collect();
    let stem = |address: &str| {
        let name = address.rsplit('/').next().unwrap_or(address).to_lowercase();
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
