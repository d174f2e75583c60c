//! One route: who answers, and what the document says of it. Both begin in the
//! same line, so that there is neither without the other.

use axum::handler::Handler;
use axum::http::StatusCode;
use axum::routing::{self, MethodRouter};
use protocol::error::ErrorCode;
use schemars::SchemaGenerator;
use serde::Serialize;

use super::{Described, Operation};
use crate::http::error::status;
use crate::state::AppState;

/// A method at an address.
pub(crate) struct Route {
    /// Address, with `{name}` where something stands in it.
    pub(crate) path: &'static str,
    /// Who answers.
    pub(crate) answered_by: MethodRouter<AppState>,
    /// Whether the answer is a stream of events.
    pub(crate) streams: bool,
    pub(super) operation: Operation,
    describe: fn(&mut Operation, &mut SchemaGenerator),
}

/// Answers `GET`.
pub(crate) fn get<H, T, D>(path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState> + Described<D>,
    T: 'static,
{
    Route::new::<H, D>("get", path, routing::get(handler))
}

/// Answers `POST`.
pub(crate) fn post<H, T, D>(path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState> + Described<D>,
    T: 'static,
{
    Route::new::<H, D>("post", path, routing::post(handler))
}

/// Answers `PUT`.
pub(crate) fn put<H, T, D>(path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState> + Described<D>,
    T: 'static,
{
    Route::new::<H, D>("put", path, routing::put(handler))
}

/// Answers `PATCH`.
pub(crate) fn patch<H, T, D>(path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState> + Described<D>,
    T: 'static,
{
    Route::new::<H, D>("patch", path, routing::patch(handler))
}

/// Answers `DELETE`.
pub(crate) fn delete<H, T, D>(path: &'static str, handler: H) -> Route
where
    H: Handler<T, AppState> + Described<D>,
    T: 'static,
{
    Route::new::<H, D>("delete", path, routing::delete(handler))
}

impl Route {
    fn new<H: Described<D>, D>(
        method: &'static str,
        path: &'static str,
        answered_by: MethodRouter<AppState>,
    ) -> Self {
        Self {
            path,
            answered_by,
            streams: H::STREAMS,
            operation: Operation::new(method, path),
            describe: H::describe,
        }
    }

    /// Its name for programs, and what it does.
    #[must_use]
    pub(crate) fn says(mut self, id: &'static str, summary: &'static str) -> Self {
        self.operation.id = id;
        self.operation.summary = summary;
        self
    }

    /// More about it, in Markdown.
    #[must_use]
    pub(crate) fn explains(mut self, description: &'static str) -> Self {
        self.operation.description = description;
        self
    }

    /// Failures besides those that follow from what the handler takes.
    #[must_use]
    pub(crate) fn refuses(mut self, codes: &[ErrorCode]) -> Self {
        for code in codes {
            self.operation.fails(status(*code), *code);
        }
        self
    }

    /// A failure whose status doesn't follow from its code.
    #[must_use]
    pub(crate) fn answers_failure(mut self, status: StatusCode, code: ErrorCode) -> Self {
        self.operation.fails(status, code);
        self
    }

    /// A body that may be sent.
    #[must_use]
    pub(crate) fn example(mut self, body: &impl Serialize) -> Self {
        self.operation.example = serde_json::to_value(body).ok();
        self
    }

    /// What its answer can be asked about next: operations, and where the
    /// answer has what goes into their addresses.
    #[must_use]
    pub(crate) fn leads_to(
        mut self,
        operations: &[&'static str],
        segment: &'static str,
        found_at: &'static str,
    ) -> Self {
        let links = operations.iter().map(|id| (*id, segment, found_at));
        self.operation.links.extend(links);
        self
    }

    /// With what its handler takes and gives.
    pub(super) fn describe(mut self, schemas: &mut SchemaGenerator) -> Operation {
        (self.describe)(&mut self.operation, schemas);
        self.operation
    }

    /// In a group of the document.
    #[must_use]
    pub(crate) fn tagged(mut self, tag: &'static str) -> Self {
        self.operation.tag = tag;
        self
    }
}
