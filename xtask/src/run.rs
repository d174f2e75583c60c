//! `cargo xtask run`: builds what changed, starts the server, prints the address.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::cache::Cache;
use crate::process::{cargo, execute, seconds, step};
use crate::site::{self, Profile};

/// Port of `run` and `dev` when none is asked for.
pub(crate) const PORT: u16 = 4321;

/// Where the studio and its apps are found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address {
    /// Port on this machine.
    pub(crate) port: u16,
    /// Whether each app has an origin of its own.
    pub(crate) app_origins: bool,
}

impl Address {
    /// Starts a server there.
    pub(crate) fn serve(self, program: &Path, site: &Path) -> anyhow::Result<Server> {
        let template = format!("http://{{app}}.localhost:{}", self.port);
        let arguments: &[&str] = if self.app_origins {
            &["--app-origins", &template]
        } else {
            &[]
        };
        Server::start(program, site, self.port, arguments)
    }
}

/// Builds, serves, and waits until the server ends or the person stops it.
pub(crate) fn run(cache: &Cache, address: Address) -> anyhow::Result<()> {
    let started = Instant::now();
    let site = site::build(cache, Profile::Dev)?;
    let server = build_server(cache)?;
    let mut running = address.serve(&server, &site)?;
    println!("\nready in {}", seconds(started.elapsed()));
    println!("Cumulet is at {}", running.address);
    let stop = stop_signal()?;
    running.wait(&stop)
}

/// Builds the server and returns its program.
pub(crate) fn build_server(cache: &Cache) -> anyhow::Result<PathBuf> {
    step("the server", || {
        let mut build = cargo(cache);
        build.args(["build", "--quiet", "--package", "cumulet-server"]);
        execute(&mut build)
    })?;
    Ok(cache.target().join("debug/cumulet-server"))
}

/// A channel that gets a message when the person presses Ctrl-C or the process
/// is asked to end.
pub(crate) fn stop_signal() -> anyhow::Result<mpsc::Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more when the program is already ending.
        let _ = sender.send(());
    })?;
    Ok(receiver)
}

/// A server that has said where it listens.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// `http://127.0.0.1:4321`
    pub(crate) address: String,
}

impl Server {
    /// Starts `program` and waits for its address.
    pub(crate) fn start(
        program: &Path,
        site: &Path,
        port: u16,
        arguments: &[&str],
    ) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["--port", &port.to_string()])
            .args(["--site".as_ref(), site.as_os_str()])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("can't start {}", program.display()))?;
        let stdout = child.stdout.take().context("the output was piped")?;
        let mut lines = BufReader::new(stdout).lines();
        let address = loop {
            match lines.next() {
                Some(line) => {
                    if let Some(address) = line?.strip_prefix("listening ") {
                        break address.to_owned();
                    }
                }
                None => bail!("the server ended with {} before it listened", child.wait()?),
            }
        };
        // Keep reading, or the server would block on a full pipe.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                println!("{line}");
            }
        });
        Ok(Self { child, address })
    }

    /// Waits until the server ends by itself or `stop` gets a message.
    pub(crate) fn wait(&mut self, stop: &mpsc::Receiver<()>) -> anyhow::Result<()> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status}");
            }
            if stop
                .recv_timeout(std::time::Duration::from_millis(200))
                .is_ok()
            {
                return self.stop();
            }
        }
    }

    /// Whether the server still runs.
    pub(crate) fn is_running(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Asks the server to end, as a person would, and waits.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        if self.is_running()? {
            execute(Command::new("kill").args(["-TERM", &self.child.id().to_string()]))?;
            self.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("the server could not be stopped: {error:#}");
        }
    }
}
