//! `tracker backup`

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    database::{Whereabouts, run_program},
    error::CliError,
};
use crate::config;

/// What is not worth keeping, or would open doors in another place: browsers that are signed in, links, attempts.
const LEFT_OUT: [&str; 4] = ["session", "account_link", "sign_in_attempt", "sign_on"];

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write, in pg_dump's custom format. It must not be there yet. It holds all that the database does, confidential sources included.
    file: PathBuf,

    #[command(flatten)]
    database: config::Database,
}

pub async fn run(arguments: Arguments) -> Result<(), CliError> {
    let whereabouts = Whereabouts::find(&arguments.database).await?;
    let outcome = write(&whereabouts, &arguments.file).await;
    whereabouts.leave().await?;
    outcome
}

/// Writes beside the file first, so that what bears its name is whole.
async fn write(whereabouts: &Whereabouts, file: &Path) -> Result<(), CliError> {
    let unwritable = |cause| CliError::Unwritable { path: file.to_owned(), cause };
    // Also keeps others from reading it: the file that is made here is kept.
    let claimed = fs::OpenOptions::new().write(true).create_new(true).open(file).map_err(unwritable)?;
    restrict(&claimed).map_err(unwritable)?;
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let left_out = LEFT_OUT.iter().map(|table| format!("--exclude-table-data={table}"));
    let mut arguments = vec!["--format=custom".to_owned(), "--no-owner".to_owned(), "--no-privileges".to_owned()];
    arguments.extend(left_out);
    arguments.push(format!("--file={}", partial.display()));
    let written = async {
        let made = fs::File::create(&partial).map_err(unwritable)?;
        restrict(&made).map_err(unwritable)?;
        run_program(whereabouts, "pg_dump", &arguments).await?;
        fs::rename(&partial, file).map_err(unwritable)
    }
    .await;
    if written.is_err() {
        for leftover in [partial.as_path(), file] {
            // It may not have been made.
            let _ = fs::remove_file(leftover);
        }
    }
    written
}

fn restrict(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}
