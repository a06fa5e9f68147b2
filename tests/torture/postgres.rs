//! Postgres as an operator has it: a primary, and a standby that has received whatever was acknowledged.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use rustix::process::geteuid;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::{
    process::{Child, Command},
    time::sleep,
};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A folder for all clusters of a run, removed with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        let folder = Self(path);
        if geteuid().is_root() {
            let owned = std::process::Command::new("chown").arg("postgres").arg(&folder.0).status().unwrap();
            assert!(owned.success(), "there is no account postgres");
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A cluster and its postmaster.
pub struct Postgres {
    path: PathBuf,
    pub port: u16,
    postmaster: Option<Child>,
}

/// Where the newest server programs are.
fn programs() -> PathBuf {
    let found =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let newest = found.filter(|path| path.join("pg_basebackup").exists()).max();
    newest.expect("PostgreSQL's server programs: install the package postgresql")
}

/// A program of Postgres, which refuses to run as root. It is the process itself that is started, so that its id is the one to kill.
fn program(name: &str, folder: &Path) -> Command {
    let path = programs().join(name);
    let mut command = if geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    command.current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.kill_on_drop(true);
    command
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Postgres {
    /// Makes a primary, with an empty database `tracker`.
    pub async fn primary(folder: &Folder) -> Self {
        let path = folder.0.join("first");
        let mut initdb = program("initdb", &folder.0);
        initdb.args([
            "--username",
            "postgres",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
            "--pgdata",
        ]);
        assert!(initdb.arg(&path).status().await.unwrap().success(), "initdb");
        let primary = Self::start(path).await;
        primary.run("postgres", "create database tracker").await;
        primary
    }

    /// Makes a standby of a primary, and lets the primary acknowledge only what the standby has.
    pub async fn standby(folder: &Folder, primary: &Self, name: &str) -> Self {
        let path = folder.0.join(name);
        let mut copy = program("pg_basebackup", &folder.0);
        copy.args([
            "--host",
            "127.0.0.1",
            "--username",
            "postgres",
            "--checkpoint",
            "fast",
            "--no-sync",
            "--write-recovery-conf",
        ]);
        copy.args(["--port", &primary.port.to_string(), "--pgdata"]).arg(&path);
        assert!(copy.status().await.unwrap().success(), "pg_basebackup");
        // A copy of what the primary was told to wait for would let the standby wait for a standby of its own once it is promoted.
        fs::write(path.join("torture.conf"), "").unwrap();
        let standby = Self::start(path).await;
        primary.wait_for_standbys("*").await;
        standby
    }

    /// Which standbys a commit waits for.
    pub async fn wait_for_standbys(&self, names: &str) {
        fs::write(self.path.join("torture.conf"), format!("synchronous_standby_names = '{names}'\n")).unwrap();
        self.run("postgres", "select pg_reload_conf()").await;
    }

    async fn start(path: PathBuf) -> Self {
        let mut postgres = Self { path, port: free_port(), postmaster: None };
        postgres.start_again().await;
        postgres
    }

    /// Starts it at its port, and waits until it takes connections. What is left of one that was killed goes in its own time.
    pub async fn start_again(&mut self) {
        loop {
            let included = self.path.join("torture.conf");
            if !included.exists() {
                fs::write(&included, "").unwrap();
                let main = self.path.join("postgresql.conf");
                let settings = fs::read_to_string(&main).unwrap();
                fs::write(&main, settings + "\ninclude 'torture.conf'\n").unwrap();
            }
            let mut postgres = program("postgres", &self.path);
            postgres.arg("-D").arg(&self.path).args(["-p", &self.port.to_string()]);
            // What a process of this machine wrote outlives the process without fsync.
            for setting in
                ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"]
            {
                postgres.args(["-c", setting]);
            }
            let postmaster = self.postmaster.insert(postgres.spawn().unwrap());
            loop {
                let url = format!("postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable", self.port);
                if PgConnection::connect(&url).await.is_ok() {
                    return;
                }
                if postmaster.try_wait().unwrap().is_some() {
                    break;
                }
                sleep(PAUSE).await;
            }
            sleep(PAUSE).await;
        }
    }

    /// Kills it with -9.
    pub async fn kill(&mut self) {
        if let Some(mut postmaster) = self.postmaster.take() {
            postmaster.kill().await.unwrap();
        }
    }

    /// Waits until the standby has all that the primary has written: only then is nothing lost with the primary, not even what was
    /// seen after a crash and before the standby had it.
    pub async fn is_followed(&self) {
        let followed = "select exists (select from pg_stat_replication
                        where sync_state = 'sync' and flush_lsn >= pg_current_wal_flush_lsn())";
        loop {
            let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
            if sqlx::query_scalar(followed).fetch_one(&mut connection).await.unwrap() {
                return;
            }
            sleep(PAUSE).await;
        }
    }

    /// Makes a standby the primary.
    pub async fn promote(&self) {
        self.run("postgres", "select pg_promote()").await;
    }

    /// Runs a statement, and answers with how many rows came.
    pub async fn run(&self, database: &str, statement: &str) -> usize {
        let mut connection = PgConnection::connect(&self.url(database)).await.unwrap();
        let rows = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).fetch_all(&mut connection).await.unwrap();
        rows.len()
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }
}
