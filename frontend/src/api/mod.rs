//! Everything that speaks HTTP. Knows no signals: functions return futures of
//! `protocol` types.

mod apps;
mod ask;
mod client;
mod data;
mod error;
mod generate;
mod outside;
mod provider;
mod templates;

pub(crate) use apps::{
    change_files, create_app, delete_app, get_app, health, list_apps, list_messages, put_message,
    rename_app,
};
pub(crate) use ask::ask;
pub(crate) use client::Abort;
pub(crate) use data::exchange_documents;
pub(crate) use error::Error;
pub(crate) use generate::{GenerateStream, generate, resume, stop_generation};
pub(crate) use outside::fetch_outside;
pub(crate) use provider::{
    delete_provider, get_model_health, get_models, save_models, save_provider, test_provider,
};
pub(crate) use templates::{get_template, list_templates};
