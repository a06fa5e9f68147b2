//! The command line: one file a subcommand.

mod account;
mod backup;
mod database;
mod error;
mod export;
mod import;
mod migrate;
mod restore;
mod schema;
mod serve;
mod telemetry;
mod token;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use self::error::CliError;

/// The Third-Country Tracker: a living, sourced record of the countries that the U.S. asks to take deportees who are not their
/// citizens.
#[derive(Debug, Parser)]
#[command(name = "tracker", version, arg_required_else_help = true)]
pub struct Command {
    #[command(subcommand)]
    subcommand: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Serve the API and its pages.
    Serve(Box<serve::Arguments>),
    /// Bring the database's tables up to date, and do nothing else.
    Migrate(migrate::Arguments),
    /// Load countries (CSV) and developments (YAML, or a table as CSV) from files; what is there already is not loaded again.
    Import(import::Arguments),
    /// Write what readers see as the files that `import` reads.
    Export(export::Arguments),
    /// Invite, list and manage people who sign in.
    Account(account::Arguments),
    /// Make, list and revoke API tokens.
    Token(token::Arguments),
    /// Write the whole database to a file, also while it is served.
    Backup(backup::Arguments),
    /// Read a file that `backup` wrote into an empty database.
    Restore(restore::Arguments),
    /// Print the GraphQL schema.
    Schema,
}

/// Runs a command to its end. What went wrong is one sentence on standard error.
pub fn run(command: Command) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&CliError::Io("start", error)),
    };
    let outcome = runtime.block_on(async {
        match command.subcommand {
            Act::Serve(arguments) => serve::run(*arguments).await,
            Act::Migrate(arguments) => migrate::run(arguments).await,
            Act::Import(arguments) => import::run(arguments).await,
            Act::Export(arguments) => export::run(arguments).await,
            Act::Account(arguments) => account::run(arguments).await,
            Act::Token(arguments) => token::run(arguments).await,
            Act::Backup(arguments) => backup::run(arguments).await,
            Act::Restore(arguments) => restore::run(arguments).await,
            Act::Schema => schema::run(),
        }
    });
    // A task that still runs, such as a name look-up that never answers, does not hold up the end.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Prints to standard output. Whoever stops reading has had enough, which is no error.
fn print(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Io("print", error)),
        _ => Ok(()),
    }
}

#[expect(clippy::print_stderr, reason = "what a command says when it fails")]
fn fail(error: &CliError) -> ExitCode {
    eprintln!("tracker: {error}");
    ExitCode::FAILURE
}
