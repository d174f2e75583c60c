//! Everything that is kept, in one SQLite file.
//!
//! A [`Store`] opens transactions; a [`Tx`] reads and writes within one. The
//! statements lie beside their subject: `apps`, `documents`, `messages`,
//! `providers`, `calls`. Nothing is decided here: ids, times and limits come from the services.

mod apps;
mod calls;
mod documents;
mod messages;
mod migrate;
mod providers;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};

pub use self::apps::{FileChange, NewRevision};
pub use self::documents::CollectionSize;
pub use self::providers::{ProviderRow, SavedChoice};

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections: one writes, the others read beside it.
const CONNECTIONS: u32 = 4;

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer version of Cumulet has written the file.
    #[error("the database was written by a newer version (its schema has step {0})")]
    Newer(i64),
    /// A statement failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
    /// A stored value is none that this version writes.
    #[error("the database holds an unknown value in {0}")]
    Corrupt(&'static str),
}

/// The database. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the file, makes it if it isn't there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Newer`] if a newer version wrote it; otherwise what SQLite says.
    pub async fn open(file: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            // Readers go on while one writes.
            .journal_mode(SqliteJournalMode::Wal)
            // What was answered as saved survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is removed, a key above all, leaves no trace in the file.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .connect_with(options)
            .await?;
        migrate::run(&pool).await?;
        Ok(Self { pool })
    }

    /// A transaction that reads one consistent state.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(Tx(self.pool.begin().await?))
    }

    /// A transaction that may write. It takes the write lock at once: a lock
    /// taken after reading could fail where waiting would have helped.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(Tx(self.pool.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Writes the file anew, without anything that was removed from it.
    pub async fn scrub(&self) -> Result<(), Error> {
        let mut connection = self.pool.acquire().await?;
        for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            sqlx::query(statement).execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// Waits for running statements and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A transaction. Dropped without [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Sqlite>);

impl Tx {
    /// Makes everything written since the beginning lasting.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit().await?)
    }
}

/// SQLite's integers are signed; ours never are.
fn unsigned(value: i64, column: &'static str) -> Result<u64, Error> {
    u64::try_from(value).map_err(|_| Error::Corrupt(column))
}

/// The largest number stands for everything that SQLite can't hold.
fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
