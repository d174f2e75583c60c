//! Addresses of pages. Nothing else knows the text of a URL.

/// Start page.
pub(crate) const HOME: &str = "/";
/// Settings of language models and appearance.
pub(crate) const SETTINGS: &str = "/settings";
/// How the language models fare.
pub(crate) const HEALTH: &str = "/settings/health";

/// One app alone.
pub(crate) fn run(app_id: &str) -> String {
    format!("/apps/{app_id}/run")
}

/// Whether an address is that of an app alone.
pub(crate) fn is_run(path: &str) -> bool {
    path.starts_with("/apps/") && path.ends_with("/run")
}

/// The studio of one app.
pub(crate) fn studio(app_id: &str) -> String {
    format!("/apps/{app_id}")
}
