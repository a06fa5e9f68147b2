//! The database that a command works on: the one it is told of, or a private one.

use std::{process::Stdio, str::FromStr, sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use percent_encoding::percent_decode_str;
use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{process::Command, sync::Mutex};
use url::Url;

use super::error::CliError;
use crate::{
    config,
    embedded_postgres::{DATABASE, EmbeddedPostgres, OLDEST_POSTGRES, client_program, default_data_dir},
    feed::Source,
    store::{
        changes,
        error::StoreError,
        migrations::{self, Unfit},
        pool::Pool,
    },
};

/// Prepared statements that a connection keeps: more than the tracker has.
const STATEMENTS: usize = 256;

/// How often a server looks whether its private Postgres is alive.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Where a database is, nothing of it touched yet. It has no `Debug`, as addresses have passwords in them.
pub struct Whereabouts {
    url: String,
    /// Past a pooler, where there is one.
    direct: Option<String>,
    embedded: Option<Arc<EmbeddedPostgres>>,
}

impl Whereabouts {
    /// Finds it; a private one is started.
    pub async fn find(settings: &config::Database) -> Result<Self, CliError> {
        let config::Database { database_url: url, database_direct_url: direct, .. } = settings;
        let (url_file, direct_file) = (&settings.database_url_file, &settings.database_direct_url_file);
        let direct = config::secret("TRACKER_DATABASE_DIRECT_URL", direct.as_deref(), direct_file.as_deref())?;
        if let Some(url) = config::secret("DATABASE_URL", url.as_deref(), url_file.as_deref())? {
            return Ok(Self { url, direct, embedded: None });
        }
        let data_dir = settings.data_dir.clone().map_or_else(default_data_dir, Ok)?;
        let postgres = EmbeddedPostgres::start(&data_dir).await?;
        Ok(Self { url: postgres.url(DATABASE), direct: None, embedded: Some(Arc::new(postgres)) })
    }

    fn direct(&self) -> &str {
        self.direct.as_ref().unwrap_or(&self.url)
    }

    /// Whether nobody has made a table in it.
    pub async fn is_empty(&self) -> Result<bool, CliError> {
        let mut connection = check_server(&options_for_feed(self.direct())?).await?;
        Ok(migrations::is_empty(&mut connection).await?)
    }

    /// Brings the tables up to date.
    pub async fn migrate(&self) -> Result<(), CliError> {
        migrate(&options_for_feed(self.direct())?).await
    }

    /// Lets go of it; a private Postgres that no other process uses stops.
    pub async fn leave(self) -> Result<(), CliError> {
        stop(self.embedded.as_deref()).await
    }
}

/// Runs one of Postgres's own programs on a database. The password goes along where no list of processes shows it.
pub async fn run_program(whereabouts: &Whereabouts, name: &'static str, arguments: &[String]) -> Result<(), CliError> {
    let mut connection = check_server(&options_for_feed(whereabouts.direct())?).await?;
    let major = major_version(&mut connection).await?;
    let _ = connection.close().await;
    let program = client_program(name, major).await.ok_or(CliError::NoProgram { name, major })?;
    let mut url = Url::parse(whereabouts.direct()).map_err(|_| CliError::MalformedUrl)?;
    let password = percent_decode_str(url.password().unwrap_or_default()).decode_utf8_lossy().into_owned();
    url.set_password(None).map_err(|()| CliError::MalformedUrl)?;
    let mut command = Command::new(program);
    command.arg(format!("--dbname={url}")).arg("--no-password").args(arguments).stdin(Stdio::null());
    if !password.is_empty() {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().await.map_err(|cause| CliError::Io("run a program of Postgres", cause))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it did not say why").trim_end_matches('.').to_owned();
    Err(CliError::Program { name, said })
}

/// A connected database.
pub struct Database {
    pub pool: Pool,
    /// The ways past any pooler first, then the one that requests take, where it is another.
    ways: Vec<PgConnectOptions>,
    patience: Duration,
    embedded: Option<Arc<EmbeddedPostgres>>,
}

impl Database {
    /// Connects, and brings the tables up to date.
    pub async fn open(settings: &config::Database) -> Result<Self, CliError> {
        let Whereabouts { url, direct, embedded } = Whereabouts::find(settings).await?;
        match connect(&url, direct.as_ref()).await {
            Ok((options, ways)) => {
                let patience = Duration::from_secs(settings.database_wait_seconds);
                let pool = Pool::new(options, settings.database_connections, patience);
                Ok(Self { pool, ways, patience, embedded })
            }
            Err(error) => {
                stop(embedded.as_deref()).await?;
                Err(error)
            }
        }
    }

    /// The database as the feed needs it.
    pub fn source(&self) -> Source {
        Source { pool: self.pool.clone(), ways: self.ways.clone(), patience: self.patience }
    }

    /// Whether its tables are up to date, asked past the connections that requests share, and again only after it was gone.
    pub fn migrated(&self) -> impl Fn() -> BoxFuture<'static, Result<bool, StoreError>> + Send + Sync + 'static {
        let (ways, presence) = (self.ways.clone(), self.pool.presence().clone());
        let known = Arc::new(Mutex::new(None));
        move || {
            let (ways, presence, known) = (ways.clone(), presence.clone(), known.clone());
            async move {
                let mut known = known.lock().await;
                let since = presence.since();
                if *known == Some(since) {
                    return Ok(true);
                }
                let way = ways.first().ok_or(StoreError::Corrupt("there is no way to it"))?;
                let mut connection = way.connect().await?;
                let current = migrations::are_current(&mut connection).await?;
                let _ = connection.close().await;
                *known = current.then_some(since);
                Ok(current)
            }
            .boxed()
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

/// Brings the tables up to date, and answers with how requests get to the database and with the ways that the feed has.
async fn connect(url: &str, direct: Option<&String>) -> Result<(PgConnectOptions, Vec<PgConnectOptions>), CliError> {
    let options = options(url, "tracker")?;
    let feed = options_for_feed(direct.map_or(url, String::as_str))?;
    let mut ways = vec![feed.clone()];
    if direct.is_some() {
        check_pooler(&options).await?;
        ways.push(options_for_feed(url)?);
    }
    migrate(&feed).await?;
    Ok((options, ways))
}

async fn migrate(way: &PgConnectOptions) -> Result<(), CliError> {
    let mut connection = check_server(way).await?;
    migrations::run(&mut connection).await.map_err(|unfit| match unfit {
        Unfit::Newer(step) => CliError::NewerDatabase(step),
        Unfit::Foreign(step) => CliError::ForeignMigration(step),
        Unfit::Failed(error) => CliError::Migration(error),
    })?;
    // All is done; whether the goodbye arrives does not matter.
    let _ = connection.close().await;
    Ok(())
}

/// How to connect by a URL. What a pooler would not pass on is not sent along.
fn options(url: &str, name: &str) -> Result<PgConnectOptions, CliError> {
    let sound = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(url).ok().filter(|_| sound).ok_or(CliError::MalformedUrl)?;
    Ok(options
        .application_name(name)
        .extra_float_digits(None)
        .statement_cache_capacity(STATEMENTS)
        .log_slow_statements(log::LevelFilter::Warn, Duration::from_secs(1))
        .log_statements(log::LevelFilter::Trace))
}

/// The same for the feed, which operators can tell by its name.
fn options_for_feed(url: &str) -> Result<PgConnectOptions, CliError> {
    options(url, "tracker feed")
}

/// Whether a pooler keeps the statements apart that its clients prepare. Both connections call their first statement the same; where that
/// name reaches one server twice, it is refused.
async fn check_pooler(options: &PgConnectOptions) -> Result<(), CliError> {
    let (first, mut second) = (check_server(options).await?, options.connect().await.map_err(StoreError::from)?);
    match changes::is_standby(&mut second).await {
        // Duplicate name, or one that is not known.
        Err(StoreError::Failed(sqlx::Error::Database(error)))
            if matches!(error.code().as_deref(), Some("42P05" | "26000")) =>
        {
            return Err(CliError::NoStatements { server: format!("{}:{}", options.get_host(), options.get_port()) });
        }
        checked => checked?,
    };
    for connection in [first, second] {
        // All is asked; whether the goodbye arrives does not matter.
        let _ = connection.close().await;
    }
    Ok(())
}

/// Connects, if the server lets us in and is new enough.
async fn check_server(options: &PgConnectOptions) -> Result<PgConnection, CliError> {
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
    match major_version(&mut connection).await? {
        OLDEST_POSTGRES.. => Ok(connection),
        version => Err(CliError::TooOld { server, version }),
    }
}

async fn major_version(connection: &mut PgConnection) -> Result<u32, CliError> {
    let version = sqlx::query_scalar!(r#"select current_setting('server_version_num')::integer as "version!""#)
        .fetch_one(connection)
        .await
        .map_err(StoreError::from)?;
    Ok(u32::try_from(version / 10_000).unwrap_or_default())
}
