//! The steps that bring a database's tables up to date.

use std::sync::LazyLock;

use sqlx::{
    PgConnection, PgExecutor,
    migrate::{MigrateError, Migrator},
};

use super::error::StoreError;

static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrator = sqlx::migrate!();
    // Of a newer version, beside which this one goes on.
    migrator.set_ignore_missing(true);
    migrator
});

/// How steps begin that take away what earlier versions use. All others only add, so that servers of the version before go on beside them,
/// and start again.
const CONTRACT: &str = "contract ";

/// Why a database can't be used.
#[derive(Debug)]
pub enum Unfit {
    /// A step was applied that this program does not know, and that took something away.
    Newer(i64),
    /// A step was applied that says something else here.
    Foreign(i64),
    Failed(MigrateError),
}

/// Applies the steps that are missing. Two servers that start at once take turns, by a lock that a session holds: the connection must
/// lead to one session, past any pooler.
pub async fn run(connection: &mut PgConnection) -> Result<(), Unfit> {
    if let Some(step) = contracted(connection).await.map_err(|error| Unfit::Failed(error.into()))? {
        return Err(Unfit::Newer(step));
    }
    MIGRATOR.run(connection).await.map_err(|error| match error {
        MigrateError::VersionMismatch(step) => Unfit::Foreign(step),
        other => Unfit::Failed(other),
    })
}

/// A step after those of this program that took something away.
async fn contracted(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    // Not checked at compile time: the table is sqlx's own, and is not there where the statements are checked.
    let is_new = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is null");
    if is_new.fetch_one(&mut *connection).await? {
        return Ok(None);
    }
    let step = sqlx::query_scalar(
        "select max(version) from _sqlx_migrations where version > $1 and starts_with(description, $2)",
    );
    step.bind(newest()).bind(CONTRACT).fetch_one(connection).await
}

fn newest() -> i64 {
    MIGRATOR.iter().map(|step| step.version).max().unwrap_or_default()
}

/// Whether every step of this program has been applied.
pub async fn are_current(executor: impl PgExecutor<'_>) -> Result<bool, StoreError> {
    // Not checked at compile time, as above.
    let applied = sqlx::query_scalar("select exists (select from _sqlx_migrations where version = $1 and success)");
    Ok(applied.bind(newest()).fetch_one(executor).await?)
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
