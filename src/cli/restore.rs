//! `tracker restore`

use std::{fs, path::PathBuf};

use super::{
    database::{Whereabouts, run_program},
    error::CliError,
};
use crate::config;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file that `tracker backup` wrote.
    file: PathBuf,

    #[command(flatten)]
    database: config::Database,
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    // Postgres would say it less well.
    fs::File::open(&arguments.file).map_err(|cause| CliError::File { path: arguments.file.clone(), cause })?;
    let whereabouts = Whereabouts::find(&arguments.database).await?;
    let outcome = read(&whereabouts, &arguments).await;
    whereabouts.leave().await?;
    outcome
}

/// All of it or nothing, and only where nothing is; then with the steps that have come since.
async fn read(whereabouts: &Whereabouts, arguments: &Arguments) -> Result<(), CliError> {
    if !whereabouts.is_empty().await? {
        return Err(CliError::NotEmpty);
    }
    let options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"];
    let mut options: Vec<_> = options.map(str::to_owned).to_vec();
    options.push(arguments.file.display().to_string());
    run_program(whereabouts, "pg_restore", &options).await?;
    whereabouts.migrate().await
}
