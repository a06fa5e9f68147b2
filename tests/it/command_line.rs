//! What whoever runs the tracker meets: its private Postgres, tokens, and one sentence for whatever is missing or wrong.

use std::{
    env,
    fs::{self, File},
    io,
    net::TcpListener,
    path::PathBuf,
    process::{ExitStatus, Output, Stdio},
};

use clap::CommandFactory;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};
use tracker::clock::{Surroundings, System};

use crate::newsroom::{Reader, Server, client, empty_database, story, tracker};

/// A tracker that is told of no database, and the folder that it keeps its own in. The folder goes when the value does.
struct Private {
    folder: PathBuf,
}

/// A tracker that serves.
struct Serving {
    url: String,
    child: Child,
    printed: Lines<BufReader<ChildStdout>>,
}

impl Private {
    fn new() -> Self {
        let folder = env::temp_dir().join(format!("tracker-private-{}", System.uuid().simple()));
        fs::create_dir(&folder).unwrap();
        // So that the account that runs Postgres for root may enter.
        fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracker"));
        command.env_remove("DATABASE_URL").env("TRACKER_DATA_DIR", self.folder.join("data")).args(arguments);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Serves, and logs all that it can.
    async fn serve(&self) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let log = File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
        Serving::of(command.env("TRACKER_LOG", "trace").stderr(log)).await
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap()
    }

    fn postmaster(&self) -> Option<Pid> {
        let text = fs::read_to_string(self.folder.join("data/postgres/postmaster.pid")).ok()?;
        Pid::from_raw(text.lines().next()?.parse().ok()?)
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        // A failed test may have left it running.
        if let Some(postmaster) = self.postmaster() {
            let _ = kill_process(postmaster, Signal::QUIT);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Serving {
    async fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = printed.next_line().await.unwrap().expect("it serves");
        let address = first.split_once("http://").unwrap().1.trim_end_matches('/');
        Self { url: format!("http://{address}"), child, printed }
    }

    /// The token that it prints when it starts for the first time.
    async fn printed_token(&mut self) -> String {
        loop {
            let line = self.printed.next_line().await.unwrap().expect("a token is printed");
            if let Some((_, token)) = line.split_once("token, shown only this once: ") {
                return token.to_owned();
            }
        }
    }

    async fn ask(&self, query: &str, token: &str) -> Option<Value> {
        let request =
            client().post(format!("{}/graphql", self.url)).bearer_auth(token).json(&json!({ "query": query }));
        request.send().await.ok()?.json().await.ok()
    }

    /// The role that a token gives; `None` where it gives none.
    async fn role(&self, token: &str) -> Option<String> {
        let answer = self.ask("{ viewer { role } }", token).await.unwrap();
        answer["data"]["viewer"]["role"].as_str().map(str::to_owned)
    }

    /// The tally, as soon as there is an answer.
    async fn tally(&self) -> Value {
        let query = json!({ "query": "{ tally { total asked agreed } }" });
        loop {
            let request = client().post(format!("{}/graphql", self.url)).json(&query);
            let answer = async { request.send().await?.json::<Value>().await }.await;
            if let Some(tally) =
                answer.ok().and_then(|mut answer| Some(answer["data"].as_object_mut()?["tally"].take()))
            {
                return tally;
            }
            tokio::task::yield_now().await;
        }
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id().expect("it runs")).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Ends it with a signal; answers with how it ended and what it had still printed.
    async fn end(mut self, signal: Signal) -> (ExitStatus, String) {
        self.signal(signal);
        let mut rest = String::new();
        while let Some(line) = self.printed.next_line().await.unwrap() {
            rest.push_str(&line);
        }
        (self.child.wait().await.unwrap(), rest)
    }
}

/// What a command says when it fails: one line that names the program, and no secret.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("tracker: ") && said.ends_with(".\n"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
    said
}

async fn complaint_about(database: &str) -> String {
    complaint(&tracker(database).args(["serve", "--listen", "127.0.0.1:0"]).output().await.unwrap())
}

fn article() -> Value {
    json!({ "total": 58, "asked": 51, "agreed": 7 })
}

#[tokio::test]
async fn a_private_tracker_keeps_everything_however_it_ends() {
    let private = Private::new();
    let mut serving = private.serve().await;
    assert_eq!(serving.tally().await, article());
    let first = serving.printed_token().await;
    assert_eq!(serving.role(&first).await.as_deref(), Some("EDITOR"));

    let output = private.command(&["token", "create", "--name", "Ada", "--role", "reporter"]).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let second = String::from_utf8(output.stdout).unwrap();
    let second = second.strip_suffix('\n').unwrap();
    assert!(second.starts_with("tct_") && !second.contains(char::is_whitespace), "the token stands alone: {second}");
    assert_eq!(serving.role(second).await.as_deref(), Some("REPORTER"));

    let postmaster = private.postmaster().unwrap();
    serving.end(Signal::KILL).await;
    let serving = private.serve().await;
    assert_eq!(private.postmaster(), Some(postmaster), "the Postgres that was left behind is used again");
    assert_eq!(serving.tally().await, article());
    assert_eq!(serving.role(&first).await.as_deref(), Some("EDITOR"));
    assert_eq!(serving.role(second).await.as_deref(), Some("REPORTER"));

    let (status, printed) = serving.end(Signal::TERM).await;
    assert!(status.success(), "{status}");
    assert!(!printed.contains("tct_"), "{printed}");
    assert_eq!(private.postmaster(), None);

    let password = fs::read_to_string(private.folder.join("data/password")).unwrap();
    for secret in [&first, second, password.trim()] {
        assert!(!private.log().contains(secret));
    }
}

#[tokio::test]
async fn a_private_postgres_that_is_killed_comes_back_while_the_tracker_serves() {
    let private = Private::new();
    let serving = private.serve().await;
    assert_eq!(serving.tally().await, article());
    let killed = private.postmaster().unwrap();
    kill_process(killed, Signal::KILL).unwrap();
    while private.postmaster().is_none_or(|postmaster| postmaster == killed) {
        tokio::task::yield_now().await;
    }
    assert_eq!(serving.tally().await, article());
    let (status, _) = serving.end(Signal::INT).await;
    assert!(status.success(), "{status}");
    assert_eq!(private.postmaster(), None);
}

#[tokio::test]
async fn trackers_on_one_data_directory_share_its_postgres() {
    let private = Private::new();
    let first = private.serve().await;
    let second = private.serve().await;
    let postmaster = private.postmaster();
    first.end(Signal::TERM).await;
    assert_eq!(second.tally().await, article());
    assert_eq!(private.postmaster(), postmaster);
    second.end(Signal::TERM).await;
    assert_eq!(private.postmaster(), None);
}

#[tokio::test]
async fn of_trackers_that_start_at_once_on_an_empty_database_one_makes_the_first_token() {
    let database = empty_database().await;
    let serve = || {
        let mut command = tracker(&database);
        command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::null());
        command
    };
    let (mut one, mut other) = (serve(), serve());
    let (one, other) = tokio::join!(Serving::of(&mut one), Serving::of(&mut other));
    assert_eq!(one.tally().await, article());
    assert_eq!(other.tally().await, article());
    let (_, printed_by_one) = one.end(Signal::TERM).await;
    let (_, printed_by_other) = other.end(Signal::TERM).await;
    assert_eq!((printed_by_one + &printed_by_other).matches("tct_").count(), 1);
}

#[tokio::test]
async fn a_revoked_token_is_listed_and_no_longer_good() {
    story(async |newsroom| {
        let token =
            newsroom.server.token(&["create", "--name", "Grace", "--role", "editor", "--expires-in", "90d"]).await;
        let listed = newsroom.server.token(&["list"]).await;
        let line = listed.lines().find(|line| line.ends_with("\tGrace")).unwrap();
        assert!(line.contains("\teditor\tvalid until 20") && !listed.contains(&token), "{line}");
        let id = line.split('\t').next().unwrap();
        newsroom.server.token(&["revoke", id]).await;
        let listed = newsroom.server.token(&["list"]).await;
        assert!(listed.lines().any(|line| line.starts_with(id) && line.contains("\trevoked 20")), "{listed}");

        let again = tracker(&newsroom.database).args(["token", "revoke", id]).output().await.unwrap();
        assert!(complaint(&again).contains(id));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_database_url_is_told_apart_from_a_missing_database() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = taken.local_addr().unwrap();
    drop(taken);
    let database = url::Url::parse(&empty_database().await).unwrap();
    let with = |change: &dyn Fn(&mut url::Url)| {
        let mut changed = database.clone();
        change(&mut changed);
        changed.to_string()
    };
    for (url, expected) in [
        ("mysql://me:s3cret@127.0.0.1/tracker".to_owned(), "not the address of a Postgres"),
        ("s3cret".to_owned(), "not the address of a Postgres"),
        ("postgres://me:s3cret@127.0.0.1:port/tracker".to_owned(), "not the address of a Postgres"),
        (format!("postgres://me:s3cret@{free}/tracker"), "No Postgres answers at 127.0.0.1"),
        (with(&|url| url.set_password(Some("s3cret")).unwrap()), "refuses this user or password"),
        (with(&|url| url.set_path("nowhere")), "has no database \"nowhere\""),
    ] {
        let said = complaint_about(&url).await;
        assert!(said.contains(expected), "{said}");
    }
}

#[tokio::test]
async fn a_database_of_another_version_is_left_alone() {
    let database = empty_database().await;
    assert!(tracker(&database).arg("migrate").output().await.unwrap().status.success());
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (999999, 'contract what is not used any more', true, '', 0)";
    sqlx::raw_sql(newer).execute(&mut connection).await.unwrap();
    let said = complaint_about(&database).await;
    assert!(said.contains("newer version") && said.contains("999999"), "{said}");

    let other = "delete from _sqlx_migrations where version = 999999;
                 update _sqlx_migrations set checksum = '' where version = 1";
    sqlx::raw_sql(other).execute(&mut connection).await.unwrap();
    let said = complaint_about(&database).await;
    assert!(said.contains("Step 1 "), "{said}");
}

#[tokio::test]
async fn steps_of_a_newer_version_that_only_add_stop_no_server() {
    let database = empty_database().await;
    assert!(tracker(&database).arg("migrate").output().await.unwrap().status.success());
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (999998, 'something new', true, '', 0)";
    sqlx::raw_sql(newer).execute(&mut connection).await.unwrap();
    let server = Server::start(&database, &[]).await;
    assert_eq!(Reader::of(&server, None).tally().await, (58, 51, 7));
}

#[tokio::test]
async fn an_address_comes_from_a_file_too() {
    let database = empty_database().await;
    let private = Private::new();
    let (file, empty) = (private.folder.join("url"), private.folder.join("empty"));
    fs::write(&file, format!("{database}\n")).unwrap();
    fs::write(&empty, "\n").unwrap();
    let migrate = |file: PathBuf| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracker"));
        command.arg("migrate").env_remove("DATABASE_URL").env("DATABASE_URL_FILE", file).stdin(Stdio::null());
        command
    };
    // As compose files pass on what is not set.
    assert!(migrate(file.clone()).env("DATABASE_URL", "").output().await.unwrap().status.success());
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let tables: i64 = sqlx::query_scalar("select count(*) from country").fetch_one(&mut connection).await.unwrap();
    assert_eq!(tables, 0);

    let said = complaint(&migrate(file).env("DATABASE_URL", &database).output().await.unwrap());
    assert!(said.contains("DATABASE_URL and DATABASE_URL_FILE"), "{said}");
    let said = complaint(&migrate(empty).output().await.unwrap());
    assert!(said.contains("is empty"), "{said}");
    let said = complaint(&migrate(private.folder.join("nothing")).output().await.unwrap());
    assert!(said.contains("nothing") && said.contains("can't be read"), "{said}");
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let database = empty_database().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = tracker(&database).args(["serve", "--listen", &address]).output().await.unwrap();
    let said = complaint(&output);
    assert!(said.contains(&address) && said.contains("taken"), "{said}");
}

#[tokio::test]
async fn a_data_directory_that_can_not_be_used_is_named() {
    let private = Private::new();
    let data_dir = private.folder.join("data");
    fs::create_dir(&data_dir).unwrap();
    fs::write(data_dir.join("novel.txt"), "chapter one").unwrap();
    let said = complaint(&private.command(&["migrate"]).output().await.unwrap());
    assert!(said.contains(&*data_dir.to_string_lossy()) && said.contains("TRACKER_DATA_DIR"), "{said}");

    let private = Private::new();
    let mut serving = private.serve().await;
    serving.printed_token().await;
    serving.end(Signal::TERM).await;
    fs::write(private.folder.join("data/postgres/PG_VERSION"), "9\n").unwrap();
    // A proxy that is not there: no download, wherever the test runs.
    let output = private.command(&["migrate"]).env("HTTPS_PROXY", "http://127.0.0.1:1").output().await.unwrap();
    let said = complaint(&output);
    assert!(said.contains("are of PostgreSQL 9") && said.contains("tracker backup"), "{said}");
}

#[tokio::test]
async fn every_setting_has_a_variable_a_meaning_and_a_place_in_the_help() -> io::Result<()> {
    let output = Command::new(env!("CARGO_BIN_EXE_tracker")).args(["serve", "--help"]).output().await?;
    // Long names are broken across lines.
    let help: String = String::from_utf8_lossy(&output.stdout).split_whitespace().collect();
    let command = tracker::cli::Command::command();
    let serve = command.find_subcommand("serve").unwrap();
    let mut settings = 0;
    for argument in serve.get_arguments() {
        let name = argument.get_long().unwrap();
        let variable = argument.get_env().unwrap_or_else(|| panic!("--{name} has no variable")).to_str().unwrap();
        assert!(argument.get_help().is_some(), "--{name} says nothing");
        assert!(help.contains(&format!("--{name}<")) && help.contains(&format!("[env:{variable}")), "--{name}");
        settings += 1;
    }
    assert!(settings > 15);
    Ok(())
}
