//! A pooler between the tracker and its database: PgBouncer by transaction, with a direct way for listening.

use std::{
    env, fs,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
};

use futures_util::future::join_all;
use serde_json::json;
use tokio::{net::TcpStream, process::Child};
use tracker::clock::{Surroundings, System};

use crate::newsroom::{Server, entry, story, tracker};

/// The first version that keeps prepared statements apart in transaction mode.
const FIRST: (u32, u32) = (1, 21);

/// A running PgBouncer, ended and removed with its value.
struct Pooler {
    url: String,
    folder: PathBuf,
    _process: Child,
}

/// The program: `PGBOUNCER`, else the one that is installed.
fn program() -> String {
    env::var("PGBOUNCER").unwrap_or_else(|_| "pgbouncer".to_owned())
}

/// The installed version.
fn version() -> (u32, u32) {
    let output = Command::new(program()).arg("--version").output().expect("PgBouncer: install the package pgbouncer");
    let text = String::from_utf8(output.stdout).unwrap();
    let number = text.split_whitespace().nth(1).unwrap();
    let mut parts = number.split('.').map(|part| part.parse().unwrap());
    (parts.next().unwrap(), parts.next().unwrap())
}

impl Pooler {
    /// Pools the connections to a database by transaction: three for all clients.
    async fn before(database: &str) -> Self {
        let mut url = url::Url::parse(database).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = env::temp_dir().join(format!("tracker-pooler-{}", System.uuid().simple()));
        fs::create_dir(&folder).unwrap();
        let to = format!(
            "host=127.0.0.1 port={} user={} password={}",
            url.port().unwrap(),
            url.username(),
            url.password().unwrap_or_default()
        );
        let prepared = if version() >= FIRST { "max_prepared_statements = 200" } else { "" };
        let settings = format!(
            "[databases]\n* = {to}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = transaction\ndefault_pool_size = 3\n{prepared}\n"
        );
        let file = folder.join("pgbouncer.ini");
        fs::write(&file, settings).unwrap();
        // It refuses to run as root.
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = tokio::process::Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program());
            command
        } else {
            tokio::process::Command::new(program())
        };
        let process =
            command.arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn().unwrap();
        url.set_port(Some(port)).unwrap();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::task::yield_now().await;
        }
        Self { url: url.into(), folder, _process: process }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn by_way_of_pgbouncer_everything_works_or_it_is_said_at_the_start_why_not() {
    story(async |newsroom| {
        let pooler = Pooler::before(&newsroom.database).await;
        let direct = ["--database-direct-url", newsroom.database.as_str()];
        if version() < FIRST {
            let mut command = tracker(&pooler.url);
            command.args(["serve", "--listen", "127.0.0.1:0"]).args(direct);
            let output = command.output().await.unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && said.contains("max_prepared_statements"), "{said}");
            return;
        }
        let first = Server::start(&pooler.url, &direct).await;
        let second = Server::start(&pooler.url, &direct).await;
        let editor = newsroom.editor().await;
        let (editors, reader) = ([editor.at(&first), editor.at(&second)], newsroom.reader().at(&second));
        let mut socket = reader.socket().await;
        socket
            .subscribe("1", "subscription { changes { position development { id } tally { total } } }", json!({}))
            .await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let before = newsroom.position().await;
        let countries = ["FR", "ES", "IT", "DE", "PT", "GB", "IE", "BE", "NL", "LU"];
        let writes = (0..60).map(async |number| {
            let input = entry(countries[number % 10], json!({ "idempotencyKey": format!("pooled-{number}") }));
            let id = editors[number % 2].insist(["Ask", "Agreement", "Refusal"][number % 3], input).await;
            let query = format!(
                "query ($id: ID!) {{ node(id: $id) {{ n{number}: id }} countries(first: 5) {{ totalCount }} }}"
            );
            let answer =
                reader.at(if number % 3 == 0 { &first } else { &second }).ask(&query, json!({ "id": id })).await;
            assert_eq!(answer["node"][format!("n{number}")], id);
        });
        join_all(writes).await;
        for position in before + 1..=before + 60 {
            assert_eq!(socket.next().await["changes"]["position"], position);
        }
    })
    .await;
}
