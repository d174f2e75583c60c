//! `index.html` of a published app: the project's own document, with the
//! site's files in place of its sources.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use protocol::bundle::Page;

/// Title of a page that has none: a document without one isn't valid.
const DEFAULT_TITLE: &str = "App";

/// What the page loads, as addresses.
pub(crate) struct Files {
    pub(crate) styles: Option<String>,
    /// In the order in which they run.
    pub(crate) scripts: Vec<String>,
}

/// Writes the page. `head` is HTML, as is the page's markup.
///
/// All scripts stand in the head, deferred: the browser fetches them side by
/// side as soon as it has read that far, and runs them in order when the
/// document is there. Preload hints would say nothing new.
pub(crate) fn index_html(page: &Page, head: &str, files: &Files) -> String {
    let mut html = format!(
        "<!doctype html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n",
        attributes(&page.html)
    );
    if !head.contains("viewport") {
        html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    }
    if !head.contains("icon") {
        // Or browsers ask the host for one.
        html.push_str("<link rel=\"icon\" href=\"data:,\">\n");
    }
    let title = if page.title.is_empty() {
        DEFAULT_TITLE
    } else {
        &page.title
    };
    // Writing to a string can't fail.
    let _ = writeln!(html, "<title>{}</title>", escaped(title));
    if !head.is_empty() {
        html.push_str(head);
        html.push('\n');
    }
    if let Some(styles) = &files.styles {
        let _ = writeln!(
            html,
            "<link rel=\"stylesheet\" href=\"{}\">",
            escaped(styles)
        );
    }
    for script in &files.scripts {
        let _ = writeln!(html, "<script defer src=\"{}\"></script>", escaped(script));
    }
    let markup = if page.markup.is_empty() {
        "<div id=\"root\"></div>"
    } else {
        &page.markup
    };
    let _ = write!(
        html,
        "</head>\n<body{}>\n{markup}\n</body>\n</html>\n",
        attributes(&page.body)
    );
    html
}

fn attributes(attributes: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (name, value) in attributes {
        let _ = write!(text, " {name}=\"{}\"", escaped(value));
    }
    text
}

/// Text as it may stand between tags and in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_project_stay_texts() {
        let page = Page {
            title: "</title><script>1 & 2".to_owned(),
            html: [("lang".to_owned(), "\"de".to_owned())].into(),
            ..Page::default()
        };
        let files = Files {
            styles: None,
            scripts: vec!["/assets/app-1.js".to_owned()],
        };
        let html = index_html(&page, "", &files);
        assert!(html.contains("<html lang=\"&quot;de\">"), "{html}");
        assert!(
            html.contains("<title>&lt;/title>&lt;script>1 &amp; 2</title>"),
            "{html}"
        );
        assert!(
            html.contains("<body>\n<div id=\"root\"></div>\n</body>"),
            "{html}"
        );
        assert_eq!(html.matches("<script").count(), 1, "{html}");
    }
}
