//! What apps keep in collections: exchanged between browsers and the server.

use protocol::limits::{COLLECTION_MAX_DOCUMENTS, DOCUMENT_MAX_CHARS, EXCHANGE_MAX_DOCUMENTS};
use serde_json::{Value, json};

use crate::support::TestApp;

/// A browser with its place in the server's history.
struct Browser<'a> {
    app: &'a TestApp,
    address: String,
    epoch: u64,
    since: u64,
}

impl<'a> Browser<'a> {
    fn new(app: &'a TestApp, address: &str) -> Self {
        Self {
            app,
            address: format!("{address}/data"),
            epoch: 0,
            since: 0,
        }
    }

    /// Sends changes and follows the answer.
    async fn exchange(&mut self, changes: Value) -> Value {
        let body = json!({ "epoch": self.epoch, "since": self.since, "changes": changes });
        let answer = self.app.post(&self.address, &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = answer.json();
        self.epoch = answer["epoch"].as_u64().unwrap();
        self.since = answer["since"].as_u64().unwrap();
        answer
    }
}

fn text(id: &str, title: &str) -> String {
    json!({ "id": id, "title": title }).to_string()
}

fn change(id: &str, revision: u64, text: impl Into<Value>) -> Value {
    json!({ "collection": "todos", "id": id, "revision": revision, "text": text.into() })
}

fn taken(id: &str, revision: u64) -> Value {
    json!([{ "collection": "todos", "id": id, "revision": revision }])
}

#[tokio::test]
async fn documents_go_from_one_browser_to_the_other() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let (mut one, mut two) = (Browser::new(&app, &address), Browser::new(&app, &address));
    one.exchange(json!([])).await;
    let sent = one
        .exchange(json!([change("t", 0, Some(text("t", "milk")))]))
        .await;
    assert_eq!(sent["taken"], taken("t", 1));
    assert_eq!(sent["documents"], json!([]));

    let heard = two.exchange(json!([])).await;
    assert_eq!(
        heard["documents"],
        json!([change("t", 1, Some(text("t", "milk")))])
    );
    assert_eq!(two.exchange(json!([])).await["documents"], json!([]));

    let removed = two.exchange(json!([change("t", 1, Value::Null)])).await;
    assert_eq!(removed["taken"], taken("t", 2));
    let heard = one.exchange(json!([])).await;
    assert_eq!(heard["documents"], json!([change("t", 2, Value::Null)]));
}

#[tokio::test]
async fn a_change_of_another_revision_is_given_back_and_loses_nothing() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let (mut one, mut two) = (Browser::new(&app, &address), Browser::new(&app, &address));
    one.exchange(json!([])).await;
    two.exchange(json!([])).await;
    let first = change("t", 0, Some(text("t", "one")));
    one.exchange(json!([first])).await;
    let late = two
        .exchange(json!([change("t", 0, Some(text("t", "two")))]))
        .await;
    assert_eq!(late["taken"], json!([]));
    assert_eq!(
        late["documents"],
        json!([change("t", 1, Some(text("t", "one")))])
    );
    // The same again, as after an answer that was lost, is taken as it is.
    assert_eq!(one.exchange(json!([first])).await["taken"], taken("t", 1));
    let again = two
        .exchange(json!([change("t", 1, Some(text("t", "both")))]))
        .await;
    assert_eq!(again["taken"], taken("t", 2));
}

#[tokio::test]
async fn changes_for_an_app_that_was_made_anew_are_left_aside() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let mut browser = Browser::new(&app, &address);
    browser.exchange(json!([])).await;
    browser
        .exchange(json!([change("t", 0, Some(text("t", "old")))]))
        .await;
    let epoch = browser.epoch;
    app.delete(&address).await;
    app.post(
        &browser.address,
        &json!({ "epoch": epoch, "since": 1, "changes": [] }),
    )
    .await
    .failure(404, "not_found");
    app.create("a").await;
    let answer = browser
        .exchange(json!([change("t", 1, Some(text("t", "new")))]))
        .await;
    assert_ne!(browser.epoch, epoch);
    assert_eq!(
        (&answer["taken"], &answer["documents"]),
        (&json!([]), &json!([]))
    );
}

#[tokio::test]
async fn many_documents_come_in_parts() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let (mut one, mut two) = (Browser::new(&app, &address), Browser::new(&app, &address));
    one.exchange(json!([])).await;
    for part in 0..2 {
        let changes: Vec<_> = (0..EXCHANGE_MAX_DOCUMENTS)
            .map(|index| {
                let id = format!("{part}-{index}");
                change(&id, 0, Some(text(&id, "x")))
            })
            .collect();
        one.exchange(json!(changes)).await;
    }
    let mut counts = Vec::new();
    loop {
        let answer = two.exchange(json!([])).await;
        counts.push(answer["documents"].as_array().unwrap().len());
        if answer["more"] == json!(false) {
            break;
        }
    }
    assert_eq!(counts, [EXCHANGE_MAX_DOCUMENTS, EXCHANGE_MAX_DOCUMENTS]);
}

#[tokio::test]
async fn limits_hold_for_the_copy_too() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let mut browser = Browser::new(&app, &address);
    browser.exchange(json!([])).await;
    for start in (0..COLLECTION_MAX_DOCUMENTS).step_by(EXCHANGE_MAX_DOCUMENTS) {
        let changes: Vec<_> = (start..start + EXCHANGE_MAX_DOCUMENTS)
            .map(|index| {
                change(
                    &format!("d{index}"),
                    0,
                    Some(text(&format!("d{index}"), "")),
                )
            })
            .collect();
        let answer = browser.exchange(json!(changes)).await;
        assert_eq!(answer["refused"], json!([]));
    }
    let full = browser
        .exchange(json!([change("over", 0, Some(text("over", "")))]))
        .await;
    assert_eq!(full["refused"], taken("over", 0));
    let revision = browser.since;
    let freed = browser
        .exchange(json!([
            change("d0", 1, Value::Null),
            change("over", 0, Some(text("over", "")))
        ]))
        .await;
    assert_eq!(freed["refused"], json!([]));
    assert_eq!(browser.since, revision + 2);
}

#[tokio::test]
async fn what_no_browser_sends_is_refused() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let mut browser = Browser::new(&app, &address);
    browser.exchange(json!([])).await;
    let long = text("t", &"x".repeat(DOCUMENT_MAX_CHARS));
    let deep = format!(r#"{{"id":"t","a":{}{}}}"#, "[".repeat(16), "]".repeat(16));
    let half = r#"{"id":"t","a":"\ud83d"}"#.to_owned();
    let other = text("other", "");
    for bad in [long, deep, half, other, "[]".to_owned(), "{".to_owned()] {
        // The rest of the exchange goes on.
        let answer = browser
            .exchange(json!([
                change("t", 0, Some(bad)),
                change("gone", 0, Value::Null)
            ]))
            .await;
        assert_eq!(
            (&answer["refused"], &answer["taken"]),
            (&taken("t", 0), &taken("gone", 0))
        );
    }
    for (change, code) in [
        (change("", 0, Value::Null), "invalid_input"),
        (change(&"x".repeat(201), 0, Value::Null), "invalid_input"),
        (
            json!({ "collection": "x".repeat(201), "id": "t", "revision": 0, "text": null }),
            "invalid_input",
        ),
        (json!({ "id": "t" }), "invalid_body"),
    ] {
        let body = json!({ "epoch": 0, "since": 0, "changes": [change] });
        app.post(&browser.address, &body).await.failure(422, code);
    }
    let many = vec![change("t", 0, Value::Null); EXCHANGE_MAX_DOCUMENTS + 1];
    let body = json!({ "epoch": 0, "since": 0, "changes": many });
    app.post(&browser.address, &body)
        .await
        .failure(413, "too_large");
}

#[tokio::test]
async fn removals_are_kept_up_to_a_limit() {
    let app = TestApp::start().await;
    let address = app.create("a").await;
    let mut browser = Browser::new(&app, &address);
    browser.exchange(json!([])).await;
    let epoch = browser.epoch;
    browser
        .exchange(json!([change("stays", 0, Some(text("stays", "")))]))
        .await;
    let mut rounds = 0;
    while browser.epoch == epoch {
        let ids: Vec<_> = (0..EXCHANGE_MAX_DOCUMENTS)
            .map(|index| format!("{rounds}-{index}"))
            .collect();
        let made: Vec<_> = ids
            .iter()
            .map(|id| change(id, 0, Some(text(id, ""))))
            .collect();
        let made = browser.exchange(json!(made)).await;
        let gone: Vec<_> = made["taken"]
            .as_array()
            .unwrap()
            .iter()
            .map(|taken| {
                change(
                    taken["id"].as_str().unwrap(),
                    taken["revision"].as_u64().unwrap(),
                    Value::Null,
                )
            })
            .collect();
        browser.exchange(json!(gone)).await;
        rounds += 1;
        assert!(rounds < 100);
    }
    let mut other = Browser::new(&app, &address);
    let answer = other.exchange(json!([])).await;
    assert_eq!(
        (
            answer["documents"].as_array().unwrap().len(),
            &answer["more"]
        ),
        (1, &json!(false))
    );
}
