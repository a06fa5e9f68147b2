//! `tracker migrate`

use super::{database::Database, error::CliError};
use crate::config;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    database: config::Database,
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    Database::open(&arguments.database).await?.close().await
}
