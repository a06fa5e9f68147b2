//! The private Postgres, on real ones: what it keeps, who may reach it, and how it comes back after any kind of death.

#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use std::{
    collections::HashMap,
    env,
    fs::{self, Permissions},
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpStream, UdpSocket},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, geteuid, kill_process, test_kill_process};
use sqlx::{Connection, PgConnection};
use tracker::{
    clock::{Surroundings, System},
    embedded_postgres::{DATABASE, EmbeddedError, EmbeddedPostgres},
};

/// Tells the test binary, run again as an owner that is to be killed, which data directory to open.
const OWNED_DIR: &str = "TRACKER_TEST_OWNED_DIR";

/// A folder for one test, removed with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = env::temp_dir().join(format!("tracker-embedded-{}", System.uuid()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn data_dir(&self) -> PathBuf {
        self.0.join("data")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn start(data_dir: &Path) -> EmbeddedPostgres {
    EmbeddedPostgres::start(data_dir).await.unwrap()
}

async fn connect(postgres: &EmbeddedPostgres) -> PgConnection {
    PgConnection::connect(&postgres.url(DATABASE)).await.unwrap()
}

async fn write(postgres: &EmbeddedPostgres) {
    let mut connection = connect(postgres).await;
    sqlx::raw_sql("create table kept (word text); insert into kept values ('here')")
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn read(postgres: &EmbeddedPostgres) -> String {
    sqlx::query_scalar("select word from kept").fetch_one(&mut connect(postgres).await).await.unwrap()
}

async fn setting(postgres: &EmbeddedPostgres, name: &str) -> String {
    sqlx::query_scalar("select current_setting($1)").bind(name).fetch_one(&mut connect(postgres).await).await.unwrap()
}

fn postmaster_pid(data_dir: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data_dir.join("postgres/postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.parse().ok()?)
}

fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).unwrap();
    while is_running(pid) {
        std::thread::yield_now();
    }
}

/// Whether a process runs. One that has died and that nobody has waited for does not.
fn is_running(pid: Pid) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    test_kill_process(pid).is_ok() && !status.contains(") Z ")
}

#[tokio::test]
async fn what_is_acknowledged_is_on_disk() {
    let folder = Folder::new();
    let postgres = start(&folder.data_dir()).await;
    for name in ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"] {
        assert_eq!(setting(&postgres, name).await, "on", "{name}");
    }
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_caller_can_configure_it() {
    let folder = Folder::new();
    let configuration = HashMap::from([
        ("fsync".to_owned(), "off".to_owned()),
        ("application_name".to_owned(), "it's \"quoted\" $HOME".to_owned()),
    ]);
    let postgres = EmbeddedPostgres::start_with(&folder.data_dir(), configuration).await.unwrap();
    assert_eq!(setting(&postgres, "fsync").await, "off");
    assert_eq!(setting(&postgres, "application_name").await, "it's \"quoted\" $HOME");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn only_this_machine_and_only_with_the_password_gets_in() {
    let folder = Folder::new();
    let postgres = start(&folder.data_dir()).await;
    let url = url::Url::parse(&postgres.url(DATABASE)).unwrap();
    let port = url.port().unwrap();

    assert_eq!(setting(&postgres, "listen_addresses").await, "127.0.0.1");
    assert_eq!(setting(&postgres, "unix_socket_directories").await, "");
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    if let Some(address) = outside_address() {
        assert!(TcpStream::connect((address, port)).is_err(), "it answers on {address}");
    }

    let mut wrong = url.clone();
    wrong.set_password(Some("wrong")).unwrap();
    let refused = PgConnection::connect(wrong.as_str()).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("28P01"));

    let password = fs::metadata(folder.data_dir().join("password")).unwrap();
    assert_eq!(password.mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(folder.data_dir()).unwrap().mode() & 0o777, 0o700);
    let rules = fs::read_to_string(folder.data_dir().join("postgres/pg_hba.conf")).unwrap();
    let methods: Vec<&str> = rules
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    assert!(!methods.is_empty() && methods.iter().all(|method| *method == "scram-sha-256"), "{methods:?}");
    postgres.stop().await.unwrap();
}

/// The address by which this machine would reach others, if it has one. Nothing is sent.
fn outside_address() -> Option<std::net::IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_loopback())
}

#[tokio::test]
async fn it_starts_again_where_it_stopped() {
    let folder = Folder::new();
    let postgres = start(&folder.data_dir()).await;
    write(&postgres).await;
    postgres.stop().await.unwrap();
    assert_eq!(postmaster_pid(&folder.data_dir()), None);

    let postgres = start(&folder.data_dir()).await;
    assert_eq!(read(&postgres).await, "here");
    drop(postgres);
    assert_eq!(postmaster_pid(&folder.data_dir()), None, "dropping it stops it too");
}

#[tokio::test]
async fn killed_it_comes_back_at_the_same_address_with_all_it_acknowledged() {
    let folder = Folder::new();
    let postgres = start(&folder.data_dir()).await;
    assert!(!postgres.revive().await.unwrap(), "it is alive");
    write(&postgres).await;
    let url = postgres.url(DATABASE);
    kill(postmaster_pid(&folder.data_dir()).unwrap());

    assert!(postgres.revive().await.unwrap());
    assert_eq!(postgres.url(DATABASE), url);
    assert_eq!(read(&postgres).await, "here");

    kill(postmaster_pid(&folder.data_dir()).unwrap());
    drop(postgres);
    let postgres = start(&folder.data_dir()).await;
    assert_eq!(read(&postgres).await, "here");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_number_that_a_dead_postgres_left_to_another_process_does_not_block_it() {
    let folder = Folder::new();
    let postgres = start(&folder.data_dir()).await;
    write(&postgres).await;
    let pid = postmaster_pid(&folder.data_dir()).unwrap();
    kill(pid);
    drop(postgres);
    let lock = folder.data_dir().join("postgres/postmaster.pid");
    let text = fs::read_to_string(&lock).unwrap();
    let text = text.replacen(&pid.as_raw_nonzero().to_string(), &std::process::id().to_string(), 1);
    fs::write(&lock, text).unwrap();

    let postgres = start(&folder.data_dir()).await;
    assert_eq!(read(&postgres).await, "here");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn one_that_outlives_its_killed_tracker_is_used_by_the_next() {
    let folder = Folder::new();
    let mut owner = owner_of(&folder.data_dir());
    let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    lines.find(|line| line.as_ref().unwrap().contains("started")).unwrap().unwrap();
    let pid = postmaster_pid(&folder.data_dir()).unwrap();
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert!(is_running(pid));

    let postgres = start(&folder.data_dir()).await;
    assert_eq!(postmaster_pid(&folder.data_dir()), Some(pid));
    assert_eq!(setting(&postgres, "fsync").await, "on");
    postgres.stop().await.unwrap();
    assert_eq!(postmaster_pid(&folder.data_dir()), None);
}

fn owner_of(data_dir: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["an_owner", "--exact", "--ignored", "--nocapture"])
        .env(OWNED_DIR, data_dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test]
#[ignore = "not a test: what another test runs as a process, and kills"]
async fn an_owner() {
    let data_dir = PathBuf::from(env::var_os(OWNED_DIR).unwrap());
    let _postgres = start(&data_dir).await;
    println!("\nstarted");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

#[tokio::test]
async fn several_share_one_and_the_last_to_leave_stops_it() {
    let folder = Folder::new();
    let (data_dir, other) = (folder.data_dir(), folder.data_dir());
    let (first, second) = tokio::join!(start(&data_dir), start(&other));
    assert_eq!(first.url(DATABASE), second.url(DATABASE));
    first.stop().await.unwrap();
    write(&second).await;
    second.stop().await.unwrap();
    assert_eq!(postmaster_pid(&folder.data_dir()), None);
}

#[tokio::test]
async fn a_cluster_half_made_is_made_anew() {
    let folder = Folder::new();
    start(&folder.data_dir()).await.stop().await.unwrap();
    fs::rename(folder.data_dir().join("postgres"), folder.data_dir().join("postgres.new")).unwrap();
    fs::remove_file(folder.data_dir().join("postgres.new/PG_VERSION")).unwrap();
    let postgres = start(&folder.data_dir()).await;
    write(&postgres).await;
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_with_other_things_in_it_is_left_alone() {
    let folder = Folder::new();
    fs::create_dir(folder.data_dir()).unwrap();
    fs::write(folder.data_dir().join("thesis.txt"), "do not touch").unwrap();
    let error = EmbeddedPostgres::start(&folder.data_dir()).await.err().unwrap();
    assert!(matches!(error, EmbeddedError::NotOurs(_)), "{error}");
    assert_eq!(fs::read_dir(folder.data_dir()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_folder_that_it_may_not_enter_is_named() {
    let folder = Folder::new();
    let closed = folder.0.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(if geteuid().is_root() { 0o700 } else { 0o000 })).unwrap();
    let error = EmbeddedPostgres::start(&closed.join("data")).await.err().unwrap();
    assert!(error.to_string().contains(&*closed.to_string_lossy()), "{error}");
}

/// Everything above again as an account without rights, if root runs the tests.
#[test]
fn all_of_it_works_as_another_account_too() {
    if !geteuid().is_root() {
        return;
    }
    let folder = Folder::new();
    let (program, home) = (folder.0.join("tests"), folder.0.join("home"));
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    fs::create_dir(&home).unwrap();
    std::os::unix::fs::chown(&home, Some(65534), Some(65534)).unwrap();
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&program)
        .args(["--skip", "all_of_it_works_as_another_account_too"])
        .env("TMPDIR", &home)
        .current_dir("/")
        .output()
        .unwrap();
    let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{failed}");
    assert!(said.contains("test result: ok. 11 passed"), "{said}");
}
