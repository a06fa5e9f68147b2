//! `tracker import`

use std::{ffi::OsStr, path::PathBuf, sync::Arc};

use super::{database::Database, error::CliError};
use crate::{
    clock::{self, Clock, latest_day_on_earth},
    config,
    domain::{
        country::CountryCode,
        import_file::{DevelopmentsFile, FileProblem, is_table, parse_countries, parse_developments, parse_table},
        review::ReviewPolicy,
    },
    ledger::{
        Ledger,
        import::{Import, Manner, RowOutcome},
    },
    store::{audit::Actor, error::StoreError},
};

/// The countries that come with the program.
const COUNTRIES: &str = include_str!("../../data/countries.csv");

/// What the article reports, as it comes with the program.
const ARTICLE: &str = include_str!("../../data/article.yaml");

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files of countries (.csv) and of developments (.yaml, or a table as .csv or .tsv), each loaded whole or not at all. None: those
    /// that come with the program.
    files: Vec<PathBuf>,

    /// Say what would be added, what is there already and what is wrong, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Leave the developments as drafts, which staff see, instead of publishing them.
    #[arg(long)]
    drafts: bool,

    #[command(flatten)]
    database: config::Database,
}

/// A file to import.
struct Source {
    name: String,
    content: Content,
}

enum Content {
    Countries(String),
    Developments(String),
    Table(String),
}

/// What a file brought, or would bring, each by the name that the file gives it.
#[derive(Default)]
struct Loaded {
    added: Vec<String>,
    changed: Vec<String>,
    already_there: Vec<String>,
    /// Unless this is empty, nothing of the file may be kept.
    problems: Vec<FileProblem>,
}

impl Loaded {
    fn counts(&self) -> [usize; 3] {
        [&self.added, &self.changed, &self.already_there].map(Vec::len)
    }

    /// What would be done, a line each.
    fn as_plan(&self, file: &str) -> String {
        let ([add, change, there], wrong) = (self.counts(), self.problems.len());
        let mut plan = format!("{file}: {add} to add, {change} to change, {there} already there, {wrong} problems\n");
        for (fate, names) in [("add", &self.added), ("change", &self.changed), ("already there", &self.already_there)] {
            for name in names {
                plan.push_str(&format!("  {fate}: {name}\n"));
            }
        }
        plan
    }
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let mut sources = Vec::new();
    for path in &arguments.files {
        sources.push(Source { name: path.display().to_string(), content: read(path)? });
    }
    if sources.is_empty() {
        let source = |name: &str, content| Source { name: name.to_owned(), content };
        sources.push(source("the program's countries", Content::Countries(COUNTRIES.to_owned())));
        sources.push(source("the program's article", Content::Developments(ARTICLE.to_owned())));
    }
    let database = Database::open(&arguments.database).await?;
    let clock: Clock = Arc::new(clock::System);
    let ledger = Ledger::new(database.pool.clone(), clock.clone(), ReviewPolicy::Optional);
    let manner = Manner { publish: !arguments.drafts, actor: Actor::command_line() };
    let outcome = if arguments.dry_run {
        try_all(&ledger, &clock, &sources, &manner).await
    } else {
        load_each(&ledger, &clock, &sources, &manner).await
    };
    database.close().await?;
    outcome
}

fn read(path: &PathBuf) -> Result<Content, CliError> {
    let text = || std::fs::read_to_string(path).map_err(|cause| CliError::File { path: path.clone(), cause });
    match path.extension().and_then(OsStr::to_str) {
        Some("csv") => text().map(|text| if is_table(&text) { Content::Table(text) } else { Content::Countries(text) }),
        Some("tsv") => text().map(Content::Table),
        Some("yaml" | "yml") => text().map(Content::Developments),
        _ => Err(CliError::UnknownFile(path.clone())),
    }
}

/// Loads each file, up to the first that is wrong.
#[expect(clippy::print_stdout, reason = "what the command is for")]
async fn load_each(ledger: &Ledger, clock: &Clock, sources: &[Source], manner: &Manner) -> Result<(), CliError> {
    for Source { name, content } in sources {
        let loaded = load_whole(ledger, clock, (name, content), manner).await?;
        let [added, changed, already_there] = loaded.counts();
        println!("{name}: {added} added, {changed} changed, {already_there} already there");
    }
    Ok(())
}

/// Goes through all files in one import that is never kept, so that each sees what those before it would bring.
async fn try_all(ledger: &Ledger, clock: &Clock, sources: &[Source], manner: &Manner) -> Result<(), CliError> {
    let mut import = ledger.begin_import().await?;
    let (mut problems, mut report) = (Vec::new(), String::new());
    for Source { name, content } in sources {
        let loaded = load(&mut import, clock, content, manner).await?;
        report.push_str(&loaded.as_plan(name));
        problems.extend(loaded.problems.iter().map(|problem| format!("{name}, {problem}")));
    }
    import.give_up().await?;
    super::print(&report)?;
    if problems.is_empty() { Ok(()) } else { Err(CliError::WouldRefuse(problems.join("\n"))) }
}

/// Loads a file whole, or nothing of it.
async fn load_whole(
    ledger: &Ledger,
    clock: &Clock,
    (name, content): (&str, &Content),
    manner: &Manner,
) -> Result<Loaded, CliError> {
    let mut import = ledger.begin_import().await?;
    let loaded = load(&mut import, clock, content, manner).await?;
    if !loaded.problems.is_empty() {
        let problems = loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        return Err(CliError::BadFile { file: name.to_owned(), problems });
    }
    import.commit().await?;
    Ok(loaded)
}

async fn load(
    import: &mut Import<'_>,
    clock: &Clock,
    content: &Content,
    manner: &Manner,
) -> Result<Loaded, StoreError> {
    let today = latest_day_on_earth(clock.now());
    match content {
        Content::Countries(text) => countries(import, text).await,
        Content::Developments(text) => developments(import, &parse_developments(text, today), manner).await,
        Content::Table(text) => developments(import, &parse_table(text, usize::MAX, today), manner).await,
    }
}

async fn countries(import: &mut Import<'_>, text: &str) -> Result<Loaded, StoreError> {
    let records = match parse_countries(text) {
        Ok(records) => records,
        Err(problems) => return Ok(Loaded { problems, ..Loaded::default() }),
    };
    let imported = import.countries(&records).await?;
    let names = |codes: Vec<CountryCode>| codes.iter().map(ToString::to_string).collect();
    Ok(Loaded {
        added: names(imported.added),
        changed: names(imported.changed),
        already_there: names(imported.already_there),
        problems: Vec::new(),
    })
}

async fn developments(import: &mut Import<'_>, file: &DevelopmentsFile, manner: &Manner) -> Result<Loaded, StoreError> {
    let imported = import.developments(file, manner).await?;
    let mut loaded = Loaded { problems: imported.problems, ..Loaded::default() };
    for row in imported.rows {
        let name = format!("{}, {}", row.place, row.key);
        match row.outcome {
            RowOutcome::Added(_) => loaded.added.push(name),
            RowOutcome::AlreadyThere(_) => loaded.already_there.push(name),
            RowOutcome::Wrong => {}
        }
    }
    Ok(loaded)
}

/// Loads the countries and the article that come with the program.
pub async fn first_data(ledger: &Ledger, clock: &Clock) -> Result<(), CliError> {
    let manner = Manner { publish: true, actor: Actor::command_line() };
    for content in [Content::Countries(COUNTRIES.to_owned()), Content::Developments(ARTICLE.to_owned())] {
        load_whole(ledger, clock, ("the program's own data", &content), &manner).await?;
    }
    Ok(())
}
