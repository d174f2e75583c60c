//! Handlers: map the wire to one call of a service and back.

mod apps;
mod data;
mod generate;
mod health;
mod messages;
mod outside;
mod settings;

use protocol::error::ErrorCode;

use super::openapi::{self, Route};

/// How a request to a language model may fail, whoever made it.
const PROVIDER_FAILURES: [ErrorCode; 9] = [
    ErrorCode::InvalidInput,
    ErrorCode::ContextTooLarge,
    ErrorCode::RateLimited,
    ErrorCode::ProviderUnreachable,
    ErrorCode::ProviderFailed,
    ErrorCode::ProviderInvalidResponse,
    ErrorCode::ProviderInterrupted,
    ErrorCode::ProviderUnauthorized,
    ErrorCode::ModelNotFound,
];

/// Every route of the API.
pub(super) fn all() -> Vec<Route> {
    let groups = [
        ("apps", apps::routes()),
        ("data", data::routes()),
        ("messages", messages::routes()),
        ("outside", outside::routes()),
        ("generation", generate::routes()),
        ("models", settings::routes()),
        ("server", health::routes()),
        ("server", openapi::routes()),
    ];
    let tagged = groups
        .into_iter()
        .flat_map(|(tag, routes)| routes.into_iter().map(|route| route.tagged(tag)));
    tagged.collect()
}
