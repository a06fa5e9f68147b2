//! The database that a command works on: the one it is told of, or a private one.

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::error::CliError;
use crate::{
    config,
    embedded_postgres::{DATABASE, EmbeddedPostgres, OLDEST_POSTGRES, default_data_dir},
    store::{
        error::StoreError,
        migrations::{self, Unfit},
    },
};

/// Prepared statements that a connection keeps: more than the tracker has.
const STATEMENTS: usize = 256;

/// How often a server looks whether its private Postgres is alive.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// A connected database.
pub struct Database {
    pub pool: PgPool,
    embedded: Option<Arc<EmbeddedPostgres>>,
}

impl Database {
    /// Connects, and brings the tables up to date.
    pub async fn open(settings: &config::Database) -> Result<Self, CliError> {
        // Compose files and shells pass on what is not set as empty.
        let (url, embedded) = match settings.database_url.as_ref().filter(|url| !url.is_empty()) {
            Some(url) => (url.clone(), None),
            None => {
                let data_dir = settings.data_dir.clone().map_or_else(default_data_dir, Ok)?;
                let postgres = EmbeddedPostgres::start(&data_dir).await?;
                (postgres.url(DATABASE), Some(Arc::new(postgres)))
            }
        };
        match connect(&url, settings).await {
            Ok(pool) => Ok(Self { pool, embedded }),
            Err(error) => {
                stop(embedded.as_deref()).await?;
                Err(error)
            }
        }
    }

    /// Keeps a private Postgres alive for as long as the answer is polled: one that was killed is started again, at the same
    /// address, so that the pool finds it.
    pub fn look_after(&self) -> impl Future<Output = ()> + Send + 'static {
        let embedded = self.embedded.clone();
        async move {
            let Some(postgres) = embedded else {
                return;
            };
            loop {
                tokio::time::sleep(LOOK_AFTER).await;
                match postgres.revive().await {
                    Ok(false) => {}
                    Ok(true) => tracing::warn!("the private Postgres had died, and was started again"),
                    Err(error) => tracing::error!(%error, "the private Postgres has died"),
                }
            }
        }
    }

    /// Closes every connection; a private Postgres that no other process uses stops.
    pub async fn close(self) -> Result<(), CliError> {
        self.pool.close().await;
        stop(self.embedded.as_deref()).await
    }
}

async fn stop(embedded: Option<&EmbeddedPostgres>) -> Result<(), CliError> {
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
    match u32::try_from(version) {
        Ok(OLDEST_POSTGRES..) => Ok(()),
        _ => Err(CliError::TooOld { server, version }),
    }
}
