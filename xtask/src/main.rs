//! `cargo xtask COMMAND`: everything that is done to the repository, from a
//! bare machine with Rust and Node on.
//!
//! Each step says what it does and how long it took; what is in place is
//! skipped; a failure says what to do. Tools and build output lie in one cache
//! folder outside the clone (see [`cache`]).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line program talks on its terminal"
)]

mod bench;
mod cache;
mod check;
mod deps;
mod dev;
mod dist;
mod eval;
mod folder;
mod fuzz;
mod header_rules;
mod native;
mod package;
mod process;
mod report;
mod run;
mod setup;
mod site;
mod size;
mod templates;
mod test;

use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use lexopt::prelude::*;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  run   [--port N] [--app-origins]
                              build what changed, serve it, print the address;
                              with an origin for each app below localhost
  dev   [--port N] [--app-origins]
                              the same, and build again at every change
  test  [--only PART]         every test; PART: rust, deps, kit,
                              parity, conformance, proofs, api, browser,
                              eval, redteam
  check                       formatting, lints, crate graph
  bench NAME [--json FILE]    NAME: preview, compile, deps, generate
  eval  [--provider P --model M] [--address URL] [--json FILE]
                              30 requests, built, run and used; without a
                              provider, with recorded answers
  fuzz  [TARGET] [--minutes N]  random input against bundler and answers; TARGET:
                              transform, imports, resolver, lookup, project;
                              parser, turn, decoder, patch
  size  [--json FILE]         bytes of every file that ships
  deps  [--check]             the dependency files alone
  dist  [--out DIR]           folder for a static host, and the server
  package [--out DIR]         the bundler as an npm package
  setup                       tools only

CUMULET_CACHE names the folder for tools and build output
(default: $XDG_CACHE_HOME/cumulet or ~/.cache/cumulet).";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> anyhow::Result<()> {
    let mut parser = lexopt::Parser::from_env();
    let mut command = None;
    let mut name = None;
    let mut json: Option<PathBuf> = None;
    let mut out = None;
    let mut only = None;
    let mut port = None;
    let mut minutes = None;
    let mut model = eval::Model::default();
    let mut verify = false;
    let mut app_origins = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => json = Some(parser.value()?.into()),
            Long("out") => out = Some(parser.value()?.into()),
            Long("only") => only = Some(parser.value()?.string()?),
            Long("port") => port = Some(parser.value()?.parse::<u16>()?),
            Long("minutes") => minutes = Some(parser.value()?.parse::<NonZeroU16>()?),
            Long("provider") => model.provider = Some(parser.value()?.string()?),
            Long("model") => model.name = Some(parser.value()?.string()?),
            Long("address") => model.address = Some(parser.value()?.string()?),
            Long("check") => verify = true,
            Long("app-origins") => app_origins = true,
            Long("help") | Short('h') => {
                println!("{USAGE}");
                return Ok(());
            }
            Value(value) if command.is_none() => command = Some(value.string()?),
            Value(value) if name.is_none() => name = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let address = run::Address {
        port: port.unwrap_or(run::PORT),
        app_origins,
    };
    let cache = cache::Cache::open()?;
    match command.as_deref() {
        Some("run") => run::run(&cache, address),
        Some("dev") => dev::dev(&cache, address),
        Some("test") => test::test(&cache, only.as_deref()),
        Some("check") => check::check(&cache),
        Some("bench") => bench::bench(&cache, name.as_deref(), json.as_deref()),
        Some("eval") => eval::eval(&cache, &model, json.as_deref()),
        Some("fuzz") => fuzz::fuzz(&cache, name.as_deref(), minutes),
        Some("size") => size::size(&cache, json.as_deref()),
        Some("deps") => deps::deps(&cache, verify),
        Some("dist") => dist::dist(&cache, out),
        Some("package") => package::package(&cache, out),
        Some("setup") => setup::everything(&cache),
        Some(other) => bail!("there is no command {other:?}\n\n{USAGE}"),
        None => bail!("which command?\n\n{USAGE}"),
    }
}
