//! `cumulet-server check DIR`: what the studio would say about the app in a
//! folder, for a terminal or a build server. Nothing is served or kept, and no
//! program of the app runs.

mod folder;
mod report;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use bundler_wasm::{Bundler, STACK_BYTES};
use clap::Args;
use serde::Serialize;

use crate::config::SiteArgs;
use crate::site;
pub(crate) use folder::{BUILD_MARK, Folder};
pub(crate) use report::{BOLD, DIM, GOOD, Printable, Report};

/// The app has errors.
const HAS_ERRORS: u8 = 1;
/// The command couldn't do its work; wrong usage ends with the same.
const NOT_DONE: u8 = 2;

/// Flags of `cumulet-server check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder of the app: the one with `src` in it.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Print one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
    /// Where the list of packages is.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Checks an app and prints what was found. Ends with 0 when there is no
/// error, with 1 when there is one, with 2 when the check could not be made.
pub fn run(args: &CheckArgs) -> ExitCode {
    exit(check(args).and_then(|report| {
        print(&report, args.json)?;
        Ok(report.errors)
    }))
}

/// The end of a command that found so many errors, or couldn't do its work.
pub(crate) fn exit(errors: Result<usize, String>) -> ExitCode {
    match errors {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(HAS_ERRORS),
        Err(reason) => {
            // Nothing is left to do when even this can't be written.
            let _ = writeln!(io::stderr(), "cumulet-server: {}", Printable(&reason));
            ExitCode::from(NOT_DONE)
        }
    }
}

fn check(args: &CheckArgs) -> Result<Report, String> {
    let site = args.site.folder()?;
    let manifest = site::read_manifest(&site)?;
    let Folder { files, skipped } = open(&args.folder)?;
    let count = files.len();
    let changes = files
        .into_iter()
        .map(|(path, text)| (path, Some(text)))
        .collect();
    let supply = |bundler: &mut Bundler, file: &str| site::supply(&site, bundler, file);
    let build = on_large_stack(|| Bundler::new(manifest).build_whole(changes, supply))??;
    Ok(Report::new(build.output, count, skipped))
}

/// Reads the folder of an app.
pub(crate) fn open(folder: &Path) -> Result<Folder, String> {
    if !folder.is_dir() {
        let what = if folder.exists() {
            "is no folder"
        } else {
            "isn't there"
        };
        return Err(format!(
            "`{}` {what}: name the folder of the app",
            folder.display()
        ));
    }
    Folder::read(folder)
}

/// Runs the bundler on a thread with the stack that it needs.
pub(crate) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|error| format!("no thread for the bundler: {error}"))?
            .join()
            .map_err(|_| "the bundler failed on this app, which is a bug of Cumulet".to_owned())
    })
}

/// Prints what a command found, as text or as JSON.
pub(crate) fn print(report: &(impl Display + Serialize), json: bool) -> Result<(), String> {
    let printed = if json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, report)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
    } else {
        // Leaves the colours out unless a terminal shows them.
        write!(anstream::stdout().lock(), "{report}")
    };
    match printed {
        // Who reads, as `head` does, has read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the result can't be printed: {error}"))
        }
        _ => Ok(()),
    }
}
