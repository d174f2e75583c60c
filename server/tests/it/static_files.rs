//! The site's files: which file, which headers, how long it may be kept.

use std::fs;

use reqwest::Method;

use crate::support::{STUDIO_POLICY, TestApp};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn pages_of_the_studio_are_index_html() {
    let app = TestApp::start().await;
    for path in ["/", "/apps/board", "/settings"] {
        let request = app
            .request(Method::GET, path)
            .header("accept", "text/html,*/*;q=0.8");
        let answer = app.send(request).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains("<title>Cumulet"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            STUDIO_POLICY,
            "{path}"
        );
        assert!(!answer.header("last-modified").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn what_is_missing_is_no_page() {
    let app = TestApp::start().await;
    for path in [
        "/assets/old-1.js",
        "/deps/x",
        "/types/x",
        "/sandbox/x",
        "/favicon.ico",
        "/assets",
        "/api/x",
    ] {
        let request = app.request(Method::GET, path).header("accept", "text/html");
        let answer = app.send(request).await;
        if path == "/assets" {
            // A folder's bare name looks like a page's; it shows the studio's own "not found".
            assert_eq!(answer.status, 200);
            continue;
        }
        answer.failure(404, "not_found");
        assert_eq!(
            answer.header("content-security-policy"),
            STUDIO_POLICY,
            "{path}"
        );
        assert_ne!(answer.header("cache-control"), IMMUTABLE, "{path}");
    }
    app.get("/settings").await.failure(404, "not_found");
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let app = TestApp::start().await;
    assert!(app.folder.path().join("test.sqlite3").is_file());
    for path in [
        "/..%2ftest.sqlite3",
        "/assets/..%2f..%2ftest.sqlite3",
        "/%2e%2e/test.sqlite3",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_asked_for_again() {
    let app = TestApp::start().await;
    for (path, expected) in [
        ("/assets/studio-1a2b.js", IMMUTABLE),
        ("/deps/react-1.js", IMMUTABLE),
        ("/deps/manifest.json", "no-cache"),
        ("/types/react-1a2b.json", IMMUTABLE),
        ("/types/types.json", "no-cache"),
        ("/templates/index.json", "no-cache"),
        ("/sandbox/shell.html", "no-cache"),
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), expected, "{path}");
        let request = app
            .request(Method::GET, path)
            .header("if-modified-since", answer.header("last-modified"));
        let again = app.send(request).await;
        assert_eq!(again.status, 304, "{path}");
        for name in ["content-security-policy", "x-content-type-options"] {
            assert_eq!(again.header(name), answer.header(name), "{name} of {path}");
        }
    }
}

#[tokio::test]
async fn compressed_files_are_preferred() {
    let app = TestApp::start().await;
    for (accepted, encoding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("identity", "", "console.log(1)"),
    ] {
        let request = app
            .request(Method::GET, "/assets/studio-1a2b.js")
            .header("accept-encoding", accepted);
        let answer = app.send(request).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.body.as_str()),
            (encoding, body)
        );
        assert_eq!(answer.header("content-type"), "text/javascript");
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
}

#[tokio::test]
async fn only_the_shell_has_the_shells_policies() {
    let app = TestApp::start().await;
    let shell = app.get("/sandbox/shell.html").await;
    assert_eq!(
        shell.header("content-security-policy"),
        "sandbox allow-scripts"
    );
    assert_eq!(shell.header("connection-allowlist"), "()");
    assert_eq!(shell.header("x-content-type-options"), "");
    let index = app.get("/index.html").await;
    assert_eq!(index.header("content-security-policy"), STUDIO_POLICY);
    assert_eq!(index.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_failure_of_the_server_has_the_policies_too() {
    let app = TestApp::start().await;
    let folder = app.folder.path().join("site/templates");
    fs::remove_file(folder.join("index.json")).unwrap();
    // A folder in a file's place can be named, but not read.
    fs::create_dir(folder.join("index.json")).unwrap();
    let answers = [
        app.get("/templates/index.json").await,
        app.send(app.request(Method::DELETE, "/")).await,
        app.send(app.request(Method::GET, "/").header("host", "evil.example"))
            .await,
    ];
    for answer in answers {
        assert!(answer.status.as_u16() >= 400, "{answer:?}");
        assert_eq!(
            answer.header("content-security-policy"),
            STUDIO_POLICY,
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn policies_follow_a_rebuild() {
    let app = TestApp::start().await;
    let file = app.folder.path().join("site/headers.json");
    let policies = r#"{"shell": {"Content-Security-Policy": "sandbox"},
        "subdomain": {"Content-Security-Policy": "default-src 'none'"},
        "host": {"Content-Security-Policy": "default-src 'none'"},
        "direct": {"Content-Security-Policy": "default-src 'none'"}}"#;
    fs::write(&file, policies).unwrap();
    assert_eq!(
        app.get("/").await.header("content-security-policy"),
        "default-src 'none'"
    );
    // In the middle of the next rebuild, the policies before stay.
    fs::write(&file, "{").unwrap();
    assert_eq!(
        app.get("/").await.header("content-security-policy"),
        "default-src 'none'"
    );
    fs::remove_file(&file).unwrap();
    assert_eq!(
        app.get("/").await.header("content-security-policy"),
        "default-src 'none'"
    );
}

#[tokio::test]
async fn only_pages_may_ask_models_and_only_where_that_is_switched_on() {
    let app = TestApp::with_direct_models().await;
    for (path, policy) in [
        ("/", "connect-src 'self' models"),
        ("/settings", "connect-src 'self' models"),
        ("/assets/studio-1a2b.js", STUDIO_POLICY),
        ("/api/health", STUDIO_POLICY),
        ("/sandbox/shell.html", "sandbox allow-scripts"),
    ] {
        let answer = app
            .send(app.request(Method::GET, path).header("accept", "text/html"))
            .await;
        assert_eq!(answer.header("content-security-policy"), policy, "{path}");
    }
    // Browsers that kept the page with the other policies get it anew.
    assert_eq!(
        app.get("/sw.js").await.body,
        "self.CUMULET_VARIANT=\"+direct\";\nworker()"
    );
    assert_eq!(TestApp::start().await.get("/sw.js").await.body, "worker()");
}
