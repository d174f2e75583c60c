//! The site's files, and `index.html` for the addresses that the studio's own
//! router knows.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use protocol::error::ErrorCode;
use tower_http::services::ServeDir;

use super::documents;
use super::error::Failure;
use crate::state::AppState;

/// Folders whose files carry a hash in their names.
const HASHED: [&str; 3] = ["/assets/", "/deps/", "/types/"];
/// The files in these folders that don't.
const UNHASHED: [&str; 2] = ["/deps/manifest.json", "/types/types.json"];
/// Folders without pages: a missing file there is missing.
const FILES_ONLY: [&str; 6] = [
    "/api/",
    "/assets/",
    "/deps/",
    "/sandbox/",
    "/templates/",
    "/types/",
];

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers every address that is no route of the API.
pub(super) async fn serve(
    State(state): State<AppState>,
    request: Request,
) -> Result<Response, Failure> {
    let path = request.uri().path().to_owned();
    if path.starts_with("/api/") {
        return Err(missing(&path));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(method_not_allowed());
    }
    let mut request = request;
    let is_app =
        (state.app_origins.as_ref()).is_some_and(|origins| origins.is_app(request.headers()));
    if is_page(&path, request.headers()) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    // Shells on origins of their own let nobody but the named studio frame them:
    // under another name, as this machine's own, apps share the studio's shell.
    let origins = state
        .app_origins
        .as_deref()
        .filter(|origins| is_app || origins.is_studio(request.headers()));
    if let Some(answer) = documents::serve(&state, origins, request.uri().path(), is_app).await {
        return answer;
    }
    let response = files(state.site.folder())
        .try_call(request)
        .await
        .map_err(|error| Failure::internal(format!("`{path}` can't be read: {error}")))?;
    if response.status() == StatusCode::NOT_FOUND {
        return Err(missing(&path));
    }
    let mut response = response.map(Body::new);
    let is_hashed =
        HASHED.iter().any(|folder| path.starts_with(folder)) && !UNHASHED.contains(&path.as_str());
    let headers = response.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        if is_hashed { IMMUTABLE } else { REVALIDATE },
    );
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// The answer to a method that an address doesn't have.
pub(super) fn method_not_allowed() -> Failure {
    Failure::new(
        ErrorCode::NotFound,
        "this address doesn't have this method",
        "Which ones it has stands in `/api/openapi.json`.",
    )
    .with_status(StatusCode::METHOD_NOT_ALLOWED)
}

fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

fn missing(path: &str) -> Failure {
    Failure::new(
        ErrorCode::NotFound,
        format!("there is nothing at `{path}`"),
        "Check the address; after an update, reload the page.",
    )
}

/// Whether an address is one of the studio's pages: a browser asks for HTML,
/// and the name has no extension.
fn is_page(path: &str, headers: &HeaderMap) -> bool {
    if path == "/" {
        return true;
    }
    let accepts_html = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"));
    let last = path.rsplit('/').next().unwrap_or_default();
    accepts_html && !last.contains('.') && !FILES_ONLY.iter().any(|folder| path.starts_with(folder))
}
