//! Apps, their files and conversations.

use protocol::app::{App, AppSummary, ChangeFiles, Changed, CreateApp, Health, Message, RenameApp};

use super::client::{Method, send, send_empty};
use super::error::Result;

/// `GET /api/health`.
pub(crate) async fn health() -> Result<Health> {
    send(Method::Get, "/api/health", None::<&()>, None).await
}

/// `GET /api/apps`.
pub(crate) async fn list_apps() -> Result<Vec<AppSummary>> {
    send(Method::Get, "/api/apps", None::<&()>, None).await
}

/// `GET /api/apps/{id}`.
pub(crate) async fn get_app(id: &str) -> Result<App> {
    send(Method::Get, &format!("/api/apps/{id}"), None::<&()>, None).await
}

/// `POST /api/apps`.
pub(crate) async fn create_app(body: &CreateApp) -> Result<App> {
    send(Method::Post, "/api/apps", Some(body), None).await
}

/// `PATCH /api/apps/{id}`.
pub(crate) async fn rename_app(id: &str, name: &str) -> Result<AppSummary> {
    let body = RenameApp {
        name: name.to_owned(),
    };
    send(Method::Patch, &format!("/api/apps/{id}"), Some(&body), None).await
}

/// `DELETE /api/apps/{id}`.
pub(crate) async fn delete_app(id: &str) -> Result<()> {
    send_empty(Method::Delete, &format!("/api/apps/{id}"), None::<&()>).await
}

/// `POST /api/apps/{id}/changes`.
pub(crate) async fn change_files(id: &str, body: &ChangeFiles) -> Result<Changed> {
    let address = format!("/api/apps/{id}/changes");
    send(Method::Post, &address, Some(body), None).await
}

/// `GET /api/apps/{id}/messages`.
pub(crate) async fn list_messages(id: &str) -> Result<Vec<Message>> {
    let address = format!("/api/apps/{id}/messages");
    send(Method::Get, &address, None::<&()>, None).await
}

/// `PUT /api/apps/{id}/messages/{message_id}`.
pub(crate) async fn put_message(id: &str, message: &Message) -> Result<()> {
    let address = format!("/api/apps/{id}/messages/{}", message.id);
    send_empty(Method::Put, &address, Some(message)).await
}
