//! What all measure on: a folder, a Postgres with real `fsync`, databases in it, and trackers on them.

use std::{
    collections::HashMap,
    env, fs,
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::process::Command;
use tracker::{
    clock::{Surroundings, System},
    embedded_postgres::EmbeddedPostgres,
};

use super::{
    Outcome,
    http::Client,
    machine,
    plan::Plan,
    process::{Running, pinned},
};

/// The database with the countries and the article, as every first start makes it.
pub const ARTICLE: &str = "article";

/// Everything that the measurements share.
pub struct Stage {
    pub plan: Plan,
    pub client: Client,
    postgres: EmbeddedPostgres,
    folder: Folder,
}

/// A folder that is removed with all that is in it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} stays behind: {error}", self.0.display());
        }
    }
}

impl Stage {
    /// Starts a Postgres and loads the article into a first database.
    pub async fn open(plan: &Plan) -> Outcome<Self> {
        let path = env::temp_dir().join(format!("tracker-bench-{}", System.uuid().simple()));
        fs::create_dir(&path)?;
        let folder = Folder(path);
        fs::set_permissions(&folder.0, Permissions::from_mode(0o755))?;
        let configuration = HashMap::from([
            ("max_connections".to_owned(), "200".to_owned()),
            // Tells when a change was committed, by the database's own word.
            ("track_commit_timestamp".to_owned(), "on".to_owned()),
        ]);
        let postgres = EmbeddedPostgres::start_with(&folder.0.join("data"), configuration).await?;
        let stage = Self { plan: plan.clone(), client: Client::new()?, postgres, folder };
        stage.create_database(ARTICLE, None).await?;
        stage.tracker(ARTICLE, machine::ALL, &[]).await?.running.end().await?;
        Ok(stage)
    }

    /// A place for files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    pub fn url(&self, database: &str) -> String {
        self.postgres.url(database)
    }

    pub async fn connect(&self, database: &str) -> Outcome<PgConnection> {
        Ok(PgConnection::connect(&self.url(database)).await?)
    }

    /// Makes a database, empty or as a copy of one that nobody is connected to.
    pub async fn create_database(&self, name: &str, template: Option<&str>) -> Outcome {
        let copied = template.map(|template| format!("template {template}")).unwrap_or_default();
        let mut connection = self.connect("postgres").await?;
        // The names are our own.
        sqlx::raw_sql(AssertSqlSafe(format!("create database {name} {copied}"))).execute(&mut connection).await?;
        Ok(())
    }

    /// Makes a database with many more developments than the article's, unless it is there, and answers with its name.
    pub async fn seeded(&self, developments: u32) -> Outcome<String> {
        let name = format!("seeded_{developments}");
        let mut connection = self.connect("postgres").await?;
        let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(&name)
            .fetch_one(&mut connection)
            .await?;
        if there {
            return Ok(name);
        }
        self.create_database(&name, Some(ARTICLE)).await?;
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/seed/seed.sql");
        let mut command = pinned(machine::ALL, "psql");
        command.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"]);
        command.args(["--command", &format!("set seed.developments = {developments}")]).arg("--file").arg(seed);
        let output = command.args(["--command", "vacuum analyze"]).arg(self.url(&name)).output().await?;
        if !output.status.success() {
            return Err(format!("psql: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(name)
    }

    /// Has Postgres serve its next connections on some processors only.
    pub async fn pin_postgres(&self, processors: &str) -> Outcome {
        let lock = fs::read_to_string(self.folder.0.join("data/postgres/postmaster.pid"))?;
        let postmaster = lock.lines().next().ok_or("Postgres does not run")?;
        let pinning = ["--pid", "--cpu-list", processors, postmaster];
        let output = Command::new("taskset").args(pinning).output().await?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
    }

    /// Starts a tracker on a database, and waits until it is ready.
    pub async fn tracker(&self, database: &str, processors: &str, arguments: &[&str]) -> Outcome<Tracker> {
        let mut command = pinned(processors, tracker_program());
        command.env("DATABASE_URL", self.url(database)).env("TRACKER_LOG", "error");
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        let mut running = Running::start("tracker", command)?;
        let url = running.address().await?;
        self.client.wait_until_ready(&format!("{url}/readyz")).await?;
        Ok(Tracker { url, running })
    }

    /// A new editor's token.
    pub async fn token(&self, database: &str) -> Outcome<String> {
        let mut command = pinned(machine::ALL, tracker_program());
        command.env("DATABASE_URL", self.url(database));
        let output = command.args(["token", "create", "--name", "bench", "--role", "editor"]).output().await?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Stops Postgres and removes the folder.
    pub async fn close(self) -> Outcome {
        Ok(self.postgres.stop().await?)
    }
}

/// A running `tracker serve`.
pub struct Tracker {
    pub url: String,
    pub running: Running,
}

/// The program as `make build` leaves it.
pub fn tracker_program() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/tracker");
    env::var_os("BENCH_TRACKER").map_or(built, PathBuf::from)
}
