//! The database that a command works on: the one it is told of, or a private one.

use std::{str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::error::CliError;
use crate::{
    config,
    embedded_postgres::{EmbeddedPostgres, default_data_dir},
    store::{
        error::StoreError,
        migrations::{self, Unfit},
    },
};

/// The oldest Postgres that the tracker runs on.
const OLDEST: i32 = 14;

/// Prepared statements that a connection keeps: more than the tracker has.
const STATEMENTS: usize = 256;

/// A connected database.
pub struct Database {
    pub pool: PgPool,
    embedded: Option<EmbeddedPostgres>,
}

impl Database {
    /// Connects, and brings the tables up to date.
    pub async fn open(settings: &config::Database) -> Result<Self, CliError> {
        let (url, embedded) = match &settings.database_url {
            Some(url) => (url.clone(), None),
            None => {
                let data_dir = settings.data_dir.clone().map_or_else(default_data_dir, Ok)?;
                let postgres = EmbeddedPostgres::start(&data_dir).await?;
                (postgres.url("tracker"), Some(postgres))
            }
        };
        match connect(&url, settings).await {
            Ok(pool) => Ok(Self { pool, embedded }),
            Err(error) => {
                stop(embedded).await?;
                Err(error)
            }
        }
    }

    /// Closes every connection; a private Postgres that this command started stops.
    pub async fn close(self) -> Result<(), CliError> {
        self.pool.close().await;
        stop(self.embedded).await
    }
}

async fn stop(embedded: Option<EmbeddedPostgres>) -> Result<(), CliError> {
    match embedded {
        Some(postgres) => Ok(postgres.stop().await?),
        None => Ok(()),
    }
}

async fn connect(url: &str, settings: &config::Database) -> Result<PgPool, CliError> {
    let sound = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(url).ok().filter(|_| sound).ok_or(CliError::MalformedUrl)?;
    let options = options
        .application_name("tracker")
        .statement_cache_capacity(STATEMENTS)
        .log_slow_statements(log::LevelFilter::Warn, Duration::from_secs(1))
        .log_statements(log::LevelFilter::Trace);
    check_server(&options).await?;
    let pool = PgPoolOptions::new()
        .max_connections(settings.database_connections)
        .acquire_timeout(Duration::from_secs(settings.database_wait_seconds))
        .test_before_acquire(false)
        .connect_lazy_with(options);
    migrations::run(&pool).await.map_err(|unfit| match unfit {
        Unfit::Newer(step) => CliError::NewerDatabase(step),
        Unfit::Foreign(step) => CliError::ForeignMigration(step),
        Unfit::Failed(error) => CliError::Migration(error),
    })?;
    Ok(pool)
}

/// Whether the server lets us in, and is new enough.
async fn check_server(options: &PgConnectOptions) -> Result<(), CliError> {
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let connecting = tokio::time::timeout(Duration::from_secs(10), options.connect()).await;
    let unreachable = |cause: String| CliError::Unreachable { server: server.clone(), cause };
    let mut connection = match connecting {
        Err(_) => return Err(unreachable("no answer within 10 seconds".to_owned())),
        Ok(Ok(connection)) => connection,
        Ok(Err(sqlx::Error::Database(error))) => {
            return Err(match error.code().as_deref() {
                Some("28P01" | "28000") => CliError::Refused { server },
                Some("3D000") => {
                    let database = options.get_database().unwrap_or(options.get_username()).to_owned();
                    CliError::NoDatabase { server, database }
                }
                _ => unreachable(error.message().to_owned()),
            });
        }
        Ok(Err(sqlx::Error::Io(error))) => return Err(unreachable(error.to_string())),
        Ok(Err(error)) => return Err(unreachable(error.to_string())),
    };
    let version = sqlx::query_scalar!(r#"select current_setting('server_version_num')::integer as "version!""#)
        .fetch_one(&mut connection)
        .await
        .map_err(StoreError::from)?
        / 10_000;
    // The answer is there; whether the goodbye arrives does not matter.
    let _ = connection.close().await;
    if version < OLDEST {
        return Err(CliError::TooOld { server, version });
    }
    Ok(())
}
