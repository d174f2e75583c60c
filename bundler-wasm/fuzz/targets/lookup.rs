//! Positions: any place of any output maps to nothing, or to a place of its source.

#![no_main]

use std::collections::BTreeMap;

use bundler_fuzz::{Snippets, assert_positions, bundler, code_file, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use protocol::worker::Position;

/// Places asked for beside those of the tokens' starts: what no line or column is.
const ODD: [u32; 4] = [0, 1, 1_000_000, u32::MAX];
/// More places of one output than this take too long for a fuzzer.
const MAX_PLACES: usize = 200;

fuzz_target!(|data: &[u8]| {
    let Some((path, text)) = code_file(data) else {
        return;
    };
    let mut bundler = bundler();
    let build = bundler.build(BTreeMap::from([(path.to_owned(), Some(text.clone()))]));
    let mut places: Vec<(u32, u32)> = Vec::new();
    for module in &build.output.modules {
        // Prime steps: another place of each line, in every output.
        places.extend((1..).zip(module.code.split('\n')).flat_map(|(line, text)| {
            let columns = u32::try_from(text.len()).unwrap_or(0) + 3;
            (1..columns).step_by(7).map(move |column| (line, column))
        }));
    }
    let step = places.len() / MAX_PLACES + 1;
    let odd = ODD
        .into_iter()
        .flat_map(|line| ODD.map(|column| (line, column)));
    let positions: Vec<Position> = places
        .into_iter()
        .step_by(step)
        .chain(odd)
        .map(|(line, column)| Position {
            file: path.to_owned(),
            line,
            column,
        })
        .collect();
    assert_positions(&bundler, &text, &positions);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(Snippets::Code, data, size, max_size, seed)
});
