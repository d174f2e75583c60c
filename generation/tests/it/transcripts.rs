//! Each recorded answer gives what its snapshot says, however it is split.

use crate::harness::{parse, parts, render, transcripts};

#[test]
fn every_transcript_gives_its_snapshot_for_every_split() {
    let all = transcripts();
    assert!(all.len() >= 35, "only {} transcripts", all.len());
    for transcript in all {
        let whole = parse([transcript.input.as_str()], &transcript.known);
        for size in [1, 3, 7] {
            let split = parse(parts(&transcript.input, size), &transcript.known);
            assert_eq!(split, whole, "{} in parts of {size}", transcript.name);
        }
        insta::with_settings!({
            snapshot_path => &transcript.folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("result", render(&whole));
        });
    }
}
