//! A running server on a free port, with its own folder.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Parser as _;
use cumulet_server::app_origins::AppOrigins;
use cumulet_server::clock::Clock;
use cumulet_server::config::{Args, Config};
use cumulet_server::ids::IdGen;
use cumulet_server::lifecycle;
use cumulet_server::llm::Timeouts;
use cumulet_server::outside::{Lookup, Names};
use cumulet_server::site::Site;
use cumulet_server::state::Parts;
use cumulet_server::store::Store;
use cumulet_server::vault::Vault;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Upstream;

/// Every look at the clock is a second later than the one before.
struct StepClock(AtomicU64);

impl Clock for StepClock {
    fn now_ms(&self) -> u64 {
        self.0.fetch_add(1_000, Ordering::SeqCst)
    }
}

struct CountedIds(AtomicU64);

impl IdGen for CountedIds {
    fn next_id(&self) -> String {
        format!("id-{}", self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// The time is what a test says.
#[derive(Clone)]
pub(crate) struct HandClock(Arc<AtomicU64>);

impl HandClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU64::new(1_000_000)))
    }

    pub(crate) fn advance(&self, time: Duration) {
        let time = u64::try_from(time.as_millis()).unwrap();
        self.0.fetch_add(time, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Names as a test has them.
pub(crate) struct KnownNames(pub(crate) HashMap<&'static str, Vec<IpAddr>>);

impl Names for KnownNames {
    fn lookup(&self, name: &str) -> Lookup {
        let found = self.0.get(name).cloned();
        Box::pin(async move { found.ok_or_else(|| std::io::Error::other("no such name")) })
    }
}

/// The server, its folder and a client.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    pub(crate) shutdown: CancellationToken,
    pub(crate) serving: JoinHandle<std::io::Result<()>>,
    client: Client,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that it is a failure with this code, that it is complete, and gives its message.
    #[track_caller]
    pub(crate) fn failure(&self, status: u16, code: &str) -> String {
        let json = self.json();
        assert_eq!(
            (self.status.as_u16(), json["code"].as_str()),
            (status, Some(code)),
            "{self:?}"
        );
        assert_eq!(
            json["requestId"].as_str(),
            Some(self.header("x-request-id")),
            "{self:?}"
        );
        assert!(
            json["help"]
                .as_str()
                .is_some_and(|help| help.ends_with('.')),
            "{self:?}"
        );
        json["message"].as_str().unwrap().to_owned()
    }
}

/// Policy of the studio's pages in [`site_folder`].
pub(crate) const STUDIO_POLICY: &str = "default-src 'self'; frame-src 'self'";

/// Writes a small site and gives its folder.
pub(crate) fn site_folder(folder: &Path) -> std::path::PathBuf {
    let site = folder.join("site");
    let manifest = json!({
        "version": 1,
        "packages": {
            "react": {
                "category": "core", "version": "19.0.0", "exports": ["useState"], "types": [],
                "hasDefault": true, "file": "react-1.js", "hint": "components",
                "example": "import { useState } from \"react\";", "inPrompt": true,
            },
        },
        "blocked": {},
        "files": {},
    });
    let headers = json!({
        "shell": { "Content-Security-Policy": "sandbox allow-scripts", "Connection-Allowlist": "()" },
        "subdomain": { "Content-Security-Policy": "default-src 'none'; frame-ancestors {studio}", "Connection-Allowlist": "()" },
        "host": { "Content-Security-Policy": STUDIO_POLICY, "X-Content-Type-Options": "nosniff" },
        "direct": { "Content-Security-Policy": "connect-src 'self' models" },
    });
    for (path, text) in [
        (
            "index.html",
            r#"<!doctype html><meta name="cumulet-app-origins" content="" /><title>Cumulet</title>"#
                .to_owned(),
        ),
        ("headers.json", headers.to_string()),
        (
            "sandbox/shell.html",
            r#"<!doctype html><meta name="cumulet-studio" content=""><title>shell</title>"#
                .to_owned(),
        ),
        ("sw.js", "worker()".to_owned()),
        ("assets/studio-1a2b.js", "console.log(1)".to_owned()),
        ("assets/studio-1a2b.js.br", "brotli".to_owned()),
        ("assets/studio-1a2b.js.gz", "gzip".to_owned()),
        ("deps/react-1.js", "react".to_owned()),
        ("deps/manifest.json", manifest.to_string()),
        ("types/react-1a2b.json", "{}".to_owned()),
        ("types/types.json", "{}".to_owned()),
        ("templates/index.json", "[]".to_owned()),
    ] {
        let file = site.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    site
}

impl TestApp {
    /// A server without a provider.
    pub(crate) async fn start() -> Self {
        Self::with(TempDir::new().unwrap(), &[], Timeouts::default()).await
    }

    /// A server whose provider is a scripted one.
    pub(crate) async fn with_upstream(upstream: &Upstream) -> Self {
        Self::with_timeouts(upstream, Timeouts::default()).await
    }

    /// The same with other limits of time.
    pub(crate) async fn with_timeouts(upstream: &Upstream, timeouts: Timeouts) -> Self {
        Self::with_upstreams(&[upstream], |parts| parts.config.timeouts = timeouts).await
    }

    /// A server that asks the first provider, and then the others.
    pub(crate) async fn with_upstreams(
        upstreams: &[&Upstream],
        change: impl FnOnce(&mut Parts),
    ) -> Self {
        let variables: Vec<_> = upstreams
            .iter()
            .flat_map(|upstream| upstream.environment())
            .collect();
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Self::build(
            TempDir::new().unwrap(),
            &variables,
            Timeouts::default(),
            change,
        )
        .await
    }

    /// A server with these variables in its environment.
    pub(crate) async fn with_variables(variables: &[(&str, String)]) -> Self {
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Self::with(TempDir::new().unwrap(), &variables, Timeouts::default()).await
    }

    /// A server on a folder that may have been used before.
    pub(crate) async fn with(
        folder: TempDir,
        variables: &[(&str, &str)],
        timeouts: Timeouts,
    ) -> Self {
        Self::build(folder, variables, timeouts, |_| {}).await
    }

    /// A server whose apps may reach these hosts, where the time stands still and names are as given.
    pub(crate) async fn with_outside(hosts: &[&str], names: KnownNames) -> Self {
        Self::build(TempDir::new().unwrap(), &[], Timeouts::default(), |parts| {
            parts.config.fetch_hosts = hosts.iter().map(ToString::to_string).collect();
            parts.clock = Arc::new(HandClock::new());
            parts.names = Arc::new(names);
        })
        .await
    }

    /// A server whose apps have origins of their own.
    pub(crate) async fn with_app_origins(origins: AppOrigins) -> Self {
        Self::build(TempDir::new().unwrap(), &[], Timeouts::default(), |parts| {
            parts.config.app_origins = Some(origins);
        })
        .await
    }

    /// A server whose pages ask models themselves.
    pub(crate) async fn with_direct_models() -> Self {
        Self::build(TempDir::new().unwrap(), &[], Timeouts::default(), |parts| {
            parts.config.direct_models = true;
        })
        .await
    }

    pub(crate) async fn build(
        folder: TempDir,
        variables: &[(&str, &str)],
        timeouts: Timeouts,
        change: impl FnOnce(&mut Parts),
    ) -> Self {
        let site = site_folder(folder.path());
        let args = Args::parse_from([
            "cumulet-server".as_ref(),
            "--site".as_ref(),
            site.as_os_str(),
            "--data".as_ref(),
            folder.path().as_os_str(),
        ]);
        let mut config = Config::new(args, |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
                // What listens on this machine is no part of a test.
                .or_else(|| {
                    let is_set = variables
                        .iter()
                        .any(|(name, _)| name.starts_with("OLLAMA_"));
                    (name == "OLLAMA_ENABLED" && !is_set).then(|| "false".to_owned())
                })
        })
        .unwrap();
        config.timeouts = timeouts;
        let store = Store::open(&folder.path().join("test.sqlite3"))
            .await
            .unwrap();
        let vault = Vault::open(folder.path(), config.secret.as_ref()).unwrap();
        let mut parts = Parts::new(config, store, Site::open(&site).unwrap(), vault);
        parts.clock = Arc::new(StepClock(AtomicU64::new(1_000_000)));
        parts.ids = Arc::new(CountedIds(AtomicU64::new(1)));
        change(&mut parts);
        let shutdown = parts.shutdown.clone();
        let state = parts.build().unwrap();
        state.providers.prepare().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving =
            TaskTracker::new().spawn(lifecycle::serve(listener, state, Duration::from_secs(5)));
        let client = Client::builder().build().unwrap();
        Self {
            address,
            folder,
            shutdown,
            serving,
            client,
        }
    }

    /// A request as the studio's page sends it.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://{}{path}", self.address))
            .header("origin", format!("http://{}", self.address))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Makes an app with one file and gives its address.
    pub(crate) async fn create(&self, id: &str) -> String {
        let body = json!({ "id": id, "name": "Board", "files": { "src/App.tsx": "one" } });
        assert_eq!(self.post("/api/apps", &body).await.status, 201);
        format!("/api/apps/{id}")
    }
}
