//! `cumulet-server`: reads the configuration, starts the log, runs the server;
//! or does what a subcommand asks for with an app in a folder.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cumulet_server::build::{self, BuildArgs};
use cumulet_server::check::{self, CheckArgs};
use cumulet_server::config::{Args, Config, environment};
use cumulet_server::{lifecycle, telemetry};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const AFTER_HELP: &str = "\
Environment; what is saved in the settings counts more:
  OLLAMA_ENABLED, OLLAMA_API_URL                        Ollama, asked at http://localhost:11434 unless `false`
  OPENROUTER_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, DEEPSEEK_API_KEY, GROQ_API_KEY
  OPENAI_API_KEY, OPENAI_BASE_URL                       OpenAI, or any compatible server
  NAME_MODEL, NAME_SMALL_MODEL                          models of each: OLLAMA_MODEL, OPENROUTER_MODEL, ...
  LLM_PROVIDER, LLM_FALLBACK_ENABLED                    who is asked first (`auto`), and whether others follow
  GENERATIONS_PER_HOUR                                  as --generations-per-hour
  CUMULET_SECRET                                        encrypts saved keys, in place of the file secret.key
  CUMULET_LOG                                           log filter, for example debug";

/// What the program is asked for.
#[derive(Debug, Parser)]
#[command(
    name = "cumulet-server",
    version,
    about = "Serves Cumulet: site, apps, language model",
    after_help = AFTER_HELP,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    server: Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks the app in a folder, and prints what is wrong with it.
    Check(CheckArgs),
    /// Builds the app in a folder as a static site.
    Build(BuildArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Build(args)) => build::run(&args),
        None => serve(cli.server),
    }
}

fn serve(args: Args) -> ExitCode {
    telemetry::start(environment("CUMULET_LOG").as_deref());
    match start(args) {
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
