//! The version before runs beside this one's tables: it was there first, they came under it, and both serve and write.
//! `make compatibility` builds it, from the commit that `tests/previous-version` names.

use std::path::Path;

use serde_json::{Value, json};

use crate::newsroom::{Editor, Newsroom, Server, empty_database, entry, tracker};

/// What readers see of the ledger: the board, the last of the ledger, what was said of it.
const SEEN: &str = "{
    tally { total asked agreed }
    countries(first: 100) { totalCount nodes { code name status { code } statusSince { edtf } disputed latestDevelopment { id summary } } }
    developments(first: 20) { totalCount nodes { __typename id summary occurred { edtf } revision corrected retracted
        citations { quote source { title attribution } } } }
    changes(first: 100) { nodes { cursor kind country { code } tally { total } } }
}";

async fn seen(editor: &Editor, server: &Server) -> Value {
    editor.at(server).ask(SEEN, json!({})).await
}

/// From a draft to a correction and a retraction.
async fn work(editor: &Editor, country: &str) {
    let draft = editor.recorded("Ask", entry(country, json!({ "publish": false }))).await;
    let step = |revision: i64| json!({ "development": draft, "expectedRevision": revision });
    let (revision, _) = editor.done("submitForReview", step(1)).await;
    let (revision, state) = editor.done("publish", step(revision)).await;
    assert_eq!(state, "PUBLISHED");
    let mut correction = step(revision);
    correction["content"] = json!({ "ask": { "occurred": "2025-07", "summary": "Was asked.", "citations": entry(country, json!({}))["citations"] } });
    correction["note"] = "The day was wrong.".into();
    correction["publish"] = true.into();
    let (revision, _) = editor.done("correct", correction).await;
    let mut retraction = step(revision);
    retraction["reason"] = "It did not happen.".into();
    editor.done("retract", retraction).await;
    editor.recorded("Agreement", entry(country, json!({ "idempotencyKey": country }))).await;
}

#[tokio::test]
#[ignore = "needs the version before: make compatibility"]
async fn the_version_before_serves_and_writes_beside_newer_tables() {
    let old_program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/previous/tracker");
    let database = empty_database().await;
    let old = Server::start_other(&old_program, &database).await;
    let token = old.token(&["create", "--name", "Ama", "--role", "admin"]).await;
    let editor = Editor::of(&old, token);
    let head = editor.ask("{ changes(last: 1) { pageInfo { endCursor } } }", json!({})).await;
    let head = head["changes"]["pageInfo"]["endCursor"].as_str();
    let mut watching_old = editor.events("subscription { changes { country { code } } }", head).await;
    work(&editor, "FR").await;

    assert!(tracker(&database).arg("migrate").output().await.unwrap().status.success());
    work(&editor, "ES").await;
    let new = Server::start(&database, &[]).await;
    let at_new = editor.at(&new);
    work(&at_new, "IT").await;
    work(&editor, "PT").await;

    // The same call, sent again to the other, is the same call.
    let again = entry("PT", json!({ "idempotencyKey": "PT" }));
    assert_eq!(at_new.record("Agreement", again).await["userErrors"], json!([]));
    assert_eq!(editor.tally().await, (62, 51, 11));
    assert_eq!(seen(&editor, &new).await, seen(&editor, &old).await);

    for country in ["FR", "ES", "IT", "PT"] {
        for _ in ["published", "corrected", "retracted", "published"] {
            assert_eq!(watching_old.next().await.data["data"]["changes"]["country"]["code"], country);
        }
    }

    drop(old);
    let old = Server::start_other(&old_program, &database).await;
    work(&editor.at(&old), "GR").await;
    assert_eq!(seen(&editor, &new).await, seen(&editor, &old).await);
    let pool = sqlx::PgPool::connect(&database).await.unwrap();
    Newsroom { database, pool, server: new }.books_are_in_order().await;
}
