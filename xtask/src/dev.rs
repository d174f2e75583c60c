//! `cargo xtask dev`: like `run`, and builds again whenever a source changes.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

use crate::cache::Cache;
use crate::process::seconds;
use crate::run::{Address, Server, build_server, stop_signal};
use crate::site::{self, Profile};

/// Folders whose change needs a new build of the site.
const SITE_SOURCES: [&str; 8] = [
    "protocol",
    "bundler-wasm",
    "publish",
    "frontend",
    "runtime-deps",
    "templates",
    "public",
    "Cargo.lock",
];
/// Folders whose change needs a new server.
const SERVER_SOURCES: [&str; 6] = [
    "protocol",
    "bundler-wasm",
    "publish",
    "generation",
    "server",
    "Cargo.lock",
];
/// How often the sources are looked at.
const PERIOD: Duration = Duration::from_millis(500);

/// Builds, serves, and builds again at every change until it is stopped.
pub(crate) fn dev(cache: &Cache, address: Address) -> anyhow::Result<()> {
    let stop = stop_signal()?;
    let site = site::build(cache, Profile::Dev)?;
    let mut server = Some(start(cache, &site, address)?);
    let mut site_seen = newest(cache, &SITE_SOURCES);
    let mut server_seen = newest(cache, &SERVER_SOURCES);
    while stop.recv_timeout(PERIOD).is_err() {
        let site_now = newest(cache, &SITE_SOURCES);
        let server_now = newest(cache, &SERVER_SOURCES);
        let started = Instant::now();
        if site_now != site_seen {
            site_seen = site_now;
            match site::build(cache, Profile::Dev) {
                Ok(_) => println!("built in {}: reload the page", seconds(started.elapsed())),
                Err(error) => eprintln!("{error:#}"),
            }
        }
        if server_now != server_seen {
            server_seen = server_now;
            drop(server.take());
            match start(cache, &site, address) {
                Ok(new) => server = Some(new),
                Err(error) => eprintln!("{error:#}"),
            }
        }
    }
    Ok(())
}

fn start(cache: &Cache, site: &Path, address: Address) -> anyhow::Result<Server> {
    let program = build_server(cache)?;
    let server = address.serve(&program, site)?;
    println!("Cumulet is at {}", server.address);
    Ok(server)
}

/// Latest change below these places; what can't be read doesn't count.
fn newest(cache: &Cache, places: &[&str]) -> Option<SystemTime> {
    places
        .iter()
        .flat_map(|place| {
            WalkDir::new(cache.source(place))
                .into_iter()
                .filter_entry(|entry| entry.file_name() != "node_modules")
        })
        .filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok())
        .max()
}
