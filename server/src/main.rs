//! `cumulet-server`: reads the configuration, starts the log, runs the server.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use cumulet_server::config::{Args, Config, environment};
use cumulet_server::{lifecycle, telemetry};

fn main() -> ExitCode {
    telemetry::start(environment("CUMULET_LOG").as_deref());
    match start(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when even this can't be written.
            let _ = writeln!(std::io::stderr(), "cumulet-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(args: Args) -> anyhow::Result<()> {
    let config = Config::new(args, environment).map_err(|reason| anyhow::anyhow!(reason))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let result = runtime.block_on(lifecycle::run(config));
    // What still runs after the drain is cut off with the process.
    runtime.shutdown_background();
    result
}
