//! Backups: taken while everybody works, read elsewhere, and the same there.

use std::{os::unix::fs::PermissionsExt, path::Path, process::Output};

use serde_json::json;
use sqlx::PgPool;

use crate::newsroom::{Newsroom, Server, empty_database, entry, story, tracker};

async fn run(database: &str, arguments: &[&str]) -> Output {
    tracker(database).args(arguments).output().await.unwrap()
}

fn said(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of one's own, removed at the end.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new() -> Self {
        use tracker::clock::{Surroundings, System};
        let path = std::env::temp_dir().join(format!("tracker-backup-{}", System.uuid().simple()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_backup_of_a_busy_server_is_the_same_elsewhere() {
    story(async |newsroom| {
        let folder = Folder::new();
        let file = folder.file("tracker.dump");
        let editor = newsroom.editor().await;
        editor.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        let mut dump = tracker(&newsroom.database).args(["backup", &file]).spawn().unwrap();
        let mut recorded = 0;
        let ended = loop {
            let kind = ["Ask", "Agreement", "Talks"][recorded % 3];
            editor.recorded(kind, entry(["FR", "ES", "IT"][recorded % 3], json!({}))).await;
            recorded += 1;
            if let Some(ended) = dump.try_wait().unwrap() {
                break ended;
            }
        };
        assert!(ended.success());
        assert!(recorded > 1, "nobody worked meanwhile");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "it holds what is confidential");
        assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1, "nothing else is left");

        let database = empty_database().await;
        let restored = run(&database, &["restore", &file]).await;
        assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
        let server = Server::start(&database, &[]).await;
        let pool = PgPool::connect(&database).await.unwrap();
        let other = Newsroom { database, pool, server };
        other.books_are_in_order().await;
        let position = other.position().await;
        assert!((65..=newsroom.position().await).contains(&position), "{position}");
        // A cursor of the one is a cursor of the other, and all until then is the same in both.
        let all = "query ($first: Int) { changes(first: $first) { nodes { position cursor at tally { total asked agreed } development { id revision summary } } } }";
        let first = json!({ "first": position });
        let [here, there] = [newsroom.reader(), other.reader()].map(|reader| { let first = first.clone(); async move { reader.ask(all, first).await } });
        assert_eq!(here.await, there.await);
        let revisions = format!("select count(*) from development_revision where first_position <= {position} or first_position is null and state = 'DRAFT'");
        let count = |pool: PgPool| { let revisions = revisions.clone(); async move { sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(revisions)).fetch_one(&pool).await.unwrap() } };
        assert_eq!(count(newsroom.pool.clone()).await, count(other.pool.clone()).await);
        // It goes on from there, and the editor's token is good.
        let editor = editor.at(&other.server);
        editor.recorded("Ask", entry("DE", json!({}))).await;
        assert_eq!(other.position().await, position + 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_over() {
    story(async |newsroom| {
        let folder = Folder::new();
        let file = folder.file("tracker.dump");
        assert!(run(&newsroom.database, &["backup", &file]).await.status.success());
        let before = std::fs::read(&file).unwrap();
        assert!(said(&run(&newsroom.database, &["backup", &file]).await).contains("can't be written"));
        assert_eq!(std::fs::read(&file).unwrap(), before);
        let position = newsroom.position().await;
        assert!(said(&run(&newsroom.database, &["restore", &file]).await).contains("not empty"));
        assert_eq!(newsroom.position().await, position);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_backup_leaves_the_database_empty() {
    let (database, folder) = (empty_database().await, Folder::new());
    let missing = said(&run(&database, &["restore", &folder.file("missing")]).await);
    assert!(missing.contains("missing can't be read"), "{missing}");
    let file = folder.file("no.dump");
    std::fs::write(Path::new(&file), "This is not a dump.").unwrap();
    let refused = said(&run(&database, &["restore", &file]).await);
    assert!(refused.starts_with("tracker: pg_restore failed: "), "{refused}");
    let pool = PgPool::connect(&database).await.unwrap();
    let tables: i64 = sqlx::query_scalar("select count(*) from pg_tables where schemaname = 'public'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(tables, 0);
    let nowhere = said(&run(&database, &["backup", "/nonexistent/tracker.dump"]).await);
    assert!(nowhere.contains("can't be written"), "{nowhere}");
}
