//! Apps: creating, changing, conflicts, history, limits.

use protocol::limits::{MAX_FILE_BYTES, MAX_FILES};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestApp;

fn change(base: u64, changes: &Value) -> Value {
    json!({ "baseRevision": base, "changes": changes, "author": "person", "message": "edit" })
}

#[tokio::test]
async fn an_app_is_created_read_listed_renamed() {
    let app = TestApp::start().await;
    let body =
        json!({ "name": " Board ", "template": "kanban", "files": { "src/App.tsx": "één 🦀" } });
    let created = app.post("/api/apps", &body).await;
    assert_eq!(created.status, 201);
    let expected = json!({
        "id": "id-2", "name": "Board", "template": "kanban", "revision": 1,
        "createdMs": 1_000_000, "updatedMs": 1_000_000, "files": { "src/App.tsx": "één 🦀" },
    });
    assert_eq!(created.json(), expected);
    assert_eq!(app.get("/api/apps/id-2").await.json(), expected);

    let path = app.create("second").await;
    let request = app
        .request(Method::PATCH, "/api/apps/id-2")
        .json(&json!({ "name": "Wall" }));
    let renamed = app.send(request).await.json();
    assert_eq!(
        (&renamed["name"], &renamed["revision"]),
        (&json!("Wall"), &json!(1))
    );
    let list = app.get("/api/apps").await.json();
    assert_eq!(
        [&list[0]["id"], &list[1]["id"]],
        [&json!("id-2"), &json!("second")]
    );
    app.post("/api/apps", &json!({ "id": "second", "name": "x" }))
        .await
        .failure(409, "conflict");
    assert_eq!(app.get(&path).await.json()["name"], "Board");
}

#[tokio::test]
async fn history_keeps_every_revision() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    let changes = format!("{path}/changes");
    let answer = app
        .post(
            &changes,
            &change(1, &json!({ "src/App.tsx": "two", "b.css": "\0x" })),
        )
        .await;
    assert_eq!(answer.json()["revision"], 2);
    app.post(&changes, &change(2, &json!({ "b.css": null })))
        .await;
    app.post(&changes, &change(3, &json!({ "src/App.tsx": "one" })))
        .await;

    let files = async |revision: u64| app.get(&format!("/api/apps/a/revisions/{revision}")).await;
    assert_eq!(files(1).await.json(), json!({ "src/App.tsx": "one" }));
    assert_eq!(
        files(2).await.json(),
        json!({ "src/App.tsx": "two", "b.css": "\0x" })
    );
    assert_eq!(files(3).await.json(), json!({ "src/App.tsx": "two" }));
    assert_eq!(files(4).await.json(), json!({ "src/App.tsx": "one" }));
    files(5).await.failure(404, "not_found");
    files(0).await.failure(404, "not_found");
    app.get(&format!("{path}/revisions/x"))
        .await
        .failure(422, "invalid_input");

    let history = app.get(&format!("{path}/revisions")).await.json();
    assert_eq!(history.as_array().unwrap().len(), 4);
    assert_eq!(
        history[2],
        json!({
            "revision": 2, "author": "person", "message": "edit",
            "paths": ["b.css", "src/App.tsx"], "createdMs": 1_001_000,
        })
    );
}

#[tokio::test]
async fn a_change_to_an_older_revision_is_a_conflict() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    let changes = format!("{path}/changes");
    app.post(&changes, &change(1, &json!({ "src/App.tsx": "two" })))
        .await;
    let late = app
        .post(&changes, &change(1, &json!({ "src/App.tsx": "three" })))
        .await;
    assert!(late.failure(409, "conflict").contains("revision 2"));
    assert_eq!(app.get(&path).await.json()["files"]["src/App.tsx"], "two");
}

#[tokio::test]
async fn of_two_writers_at_once_one_wins_and_one_is_told() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    let changes = format!("{path}/changes");
    for round in 1..=20 {
        let [left, right] = ["left", "right"]
            .map(|side| change(round, &json!({ "f.ts": format!("{side} {round}") })));
        let (left, right) = tokio::join!(app.post(&changes, &left), app.post(&changes, &right));
        let mut statuses = [left.status.as_u16(), right.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
        let winner = if left.status == 200 { "left" } else { "right" };
        let now = app.get(&path).await.json();
        assert_eq!(now["revision"], round + 1);
        assert_eq!(now["files"]["f.ts"], format!("{winner} {round}"));
    }
}

#[tokio::test]
async fn a_change_that_changes_nothing_makes_no_revision() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    let same = json!({ "src/App.tsx": "one", "gone.ts": null });
    let answer = app
        .post(&format!("{path}/changes"), &change(1, &same))
        .await;
    assert_eq!(answer.json()["revision"], 1);
}

#[tokio::test]
async fn paths_can_not_leave_the_app() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    for bad in [
        "../../x",
        "/etc/passwd",
        "a\\b",
        "",
        "src//x",
        "src/./x",
        "src",
    ] {
        let mut files = serde_json::Map::new();
        files.insert(bad.to_owned(), json!("x"));
        let answer = app
            .post(&format!("{path}/changes"), &change(1, &json!(files)))
            .await;
        let message = answer.failure(422, "invalid_input");
        assert!(message.contains(&format!("`{bad}`")), "{message}");
        if bad != "src" {
            let body = json!({ "name": "x", "files": files });
            app.post("/api/apps", &body)
                .await
                .failure(422, "invalid_input");
        }
    }
    assert_eq!(app.get(&path).await.json()["revision"], 1);
}

#[tokio::test]
async fn limits_are_kept_and_named() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    let changes = format!("{path}/changes");
    let ten = "x".repeat(10 * 1024 * 1024);
    let message = app
        .post(&changes, &change(1, &json!({ "big.txt": ten })))
        .await
        .failure(413, "too_large");
    assert_eq!(
        message,
        "`big.txt` has 10 MB; the limit for one file is 1 MB"
    );

    let many: serde_json::Map<_, _> = (0..MAX_FILES)
        .map(|n| (format!("f{n}"), json!("")))
        .collect();
    app.post(&changes, &change(1, &json!(many)))
        .await
        .failure(413, "too_large");

    // Each within its limit, together over the app's, and over several changes.
    let full = "x".repeat(MAX_FILE_BYTES);
    let answer = app
        .post(
            &changes,
            &change(1, &json!({ "1": full, "2": full, "3": full, "4": full })),
        )
        .await;
    assert_eq!(answer.status, 200);
    app.post(&changes, &change(2, &json!({ "5": full })))
        .await
        .failure(413, "too_large");
    assert_eq!(app.get(&path).await.json()["revision"], 2);

    for name in ["", "  ", "two\nlines", &"x".repeat(81)] {
        app.post("/api/apps", &json!({ "name": name }))
            .await
            .failure(422, "invalid_input");
    }
    for id in ["", "Upper", "../x", "x".repeat(41).as_str()] {
        let body = json!({ "id": id, "name": "x" });
        app.post("/api/apps", &body)
            .await
            .failure(422, "invalid_input");
    }
}

#[tokio::test]
async fn a_deleted_app_is_gone_until_it_is_restored() {
    let app = TestApp::start().await;
    let path = app.create("a").await;
    assert_eq!(app.delete(&path).await.status, 204);
    for address in [
        path.clone(),
        format!("{path}/revisions"),
        format!("{path}/messages"),
    ] {
        app.get(&address).await.failure(404, "not_found");
    }
    app.delete(&path).await.failure(404, "not_found");
    assert_eq!(app.get("/api/apps").await.json(), json!([]));

    let restored = app.post(&format!("{path}/restore"), &json!({})).await;
    assert_eq!(
        (restored.status.as_u16(), &restored.json()["revision"]),
        (200, &json!(1))
    );
    assert_eq!(app.get(&path).await.json()["files"]["src/App.tsx"], "one");

    // Its id is free for a new app, which has nothing of the old one.
    app.delete(&path).await;
    let created = app
        .post("/api/apps", &json!({ "id": "a", "name": "New" }))
        .await;
    assert_eq!(created.status, 201);
    assert_eq!(app.get(&path).await.json()["files"], json!({}));
    app.post("/api/apps/none/restore", &json!({}))
        .await
        .failure(404, "not_found");
}
