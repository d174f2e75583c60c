//! `POST /api/apps/{id}/fetch`: what apps reach outside, and what they don't.

use std::collections::HashMap;
use std::net::IpAddr;

use protocol::limits::{
    FETCH_MAX_REDIRECTS, FETCH_MAX_RESPONSE_BYTES, FETCH_PER_MINUTE, PICTURE_MAX_BYTES,
    PICTURES_PER_MINUTE,
};
use serde_json::{Value, json};

use crate::support::{Answer, KnownNames, Reply, TestApp, Upstream};

const PATH: &str = "/api/apps/board/fetch";
const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// A server with the app `board`, whose apps may reach the loopback address and `open.example`.
async fn server() -> TestApp {
    let names = KnownNames(HashMap::from([
        ("open.example", vec![LOOPBACK]),
        ("private.example", vec![LOOPBACK]),
        (
            "mixed.example",
            vec!["93.184.215.14".parse().unwrap(), LOOPBACK],
        ),
        ("six.example", vec!["::ffff:127.0.0.1".parse().unwrap()]),
        ("metadata.example", vec!["169.254.169.254".parse().unwrap()]),
    ]));
    let app = TestApp::with_outside(&["127.0.0.1", "open.example"], names).await;
    app.create("board").await;
    app
}

fn ok(body: &str) -> Reply {
    Reply::new("200 OK", "text/plain").chunk(body.as_bytes())
}

fn redirect(status: &str, to: &str) -> Reply {
    Reply::new(status, "text/plain").header(&format!("location: {to}"))
}

fn host(upstream: &Upstream) -> String {
    upstream.url().trim_start_matches("http://").to_owned()
}

fn request(method: &str, url: &str) -> Value {
    json!({ "url": url, "method": method, "headers": [] })
}

async fn ask(app: &TestApp, request: &Value, hosts: &[&str]) -> Answer {
    let body = json!({ "request": request, "hosts": hosts });
    app.post(PATH, &body).await
}

/// Asks for a path of an upstream that is allowed.
async fn get(app: &TestApp, upstream: &Upstream, path: &str) -> Answer {
    let url = format!("{}{path}", upstream.url());
    ask(app, &request("GET", &url), &[&host(upstream)]).await
}

#[tokio::test]
async fn sends_a_request_and_gives_the_answer_without_what_is_for_browsers() {
    let reply = Reply::new("201 Created", "text/plain")
        .header("x-answer: yes")
        .header("set-cookie: session=1")
        .header("clear-site-data: \"*\"")
        .chunk(b"made");
    let upstream = Upstream::openai(vec![("/notes?a=1", reply)]).await;
    let app = server().await;
    let request = json!({
        "url": format!("{}/notes?a=1#part", upstream.url()), "method": "POST",
        "headers": [["X-Own", "1"], ["content-type", "application/json"]], "body": "eyJhIjoxfQ==",
    });
    let answer = ask(&app, &request, &[&host(&upstream)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let json = answer.json();
    let response = &json["response"];
    assert_eq!(json["type"], "response");
    assert_eq!(response["status"], 201);
    assert_eq!(response["body"], "bWFkZQ==");
    assert_eq!(response["url"], format!("{}/notes?a=1", upstream.url()));
    assert_eq!(response["leftOut"], Value::Null);
    let headers = response["headers"].to_string();
    assert!(headers.contains(r#"["x-answer","yes"]"#), "{headers}");
    assert!(
        !headers.contains("cookie") && !headers.contains("clear-site"),
        "{headers}"
    );
    let received = &upstream.received("/notes")[0];
    assert_eq!(received.body, json!({ "a": 1 }));
    let head = received.head.to_lowercase();
    assert!(
        head.contains("x-own: 1") && head.contains("content-type: application/json"),
        "{head}"
    );
    assert!(
        !head.contains("origin:") && !head.contains("referer:"),
        "{head}"
    );
}

#[tokio::test]
async fn headers_that_speak_for_others_are_left_out_and_named() {
    let upstream = Upstream::openai(vec![("/", ok("x"))]).await;
    let app = server().await;
    let given = [
        "Cookie",
        "Authorization",
        "Host",
        "Origin",
        "Referer",
        "X-Forwarded-For",
        "Forwarded",
        "Via",
        "Proxy-Authorization",
        "Sec-Fetch-Site",
        "Transfer-Encoding",
        "Content-Length",
        "Connection",
        "X-HTTP-Method-Override",
        "Metadata-Flavor",
        "X-aws-ec2-metadata-token",
    ];
    let mut request = request("GET", upstream.url());
    request["headers"] = given.iter().map(|name| json!([name, "evil"])).collect();
    let answer = ask(&app, &request, &[&host(&upstream)]).await;
    let json = answer.json();
    assert_eq!(
        json["response"]["leftOut"].as_array().unwrap().len(),
        given.len(),
        "{json}"
    );
    let received = &upstream.received("/")[0];
    assert!(!received.head.contains("evil"), "{}", received.head);
}

#[tokio::test]
async fn requests_that_are_none_are_refused() {
    let app = server().await;
    let good = request("GET", "https://open.example/");
    for change in [
        json!({ "method": "CONNECT" }),
        json!({ "method": "TRACE" }),
        json!({ "method": "GET / HTTP/1.1\r\nHost: x" }),
        json!({ "headers": [["a\r\nb", "c"]] }),
        json!({ "headers": [["a", "b\r\nCookie: c"]] }),
        json!({ "headers": [["a", "b\n c"]] }),
        json!({ "body": "not Base64!" }),
        json!({ "body": "A".repeat(400_000) }),
        json!({ "url": "/api/apps" }),
        json!({ "url": "file:///etc/passwd" }),
        json!({ "url": "gopher://open.example/" }),
        json!({ "url": "http://elsewhere.example/" }),
        json!({ "url": "https://user:secret@open.example/" }),
        json!({ "url": format!("https://open.example/{}", "x".repeat(5_000)) }),
    ] {
        let mut request = good.clone();
        for (key, value) in change.as_object().unwrap() {
            request[key] = value.clone();
        }
        let answer = ask(&app, &request, &["open.example"]).await;
        answer.failure(422, "invalid_input");
    }
    let mut unknown = good.clone();
    unknown["credentials"] = json!("include");
    ask(&app, &unknown, &[]).await.failure(422, "invalid_body");
}

#[tokio::test]
async fn private_addresses_are_refused_in_every_notation() {
    let app = server().await;
    for host in [
        "localhost",
        "127.0.0.2",
        "127.1.1",
        "2130706434",
        "0x7f.0.0.2",
        "0177.0.0.2",
        "[::1]",
        "0.0.0.0",
        "169.254.169.254",
        "2852039166",
        "metadata.google.internal",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "100.100.100.200",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ] {
        let url = format!("https://{host}/");
        let allowed = url::Url::parse(&url)
            .unwrap()
            .host_str()
            .unwrap()
            .to_owned();
        let answer = ask(&app, &request("GET", &url), &[host, &allowed]).await;
        answer.failure(403, "forbidden_address");
    }
}

#[tokio::test]
async fn names_that_stand_for_private_addresses_are_refused() {
    let app = server().await;
    for host in [
        "private.example",
        "mixed.example",
        "six.example",
        "metadata.example",
    ] {
        let answer = ask(&app, &request("GET", &format!("https://{host}/")), &[host]).await;
        let message = answer.failure(403, "forbidden_address");
        assert!(message.contains(host), "{message}");
    }
    let missing = ask(
        &app,
        &request("GET", "https://gone.example/"),
        &["gone.example"],
    )
    .await;
    missing.failure(502, "outside_unreachable");
}

#[tokio::test]
async fn a_name_is_looked_up_for_every_request_and_connected_to_what_was_looked_at() {
    let upstream = Upstream::openai(vec![("/", ok("x"))]).await;
    let app = server().await;
    let port = host(&upstream).rsplit(':').next().unwrap().to_owned();
    let url = format!("http://open.example:{port}/");
    let allowed = format!("open.example:{port}");
    assert_eq!(
        ask(&app, &request("GET", &url), &[&allowed]).await.status,
        200
    );
    // The same address under a name that nobody exempted.
    let url = format!("https://private.example:{port}/");
    let allowed = format!("private.example:{port}");
    let answer = ask(&app, &request("GET", &url), &[&allowed]).await;
    answer.failure(403, "forbidden_address");
    assert_eq!(upstream.received("/").len(), 1);
}

#[tokio::test]
async fn redirects_are_looked_at_like_the_first_address() {
    let other = Upstream::openai(vec![("/", ok("other"))]).await;
    let routes = vec![
        ("/near", redirect("302 Found", "/end")),
        ("/end", ok("end")),
        (
            "/metadata",
            redirect("302 Found", "https://169.254.169.254/latest"),
        ),
        (
            "/name",
            redirect("307 Temporary Redirect", "https://private.example/"),
        ),
        ("/file", redirect("302 Found", "file:///etc/passwd")),
        ("/plain", redirect("302 Found", "http://elsewhere.example/")),
        ("/other", redirect("302 Found", other.url())),
        ("/loop", redirect("302 Found", "/loop")),
    ];
    let upstream = Upstream::openai(routes).await;
    let app = server().await;
    let near = get(&app, &upstream, "/near").await.json();
    assert_eq!(near["response"]["body"], "ZW5k");
    assert_eq!(near["response"]["url"], format!("{}/end", upstream.url()));
    get(&app, &upstream, "/metadata")
        .await
        .failure(403, "forbidden_address");
    get(&app, &upstream, "/file")
        .await
        .failure(422, "invalid_input");
    get(&app, &upstream, "/plain")
        .await
        .failure(422, "invalid_input");
    // To a host that the person didn't allow: told, and nothing is sent there.
    for (path, to) in [
        ("/other", format!("{}/", other.url())),
        ("/name", "https://private.example/".to_owned()),
    ] {
        let answer = get(&app, &upstream, path).await.json();
        assert_eq!(answer, json!({ "type": "redirected", "url": to }));
    }
    assert_eq!(other.received("/").len(), 0);
    get(&app, &upstream, "/loop")
        .await
        .failure(502, "outside_unreachable");
    assert_eq!(upstream.received("/loop").len(), FETCH_MAX_REDIRECTS + 1);
}

#[tokio::test]
async fn a_redirect_after_a_post_is_got_without_the_body() {
    let routes = vec![
        ("/form", redirect("303 See Other", "/made")),
        ("/kept", redirect("308 Permanent Redirect", "/made")),
        ("/made", ok("made")),
    ];
    let upstream = Upstream::openai(routes).await;
    let app = server().await;
    for path in ["/form", "/kept"] {
        let mut request = request("POST", &format!("{}{path}", upstream.url()));
        request["body"] = json!("eyJhIjoxfQ==");
        assert_eq!(ask(&app, &request, &[&host(&upstream)]).await.status, 200);
    }
    let made = upstream.received("/made");
    assert!(made[0].head.starts_with("GET ") && made[0].body.is_null());
    assert!(made[1].head.starts_with("POST ") && made[1].body == json!({ "a": 1 }));
}

#[tokio::test]
async fn hosts_that_the_person_did_not_allow_are_not_asked() {
    let upstream = Upstream::openai(vec![("/", ok("x"))]).await;
    let app = server().await;
    let port_of_another = ["127.0.0.1", "127.0.0.1:1"];
    let answer = ask(&app, &request("GET", upstream.url()), &port_of_another).await;
    assert_eq!(answer.json()["type"], "redirected");
    assert_eq!(upstream.received("/").len(), 0);
}

#[tokio::test]
async fn large_and_broken_answers_are_refused() {
    let large = "x".repeat(FETCH_MAX_RESPONSE_BYTES);
    let routes = vec![
        ("/most", ok(&large)),
        ("/more", ok(&large).chunk(b"x")),
        ("/cut", ok("half").cut()),
        ("/nothing", Reply::nothing()),
    ];
    let upstream = Upstream::openai(routes).await;
    let app = server().await;
    assert_eq!(get(&app, &upstream, "/most").await.status, 200);
    get(&app, &upstream, "/more")
        .await
        .failure(413, "too_large");
    get(&app, &upstream, "/cut")
        .await
        .failure(502, "outside_unreachable");
    get(&app, &upstream, "/nothing")
        .await
        .failure(502, "outside_unreachable");
}

/// Asks for a path of an upstream as a picture.
async fn picture(app: &TestApp, upstream: &Upstream, request: Value) -> Answer {
    let body = json!({ "request": request, "hosts": [host(upstream)], "isPicture": true });
    app.post(PATH, &body).await
}

#[tokio::test]
async fn a_picture_is_one_and_has_limits_of_its_own() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    let of = |content_type: &str, start: &[u8], size: usize| {
        let mut body = start.to_vec();
        body.resize(size, 0);
        Reply::new("200 OK", content_type).chunk(&body)
    };
    let large = FETCH_MAX_RESPONSE_BYTES + 1;
    let upstream = Upstream::openai(vec![
        ("/large", of("image/jpeg", PNG, large)),
        ("/larger", of("image/png", PNG, PICTURE_MAX_BYTES + 1)),
        ("/page", of("text/html", PNG, 100)),
        ("/fake", of("image/png", b"<html>", 100)),
        ("/gone", Reply::new("404 Not Found", "image/png").chunk(PNG)),
    ])
    .await;
    let app = server().await;
    let get = |path: &str| request("GET", &format!("{}{path}", upstream.url()));
    let answer = picture(&app, &upstream, get("/large")).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let response = &answer["response"];
    assert_eq!(response["headers"], json!([["content-type", "image/png"]]));
    picture(&app, &upstream, get("/larger"))
        .await
        .failure(413, "too_large");
    for path in ["/page", "/fake", "/gone"] {
        picture(&app, &upstream, get(path))
            .await
            .failure(502, "outside_unreachable");
    }
    let post = request("POST", upstream.url());
    picture(&app, &upstream, post)
        .await
        .failure(422, "invalid_input");
    picture(&app, &upstream, request("GET", "https://169.254.169.254/"))
        .await
        .failure(403, "forbidden_address");
    // As many as there may be, of which some are gone already.
    for _ in 7..PICTURES_PER_MINUTE {
        picture(&app, &upstream, get("/page")).await;
    }
    picture(&app, &upstream, get("/page"))
        .await
        .failure(429, "rate_limited");
    let plain = ask(&app, &get("/page"), &[&host(&upstream)]).await;
    assert_eq!(plain.status, 200);
}

#[tokio::test]
async fn an_app_has_a_number_of_requests_a_minute() {
    let upstream = Upstream::openai(vec![("/", ok("x"))]).await;
    let app = server().await;
    app.create("other").await;
    for _ in 0..FETCH_PER_MINUTE {
        assert_eq!(get(&app, &upstream, "/").await.status, 200);
    }
    let answer = get(&app, &upstream, "/").await;
    answer.failure(429, "rate_limited");
    assert_eq!(answer.header("retry-after"), "60");
    let body = json!({ "request": request("GET", upstream.url()), "hosts": [host(&upstream)] });
    assert_eq!(app.post("/api/apps/other/fetch", &body).await.status, 200);
    assert_eq!(upstream.received("/").len(), FETCH_PER_MINUTE + 1);
}

#[tokio::test]
async fn only_apps_that_there_are_may_ask() {
    let app = server().await;
    let body = json!({ "request": request("GET", "https://open.example/"), "hosts": [] });
    app.post("/api/apps/none/fetch", &body)
        .await
        .failure(404, "not_found");
}
