//! A small, safe Markdown: paragraphs, headings, lists, quotes, code, bold,
//! emphasis. Text of a model becomes text nodes only, never markup; links are
//! shown as their words and address.

use leptos::prelude::*;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    Heading(String),
    Quote(String),
    List(Vec<String>),
    Code(String),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Inline {
    Text(String),
    Code(String),
    Strong(String),
    Emphasis(String),
}

/// The text, formatted.
#[component]
pub(super) fn Markdown(
    /// Markdown.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="markdown">
            {move || text.with(|text| blocks(text).into_iter().map(block_view).collect_view())}
        </div>
    }
}

fn block_view(block: Block) -> AnyView {
    match block {
        Block::Paragraph(text) => view! { <p>{line_view(&text)}</p> }.into_any(),
        Block::Heading(text) => {
            view! { <p class="markdown-heading">{line_view(&text)}</p> }.into_any()
        }
        Block::Quote(text) => view! { <blockquote>{line_view(&text)}</blockquote> }.into_any(),
        Block::List(items) => view! {
            <ul>
                {items.iter().map(|item| view! { <li>{line_view(item)}</li> }).collect_view()}
            </ul>
        }
        .into_any(),
        Block::Code(text) => view! { <pre><code>{text}</code></pre> }.into_any(),
    }
}

/// One line, formatted: names in backticks become code.
pub(super) fn line_view(text: &str) -> Vec<AnyView> {
    inlines(text)
        .into_iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.into_any(),
            Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
            Inline::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
            Inline::Emphasis(text) => view! { <em>{text}</em> }.into_any(),
        })
        .collect()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let start = line.trim_start();
        if start.is_empty() {
            blocks.push(Block::Paragraph(String::new()));
        } else if start.starts_with("```") {
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.trim_start().starts_with("```"))
                .collect();
            blocks.push(Block::Code(code.join("\n")));
        } else if let Some(heading) = heading(start) {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if let Some(quote) = start.strip_prefix('>') {
            blocks.push(Block::Quote(quote.trim().to_owned()));
        } else if let Some(item) = list_item(start) {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::List(vec![item.to_owned()])),
            }
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(before)) if !before.is_empty() => {
                    before.push('\n');
                    before.push_str(line);
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
        }
    }
    blocks.retain(|block| *block != Block::Paragraph(String::new()));
    blocks
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (1..=6)
        .contains(&level)
        .then(|| rest.strip_prefix(' '))
        .flatten()
}

fn list_item(line: &str) -> Option<&str> {
    for sign in ["- ", "* ", "• "] {
        if let Some(item) = line.strip_prefix(sign) {
            return Some(item);
        }
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = line.len() - digits.len();
    ((1..=3).contains(&count))
        .then(|| digits.strip_prefix(". "))
        .flatten()
}

fn inlines(text: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(character) = rest.chars().next() {
        let marked = [("`", '`'), ("**", '*'), ("*", '*')]
            .into_iter()
            .filter(|(_, first)| *first == character)
            .find_map(|(sign, _)| enclosed(rest, sign).map(|inside| (sign, inside)));
        let Some((sign, inside)) = marked else {
            plain.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            continue;
        };
        if !plain.is_empty() {
            found.push(Inline::Text(std::mem::take(&mut plain)));
        }
        let text = inside.to_owned();
        rest = rest
            .get(inside.len() + 2 * sign.len()..)
            .unwrap_or_default();
        found.push(match sign {
            "`" => Inline::Code(text),
            "**" => Inline::Strong(text),
            _ => Inline::Emphasis(text),
        });
    }
    if !plain.is_empty() {
        found.push(Inline::Text(plain));
    }
    found
}

/// What stands between two signs at the start of a text, when it isn't empty
/// and has no space at its edges.
fn enclosed<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(sign)?;
    let inside = rest.get(..rest.find(sign)?)?;
    let tight = !inside.is_empty() && inside.trim() == inside && !inside.starts_with('*');
    tight.then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_blocks() {
        let text = "# Plan\nOne\ntwo\n\n- a\n- b\n1. c\n> note\n```tsx\nlet x;\n";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Plan".into()),
                Block::Paragraph("One\ntwo".into()),
                Block::List(vec!["a".into(), "b".into(), "c".into()]),
                Block::Quote("note".into()),
                Block::Code("let x;".into()),
            ]
        );
    }

    #[test]
    fn splits_lines_and_keeps_lone_signs() {
        assert_eq!(
            inlines("a `b*` **c** *d* 2 * 3 ** 4"),
            [
                Inline::Text("a ".into()),
                Inline::Code("b*".into()),
                Inline::Text(" ".into()),
                Inline::Strong("c".into()),
                Inline::Text(" ".into()),
                Inline::Emphasis("d".into()),
                Inline::Text(" 2 * 3 ** 4".into()),
            ]
        );
        assert_eq!(inlines("<b>x</b> é`"), [Inline::Text("<b>x</b> é`".into())]);
    }
}
