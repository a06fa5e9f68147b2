//! A `tracker serve` that is killed and started again at its address, as whatever supervises servers does it.

use std::{net::TcpListener, process::Stdio, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    sync::mpsc,
    task::JoinHandle,
    time::sleep,
};

/// How long a supervisor waits before it starts a server again.
const PAUSE: Duration = Duration::from_millis(200);

/// A server at an address of its own.
pub struct Replica {
    pub url: String,
    signals: mpsc::UnboundedSender<Signal>,
    supervisor: JoinHandle<()>,
}

impl Replica {
    /// Keeps a server running on a database.
    pub fn keep(database: &str, settings: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracker"));
        command.args(["serve", "--listen", &address]).args(settings).env("DATABASE_URL", database);
        // What the servers say of it goes where the verdict goes.
        command.env("TRACKER_LOG", "error").stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let (signals, received) = mpsc::unbounded_channel();
        Self { url: format!("http://{address}"), signals, supervisor: tokio::spawn(supervise(command, received)) }
    }

    /// Ends it for good.
    pub async fn end(mut self) {
        self.supervisor.abort();
        // With the task, its child is dropped and killed.
        let _ = (&mut self.supervisor).await;
    }

    /// Kills it with -9.
    pub fn kill(&self) {
        self.signals.send(Signal::KILL).unwrap();
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        self.signals.send(Signal::TERM).unwrap();
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.supervisor.abort();
    }
}

async fn supervise(mut command: Command, mut signals: mpsc::UnboundedReceiver<Signal>) {
    loop {
        let mut server = command.spawn().unwrap();
        loop {
            tokio::select! {
                _ = server.wait() => break,
                signal = signals.recv() => match signal {
                    Some(signal) => send(&server, signal),
                    None => return,
                },
            }
        }
        sleep(PAUSE).await;
    }
}

fn send(server: &Child, signal: Signal) {
    // One that has ended already has no id any more.
    if let Some(id) = server.id().and_then(|id| Pid::from_raw(i32::try_from(id).unwrap())) {
        kill_process(id, signal).unwrap();
    }
}
