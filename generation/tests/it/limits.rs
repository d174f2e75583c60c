//! Limits of files and apps, and work that grows with the input only.

use generation::{FileState, ParseEvent, Parser, ParserOptions};
use protocol::app::Files;
use protocol::limits::{MAX_APP_BYTES, MAX_FILE_BYTES, MAX_FILES};

use crate::harness::{parse, parts};

fn none() -> Files {
    Files::new()
}

fn fence(path: &str, text: &str) -> String {
    format!("```ts path={path}\n{text}\n```\n")
}

#[test]
fn a_file_over_its_limit_is_refused_and_the_next_one_is_read() {
    let large = "const a = 1;\n".repeat(MAX_FILE_BYTES / 13 + 1);
    let text = fence("src/large.ts", &large) + &fence("src/small.ts", "export {};");
    let outcome = parse([text.as_str()], &none());
    assert_eq!(outcome.files[0].1, FileState::Rejected);
    assert_eq!(outcome.files[0].2, "");
    assert_eq!(outcome.summary.files, ["src/small.ts"]);
    assert_eq!(
        outcome.summary.notes,
        ["`src/large.ts` was left out: a file has at most 1024 KB."]
    );
}

#[test]
fn a_file_of_exactly_the_limit_is_taken() {
    let text = "x".repeat(MAX_FILE_BYTES - 1);
    let outcome = parse([fence("src/a.ts", &text).as_str()], &none());
    assert_eq!(outcome.summary.files, ["src/a.ts"]);
    assert_eq!(outcome.files[0].2.len(), MAX_FILE_BYTES);
}

#[test]
fn files_over_the_count_are_refused() {
    let text: String = (0..MAX_FILES + 2)
        .map(|n| fence(&format!("src/f{n}.ts"), "export {};"))
        .collect();
    let outcome = parse([text.as_str()], &none());
    assert_eq!(outcome.summary.files.len(), MAX_FILES);
    assert_eq!(outcome.summary.notes.len(), 2);
}

#[test]
fn an_app_over_its_size_keeps_the_files_that_fit() {
    let text = "x".repeat(MAX_FILE_BYTES - 1);
    let count = MAX_APP_BYTES / MAX_FILE_BYTES + 1;
    let all: String = (0..count)
        .map(|n| fence(&format!("src/f{n}.ts"), &text))
        .collect();
    let outcome = parse([all.as_str()], &none());
    assert_eq!(outcome.summary.files.len(), count - 1);
    assert_eq!(outcome.files[count - 1].1, FileState::Rejected);
    // The same file again is no addition.
    let twice = fence("src/f0.ts", &text) + &all;
    assert_eq!(
        parse([twice.as_str()], &none()).summary.files.len(),
        count - 1
    );
}

/// Every special piece, repeated without an end in each state.
#[test]
fn hostile_streams_end_and_bring_nothing_twice() {
    let shapes = [
        "<div className=\"a\">",
        "`",
        "<",
        " ",
        "\n",
        "\r",
        "```\n",
        "```tsx path=a.ts\n",
        "<think>",
        "<think></think>",
        "</file>",
        "<file path=\"a.ts\">",
        "<dyad-write ",
        "<dyad-write \"",
        "{\"a\":",
        "[",
        "**a.ts**\n",
        "// ... ",
        "~~~md\n",
        "x ",
        "DELETE a.ts\n",
        "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n",
        "@@ -1 +1 @@\n-a\n+b\n",
        "```tsx\nexport default function A() {}\n```\n",
    ];
    for (index, shape) in shapes.iter().enumerate() {
        for start in [
            "",
            "```tsx path=src/App.tsx\n",
            "<file path=\"src/App.tsx\">",
            "```tsx\n",
        ] {
            for (bytes, size) in [(4 * 1024, 1), (16 * 1024, 1024)] {
                let text = format!("{start}{}", shape.repeat(bytes / shape.len()));
                let mut parser = Parser::new(ParserOptions::default());
                let mut streamed = 0;
                for part in parts_of(&text, size) {
                    for event in parser.push(part) {
                        if let ParseEvent::FileText { text, .. } = event {
                            streamed += text.len();
                        }
                    }
                }
                let (_, summary) = parser.finish();
                assert!(streamed <= text.len(), "shape {index}");
                assert!(summary.notes.len() <= 50, "shape {index}");
            }
        }
    }
}

/// Passes when it ends: work that grows with the square of a line's length
/// would take many minutes here.
#[test]
fn one_endless_line_is_read_once() {
    let line = "const a = { b: \"<p>` c\" }; ".repeat(10_000);
    for (start, end) in [
        ("```ts path=src/a.ts\n", "\n```\n"),
        ("<file path=\"src/a.ts\">", "</file>"),
        (
            "<think>\n",
            "</think>\n```ts path=src/a.ts\nexport {};\n```\n",
        ),
        ("Prose ", "\n```ts path=src/a.ts\nexport {};\n```\n"),
    ] {
        let text = format!("{start}{line}{end}");
        let outcome = parse(parts_of(&text, 1), &none());
        assert_eq!(outcome.summary.files, ["src/a.ts"], "{start}");
    }
}

/// Parts of ASCII text, without the cost of counting characters.
fn parts_of(text: &str, size: usize) -> impl Iterator<Item = &str> {
    text.as_bytes()
        .chunks(size)
        .map(|part| std::str::from_utf8(part).expect("ASCII"))
}

#[test]
fn five_megabytes_in_small_parts_give_every_byte() {
    let line = "export const value = { a: 1, b: \"<p>\" };\n";
    let file = line.repeat(MAX_FILE_BYTES / line.len() - 1);
    let text: String = (0..5)
        .map(|n| fence(&format!("src/f{n}.ts"), &file))
        .collect();
    let outcome = parse(parts(&text, 5), &none());
    assert_eq!(outcome.summary.files.len(), 5);
    assert!(
        outcome
            .files
            .iter()
            .all(|(_, _, content)| content.trim_end() == file.trim_end())
    );
}
