//! Making, starting and stopping the cluster. Everything here runs on the account's own thread.

use std::{collections::HashMap, fs, mem::ManuallyDrop, net::TcpListener, str::FromStr, time::Duration};

use postgresql_embedded::{BOOTSTRAP_DATABASE, BOOTSTRAP_SUPERUSER, PostgreSQL, Settings};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{process::Command, time::Instant};

use super::{
    DATABASE,
    data_dir::DataDir,
    error::{EmbeddedError, file_error},
    installation::{Installation, PROGRAM_TIMEOUT, one_line},
    postmaster::Postmaster,
};

/// How long a started Postgres may take until it accepts connections, recovery after a crash included.
const READY_TIMEOUT: Duration = Duration::from_secs(600);

/// How often to look whether it has got further.
const PAUSE: Duration = Duration::from_millis(50);

/// How often to try to start it: another program may take the free port that we found, and the children of a Postgres that
/// was killed take a moment to notice.
const ATTEMPTS: u32 = 10;

/// The size from which the log is put aside at a start.
const FULL_LOG_BYTES: u64 = 10_000_000;

/// Makes sure that the cluster exists and runs and has the tracker's database; answers with its port. To be called in one's
/// turn. A `port` is one that the database had before and that others may still know.
pub(super) async fn bring_up(
    dir: &DataDir,
    configuration: &HashMap<String, String>,
    port: Option<u16>,
) -> Result<u16, EmbeddedError> {
    let password = dir.password()?;
    let postmaster = match Postmaster::find(&dir.cluster())? {
        Some(postmaster) => postmaster,
        None => start(dir, configuration, port).await?,
    };
    let postmaster = wait_until_ready(dir, configuration, postmaster, &password).await?;
    Ok(postmaster.port)
}

/// Stops the cluster if it runs.
pub(super) async fn shut_down(dir: &DataDir) -> Result<(), EmbeddedError> {
    if Postmaster::find(&dir.cluster())?.is_none() {
        return Ok(());
    }
    let installation = Installation::find(dir).await?;
    let postgres = handle(installation.settings(dir.cluster()));
    postgres.stop().await.map_err(|error| EmbeddedError::NotStopped(one_line(&error.to_string())))
}

/// The address of a database of the cluster.
pub(super) fn url(password: &str, port: u16, database: &str) -> String {
    // No TLS, whatever the environment says: it never leaves the machine.
    format!("postgresql://{BOOTSTRAP_SUPERUSER}:{password}@127.0.0.1:{port}/{database}?sslmode=disable")
}

/// A handle that does not stop the cluster when dropped: who stops it is decided by who uses it.
fn handle(settings: Settings) -> ManuallyDrop<PostgreSQL> {
    ManuallyDrop::new(PostgreSQL::new(settings))
}

async fn start(
    dir: &DataDir,
    configuration: &HashMap<String, String>,
    port: Option<u16>,
) -> Result<Postmaster, EmbeddedError> {
    let cluster = dir.cluster();
    let installation = Installation::find(dir).await?;
    if !cluster.exists() {
        make(dir, &installation).await?;
    }
    put_full_log_aside(dir)?;
    let mut reason = String::new();
    for _ in 0..ATTEMPTS {
        Postmaster::disown_stale(&cluster)?;
        let mut settings = installation.settings(cluster.clone());
        settings.port = match port {
            Some(port) => port,
            None => free_port(dir)?,
        };
        settings.configuration = with_defaults(configuration);
        let started = handle(settings).start().await;
        // Also after a failure: it may only have taken longer than its control program waits.
        if let Some(postmaster) = Postmaster::find(&cluster)? {
            return Ok(postmaster);
        }
        if let Err(error) = started {
            reason = last_words(dir).unwrap_or_else(|| one_line(&error.to_string()));
        }
        tokio::time::sleep(PAUSE * 4).await;
    }
    Err(EmbeddedError::NotStarted { reason, log: dir.log() })
}

/// Makes a new cluster beside its place and moves it there when it is whole.
async fn make(dir: &DataDir, installation: &Installation) -> Result<(), EmbeddedError> {
    let (unfinished, cluster) = (dir.new_cluster(), dir.cluster());
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(file_error(&unfinished, "removed"))?;
    }
    let mut initdb = Command::new(installation.program("initdb"));
    initdb
        .arg("--pgdata")
        .arg(&unfinished)
        .arg("--pwfile")
        .arg(dir.password_file())
        .args(["--username", BOOTSTRAP_SUPERUSER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums"])
        // The same everywhere, whatever the environment's locale: order by bytes, letters as Unicode has them.
        .args(["--locale", "C", "--lc-ctype", if cfg!(target_os = "macos") { "UTF-8" } else { "C.UTF-8" }])
        .env("LC_ALL", "C")
        .kill_on_drop(true);
    let output = tokio::time::timeout(PROGRAM_TIMEOUT, initdb.output())
        .await
        .map_err(|_| EmbeddedError::NotMade(format!("initdb took more than {} s", PROGRAM_TIMEOUT.as_secs())))?
        .map_err(|error| EmbeddedError::NotMade(format!("initdb does not run: {error}")))?;
    if !output.status.success() {
        return Err(EmbeddedError::NotMade(one_line(&String::from_utf8_lossy(&output.stderr))));
    }
    fs::rename(&unfinished, &cluster).map_err(file_error(&cluster, "made"))?;
    fs::File::open(dir.path()).and_then(|folder| folder.sync_all()).map_err(file_error(dir.path(), "synced"))
}

async fn wait_until_ready(
    dir: &DataDir,
    configuration: &HashMap<String, String>,
    mut postmaster: Postmaster,
    password: &str,
) -> Result<Postmaster, EmbeddedError> {
    let deadline = Instant::now() + READY_TIMEOUT;
    while Instant::now() < deadline {
        match connect(postmaster.port, password).await {
            Ok(mut connection) => {
                make_database(&mut connection).await.map_err(EmbeddedError::Refused)?;
                return Ok(postmaster);
            }
            // It is up and says no: waiting would not help. 57P03: it is starting or stopping.
            Err(sqlx::Error::Database(error)) if error.code().as_deref() != Some("57P03") => {
                return Err(EmbeddedError::Refused(sqlx::Error::Database(error)));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
        // One that we found may have been about to stop.
        postmaster = match Postmaster::find(&dir.cluster())? {
            Some(postmaster) => postmaster,
            None => start(dir, configuration, Some(postmaster.port)).await?,
        };
    }
    Err(EmbeddedError::NotReady { seconds: READY_TIMEOUT.as_secs(), log: dir.log() })
}

async fn connect(port: u16, password: &str) -> Result<PgConnection, sqlx::Error> {
    let options = PgConnectOptions::from_str(&url(password, port, BOOTSTRAP_DATABASE))?;
    PgConnection::connect_with(&options).await
}

async fn make_database(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(DATABASE)
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        let statement = sqlx::AssertSqlSafe(format!("create database {DATABASE}"));
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What the cluster runs with, unless the caller knows better. Given on the command line, where it also overrides the crate's
/// own `-F`, which would let a power cut take back what was acknowledged.
fn with_defaults(configuration: &HashMap<String, String>) -> HashMap<String, String> {
    let defaults = [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("timezone", "UTC"),
        // What may be confidential stands in statements and in the details of errors.
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
        ("log_checkpoints", "off"),
    ];
    let defaults = defaults.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let given = configuration.iter().map(|(name, value)| (name.clone(), value.clone()));
    // The control program hands them to a shell.
    defaults.into_iter().chain(given).map(|(name, value)| (name, quoted(&value))).collect()
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

fn free_port(dir: &DataDir) -> Result<u16, EmbeddedError> {
    let listener = TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|error| EmbeddedError::NotStarted {
        reason: format!("no port is free on 127.0.0.1: {error}"),
        log: dir.log(),
    })
}

fn put_full_log_aside(dir: &DataDir) -> Result<(), EmbeddedError> {
    let log = dir.log();
    if fs::metadata(&log).is_ok_and(|metadata| metadata.len() > FULL_LOG_BYTES) {
        fs::rename(&log, log.with_extension("old.log")).map_err(file_error(&log, "put aside"))?;
    }
    Ok(())
}

/// The last thing that Postgres said before it gave up.
fn last_words(dir: &DataDir) -> Option<String> {
    let log = fs::read_to_string(dir.log()).ok()?;
    let line = log.lines().rev().find(|line| line.contains("FATAL:") || line.contains("PANIC:"))?;
    Some(one_line(line.split_once(":  ").map_or(line, |(_, words)| words)))
}
