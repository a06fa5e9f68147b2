//! Programs that run beside this one, and end with their value.

use std::{ffi::OsStr, path::PathBuf, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use super::Outcome;

/// Longer than anything that is waited for takes: the bench stops by itself.
const PATIENCE: Duration = Duration::from_secs(180);

/// A program that runs on some processors only.
pub fn pinned(processors: &str, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", processors]).arg(program).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// This program, in another part of the play.
pub fn myself() -> Outcome<PathBuf> {
    Ok(std::env::current_exe()?)
}

/// A running program whose standard output tells us something, line by line.
pub struct Running {
    name: String,
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub fn start(name: &str, mut command: Command) -> Outcome<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{name}: {error}"))?;
        let out = child.stdout.take().ok_or("a program without standard output")?;
        Ok(Self { name: name.to_owned(), child, lines: BufReader::new(out).lines() })
    }

    /// The next line that it says.
    pub async fn line(&mut self) -> Outcome<String> {
        let next = timeout(PATIENCE, self.lines.next_line()).await;
        match next.map_err(|_| format!("{} said nothing for {} seconds", self.name, PATIENCE.as_secs()))?? {
            Some(line) => Ok(line),
            None => Err(format!("{} ended early: {}", self.name, self.child.wait().await?).into()),
        }
    }

    /// The address that it says it serves at.
    pub async fn address(&mut self) -> Outcome<String> {
        let line = self.line().await?;
        let address = line.split_once("http://").ok_or_else(|| format!("{} said: {line}", self.name))?.1;
        Ok(format!("http://{}", address.trim_end_matches('/')))
    }

    pub fn id(&self) -> Outcome<u32> {
        self.child.id().ok_or_else(|| format!("{} has ended", self.name).into())
    }

    /// Ends it, and waits until it has.
    pub async fn end(mut self) -> Outcome {
        self.child.kill().await?;
        Ok(())
    }
}
