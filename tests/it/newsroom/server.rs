use std::{
    path::Path,
    process::{ExitStatus, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStderr, Command},
    task::JoinHandle,
};

use super::people::client;

/// A running `tracker serve`. It ends with its value.
pub struct Server {
    pub url: String,
    database: String,
    child: Child,
}

/// The program, told of a database.
pub fn tracker(database: &str) -> Command {
    program(Path::new(env!("CARGO_BIN_EXE_tracker")), database)
}

/// A program of ours, perhaps of another version, told of a database.
fn program(path: &Path, database: &str) -> Command {
    let mut command = Command::new(path);
    command.env("DATABASE_URL", database).stdin(Stdio::null()).kill_on_drop(true);
    // Where a story is not about time running out, a busy machine may take its time.
    command.env("TRACKER_DATABASE_WAIT_SECONDS", "60").env("TRACKER_REQUEST_SECONDS", "60");
    command
}

impl Server {
    /// Starts a server on a free port, and waits until it is ready.
    pub async fn start(database: &str, arguments: &[&str]) -> Self {
        Self::start_as(tracker(database), database, arguments).await
    }

    /// The same of another version.
    pub async fn start_other(path: &Path, database: &str) -> Self {
        Self::start_as(program(path, database), database, &[]).await
    }

    async fn start_as(program: Command, database: &str, arguments: &[&str]) -> Self {
        let (server, mut errors) = Self::launch(program, database, arguments, "warn").await;
        tokio::spawn(async move { tokio::io::copy(&mut errors, &mut tokio::io::stderr()).await });
        server.wait_until_ready().await;
        server
    }

    /// Starts a server whose log is not passed on but kept: it is there once the server has ended.
    pub async fn start_overheard(database: &str, arguments: &[&str]) -> (Self, JoinHandle<String>) {
        let (server, mut errors) = Self::launch(tracker(database), database, arguments, "info").await;
        let log = tokio::spawn(async move {
            let mut log = String::new();
            errors.read_to_string(&mut log).await.unwrap();
            log
        });
        server.wait_until_ready().await;
        (server, log)
    }

    async fn launch(mut program: Command, database: &str, arguments: &[&str], log: &str) -> (Self, ChildStderr) {
        let mut child = program
            .env("TRACKER_LOG", log)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = child.stderr.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(first) = lines.next_line().await.unwrap() else {
            let mut said = String::new();
            errors.read_to_string(&mut said).await.unwrap();
            panic!("the server ended before it served: {said}");
        };
        let address = first.split_once("http://").unwrap().1.trim_end_matches('/');
        // Both pipes are read to their end, so that the server never waits for a full one.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        (Self { url: format!("http://{address}"), database: database.to_owned(), child }, errors)
    }

    async fn wait_until_ready(&self) {
        let http = client();
        loop {
            let answer = http.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Runs `tracker token …` beside the server, and answers with what it prints.
    pub async fn token(&self, arguments: &[&str]) -> String {
        let output = tracker(&self.database).arg("token").args(arguments).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Its process.
    pub fn id(&self) -> i32 {
        i32::try_from(self.child.id().expect("a running server")).unwrap()
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        kill_process(Pid::from_raw(self.id()).unwrap(), Signal::TERM).unwrap();
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }
}
