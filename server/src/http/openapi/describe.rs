//! What a handler's types say of it: its parameters are inputs, what it returns
//! is an output.

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use protocol::error::ErrorCode;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::json;

use super::Operation;
use super::operation::schema_of;
use crate::http::answers::{Created, NoContent};
use crate::http::error::Failure;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::layers::request::RequestId;
use crate::state::AppState;

/// A parameter of a handler.
pub(crate) trait Input {
    /// Notes what it takes of a request, and how that may fail.
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator);
}

/// What a handler returns.
pub(crate) trait Output {
    /// Whether it is sent bit by bit.
    const STREAMS: bool = false;

    /// Notes the answer that is no failure.
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator);
}

/// A handler. `D` keeps apart those with more or fewer parameters.
pub(crate) trait Described<D> {
    /// Whether its answer is sent bit by bit.
    const STREAMS: bool;

    /// Notes what it takes and gives.
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator);
}

macro_rules! described {
    ($($input:ident),*) => {
        impl<F, Fut, R, $($input),*> Described<(R, ($($input,)*))> for F
        where
            F: Fn($($input),*) -> Fut,
            Fut: Future<Output = R>,
            R: Output,
            $($input: Input,)*
        {
            const STREAMS: bool = R::STREAMS;

            fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
                $($input::describe(operation, schemas);)*
                R::describe(operation, schemas);
            }
        }
    };
}

described!();
described!(A);
described!(A, B);
described!(A, B, C);

impl Input for State<AppState> {
    fn describe(_: &mut Operation, _: &mut SchemaGenerator) {}
}

impl Input for Extension<RequestId> {
    fn describe(_: &mut Operation, _: &mut SchemaGenerator) {}
}

impl<T> Input for ApiPath<T> {
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        operation.takes_segments(schemas);
        operation.fails(StatusCode::NOT_FOUND, ErrorCode::NotFound);
    }
}

impl<T: JsonSchema> Input for ApiJson<T> {
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        operation.takes_body(schema_of::<T>(schemas));
        for status in [
            StatusCode::BAD_REQUEST,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ] {
            operation.fails(status, ErrorCode::InvalidBody);
        }
        operation.fails(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge);
    }
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        operation.answers(200, &schema_of::<T>(schemas));
    }
}

impl<T: JsonSchema> Output for Created<T> {
    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        operation.answers(201, &schema_of::<T>(schemas));
    }
}

impl Output for NoContent {
    fn describe(operation: &mut Operation, _: &mut SchemaGenerator) {
        operation.answers_with(204, json!({}));
    }
}

impl<T: Output> Output for Result<T, Failure> {
    const STREAMS: bool = T::STREAMS;

    fn describe(operation: &mut Operation, schemas: &mut SchemaGenerator) {
        T::describe(operation, schemas);
    }
}
