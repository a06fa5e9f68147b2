//! The steps that bring a database's tables up to date.

use sqlx::{
    PgConnection, PgExecutor,
    migrate::{MigrateError, Migrator},
};

use super::error::StoreError;

static MIGRATOR: Migrator = sqlx::migrate!();

/// Why a database can't be used.
#[derive(Debug)]
pub enum Unfit {
    /// A step was applied that this program does not know.
    Newer(i64),
    /// A step was applied that says something else here.
    Foreign(i64),
    Failed(MigrateError),
}

/// Applies the steps that are missing. Two servers that start at once take turns, by a lock that a session holds: the connection must
/// lead to one session, past any pooler.
pub async fn run(connection: &mut PgConnection) -> Result<(), Unfit> {
    MIGRATOR.run(connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(step) => Unfit::Newer(step),
        MigrateError::VersionMismatch(step) => Unfit::Foreign(step),
        other => Unfit::Failed(other),
    })
}

/// Whether every step of this program has been applied.
pub async fn are_current(executor: impl PgExecutor<'_>) -> Result<bool, StoreError> {
    let newest = MIGRATOR.iter().map(|step| step.version).max().unwrap_or_default();
    // Not checked at compile time: the table is sqlx's own, and is not there where the statements are checked.
    let applied = sqlx::query_scalar("select exists (select from _sqlx_migrations where version = $1 and success)");
    Ok(applied.bind(newest).fetch_one(executor).await?)
}

/// Whether nobody has made a table in the database.
pub async fn is_empty(executor: impl PgExecutor<'_>) -> Result<bool, StoreError> {
    let is_empty = sqlx::query_scalar!(
        r#"
        select not exists (
            select from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema')
        ) as "is_empty!"
        "#,
    );
    Ok(is_empty.fetch_one(executor).await?)
}
