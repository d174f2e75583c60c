//! A model's answer: any text gives the same files, however it is cut.

#![no_main]

use generation_fuzz::{assert_answer, files, sections};
use libfuzzer_sys::fuzz_target;
use protocol::app::Files;

fuzz_target!(|data: &[u8]| {
    let mut known = Files::new();
    for (name, text) in sections(data) {
        if name == "files" {
            known = files(&text);
        } else {
            assert_answer(&text, &known);
        }
    }
});
