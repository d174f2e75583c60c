//! One file of code: any text compiles to a script, or is refused.

#![no_main]

use bundler_fuzz::{Snippets, assert_module, code_file, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use protocol::bundle::Severity;

fuzz_target!(|data: &[u8]| {
    let Some((path, text)) = code_file(data) else {
        return;
    };
    let output = bundler_wasm::transform(path, &text);
    if output
        .diagnostics
        .iter()
        .all(|d| d.severity != Severity::Error)
    {
        assert_module(path, &output.code);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(Snippets::Code, data, size, max_size, seed)
});
