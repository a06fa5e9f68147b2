//! `tracker export`

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use uuid::Uuid;

use super::{database::Database, error::CliError};
use crate::{
    config,
    domain::{
        as_of::AsOf,
        import_file::{LedgerEntry, write_countries, write_developments},
        viewer::{Role, Staff, Viewer},
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

    /// Write drafts too, also those that wait for review or for their moment, each marked `draft: true`. Drafts of corrections are left out.
    #[arg(long)]
    drafts: bool,

    /// Write what only staff may know too: confidential sources whole, with notes to colleagues. Without it, the files say what readers see.
    #[arg(long)]
    confidential: bool,

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
    let outcome = write(&database, &arguments, developments.as_deref()).await;
    database.close().await?;
    outcome
}

/// Reads all of it at one position.
async fn write(database: &Database, arguments: &Arguments, developments: Option<&Path>) -> Result<(), CliError> {
    // Whoever asks for nothing confidential asks as anyone does.
    let viewer = if arguments.drafts || arguments.confidential { command_line() } else { Viewer::Public };
    let reader = Reader::open(&database.pool, viewer, AsOf::Now).await?;
    if let Some(path) = &arguments.countries {
        put(path, &write_countries(&reader.country_records().await?)?)?;
    }
    if let Some(path) = developments {
        let mut entries = reader.ledger(arguments.drafts).await?;
        let mut notes = BTreeMap::new();
        if arguments.confidential {
            let sources = entries.iter().flat_map(|entry| &entry.citations).map(|citation| citation.source.id);
            notes = reader.source_notes(&sources.collect::<Vec<_>>()).await?;
        } else {
            entries = entries.into_iter().map(LedgerEntry::for_readers).collect();
        }
        put(path, &write_developments(&entries, &notes)?)?;
    }
    Ok(())
}

/// Someone with access to the machine itself.
fn command_line() -> Viewer {
    Viewer::Staff(Staff { id: Uuid::nil(), name: "command line".to_owned(), role: Role::Admin })
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
