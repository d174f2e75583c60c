//! From the configuration to a running server, and its end.

use std::fs;
use std::io::{self, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::config::Config;
use crate::http::router;
use crate::site::Site;
use crate::state::{AppState, Parts};
use crate::store::{self, Store};
use crate::vault::Vault;

const DATABASE: &str = "cumulet.sqlite3";

/// Starts the server, prints `listening http://HOST:PORT` on standard output
/// when it is ready, and runs until a signal ends it.
///
/// # Errors
/// A sentence for a person: what is in the way, and what to do.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let site = Site::open(&config.site).map_err(|reason| anyhow!(reason))?;
    let store = open_store(&config.data).await?;
    let listener = listen(config.host, config.port).await?;
    let address = listener.local_addr()?;
    let drain = config.drain;
    let mut config = config;
    let vault = Vault::open(&config.data, config.secret.as_ref()).with_context(|| {
        format!(
            "the key file `secret.key` in `{}` can't be used: without it saved keys can't be read; remove it to begin with a new one, or set CUMULET_SECRET",
            config.data.display()
        )
    })?;
    if !config.host.is_unspecified() {
        // The address itself can't be rebound to by another site's name.
        config.allowed_hosts.push(host_text(config.host));
    }

    let state = Parts::new(config, store.clone(), site, vault)
        .build()
        .context("the HTTP client could not be set up")?;
    state
        .providers
        .prepare()
        .await
        .context("the saved providers could not be made ready")?;
    match state.apps.purge_deleted().await {
        Ok(0) => {}
        Ok(purged) => tracing::info!(purged, "removed apps deleted more than 30 days ago"),
        Err(error) => tracing::warn!(%error, "deleted apps could not be removed"),
    }
    writeln!(io::stdout(), "listening http://{}", reachable(address))?;

    let shutdown = state.shutdown.clone();
    tokio::select! {
        result = serve(listener, state, drain) => result?,
        // The first signal lets open requests end; a second one doesn't wait for them.
        () = async { signal().await; shutdown.cancel(); signal().await } => {}
    }
    store.close().await;
    Ok(())
}

/// Serves until the state's `shutdown` is cancelled, then until open requests
/// have ended, but no longer than `drain`.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, state: AppState, drain: Duration) -> io::Result<()> {
    let shutdown = state.shutdown.clone();
    let generation = state.generation.clone();
    // Small events must not wait for more of them.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
    });
    let server = axum::serve(listener, router(state))
        .with_graceful_shutdown(shutdown.clone().cancelled_owned())
        .into_future();
    tokio::pin!(server);
    tokio::select! {
        result = &mut server => return result,
        () = shutdown.cancelled() => {}
    }
    let ended = async {
        let result = server.await;
        generation.drained().await;
        result
    };
    timeout(drain, ended).await.unwrap_or_else(|_| {
        tracing::warn!("open requests did not end in time and are cut off");
        Ok(())
    })
}

/// Opens the database below the data folder. Both are readable by their owner
/// alone: the database holds the provider's key.
async fn open_store(folder: &Path) -> anyhow::Result<Store> {
    let cannot_write = || {
        format!(
            "the data folder `{}` can't be written: check its permissions, or name another one with `--data DIR`",
            folder.display()
        )
    };
    make_private_folder(folder).with_context(cannot_write)?;
    let file = folder.join(DATABASE);
    make_private_file(&file).with_context(cannot_write)?;
    Store::open(&file).await.map_err(|error| match error {
        store::Error::Newer(_) => anyhow!(
            "the database `{}` was written by a newer version of Cumulet: start that version, or use another data folder with `--data DIR`",
            file.display()
        ),
        other => anyhow!(
            "the database `{}` can't be opened ({other}): move the file away to begin anew, or use another data folder with `--data DIR`",
            file.display()
        ),
    })
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn make_private_file(file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

async fn listen(host: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((host, port)).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "port {port} is in use: stop the program that uses it, or choose another port with `--port N` (0 takes any free one)"
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow!("port {port} needs more rights: choose one above 1023 with `--port N`")
        }
        io::ErrorKind::AddrNotAvailable => {
            anyhow!("this machine has no address {host}: choose another one with `--host ADDRESS`")
        }
        _ => anyhow!("{host} port {port} can't be listened on: {error}"),
    })
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> String {
    let host = if address.ip().is_unspecified() {
        IpAddr::from([127, 0, 0, 1])
    } else {
        address.ip()
    };
    format!("{}:{}", host_text(host), address.port())
}

/// An address as it stands in a URL.
fn host_text(host: IpAddr) -> String {
    match host {
        IpAddr::V4(host) => host.to_string(),
        IpAddr::V6(host) => format!("[{host}]"),
    }
}

/// Waits for a signal that asks the process to end.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
