//! `/api/apps`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use protocol::app::{
    App, AppSummary, Author, ChangeFiles, Changed, CreateApp, Files, RenameApp, RevisionSummary,
};
use protocol::error::ErrorCode;

use crate::http::answers::{Created, NoContent};
use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::openapi::{self, Route};
use crate::state::AppState;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        openapi::get("/api/apps", list).says("listApps", "All apps, newest change first"),
        openapi::post("/api/apps", create)
            .says("createApp", "Makes an app")
            .refuses(&[ErrorCode::InvalidInput, ErrorCode::Conflict])
            .example(&CreateApp {
                id: Some("water-tracker".to_owned()),
                name: "Water tracker".to_owned(),
                template: None,
                files: example_files(),
            })
            .leads_to(&OF_AN_APP, "id", "$response.body#/id"),
        openapi::get("/api/apps/{id}", get).says("getApp", "An app with its files"),
        openapi::patch("/api/apps/{id}", rename)
            .says("renameApp", "Gives an app another name")
            .refuses(&[ErrorCode::InvalidInput])
            .example(&RenameApp {
                name: "Glasses of water".to_owned(),
            }),
        openapi::delete("/api/apps/{id}", delete)
            .says("deleteApp", "Deletes an app")
            .explains("For 30 days, and until its id is used again, it can be brought back."),
        openapi::post("/api/apps/{id}/restore", restore)
            .says("restoreApp", "Brings a deleted app back")
            .explains("One that isn't deleted is left as it is."),
        openapi::post("/api/apps/{id}/changes", change)
            .says("changeFiles", "Changes files against a known revision")
            .explains("409 when that isn't the current one. A change that changes nothing makes no revision.")
            .refuses(&[ErrorCode::InvalidInput, ErrorCode::Conflict])
            .example(&ChangeFiles {
                base_revision: 1,
                changes: BTreeMap::from([
                    ("src/App.tsx".to_owned(), Some("export default () => null;\n".to_owned())),
                    ("src/unused.ts".to_owned(), None),
                ]),
                author: Author::Person,
                message: "Nothing is shown".to_owned(),
            })
            .leads_to(&["getFilesAt"], "revision", "$response.body#/revision"),
        openapi::get("/api/apps/{id}/revisions", revisions)
            .says("listRevisions", "The history of an app, newest first"),
        openapi::get("/api/apps/{id}/revisions/{revision}", files_at)
            .says("getFilesAt", "Files as they were at a revision")
            .refuses(&[ErrorCode::InvalidInput]),
    ]
}

/// What can be asked about an app that was just made.
const OF_AN_APP: [&str; 9] = [
    "getApp",
    "renameApp",
    "deleteApp",
    "restoreApp",
    "changeFiles",
    "listRevisions",
    "exchangeDocuments",
    "fetchOutside",
    "listMessages",
];

fn example_files() -> Files {
    let app = "export default function App() {\n  return <p>0 glasses</p>;\n}\n";
    Files::from([("src/App.tsx".to_owned(), app.to_owned())])
}

async fn list(State(state): State<AppState>) -> Result<Json<Vec<AppSummary>>, Failure> {
    Ok(Json(state.apps.list().await?))
}

async fn create(
    State(state): State<AppState>,
    ApiJson(request): ApiJson<CreateApp>,
) -> Result<Created<App>, Failure> {
    Ok(Created(state.apps.create(request).await?))
}

async fn get(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<App>, Failure> {
    Ok(Json(state.apps.get(&id).await?))
}

async fn rename(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<RenameApp>,
) -> Result<Json<AppSummary>, Failure> {
    Ok(Json(state.apps.rename(&id, &request.name).await?))
}

async fn delete(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
) -> Result<NoContent, Failure> {
    state.apps.delete(&id).await?;
    Ok(NoContent)
}

async fn restore(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<AppSummary>, Failure> {
    Ok(Json(state.apps.restore(&id).await?))
}

async fn change(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
    ApiJson(request): ApiJson<ChangeFiles>,
) -> Result<Json<Changed>, Failure> {
    Ok(Json(state.apps.change(&id, request).await?))
}

async fn revisions(
    State(state): State<AppState>,
    ApiPath(id): ApiPath<String>,
) -> Result<Json<Vec<RevisionSummary>>, Failure> {
    Ok(Json(state.apps.revisions(&id).await?))
}

async fn files_at(
    State(state): State<AppState>,
    ApiPath((id, revision)): ApiPath<(String, String)>,
) -> Result<Json<Files>, Failure> {
    let revision = revision.parse().map_err(|_| {
        Failure::new(
            ErrorCode::InvalidInput,
            format!("`{revision}` is no revision"),
            "Revisions are whole numbers from 1.",
        )
    })?;
    Ok(Json(state.apps.files_at(&id, revision).await?))
}
