//! Why a command ended: a sentence that says what to do.

use std::{io, net::SocketAddr, path::PathBuf};

use crate::{
    config::{SecretError, SettingsError},
    domain::import_file::NotWritten,
    embedded_postgres::EmbeddedError,
    store::error::StoreError,
};

#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error("DATABASE_URL is not the address of a Postgres: write it as postgres://user:password@host:5432/database.")]
    MalformedUrl,
    #[error("No Postgres answers at {server}: {cause}. Check DATABASE_URL and that the server runs.")]
    Unreachable { server: String, cause: String },
    #[error("The Postgres at {server} refuses this user or password: check DATABASE_URL.")]
    Refused { server: String },
    #[error("The Postgres at {server} has no database {database:?}: create it, or name another in DATABASE_URL.")]
    NoDatabase { server: String, database: String },
    #[error("The Postgres at {server} is version {version}; the tracker needs 14 or later.")]
    TooOld { server: String, version: u32 },
    #[error(
        "The database was migrated by a newer version of the tracker (step {0}): run that version, or a later one."
    )]
    NewerDatabase(i64),
    #[error(
        "Step {0} of the database's migrations differs from this program's: it was not made by a released version."
    )]
    ForeignMigration(i64),
    #[error("The database could not be migrated: {0}.")]
    Migration(sqlx::migrate::MigrateError),
    #[error("{0} is taken by another program: stop it, or choose another address with TRACKER_LISTEN or --listen.")]
    AddressTaken(SocketAddr),
    #[error("The server can't listen on {0}: {1}.")]
    Listen(SocketAddr, io::Error),
    #[error("{} can't be read: {cause}.", path.display())]
    File { path: PathBuf, cause: io::Error },
    #[error("{} is neither a .csv file of countries or developments, nor a .tsv or .yaml file of developments.", .0.display())]
    UnknownFile(PathBuf),
    #[error("Nothing was imported from {file}, because of:\n{problems}")]
    BadFile { file: String, problems: String },
    #[error("Nothing would be imported from files with something wrong in them:\n{0}")]
    WouldRefuse(String),
    #[error(
        "{server} pools connections by transaction and does not keep prepared statements apart: use PgBouncer 1.21 or later with \
         max_prepared_statements above 0, or pool by session."
    )]
    NoStatements { server: String },
    #[error("{} can't be written: {cause}.", path.display())]
    Unwritable { path: PathBuf, cause: io::Error },
    #[error("The ledger can't be put into a file: {0}.")]
    NotWritten(#[from] NotWritten),
    #[error("Only one file goes to standard output: name a file for the countries or for the developments.")]
    TwoOutputs,
    #[error("There is no token with the id {0} that could be revoked.")]
    NoToken(uuid::Uuid),
    #[error("A token's name has from 1 to 100 characters, none of them control characters.")]
    TokenName,
    #[error("There is no webhook with the id {0} that this could be done to.")]
    NoWebhook(uuid::Uuid),
    #[error("There is no finished delivery with the id {0} to a webhook that is in use.")]
    NoDelivery(uuid::Uuid),
    #[error("A webhook's name has from 1 to 100 characters, none of them control characters.")]
    WebhookName,
    #[error("A webhook can't be sent there: {0}")]
    WebhookUrl(crate::webhooks::Refused),
    #[error("{0}")]
    Account(String),
    #[error("The database is not empty: create a new one, or name another data directory, and restore into that.")]
    NotEmpty,
    #[error(
        "There is no {name} here of PostgreSQL {major} or later: install PostgreSQL's client programs (Debian: postgresql-client)."
    )]
    NoProgram { name: &'static str, major: u32 },
    #[error("{name} failed: {said}.")]
    Program { name: &'static str, said: String },
    #[error("The tracker could not {0}: {1}.")]
    Io(&'static str, io::Error),
    #[error("Single sign-on can't be set up: {0}.")]
    SingleSignOn(#[from] SettingsError),
    #[error("Traces can't be sent to OTEL_EXPORTER_OTLP_ENDPOINT: {0}.")]
    Traces(String),
    #[error("{0}.")]
    Secret(#[from] SecretError),
    #[error("{0}.")]
    Embedded(#[from] EmbeddedError),
    #[error("{0}.")]
    Store(#[from] StoreError),
}
