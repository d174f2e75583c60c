//! The three files that say something else where apps have origins of their
//! own: the page is told the origins, the shell whom it may answer, and the
//! service worker that its copy of the page is another one. It is, too, where
//! pages ask language models themselves.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use crate::app_origins::AppOrigins;
use crate::state::AppState;

pub(super) const SHELL: &str = "/sandbox/shell.html";

/// Answers with such a file; `None` for all others.
pub(super) async fn serve(
    state: &AppState,
    origins: Option<&AppOrigins>,
    path: &str,
    is_app: bool,
) -> Option<Result<Response, Failure>> {
    let (empty, filled, kind) = match (path, origins) {
        (SHELL, Some(origins)) if is_app => (
            r#"<meta name="cumulet-studio" content="">"#,
            format!(
                r#"<meta name="cumulet-studio" content="{}">"#,
                origins.studio()
            ),
            "text/html",
        ),
        ("/index.html", Some(origins)) => (
            r#"<meta name="cumulet-app-origins" content="" />"#,
            format!(
                r#"<meta name="cumulet-app-origins" content="{}" />"#,
                origins.template()
            ),
            "text/html",
        ),
        ("/sw.js", _) => {
            let mut variant = origins.map(AppOrigins::template).unwrap_or_default();
            if state.direct_models {
                variant.push_str("+direct");
            }
            if variant.is_empty() {
                return None;
            }
            (
                "",
                format!("self.CUMULET_VARIANT={variant:?};\n"),
                "text/javascript",
            )
        }
        _ => return None,
    };
    let file = state.site.folder().join(path.trim_start_matches('/'));
    let read = tokio::fs::read_to_string(&file).await;
    Some(match read {
        Ok(text) if text.contains(empty) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static(kind)),
                (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ];
            let changed = text.replacen(empty, &filled, 1);
            Ok((StatusCode::OK, headers, changed).into_response())
        }
        Ok(_) => Err(Failure::internal(format!(
            "`{path}` has no place for the origins of apps"
        ))),
        Err(error) => Err(Failure::internal(format!(
            "`{path}` can't be read: {error}"
        ))),
    })
}
