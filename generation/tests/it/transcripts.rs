//! Each recorded answer gives what its snapshot says, however it is split.

use crate::harness::{fixtures, is_as_recorded, parse, parts, render, transcripts};

#[test]
fn every_transcript_gives_its_snapshot_for_every_split() {
    let all = transcripts();
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

/// What the example `transcripts` reports.
#[test]
fn all_recorded_answers_streams_and_patches_are_counted() {
    let all = fixtures();
    assert!(all.len() >= 160, "only {} transcripts", all.len());
    for (folder, outcome) in all {
        assert!(is_as_recorded(&folder, &outcome), "{}", folder.display());
    }
}
