//! `tracker schema`

use super::error::CliError;

#[expect(clippy::print_stdout, reason = "what the command is for")]
pub fn run() -> Result<(), CliError> {
    print!("{}", crate::graphql::sdl());
    Ok(())
}
