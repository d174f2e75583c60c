//! The recorded streams that the tests in the browser replay.

use std::path::Path;

use generation::{ParserOptions, Pump};
use protocol::app::Files;
use protocol::generate::GenerateEvent;

use crate::harness::{Outcome, parse};

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/streams")
        .join(name);
    std::fs::read_to_string(&path).expect("a recorded stream")
}

fn outcome(name: &str) -> Outcome {
    parse([read(name).as_str()], &Files::new())
}

fn written(outcome: &Outcome) -> Vec<&str> {
    outcome
        .files
        .iter()
        .map(|(path, _, _)| path.as_str())
        .collect()
}

#[test]
fn the_board_comes_with_its_entry_last() {
    let outcome = outcome("kanban.md");
    assert_eq!(
        written(&outcome),
        [
            "src/lib/board.ts",
            "src/components/Card.tsx",
            "src/components/Column.tsx",
            "src/App.tsx"
        ]
    );
    assert_eq!(outcome.summary.notes, Vec::<String>::new());
    assert!(!outcome.prose.is_empty());
}

#[test]
fn the_counter_can_run_before_its_stream_ends() {
    let outcome = outcome("counter-first.md");
    assert_eq!(
        written(&outcome),
        [
            "src/App.tsx",
            "src/components/Ring.tsx",
            "src/components/History.tsx",
            "src/App.tsx"
        ]
    );
    assert!(
        !outcome.files[0].2.contains("./components"),
        "the first version stands alone"
    );
    assert!(outcome.files[3].2.contains("./components/Ring"));
    assert_eq!(
        outcome.summary.notes,
        ["`src/App.tsx` was written more than once; the last version counts."]
    );
}

#[test]
fn faulty_code_is_still_whole_files() {
    for name in ["broken.md", "blocked-import.md"] {
        let outcome = outcome(name);
        assert_eq!(outcome.summary.notes, Vec::<String>::new(), "{name}");
        assert!(
            outcome.summary.files.contains(&"src/App.tsx".to_owned()),
            "{name}"
        );
    }
}

#[test]
fn a_cut_stream_keeps_its_whole_files_only() {
    for truncated in [false, true] {
        let mut pump = Pump::new(ParserOptions::default());
        let mut events = pump.push(&read("cut.md"));
        events.extend(pump.finish(truncated));
        match events.last() {
            Some(GenerateEvent::Complete {
                files,
                notes,
                truncated: flag,
                ..
            }) => {
                assert_eq!(files, &["src/lib/recipes.ts"]);
                assert_eq!(
                    notes,
                    &["`src/App.tsx` ends in the middle: the answer stopped there."]
                );
                assert_eq!(*flag, truncated);
            }
            other => panic!("{other:?}"),
        }
    }
}
