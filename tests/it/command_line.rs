//! What `tracker` says when something is not as it should be: one sentence, and a code other than 0.

use std::process::Output;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::net::TcpListener;

use crate::newsroom::{Server, empty_database, story, tracker};

fn said(output: &Output) -> String {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let sentences: Vec<_> = said.lines().filter(|line| line.starts_with("tracker: ")).collect();
    assert_eq!(sentences.len(), 1, "{said}");
    sentences[0].to_owned()
}

#[tokio::test]
async fn a_wrong_database_url_ends_in_a_sentence_without_the_password() {
    let database = empty_database().await;
    let (start, host) = database.split_once('@').unwrap();
    let (_, password) = start.rsplit_once(':').unwrap();
    for (url, told) in [
        ("mysql://localhost/x".to_owned(), "DATABASE_URL is not the address of a Postgres"),
        ("postgres://u:hunter2@127.0.0.1:1/x".to_owned(), "No Postgres answers at 127.0.0.1:1"),
        (database.replace(password, "hunter2"), "refuses this user or password"),
        (format!("{start}@{}/absent", host.split_once('/').unwrap().0), "has no database \"absent\""),
    ] {
        let output = tracker(&url).args(["serve", "--listen", "127.0.0.1:0"]).output().await.unwrap();
        let said = said(&output);
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("hunter2") && !said.contains(password), "{said}");
    }
}

#[tokio::test]
async fn a_taken_port_ends_in_a_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = tracker("postgres://127.0.0.1:1/x").args(["serve", "--listen", &address]).output().await.unwrap();
    let said = said(&output);
    assert!(said.contains(&address) && said.contains("TRACKER_LISTEN"), "{said}");
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_alone() {
    story(async |newsroom| {
        newsroom
            .pool
            .execute("insert into _sqlx_migrations values (9999, 'later', now(), true, '\\x00', 1)")
            .await
            .unwrap();
        let output = tracker(&newsroom.database).arg("migrate").output().await.unwrap();
        let said = said(&output);
        assert!(said.contains("newer version of the tracker (step 9999)"), "{said}");
        newsroom.pool.execute("delete from _sqlx_migrations where version = 9999").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn importing_again_doubles_nothing() {
    story(async |newsroom| {
        let rows = "select (select count(*) from development) + (select count(*) from source) + (select count(*) from country_version)
                        + (select position from feed)";
        let before = newsroom.number(rows).await;
        let output = tracker(&newsroom.database).arg("import").output().await.unwrap();
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("countries: 0 added, 0 changed, 250 already there"), "{said}");
        assert!(said.contains("article: 0 added, 0 changed, 64 already there"), "{said}");
        assert_eq!(newsroom.number(rows).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_new_style_name_is_a_change_that_readers_can_see() {
    story(async |newsroom| {
        let folder = std::env::temp_dir().join(format!("tracker-import-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("style.csv");
        let header = "code,alpha3,numeric,name,iso_name,region_code,region,subregion_code,subregion,other_names";
        let row = "SZ,SWZ,748,Swaziland,Eswatini,002,Africa,202,Sub-Saharan Africa,Eswatini";
        std::fs::write(&file, format!("{header}\n{row}\n")).unwrap();
        let before = newsroom.position().await;
        let output = tracker(&newsroom.database).arg("import").arg(&file).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(newsroom.position().await, before + 1);
        let query =
            "{ changes(last: 1) { nodes { kind country { name } statusBefore { code } statusAfter { code } } } }";
        let change = newsroom.reader().ask(query, serde_json::json!({})).await["changes"]["nodes"][0].take();
        assert_eq!(
            change,
            serde_json::json!({
                "kind": "COUNTRIES_REVISED", "country": { "name": "Swaziland" },
                "statusBefore": { "code": "ASKED" }, "statusAfter": { "code": "ASKED" },
            })
        );

        std::fs::write(&file, format!("{header}\n{row}\nGHA,GHA,288,,Ghana,002,Africa,202,Sub-Saharan Africa,\n"))
            .unwrap();
        let output = tracker(&newsroom.database).arg("import").arg(&file).output().await.unwrap();
        let refused = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success());
        assert!(
            refused.contains("line 3, name: This must be given.") && refused.contains("line 3, code: "),
            "{refused}"
        );
        assert_eq!(newsroom.position().await, before + 1);
        std::fs::remove_dir_all(folder).unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_servers_that_start_at_once_on_an_empty_database_load_it_once() {
    let database = empty_database().await;
    let (one, other) = tokio::join!(Server::start(&database, &[]), Server::start(&database, &[]));
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let counted = "select count(*) from development";
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(counted)).fetch_one(&mut connection).await.unwrap();
    assert_eq!(count, 64);
    drop((one, other));
}

#[tokio::test]
async fn help_names_every_setting() {
    let output = tracker("").args(["serve", "--help"]).output().await.unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for setting in ["TRACKER_LISTEN", "DATABASE_URL", "TRACKER_DATA_DIR", "TRACKER_MAX_DEPTH", "TRACKER_LOG_FORMAT"] {
        assert!(help.contains(setting), "{setting}");
    }
}
