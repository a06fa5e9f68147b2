//! The program `tracker`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tracker::cli::run(tracker::cli::Command::parse())
}
