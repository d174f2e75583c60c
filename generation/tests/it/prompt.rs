//! The prompt: packages as in the manifest, size, what fits.

use std::collections::BTreeSet;

use generation::prompt::{MIN_ANSWER_TOKENS, estimate_tokens, named_packages};
use generation::{ChatRole, Prompt, PromptOptions, build_prompt};
use protocol::app::Role;
use protocol::generate::{GenerateRequest, Turn};
use protocol::manifest::{Blocked, Manifest, Package};

fn package(category: &str, hint: &str, example: &str) -> Package {
    Package {
        category: category.to_owned(),
        version: "1.0.0".to_owned(),
        hint: hint.to_owned(),
        example: example.to_owned(),
        in_prompt: true,
        ..Package::default()
    }
}

/// A manifest of the shape and size of the real one.
fn manifest() -> Manifest {
    let mut manifest = Manifest {
        version: 1,
        ..Manifest::default()
    };
    let rows: &[(&str, &str, &str, &str)] = &[
        (
            "react",
            "core",
            "components and hooks",
            "import { useEffect, useState } from \"react\";",
        ),
        (
            "date-fns",
            "utils",
            "dates",
            "import { addDays, format } from \"date-fns\";",
        ),
        ("clsx", "utils", "class names", "import clsx from \"clsx\";"),
        (
            "lucide-react",
            "icons",
            "icons as components",
            "import { Plus, Search, Trash2 } from \"lucide-react\";",
        ),
        (
            "@radix-ui/react-dialog",
            "ui",
            "accessible dialog",
            "import * as Dialog from \"@radix-ui/react-dialog\";",
        ),
        (
            "recharts",
            "charts",
            "line, bar, area and pie charts; set `height` on ResponsiveContainer",
            "import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from \"recharts\";",
        ),
        (
            "zustand",
            "state",
            "small shared state",
            "import { create } from \"zustand\";",
        ),
        (
            "@dnd-kit/core",
            "dnd",
            "drag and drop",
            "import { DndContext, useDroppable } from \"@dnd-kit/core\";",
        ),
        (
            "@dnd-kit/sortable",
            "dnd",
            "sortable lists",
            "import { SortableContext, useSortable } from \"@dnd-kit/sortable\";",
        ),
        (
            "@dnd-kit/utilities",
            "dnd",
            "",
            "import { CSS } from \"@dnd-kit/utilities\";",
        ),
        (
            "wouter",
            "routing",
            "pages inside the app",
            "import { Link, Route } from \"wouter\";",
        ),
        (
            "my-extra",
            "zeta",
            "of a category that the list doesn't know",
            "",
        ),
    ];
    for (name, category, hint, example) in rows {
        manifest
            .packages
            .insert((*name).to_owned(), package(category, hint, example));
    }
    for module in [
        "array", "axis", "brush", "color", "drag", "force", "geo", "scale", "shape", "zoom",
    ] {
        manifest
            .packages
            .insert(format!("d3-{module}"), package("advanced", "", ""));
    }
    manifest.packages.insert(
        "react/jsx-runtime".to_owned(),
        Package {
            in_prompt: false,
            ..package("core", "made by the compiler", "")
        },
    );
    for (name, replacement) in [
        ("axios", "Use sample data; there is no network."),
        ("moment", "Use date-fns."),
        ("fs", "Keep data in localStorage."),
        ("node:fs", "Keep data in localStorage."),
        ("path", "Keep data in localStorage."),
    ] {
        manifest.blocked.insert(
            name.to_owned(),
            Blocked {
                reason: "r".to_owned(),
                replacement: replacement.to_owned(),
                rewrite_to: None,
            },
        );
    }
    manifest
}

fn request(prompt: &str) -> GenerateRequest {
    serde_json::from_value(serde_json::json!({ "prompt": prompt })).expect("a request")
}

fn options(context_tokens: usize, small_model: bool) -> PromptOptions {
    PromptOptions {
        context_tokens,
        small_model,
    }
}

fn text(prompt: &Prompt) -> String {
    let messages: Vec<String> = prompt
        .messages
        .iter()
        .map(|message| format!("[{:?}]\n{}\n", message.role, message.content))
        .collect();
    messages.join("\n")
}

#[test]
fn the_prompt_names_exactly_the_packages_of_the_manifest() {
    let manifest = manifest();
    let expected: BTreeSet<String> = manifest
        .packages
        .iter()
        .filter(|(_, package)| package.in_prompt)
        .map(|(name, _)| name.clone())
        .collect();
    // Full, with hints, names only.
    for options in [
        options(32_768, false),
        options(32_768, true),
        options(1_500, true),
    ] {
        let prompt = build_prompt(&manifest, &request("a counter"), options);
        assert_eq!(
            named_packages(&prompt.messages[0].content),
            expected,
            "{options:?}"
        );
    }
    let mut fewer = manifest.clone();
    fewer.packages.remove("recharts");
    let prompt = build_prompt(&fewer, &request("a counter"), options(32_768, true));
    assert!(!prompt.messages[0].content.contains("recharts"));
}

#[test]
fn the_prompt_reads_well() {
    let prompt = build_prompt(
        &manifest(),
        &request("a kanban board with drag and drop"),
        options(32_768, false),
    );
    insta::assert_snapshot!("new-app", text(&prompt));
    let small = build_prompt(
        &manifest(),
        &request("a kanban board with drag and drop"),
        options(8_192, true),
    );
    insta::assert_snapshot!("new-app-small-model", text(&small));
}

#[test]
fn the_prompt_stays_small() {
    // Grows only on purpose: every token here is paid for in each request.
    let empty = Manifest::default();
    let rules = build_prompt(&empty, &request("x"), options(32_768, false));
    assert!(rules.estimated_tokens < 1_150, "{}", rules.estimated_tokens);
    let small = build_prompt(&manifest(), &request("x"), options(8_192, true));
    assert!(small.estimated_tokens < 1_600, "{}", small.estimated_tokens);
    insta::assert_snapshot!(
        "sizes",
        format!(
            "rules alone: {} tokens\nsmall model, sample manifest: {} tokens",
            rules.estimated_tokens, small.estimated_tokens
        )
    );
}

fn follow_up() -> GenerateRequest {
    let mut request = request("make the cards blue");
    request.files = [
        ("src/App.tsx", "import Card from \"./components/Card\";\nexport default function App() { return <Card />; }\n".to_owned()),
        ("src/components/Card.tsx", "export default function Card() { return null; }\n".to_owned()),
        ("src/lib/words.ts", format!("export const words = {:?};\n", "word ".repeat(4_000))),
        ("README.md", "# Cards\n".to_owned()),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into();
    request.history = vec![
        Turn {
            role: Role::User,
            content: "cards".to_owned(),
        },
        Turn {
            role: Role::Assistant,
            content: "Made cards.".to_owned(),
        },
    ];
    request.problems = vec!["src/components/Card.tsx:1:10 `colour` is not defined".to_owned()];
    request
}

#[test]
fn a_follow_up_shows_files_history_and_problems() {
    let prompt = build_prompt(&manifest(), &follow_up(), options(32_768, false));
    let roles: Vec<ChatRole> = prompt.messages.iter().map(|message| message.role).collect();
    assert_eq!(
        roles,
        [
            ChatRole::System,
            ChatRole::User,
            ChatRole::Assistant,
            ChatRole::User
        ]
    );
    let last = &prompt.messages[3].content;
    for part in [
        "```tsx path=src/App.tsx\n",
        "path=src/lib/words.ts",
        "`colour` is not defined",
        "make the cards blue",
    ] {
        assert!(last.contains(part), "{part}");
    }
    assert_eq!(prompt.dropped, Vec::<String>::new());
    assert!(
        last.lines()
            .last()
            .is_some_and(|line| line.starts_with("Check before you answer"))
    );
}

#[test]
fn the_least_important_files_stay_out_first() {
    let prompt = build_prompt(&manifest(), &follow_up(), options(6_000, true));
    let last = &prompt.messages.last().expect("a request").content;
    assert!(last.contains("```tsx path=src/components/Card.tsx\n"));
    assert!(last.contains("```tsx path=src/App.tsx\n"));
    assert!(!last.contains("path=src/lib/words.ts"));
    assert!(last.contains("aren't shown; import them, don't rewrite them: `src/lib/words.ts`"));
    assert_eq!(
        prompt.dropped,
        [
            "1 of 4 files didn't fit into the model's context and were only named: `src/lib/words.ts`."
        ]
    );
    assert!(prompt.estimated_tokens + prompt.answer_tokens <= 6_000);
    assert!(prompt.answer_tokens >= 2_000);
}

#[test]
fn binary_files_are_named_with_kind_and_size() {
    let mut request = follow_up();
    let png = protocol::asset::data_url("image/png", &[7; 1_500]);
    request.files.insert("src/assets/logo.png".to_owned(), png);
    let ico = protocol::asset::data_url("image/x-icon", &[7; 40]);
    request.files.insert("public/favicon.ICO".to_owned(), ico);
    for n in 0..70 {
        let path = format!("z/{n:02}.webp");
        let text = "data:image/webp;base64,AAAA".to_owned();
        request.files.insert(path, text);
    }
    request.prompt = "make the logo larger".to_owned();
    let prompt = build_prompt(&manifest(), &request, options(32_768, false));
    let last = &prompt.messages.last().expect("a request").content;
    let named = "These are binary files; import them, don't write them: \
        `public/favicon.ICO` (image/x-icon, 40 bytes), `src/assets/logo.png` (image/png, 2 KB), \
        `z/00.webp` (image/webp, 3 bytes)";
    assert!(last.contains(named), "{last}");
    assert!(last.contains("`z/57.webp` (image/webp, 3 bytes) and 12 more\n"));
    assert!(!last.contains("base64") && !last.contains("path=src/assets/logo.png"));
    assert!(last.contains("```md path=README.md\n"));
    assert_eq!(prompt.dropped, Vec::<String>::new());
}

#[test]
fn a_context_that_is_too_small_shows_as_no_room_for_an_answer() {
    let prompt = build_prompt(&manifest(), &request("a counter"), options(512, true));
    assert!(prompt.answer_tokens < MIN_ANSWER_TOKENS);
    assert_eq!(prompt.dropped.len(), 1);
}

#[test]
fn old_turns_and_long_problem_lists_are_left_out_and_said() {
    let mut request = follow_up();
    request.history = (0..40)
        .map(|n| Turn {
            role: Role::User,
            content: format!("turn {n}"),
        })
        .collect();
    request.problems = (0..15).map(|n| format!("problem {n}")).collect();
    let prompt = build_prompt(&manifest(), &request, options(32_768, false));
    assert!(
        prompt
            .messages
            .iter()
            .any(|message| message.content == "turn 39")
    );
    assert!(
        !prompt
            .messages
            .iter()
            .any(|message| message.content == "turn 0")
    );
    assert_eq!(
        prompt.dropped,
        [
            "5 of 15 problems were left out; the first ones are shown.",
            "28 earlier turns of the conversation were left out."
        ]
    );
}

#[test]
fn the_estimate_is_bytes_by_three_point_six() {
    assert_eq!(estimate_tokens(&"x".repeat(3_600)), 1_000);
}
