//! Steps and commands, with their names and times on the terminal.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Runs `work` under a heading and prints how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    println!("▸ {title}");
    let started = Instant::now();
    let result = work();
    let mark = if result.is_ok() { "✓" } else { "✗" };
    println!("{mark} {title} ({})", seconds(started.elapsed()));
    result
}

/// `1.4 s`, `2 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

/// Runs a command to its end; its output goes to the terminal.
pub(crate) fn execute(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("can't start {}", line(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a command to its end and returns what it printed. Its messages are
/// shown only when it fails.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let result = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("can't start {}", line(command)))?;
    if !result.status.success() {
        bail!(
            "{} ended with {}\n{}{}",
            line(command),
            result.status,
            String::from_utf8_lossy(&result.stdout),
            String::from_utf8_lossy(&result.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&result.stdout).into_owned())
}

/// Runs a command to its end, showing its output as it comes, and returns its
/// standard output too. An unsuccessful end is part of the answer.
pub(crate) fn tee(command: &mut Command) -> anyhow::Result<(bool, String)> {
    use std::io::{BufRead, BufReader};
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("can't start {}", line(command)))?;
    let stdout = child.stdout.take().context("the output was piped")?;
    let mut text = String::new();
    for row in BufReader::new(stdout).lines() {
        let row = row?;
        println!("{row}");
        text.push_str(&row);
        text.push('\n');
    }
    Ok((child.wait()?.success(), text))
}

/// Whether a program of this name can be started.
pub(crate) fn is_on_path(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// A `cargo` for native builds into the shared target folder.
pub(crate) fn cargo(cache: &crate::cache::Cache) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(cache.clone_dir())
        .env("CARGO_TARGET_DIR", cache.target());
    command
}

/// A `node` in `folder`.
pub(crate) fn node(folder: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder);
    command
}

fn line(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
