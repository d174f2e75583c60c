//! The program itself: its one line of output, and its failures at the start.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::site_folder;

fn command(folder: &Path, site: &Path, port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cumulet-server"));
    command
        .env_clear()
        .args(["--port", &port.to_string(), "--site"])
        .arg(site)
        .arg("--data")
        .arg(folder.join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts the program and waits for its line.
fn listening(folder: &Path) -> (Child, String) {
    let mut child = command(folder, &site_folder(folder), 0).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    (child, line)
}

#[track_caller]
fn fails(output: &Output, expected: &[&str]) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(output.stdout.is_empty());
    for part in expected {
        assert!(error.contains(part), "{part} is not in: {error}");
    }
}

#[tokio::test]
async fn it_says_where_it_listens_and_ends_on_a_signal() {
    let folder = TempDir::new().unwrap();
    let (mut child, line) = listening(folder.path());
    let url = line.trim().strip_prefix("listening ").unwrap();
    let health = reqwest::get(format!("{url}/api/health")).await.unwrap();
    assert_eq!(health.status(), 200);
    let killed = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn the_data_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let (mut child, _) = listening(folder.path());
    let mode = |path: &str| {
        fs::metadata(folder.path().join(path))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!((mode("data"), mode("data/cumulet.sqlite3")), (0o700, 0o600));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_port_in_use_is_named() {
    let folder = TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let output = command(folder.path(), &site_folder(folder.path()), port)
        .output()
        .unwrap();
    fails(&output, &[&format!("port {port} is in use"), "--port"]);
}

#[test]
fn a_site_that_is_none_is_named() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("nothing");
    let output = command(folder.path(), &missing, 0).output().unwrap();
    fails(&output, &["no site folder", "cargo xtask run", "--site"]);

    let site = site_folder(folder.path());
    fs::write(
        site.join("headers.json"),
        r#"{"shell": {}, "subdomain": {}, "host": {}, "direct": {}}"#,
    )
    .unwrap();
    let output = command(folder.path(), &site, 0).output().unwrap();
    fails(&output, &["headers.json", "Content-Security-Policy"]);
    fs::remove_file(site.join("headers.json")).unwrap();
    let output = command(folder.path(), &site, 0).output().unwrap();
    fails(&output, &["lacks `headers.json`"]);
}

#[test]
fn a_database_that_is_none_is_named() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(
        data.join("cumulet.sqlite3"),
        "not a database, but long enough to be looked at".repeat(50),
    )
    .unwrap();
    let output = command(folder.path(), &site_folder(folder.path()), 0)
        .output()
        .unwrap();
    fails(&output, &["cumulet.sqlite3", "can't be opened", "--data"]);
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let (mut child, _) = listening(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    let file = folder.path().join("data/cumulet.sqlite3");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (99, 'later', 1, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let output = command(folder.path(), &site_folder(folder.path()), 0)
        .output()
        .unwrap();
    fails(&output, &["newer version", "--data"]);
}

#[test]
fn a_key_file_that_is_none_is_named() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("secret.key"), "").unwrap();
    let output = command(folder.path(), &site_folder(folder.path()), 0)
        .output()
        .unwrap();
    fails(&output, &["secret.key", "too short", "CUMULET_SECRET"]);
}

#[test]
fn a_mistake_in_the_environment_is_named() {
    let folder = TempDir::new().unwrap();
    let output = command(folder.path(), &site_folder(folder.path()), 0)
        .env("OLLAMA_API_URL", "ftp://x")
        .output()
        .unwrap();
    fails(&output, &["OLLAMA_API_URL", "http"]);
}
