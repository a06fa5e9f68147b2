//! The program `tracker`.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Tens of thousands of sockets come and go: what was needed to open one is given back although what it needs while it is open lies beside it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tracker::cli::run(tracker::cli::Command::parse())
}
