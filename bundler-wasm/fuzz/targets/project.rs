//! Whole projects with pages, style sheets, images, configuration and edits:
//! what is delivered bit by bit is what a build from nothing gives.

#![no_main]

use bundler_fuzz::{Consumer, Snippets, mutate, steps};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let mut consumer = Consumer::default();
    for step in steps(data) {
        consumer.take(step);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(Snippets::All, data, size, max_size, seed)
});
