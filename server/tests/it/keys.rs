//! Keys at rest: encrypted, bound to their row, readable with the right secret alone.

use std::fs;
use std::path::Path;

use cumulet_server::llm::Timeouts;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Executor as _, SqlitePool};
use tempfile::TempDir;

use crate::support::TestApp;

const MODELS: &str = "/api/settings/models";

/// Whether any file of the folder holds the text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file()
            && fs::read(path)
                .unwrap()
                .windows(text.len())
                .any(|window| window == text.as_bytes())
    })
}

async fn open(folder: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("test.sqlite3"))
        .create_if_missing(true);
    SqlitePool::connect_with(options).await.unwrap()
}

async fn stop(app: TestApp) -> TempDir {
    app.shutdown.cancel();
    app.serving.await.unwrap().unwrap();
    app.folder
}

fn has_key(settings: &Value, id: &str) -> Value {
    let providers = settings["providers"].as_array().unwrap();
    let found = providers.iter().find(|provider| provider["id"] == id);
    found.unwrap()["hasKey"].clone()
}

async fn save(app: &TestApp, id: &str) {
    let body = json!({
        "name": id, "kind": "openai", "baseUrl": format!("https://{id}.example/v1"),
        "enabled": true, "apiKey": "sk-very-secret",
    });
    let saved = app.put(&format!("{MODELS}/{id}"), &body).await.json();
    assert_eq!(has_key(&saved, id), true);
}

#[tokio::test]
async fn the_files_hold_no_key() {
    let app = TestApp::start().await;
    save(&app, "one").await;
    assert!(!holds(app.folder.path(), "sk-very-secret"));
    let folder = stop(app).await;
    assert!(!holds(folder.path(), "sk-very-secret"));
    let app = TestApp::with(folder, &[], Timeouts::default()).await;
    assert_eq!(has_key(&app.get(MODELS).await.json(), "one"), true);
}

#[tokio::test]
async fn another_secret_makes_a_provider_without_a_key() {
    let secret = |text| [("CUMULET_SECRET", text)];
    let folder = TempDir::new().unwrap();
    let app = TestApp::with(folder, &secret("first"), Timeouts::default()).await;
    save(&app, "one").await;
    let app = TestApp::with(stop(app).await, &secret("second"), Timeouts::default()).await;
    assert_eq!(has_key(&app.get(MODELS).await.json(), "one"), false);
    let app = TestApp::with(stop(app).await, &secret("first"), Timeouts::default()).await;
    assert_eq!(has_key(&app.get(MODELS).await.json(), "one"), true);
    assert!(!app.folder.path().join("secret.key").exists());
}

#[tokio::test]
async fn a_key_opens_in_its_own_row_alone() {
    for statement in [
        "UPDATE providers SET api_key = (SELECT api_key FROM providers WHERE id = 'two') WHERE id = 'one'",
        "UPDATE providers SET base_url = 'https://evil.example/v1' WHERE id = 'one'",
    ] {
        let app = TestApp::start().await;
        save(&app, "one").await;
        save(&app, "two").await;
        let pool = open(app.folder.path()).await;
        pool.execute(statement).await.unwrap();
        pool.close().await;
        let settings = app.get(MODELS).await.json();
        assert_eq!(
            (has_key(&settings, "one"), has_key(&settings, "two")),
            (json!(false), json!(true))
        );
    }
}

/// A database as the first release wrote it, with a key that was changed once.
async fn old_database(folder: &Path, base_url: &str) {
    let pool = open(folder).await;
    pool.execute("PRAGMA journal_mode = WAL").await.unwrap();
    for step in [
        include_str!("../../migrations/sqlite/0001_apps.sql"),
        include_str!("../../migrations/sqlite/0002_documents.sql"),
    ] {
        pool.execute(step).await.unwrap();
    }
    pool.execute(
        "CREATE TABLE _sqlx_migrations (
             version BIGINT PRIMARY KEY, description TEXT NOT NULL,
             installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
             checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
    )
    .await
    .unwrap();
    for (version, step) in [
        (1, include_str!("../../migrations/sqlite/0001_apps.sql")),
        (
            2,
            include_str!("../../migrations/sqlite/0002_documents.sql"),
        ),
    ] {
        use sha2::Digest as _;
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (?, '', 1, ?, 0)",
        )
        .bind(version)
        .bind(sha2::Sha384::digest(step).to_vec())
        .execute(&pool)
        .await
        .unwrap();
    }
    for key in ["sk-older", "sk-clear"] {
        sqlx::query("INSERT OR REPLACE INTO provider VALUES (1, 'openai', ?, 'a/b', ?)")
            .bind(base_url)
            .bind(key)
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.execute("INSERT INTO apps VALUES ('clock', 'Clock', NULL, 1, 1, 1, NULL)")
        .await
        .unwrap();
    pool.close().await;
}

#[tokio::test]
async fn the_one_provider_of_an_older_version_is_taken_over() {
    for (base_url, id, name) in [
        ("https://openrouter.ai/api/v1", "openrouter", "OpenRouter"),
        (
            "http://localhost:1234/v1",
            "custom",
            "OpenAI-compatible server",
        ),
    ] {
        let folder = TempDir::new().unwrap();
        old_database(folder.path(), base_url).await;
        assert!(holds(folder.path(), "sk-clear"));
        let environment = [("OLLAMA_API_URL", "http://localhost:2")];
        let app = TestApp::with(folder, &environment, Timeouts::default()).await;
        for key in ["sk-clear", "sk-older"] {
            assert!(!holds(app.folder.path(), key), "{key}");
        }
        let settings = app.get(MODELS).await.json();
        let providers = settings["providers"].as_array().unwrap();
        let saved = providers.iter().find(|provider| provider["id"] == id);
        assert_eq!(
            saved,
            Some(&json!({
                "id": id, "name": name, "kind": "openai", "baseUrl": base_url, "model": "a/b",
                "smallModel": "", "enabled": true, "hasKey": true, "fromEnvironment": false,
            }))
        );
        assert_eq!(
            settings["preferred"], id,
            "what was asked until now is still asked first"
        );
        assert_eq!(app.get("/api/apps").await.json()[0]["id"], "clock");
        let app = TestApp::with(stop(app).await, &environment, Timeouts::default()).await;
        assert_eq!(has_key(&app.get(MODELS).await.json(), id), true);
    }
}
