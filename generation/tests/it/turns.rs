//! The conversation with a model, over scripted answers.

use generation::turn::estimate_turn;
use generation::{ChatRequest, ChatRole, Failure, ModelInfo, StreamEvent, Turn};
use protocol::generate::{GenerateEvent, GenerateRequest};
use protocol::limits::{MAX_CONTINUATIONS, MAX_MISSING_FILES};
use protocol::manifest::{Kit, Manifest};
use serde_json::json;

use crate::harness::{parts, transcripts};
use crate::splits::Random;

/// What the model does when it is asked.
enum Answer {
    /// Ends by itself.
    Whole(&'static str),
    /// Reaches its length limit.
    Cut(&'static str),
    /// The connection breaks.
    Broken(&'static str),
}
use Answer::{Broken, Cut, Whole};

#[derive(Debug, Default)]
struct Outcome {
    requests: Vec<ChatRequest>,
    events: Vec<GenerateEvent>,
    failure: Option<Failure>,
}

impl Outcome {
    fn statuses(&self) -> Vec<&str> {
        let messages = self.events.iter().filter_map(|event| match event {
            GenerateEvent::Status { message } => Some(message.as_str()),
            _ => None,
        });
        messages
            .filter(|message| !message.ends_with(" is writing"))
            .collect()
    }

    /// Whole text of a file, as last completed.
    fn file(&self, path: &str) -> Option<&str> {
        self.events.iter().rev().find_map(|event| match event {
            GenerateEvent::File {
                filename,
                content: Some(content),
                complete: true,
            } if filename == path => Some(content.as_str()),
            _ => None,
        })
    }

    /// Text of a file as it was streamed since it last began.
    fn streamed(&self, path: &str) -> String {
        let mut text = String::new();
        for event in &self.events {
            match event {
                GenerateEvent::File {
                    filename,
                    complete: false,
                    ..
                } if filename == path => text.clear(),
                GenerateEvent::Chunk {
                    filename: Some(filename),
                    content,
                } if filename == path => text.push_str(content),
                _ => {}
            }
        }
        text
    }

    fn end(&self) -> (&[String], &[String], bool) {
        match self.events.last() {
            Some(GenerateEvent::Complete {
                files,
                notes,
                truncated,
                ..
            }) => (files, notes, *truncated),
            other => {
                assert_eq!(self.failure, None, "{other:?}");
                (&[], &[], false)
            }
        }
    }

    fn last_ask(&self) -> &str {
        let request = self.requests.last().expect("a request");
        &request.messages.last().expect("a message").content
    }
}

fn request(files: &[(&str, &str)]) -> GenerateRequest {
    let files: std::collections::BTreeMap<&str, &str> = files.iter().copied().collect();
    serde_json::from_value(json!({ "prompt": "a counter", "files": files })).expect("a request")
}

fn manifest() -> Manifest {
    Manifest {
        kit: Some(Kit {
            file: "kit.json".to_owned(),
            paths: vec![
                "src/components/ui/button.tsx".to_owned(),
                "src/lib/utils.ts".to_owned(),
            ],
        }),
        ..Manifest::default()
    }
}

/// Leads a turn with these answers; further requests get the last one again.
fn lead(request: &GenerateRequest, answers: &[Answer], size: usize) -> Outcome {
    let turn = Turn::new(&manifest(), request, "m", ModelInfo::default());
    let mut turn = turn.expect("a prompt that fits");
    let mut outcome = Outcome::default();
    while let Some(chat) = turn.next_request() {
        let answer = answers.get(outcome.requests.len()).or(answers.last());
        outcome.requests.push(chat);
        assert!(outcome.requests.len() <= 3 + MAX_CONTINUATIONS as usize);
        let (Whole(text) | Cut(text) | Broken(text)) = answer.expect("an answer");
        for part in parts(text, size) {
            let part = StreamEvent::Text(part.to_owned());
            outcome.events.extend(turn.push(part));
        }
        outcome.events.extend(turn.push(StreamEvent::Usage {
            prompt_tokens: 100,
            completion_tokens: 10,
            cost_micro_usd: Some(1),
        }));
        if let Some(Broken(_)) = answer {
            match turn.interrupt(Failure::Interrupted) {
                Ok(events) => outcome.events.extend(events),
                Err(failure) => {
                    outcome.failure = Some(failure);
                    return outcome;
                }
            }
        } else {
            let length = matches!(answer, Some(Cut(_)));
            outcome
                .events
                .extend(turn.push(StreamEvent::Done { length }));
        }
    }
    match turn.finish() {
        Ok(events) => outcome.events.extend(events),
        Err(failure) => outcome.failure = Some(failure),
    }
    outcome
}

fn led(answers: &[Answer]) -> Outcome {
    let whole = lead(&request(&[]), answers, usize::MAX);
    let pieces = lead(&request(&[]), answers, 3);
    assert_eq!(pieces.requests, whole.requests);
    assert_eq!(pieces.events.last(), whole.events.last());
    whole
}

const WHOLE: &str =
    "Done.\n\n```tsx path=src/App.tsx\nexport default function App() {\n  return 1;\n}\n```\n";

#[test]
fn a_whole_answer_is_one_request() {
    let outcome = led(&[Whole(WHOLE)]);
    assert_eq!(outcome.requests.len(), 1);
    let request = &outcome.requests[0];
    assert_eq!(request.context_tokens, 16_384);
    assert!(request.answer_tokens >= 8_192);
    assert_eq!(outcome.statuses(), Vec::<&str>::new());
    assert_eq!(
        outcome.end(),
        (&["src/App.tsx".to_owned()][..], &[][..], false)
    );
}

const FIRST: &str = "I built it.\n\n```tsx path=src/App.tsx\nimport { useState } from \"react\";\n\nexport default function App() {\n  const [count, setCount] = useState(0);\n  return <but";
const GOOD: &str = "import { useState } from \"react\";\n\nexport default function App() {\n  const [count, setCount] = useState(0);\n  return <button onClick={() => setCount(count + 1)}>{count}</button>;\n}\n";

#[test]
fn a_cut_answer_is_gone_on_with() {
    for second in [
        "  return <button onClick={() => setCount(count + 1)}>{count}</button>;\n}\n```\n",
        "```tsx path=src/App.tsx\n  return <button onClick={() => setCount(count + 1)}>{count}</button>;\n}\n```\n",
        "Here is the rest:\n\n```tsx\n  const [count, setCount] = useState(0);\n  return <button onClick={() => setCount(count + 1)}>{count}</button>;\n}\n```",
        "```tsx path=src/App.tsx\nimport { useState } from \"react\";\n\nexport default function App() {\n  const [count, setCount] = useState(0);\n  return <button onClick={() => setCount(count + 1)}>{count}</button>;\n}\n```\n",
    ] {
        for first in [Cut(FIRST), Whole(FIRST), Broken(FIRST)] {
            let outcome = led(&[first, Whole(second)]);
            assert_eq!(outcome.requests.len(), 2, "{second}");
            assert_eq!(outcome.file("src/App.tsx"), Some(GOOD), "{second}");
            assert_eq!(outcome.streamed("src/App.tsx"), GOOD, "{second}");
            assert_eq!(
                outcome.end(),
                (&["src/App.tsx".to_owned()][..], &[][..], false)
            );
            let [.., given, ask] = outcome.requests[1].messages.as_slice() else {
                panic!("no continuation");
            };
            assert_eq!(given.role, ChatRole::Assistant);
            assert!(given.content.ends_with("useState(0);"), "{}", given.content);
            assert!(ask.content.contains("inside the code block of src/App.tsx"));
        }
    }
    let outcome = led(&[Cut(FIRST), Whole("  return null;\n}\n```\n")]);
    assert_eq!(
        outcome.statuses(),
        ["The answer was cut in src/App.tsx; asking to go on"]
    );
    assert!(
        outcome
            .file("src/App.tsx")
            .is_some_and(|text| text.ends_with("useState(0);\n  return null;\n}\n"))
    );
    assert_eq!(
        outcome.streamed("src/App.tsx"),
        outcome.file("src/App.tsx").unwrap_or_default()
    );
}

#[test]
fn a_cut_block_without_a_path_is_gone_on_with() {
    let first = "```tsx\nexport default function App() {\n  const one = 1;\n  ret";
    for second in ["  return one;\n}\n```\n", "```tsx\n  return one;\n}\n```\n"] {
        let outcome = led(&[Cut(first), Whole(second)]);
        assert_eq!(
            outcome.file("src/App.tsx"),
            Some("export default function App() {\n  const one = 1;\n  return one;\n}\n")
        );
        assert_eq!(outcome.statuses(), ["The answer was cut; asking to go on"]);
    }
}

#[test]
fn a_file_that_stays_cut_is_asked_for_whole() {
    let outcome = led(&[
        Cut(FIRST),
        Cut("  return <button\n"),
        Cut("    onClick={"),
        Whole(WHOLE),
    ]);
    assert_eq!(outcome.requests.len(), 4);
    assert_eq!(
        outcome.statuses()[2],
        "Asking for src/App.tsx, in which the answer was cut"
    );
    assert_eq!(
        outcome.end(),
        (&["src/App.tsx".to_owned()][..], &[][..], false)
    );
    // A model that never ends a file.
    let outcome = led(&[Cut(FIRST)]);
    assert_eq!(outcome.requests.len(), 4);
    let (files, notes, truncated) = outcome.end();
    assert_eq!((files, truncated), (&[][..], true));
    assert_eq!(
        notes,
        ["`src/App.tsx` ends in the middle: the answer stopped there."]
    );
}

#[test]
fn an_answer_that_broke_off_and_cannot_go_on_fails() {
    assert_eq!(led(&[Broken("")]).failure, Some(Failure::Interrupted));
    let outcome = led(&[Broken(FIRST), Broken("")]);
    assert_eq!(outcome.failure, Some(Failure::Interrupted));
    // After a length limit what came is an answer.
    let outcome = led(&[Cut(FIRST), Broken("")]);
    assert_eq!(outcome.failure, None);
    assert!(outcome.end().2);
}

const IMPORTS: &str = "```tsx path=src/App.tsx\nimport { Button } from \"@/components/ui/button\";\nimport { cn } from \"@/lib/utils\";\nimport Card from \"./Card\";\nimport { sum } from \"@/lib/sum\";\nexport default Card;\n```\n";

#[test]
fn files_that_nobody_wrote_are_asked_for_once() {
    let outcome = led(&[
        Whole(IMPORTS),
        Whole(
            "Here.\n```tsx path=src/Card.tsx\nexport default () => null;\n```\n```tsx path=src/App.tsx\nexport default 2;\n```\nDELETE src/App.tsx\n",
        ),
    ]);
    assert_eq!(outcome.requests.len(), 2);
    assert_eq!(
        outcome.statuses(),
        [
            "Asking for src/Card.tsx, which src/App.tsx imports, and src/lib/sum.ts, which src/App.tsx imports"
        ]
    );
    assert!(
        outcome
            .last_ask()
            .contains("- src/Card.tsx, which src/App.tsx imports\n")
    );
    assert!(outcome.last_ask().contains("a counter"));
    assert!(outcome.last_ask().contains("path=src/App.tsx"));
    assert!(
        outcome
            .file("src/App.tsx")
            .is_some_and(|text| text.contains("./Card"))
    );
    let (files, notes, truncated) = outcome.end();
    assert_eq!(files, ["src/App.tsx", "src/Card.tsx"]);
    assert_eq!((notes, truncated), (&[][..], false));

    let outcome = led(&[Whole(IMPORTS), Broken("")]);
    assert_eq!((outcome.requests.len(), outcome.end().0.len()), (2, 1));
    let outcome = led(&[Whole(
        "```ts path=src/App.ts\nimport \"./a\";\nimport \"./b\";\nimport \"./c\";\nimport \"./d\";\nimport \"./e\";\nimport \"./f\";\n```\n",
    )]);
    assert_eq!(
        outcome.last_ask().matches("imports").count(),
        MAX_MISSING_FILES
    );
}

#[test]
fn files_that_came_unusable_are_asked_for_whole() {
    let app = [(
        "src/App.tsx",
        "export default function App() {\n  return 0;\n}\n",
    )];
    let elided = "```tsx path=src/App.tsx\n// ... rest of code\nexport default App;\n```\n";
    let outcome = lead(&request(&app), &[Whole(elided), Whole(WHOLE)], 5);
    assert_eq!(
        outcome.statuses(),
        ["Asking for src/App.tsx, which left code out"]
    );
    assert_eq!(
        outcome.end(),
        (&["src/App.tsx".to_owned()][..], &[][..], false)
    );
    let patch = "```tsx path=src/App.tsx\n<<<<<<< SEARCH\n  return 7;\n=======\n  return 1;\n>>>>>>> REPLACE\n```\n";
    let outcome = lead(&request(&app), &[Whole(patch), Whole(WHOLE)], 5);
    assert_eq!(
        outcome.statuses(),
        ["Asking for src/App.tsx, whose patch didn't fit"]
    );
    assert_eq!(
        outcome.end(),
        (&["src/App.tsx".to_owned()][..], &[][..], false)
    );
}

#[test]
fn counts_are_of_the_whole_turn() {
    let outcome = led(&[Cut(FIRST), Whole("}\n```\n")]);
    let last = outcome.events.iter().rev().find_map(|event| match event {
        GenerateEvent::Usage {
            prompt_tokens,
            completion_tokens,
            cost_micro_usd,
        } => Some((*prompt_tokens, *completion_tokens, *cost_micro_usd)),
        _ => None,
    });
    assert_eq!(last, Some((200, 20, Some(2))));
}

#[test]
fn pictures_go_to_models_that_see() {
    let mut request = request(&[]);
    request.images = vec!["data:image/png;base64,AA".to_owned(); 6];
    request.context = vec!["<button> in src/App.tsx:3".to_owned()];
    for (sees_images, sent, dropped) in [
        (None, 4, "Only the first 4 pictures were sent."),
        (Some(true), 4, "Only the first 4 pictures were sent."),
        (
            Some(false),
            0,
            "m can't see pictures, so they were left out.",
        ),
    ] {
        let info = ModelInfo {
            sees_images,
            ..ModelInfo::default()
        };
        let mut turn = Turn::new(&manifest(), &request, "m", info).expect("it fits");
        assert_eq!(turn.dropped(), [dropped]);
        assert!(turn.estimated_tokens() > sent * 1_000);
        let chat = turn.next_request().expect("a request");
        let last = chat.messages.last().expect("a message");
        assert_eq!(last.images.len(), sent);
        assert!(
            last.content
                .contains("## What the request is about\n\n<button> in src/App.tsx:3")
        );
    }
}

#[test]
fn a_prompt_without_room_and_an_answer_without_text_fail() {
    let info = ModelInfo {
        context_tokens: Some(1_024),
        ..ModelInfo::default()
    };
    let failure = Turn::new(&manifest(), &request(&[]), "m", info).err();
    assert!(matches!(
        failure,
        Some(Failure::PromptTooLarge { limit: 1_024, .. })
    ));
    assert_eq!(led(&[Whole("")]).failure, Some(Failure::NoText));
    assert!(led(&[Cut("")]).end().2);
    let mut turn =
        Turn::new(&manifest(), &request(&[]), "m", ModelInfo::default()).expect("it fits");
    assert!(turn.next_request().is_some());
    let thought = StreamEvent::Thinking("hm".to_owned());
    assert_eq!(
        turn.push(thought.clone()),
        [GenerateEvent::Status {
            message: "m is thinking".to_owned()
        }]
    );
    assert_eq!(turn.push(thought), []);
    assert_eq!(turn.finish(), Err(Failure::NoText));
}

#[test]
fn what_a_turn_takes_is_known_before_it_begins() {
    let long = "x".repeat(60_000);
    let mut request = request(&[("src/App.tsx", "export default 1;"), ("src/long.ts", &long)]);
    request.images = vec![String::new(); 2];
    for context_tokens in [None, Some(1_024), Some(16_384), Some(200_000)] {
        let info = ModelInfo {
            context_tokens,
            ..ModelInfo::default()
        };
        let estimate = estimate_turn(&manifest(), &request, "m", info);
        let turn = Turn::new(&manifest(), &request, "m", info);
        assert_eq!(estimate.fits, turn.is_ok());
        match turn {
            Ok(turn) => {
                assert_eq!(estimate.prompt_tokens, turn.estimated_tokens());
                assert_eq!(estimate.dropped, turn.dropped());
                assert!(turn.context_tokens() <= estimate.limit_tokens);
            }
            Err(failure) => assert!(matches!(
                failure,
                Failure::PromptTooLarge { limit, .. } if limit == estimate.limit_tokens
            )),
        }
    }
}

/// Whatever the answers, a turn ends, and every file that it completes is there
/// with its text.
#[test]
fn any_answers_in_any_order_end() {
    let all: Vec<&'static str> = transcripts()
        .into_iter()
        .map(|transcript| &*transcript.input.leak())
        .collect();
    let mut random = Random(0x0BAD_5EED);
    let known = [
        ("src/App.tsx", "export default 1;\n"),
        ("src/lib/total.ts", "a\n"),
    ];
    for round in 0..400 {
        let answers: Vec<Answer> = (0..=random.below(6))
            .map(|_| {
                let text = all[random.below(all.len())];
                let at = text.floor_char_boundary(random.below(text.len() + 1));
                match random.below(4) {
                    0 => Whole(text),
                    1 => Cut(text),
                    2 => Cut(text.get(..at).expect("a boundary")),
                    _ => Broken(text.get(..at).expect("a boundary")),
                }
            })
            .collect();
        let known = if round % 2 == 0 { &known[..] } else { &[] };
        let outcome = lead(&request(known), &answers, 1 + random.below(40));
        if outcome.failure.is_none() {
            for path in outcome.end().0 {
                assert!(outcome.file(path).is_some(), "round {round}: {path}");
            }
        }
    }
}
