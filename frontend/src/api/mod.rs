//! Everything that speaks HTTP. Knows no signals: functions return futures of
//! `protocol` types.

mod apps;
mod ask;
mod client;
mod data;
mod direct;
mod error;
mod generate;
mod models;
mod outside;
mod provider;
mod templates;

pub(crate) use apps::{
    change_files, create_app, delete_app, get_app, health, list_apps, list_messages, put_message,
    rename_app,
};
pub(crate) use client::Abort;
pub(crate) use data::exchange_documents;
pub(crate) use direct::Direct;
pub(crate) use error::Error;
pub(crate) use generate::{GenerateStream, resume, stop_generation};
pub(crate) use models::Models;
pub(crate) use outside::fetch_outside;
pub(crate) use templates::{get_manifest, get_template, list_templates};
