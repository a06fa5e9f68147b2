//! `tracker export`

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{database::Database, error::CliError};
use crate::{
    config,
    domain::{
        as_of::AsOf,
        import_file::{write_countries, write_developments},
        viewer::Viewer,
    },
    store::reader::Reader,
};

/// Standard output, by the name that commands give it.
const STANDARD_OUTPUT: &str = "-";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where to write the developments, as YAML; `-` is standard output. Left out without --countries too: standard output.
    #[arg(long, value_name = "FILE")]
    developments: Option<PathBuf>,

    /// Where to write the countries, as CSV; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    countries: Option<PathBuf>,

    #[command(flatten)]
    database: config::Database,
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let developments = match (&arguments.developments, &arguments.countries) {
        (None, None) => Some(PathBuf::from(STANDARD_OUTPUT)),
        (Some(one), Some(other)) if is_standard_output(one) && is_standard_output(other) => {
            return Err(CliError::TwoOutputs);
        }
        (developments, _) => developments.clone(),
    };
    let database = Database::open(&arguments.database).await?;
    let outcome = write(&database, developments.as_deref(), arguments.countries.as_deref()).await;
    database.close().await?;
    outcome
}

/// Reads all of it at one position.
async fn write(database: &Database, developments: Option<&Path>, countries: Option<&Path>) -> Result<(), CliError> {
    let reader = Reader::open(&database.pool, Viewer::Public, AsOf::Now).await?;
    if let Some(path) = countries {
        put(path, &write_countries(&reader.country_records().await?)?)?;
    }
    if let Some(path) = developments {
        put(path, &write_developments(&reader.ledger(false).await?)?)?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<(), CliError> {
    if is_standard_output(path) {
        return super::print(text);
    }
    fs::write(path, text).map_err(|cause| CliError::Unwritable { path: path.to_owned(), cause })
}

fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == STANDARD_OUTPUT
}
