//! Brings the schema up to date. Steps are never edited once they are out.

use std::borrow::Cow;

use sqlx::SqlitePool;
use sqlx::migrate::{Migrate as _, MigrateError, Migration, MigrationType, Migrator};

use super::Error;

/// Number, name and statements of every step, oldest first.
const STEPS: [(i64, &str, &str); 3] = [
    (
        1,
        "apps",
        include_str!("../../migrations/sqlite/0001_apps.sql"),
    ),
    (
        2,
        "documents",
        include_str!("../../migrations/sqlite/0002_documents.sql"),
    ),
    (
        3,
        "models",
        include_str!("../../migrations/sqlite/0003_models.sql"),
    ),
];

/// Runs the steps that the database hasn't seen.
///
/// # Errors
/// [`Error::Newer`] when it has seen steps that this version doesn't know.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), Error> {
    let migrations = STEPS
        .iter()
        .map(|&(version, name, sql)| {
            Migration::new(
                version,
                Cow::Borrowed(name),
                MigrationType::Simple,
                Cow::Borrowed(sql),
                false,
            )
        })
        .collect::<Vec<_>>();
    let migrator = Migrator {
        migrations: Cow::Owned(migrations),
        ..Migrator::DEFAULT
    };
    let mut connection = pool.acquire().await?;
    connection
        .ensure_migrations_table()
        .await
        .map_err(Error::Migrate)?;
    migrator
        .run(&mut *connection)
        .await
        .map_err(|error| match error {
            MigrateError::VersionMissing(version) => Error::Newer(version),
            other => Error::Migrate(other),
        })
}
