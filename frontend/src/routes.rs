//! Addresses of pages. Nothing else knows the text of a URL.

/// Start page.
pub(crate) const HOME: &str = "/";
/// Settings of provider and appearance.
pub(crate) const SETTINGS: &str = "/settings";

/// One app alone.
pub(crate) fn run(app_id: &str) -> String {
    format!("/apps/{app_id}/run")
}

/// The studio of one app.
pub(crate) fn studio(app_id: &str) -> String {
    format!("/apps/{app_id}")
}
