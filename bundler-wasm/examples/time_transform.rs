//! Compiles one file again and again and prints the milliseconds of each call,
//! one line each (`tests/peers/native.ts` compares them with other compilers).
//!
//! `cargo run --release -p bundler-wasm --example time_transform -- FILE CALLS`

use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

use bundler_wasm::{STACK_BYTES, transform};

/// The server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let calls: u32 = arguments.next().ok_or("how many calls?")?.parse()?;
    let text = std::fs::read_to_string(file)?;
    let time = move || time(&text, calls).map_err(|error| error.to_string());
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(time)?
        .join()
        .map_err(|_| "the bundler panicked")??;
    Ok(())
}

fn time(text: &str, calls: u32) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for _ in 0..calls {
        let started = Instant::now();
        let transformed = transform("src/App.tsx", text);
        let elapsed = started.elapsed();
        if transformed.code.is_empty() {
            return Err(format!("no output: {:?}", transformed.diagnostics).into());
        }
        writeln!(out, "{}", elapsed.as_secs_f64() * 1000.0)?;
    }
    Ok(())
}
