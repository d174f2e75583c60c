//! The conversation with a model that answers anything.

#![no_main]

use generation_fuzz::{assert_turn, sections};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    assert_turn(&sections(data));
});
