//! `tracker import`

use std::{ffi::OsStr, path::PathBuf, sync::Arc};

use super::{database::Database, error::CliError};
use crate::{
    clock::{self, Clock, latest_day_on_earth},
    config,
    domain::{
        import_file::{parse_countries, parse_developments},
        review::ReviewPolicy,
    },
    ledger::{
        Ledger,
        import::{ImportError, Imported},
    },
};

/// The countries that come with the program.
pub const COUNTRIES: &str = include_str!("../../data/countries.csv");

/// What the article reports, as it comes with the program.
pub const ARTICLE: &str = include_str!("../../data/article.yaml");

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files of countries (.csv) and of developments (.yaml), each loaded whole or not at all. None: those that come with the program.
    files: Vec<PathBuf>,

    #[command(flatten)]
    database: config::Database,
}

enum Content {
    Countries(String),
    Developments(String),
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let mut files = Vec::new();
    for path in &arguments.files {
        files.push((path.display().to_string(), read(path)?));
    }
    if files.is_empty() {
        files.push(("the program's countries".to_owned(), Content::Countries(COUNTRIES.to_owned())));
        files.push(("the program's article".to_owned(), Content::Developments(ARTICLE.to_owned())));
    }
    let database = Database::open(&arguments.database).await?;
    let clock: Clock = Arc::new(clock::System);
    let ledger = Ledger::new(database.pool.clone(), clock.clone(), ReviewPolicy::Optional);
    let mut outcome = Ok(());
    for (name, content) in &files {
        match load(&ledger, &clock, content).await {
            Ok(imported) => println!(
                "{name}: {} added, {} changed, {} already there",
                imported.added, imported.changed, imported.already_there
            ),
            Err(error) => {
                outcome = Err(CliError::import(name, error));
                break;
            }
        }
    }
    database.close().await?;
    outcome
}

fn read(path: &PathBuf) -> Result<Content, CliError> {
    let text = || std::fs::read_to_string(path).map_err(|cause| CliError::File { path: path.clone(), cause });
    match path.extension().and_then(OsStr::to_str) {
        Some("csv") => text().map(Content::Countries),
        Some("yaml" | "yml") => text().map(Content::Developments),
        _ => Err(CliError::UnknownFile(path.clone())),
    }
}

async fn load(ledger: &Ledger, clock: &Clock, content: &Content) -> Result<Imported, ImportError> {
    match content {
        Content::Countries(text) => countries(ledger, text).await,
        Content::Developments(text) => developments(ledger, clock, text).await,
    }
}

/// Loads a file of countries.
pub async fn countries(ledger: &Ledger, text: &str) -> Result<Imported, ImportError> {
    let records = parse_countries(text).map_err(ImportError::Refused)?;
    Ok(ledger.import_countries(&records).await?)
}

/// Loads a file of developments.
pub async fn developments(ledger: &Ledger, clock: &Clock, text: &str) -> Result<Imported, ImportError> {
    let records = parse_developments(text, latest_day_on_earth(clock.now())).map_err(ImportError::Refused)?;
    ledger.import_developments(&records).await
}
