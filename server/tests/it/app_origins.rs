//! Origins of apps: what the server answers under their names, and what it
//! tells the studio's page of them.

use cumulet_server::app_origins::AppOrigins;
use reqwest::Method;

use crate::support::TestApp;

const STUDIO: &str = "http://127.0.0.1:4321 http://localhost:4321";

async fn start() -> TestApp {
    TestApp::with_app_origins(AppOrigins::new("http://{app}.localhost:4321", &[]).unwrap()).await
}

#[tokio::test]
async fn an_apps_name_has_the_shell_and_nothing_else() {
    let app = start().await;
    let ask = |method: Method, path: &str, host: &str| {
        app.send(app.request(method, path).header("host", host))
    };
    let shell = ask(Method::GET, "/sandbox/shell.html", "k7.localhost:4321").await;
    assert_eq!(shell.status, 200);
    assert_eq!(
        shell.header("content-security-policy"),
        format!("default-src 'none'; frame-ancestors {STUDIO}")
    );
    assert_eq!(shell.header("connection-allowlist"), "()");
    assert!(
        shell
            .body
            .contains(&format!(r#"name="cumulet-studio" content="{STUDIO}""#)),
        "{}",
        shell.body
    );
    for (method, path, host) in [
        (Method::GET, "/", "k7.localhost:4321"),
        (Method::GET, "/index.html", "k7.localhost:4321"),
        (Method::GET, "/sw.js", "k7.localhost:4321"),
        (Method::GET, "/deps/react-1.js", "k7.localhost:4321"),
        (Method::GET, "/api/apps", "k7.localhost:4321"),
        (Method::POST, "/api/apps", "k7.localhost:4321"),
        (Method::POST, "/sandbox/shell.html", "k7.localhost:4321"),
        (Method::GET, "/sandbox/shell.html", "a.b.localhost:4321"),
    ] {
        let answer = ask(method, path, host).await;
        answer.failure(404, "not_found");
        // Refusals have the strict policies as well.
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_studio_is_told_where_its_apps_are() {
    let app = start().await;
    let page = app.get("/").await;
    assert!(
        page.body
            .contains(r#"name="cumulet-app-origins" content="http://{app}.localhost:4321""#),
        "{}",
        page.body
    );
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'self'; frame-src 'self' http://*.localhost:4321"
    );
    assert_eq!(page.header("cache-control"), "no-cache");
    // Another script, so that browsers fetch the page anew when this changes.
    let worker = app.get("/sw.js").await;
    assert_eq!(
        worker.body,
        "self.CUMULET_VARIANT=\"http://{app}.localhost:4321\";\nworker()"
    );
    assert_eq!(worker.header("content-type"), "text/javascript");
    // The studio's own shell stays as it is, for when there is no network.
    let shell = app.get("/sandbox/shell.html").await;
    assert_eq!(
        shell.header("content-security-policy"),
        "sandbox allow-scripts"
    );
    assert!(shell.body.contains(r#"name="cumulet-studio" content="""#));
}

#[tokio::test]
async fn without_them_the_files_are_as_built() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/sw.js").await.body, "worker()");
    let page = app.get("/").await;
    assert!(
        page.body
            .contains(r#"name="cumulet-app-origins" content="""#)
    );
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'self'; frame-src 'self'"
    );
}
