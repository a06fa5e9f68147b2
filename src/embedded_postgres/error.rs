//! What can keep the private Postgres from running. Each is one sentence that says what to do.

use std::{io, path::PathBuf};

/// Why there is no private Postgres.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error(
        "There is no home directory to keep the database in: set TRACKER_DATA_DIR, or DATABASE_URL to use another Postgres"
    )]
    NoHome,
    #[error(
        "{} is not empty and not a data directory of the Third-Country Tracker: set TRACKER_DATA_DIR to another folder",
        .0.display()
    )]
    NotOurs(PathBuf),
    #[error("{} belongs to the account {owner}: run the tracker as {owner} or as root, or set TRACKER_DATA_DIR", .path.display())]
    OthersData { path: PathBuf, owner: String },
    #[error(
        "Postgres does not run as root, and the account {account} that would run it may not enter {}: set TRACKER_DATA_DIR to a folder that it may enter",
        .path.display()
    )]
    CanNotEnter { path: PathBuf, account: String },
    #[error(
        "Postgres does not run as root, and there is neither an account postgres nor nobody to run it: use another account, or set DATABASE_URL"
    )]
    NoAccount,
    #[error(
        "Postgres does not run as root, and on this system the tracker can't hand it to another account: use another account, or set DATABASE_URL"
    )]
    NoHandOver,
    #[error(
        "No PostgreSQL {oldest} or later is installed and it could not be downloaded ({reason}): install it, or set DATABASE_URL to use a Postgres that runs elsewhere"
    )]
    NoInstallation { oldest: u32, reason: String },
    #[error(
        "The data in {} are of PostgreSQL {major}, which is not installed and could not be downloaded ({reason}): install it. To go on with \
         another version, run tracker backup while {major} is there, and tracker restore into a new TRACKER_DATA_DIR",
        .dir.display()
    )]
    OtherVersion { dir: PathBuf, major: u32, reason: String },
    #[error("The new database could not be made: {0}")]
    NotMade(String),
    #[error("The private Postgres does not start: {reason} (its log is {})", .log.display())]
    NotStarted { reason: String, log: PathBuf },
    #[error("The private Postgres was not ready within {seconds} s (its log is {})", .log.display())]
    NotReady { seconds: u64, log: PathBuf },
    #[error("The private Postgres does not stop: {0}")]
    NotStopped(String),
    #[error("The private Postgres refuses a connection: {0}")]
    Refused(#[source] sqlx::Error),
    #[error("{} could not be {act}: {source}", .path.display())]
    File { path: PathBuf, act: &'static str, source: io::Error },
    #[error("No thread could be started for the private Postgres: {0}")]
    NoThread(#[source] io::Error),
}

/// Names the file and what was tried in an error of the file system.
pub(super) fn file_error(path: impl Into<PathBuf>, act: &'static str) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.into();
    move |source| EmbeddedError::File { path, act, source }
}
