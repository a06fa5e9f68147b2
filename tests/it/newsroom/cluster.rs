//! One private Postgres for all stories of a run, and a database of its own for each.

use std::{collections::HashMap, env, fs, path::PathBuf, sync::Mutex};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;
use tracker::{
    clock::{Surroundings, System},
    embedded_postgres::EmbeddedPostgres,
};

static CLUSTER: OnceCell<Mutex<Option<(EmbeddedPostgres, PathBuf)>>> = OnceCell::const_new();

/// Makes an empty database and answers with its URL.
pub async fn create_database() -> String {
    let cluster = CLUSTER.get_or_init(start).await;
    let name = format!("story_{}", System.uuid().simple());
    let url = |database: &str| cluster.lock().unwrap().as_ref().unwrap().0.url(database);
    let mut connection = PgConnection::connect(&url("postgres")).await.unwrap();
    // Its name is made of hexadecimal digits.
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&mut connection).await.unwrap();
    url(&name)
}

async fn start() -> Mutex<Option<(EmbeddedPostgres, PathBuf)>> {
    let folder = env::temp_dir().join(format!("tracker-stories-{}", System.uuid().simple()));
    let configuration = HashMap::from([
        // What is lost with the machine may be lost: it is made anew for every run.
        ("fsync".to_owned(), "off".to_owned()),
        ("max_connections".to_owned(), "500".to_owned()),
        ("shared_preload_libraries".to_owned(), "pg_stat_statements".to_owned()),
        // All stories share it: of what does not fit, counts are lost.
        ("pg_stat_statements.max".to_owned(), "50000".to_owned()),
    ]);
    let postgres = EmbeddedPostgres::start_with(&folder, configuration).await.unwrap();
    stop_at_exit();
    Mutex::new(Some((postgres, folder)))
}

/// The test harness ends the process without dropping statics.
#[expect(unsafe_code, reason = "registering a function that takes nothing and never unwinds has no precondition")]
fn stop_at_exit() {
    extern "C" fn stop() {
        let cluster = CLUSTER.get().and_then(|cluster| cluster.lock().ok()?.take());
        if let Some((postgres, folder)) = cluster {
            drop(postgres);
            let _ = fs::remove_dir_all(folder);
        }
    }
    let refused = unsafe { libc::atexit(stop) };
    assert_eq!(refused, 0);
}
