//! Each recorded patch makes what its snapshot says of its file.

use generation::patch::{Unmatched, apply};

use crate::harness::patches;

#[test]
fn every_patch_gives_its_snapshot() {
    for patch in patches() {
        insta::with_settings!({
            snapshot_path => &patch.folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("result", patch.result);
        });
    }
}

/// Passes when it ends: work that grows with the square of the lines would take
/// many minutes here.
#[test]
fn repeated_lines_are_read_once() {
    let text = "a\n".repeat(40_000);
    let search = "a\n".repeat(20_000);
    let patch = format!("<<<<<<< SEARCH\n{search}b\n=======\nc\n>>>>>>> REPLACE\n");
    assert_eq!(
        apply(&format!("{text}b\n"), &patch),
        Ok(format!("{}c\n", "a\n".repeat(20_000)))
    );
    let patch = patch.replace("b\n", "");
    assert_eq!(
        apply(&text, &patch),
        Err(Unmatched::Ambiguous("a".to_owned()))
    );
    let many = "<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE\n".repeat(201);
    assert_eq!(apply("a\n", &many), Err(Unmatched::Unreadable));
}
