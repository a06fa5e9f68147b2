//! From a draft to a correction: what an editor does with a development, and what readers see of it.

use serde_json::{Value, json};

use crate::newsroom::{Editor, Newsroom, Reader, Server, empty_database, entry, story};

/// What an agreement says, with a summary of its own.
fn agreement(summary: &str) -> Value {
    let shared = entry("FR", json!({}));
    json!({ "agreement": {
        "occurred": shared["occurred"], "summary": summary, "citations": shared["citations"], "people": { "atMost": 50 }
    } })
}

async fn draft(editor: &Editor) -> String {
    editor.recorded("Agreement", entry("FR", json!({ "publish": false, "summary": "France agreed." }))).await
}

#[tokio::test]
async fn a_draft_is_reviewed_returned_saved_and_published() {
    story(async |newsroom| {
        let (reporter, editor, reader) = (newsroom.staff("reporter").await, newsroom.editor().await, newsroom.reader());
        let before = (reader.tally().await, newsroom.position().await);
        let id = draft(&reporter).await;
        let at = |revision: i64| json!({ "development": id, "expectedRevision": revision });
        let with = |revision: i64, more: Value| {
            let mut input = at(revision);
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        assert_eq!(reporter.done("submitForReview", at(1)).await, (1, "IN_REVIEW".into()));
        let waiting = "{ desk { waitingForReview { totalCount nodes { id author } } drafts { totalCount } } }";
        let desk = editor.ask(waiting, json!({})).await;
        assert_eq!(desk["desk"]["waitingForReview"]["nodes"], json!([{ "id": id, "author": "reporter" }]));
        assert_eq!(editor.done("returnToDraft", with(1, json!({ "reason": "How many?" }))).await, (1, "DRAFT".into()));
        let saved = with(1, json!({ "content": agreement("France agreed to take 50.") }));
        assert_eq!(reporter.done("saveDraft", saved.clone()).await, (2, "DRAFT".into()));
        assert_eq!(reporter.wrong_act("saveDraft", saved).await, ["CONFLICT"]);
        assert_eq!((reader.tally().await, newsroom.position().await), before, "nothing of it shows");
        assert_eq!(reader.ask("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await["node"], Value::Null);

        let tried = editor.act("publish", with(2, json!({ "dryRun": true }))).await;
        assert_eq!((&tried["tally"]["agreed"], &tried["country"]["status"]["code"]), (&json!(8), &json!("AGREED")));
        assert_eq!(editor.done("publish", at(2)).await, (2, "PUBLISHED".into()));
        assert_eq!(editor.wrong_act("publish", at(2)).await, ["WRONG_STATE"]);
        assert_eq!(reader.status("FR").await, "AGREED");
        let history = "query ($id: ID!) { desk { history(development: $id) { nodes { act actor comment revisionBefore revision } } } }";
        let acts = editor.ask(history, json!({ "id": id })).await;
        let told: Vec<_> = acts["desk"]["history"]["nodes"].as_array().unwrap().iter().rev().map(|entry| entry["act"].clone()).collect();
        assert_eq!(json!(told), json!(["RECORD", "SUBMIT", "RETURN", "SAVE", "PUBLISH"]));
        assert_eq!(acts["desk"]["history"]["nodes"][2]["comment"], "How many?");
    })
    .await;
}

#[tokio::test]
async fn a_correction_and_a_retraction_are_made_in_the_open() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let id = editor.recorded("Agreement", entry("FR", json!({ "summary": "France agreed.", "people": { "atMost": 5 } }))).await;
        let first = reader.ask("{ changes(last: 1) { nodes { at } } }", json!({})).await;
        let published_at = first["changes"]["nodes"][0]["at"].clone();
        let correct = |revision: i64, note: Value| {
            json!({ "development": id, "expectedRevision": revision, "content": agreement("France agreed."), "note": note, "publish": true })
        };
        assert_eq!(editor.wrong_act("correct", correct(1, Value::Null)).await, ["REQUIRED"]);
        let note = "It agreed to take 50 people at most, not 5.";
        assert_eq!(editor.done("correct", correct(1, json!(note))).await, (2, "PUBLISHED".into()));

        let seen = reader
            .ask(
                "query ($id: ID!) { node(id: $id) { ... on Agreement { corrected retracted author revisions { number cause note minor
                    shownFrom shownUntil changes { field before after } development { ... on Agreement { people { atMost } } } } } }
                    corrections { nodes { number cause note } } }",
                json!({ "id": id }),
            )
            .await;
        let revisions = &seen["node"]["revisions"];
        assert_eq!(seen["node"]["corrected"], true);
        assert_eq!(seen["node"]["author"], Value::Null, "who wrote it is for staff");
        assert_eq!(revisions[0]["development"]["people"]["atMost"], 5);
        assert_eq!(revisions[0]["shownUntil"], revisions[1]["shownFrom"]);
        assert_eq!(revisions[1]["note"], note);
        assert_eq!(revisions[1]["changes"], json!([{ "field": "people", "before": "up to 5 people", "after": "up to 50 people" }]));
        assert_eq!(seen["corrections"]["nodes"], json!([{ "number": 2, "cause": "CORRECTION", "note": note }]));

        let reason = "The minister took it back: there is no agreement.";
        let retract = json!({ "development": id, "expectedRevision": 2, "reason": reason });
        assert_eq!(editor.done("retract", retract.clone()).await, (3, "PUBLISHED".into()));
        assert_eq!(reader.status("FR").await, Value::Null);
        assert_eq!(reader.tally().await, (58, 51, 7));
        let after = reader.ask("query ($id: ID!) { node(id: $id) { ... on Agreement { retracted summary revisions { cause note } } } corrections { nodes { cause } } }", json!({ "id": id })).await;
        assert_eq!(after["node"]["retracted"], true);
        assert_eq!(after["node"]["revisions"][2], json!({ "cause": "RETRACTION", "note": reason }));
        assert_eq!(after["corrections"]["nodes"], json!([{ "cause": "RETRACTION" }, { "cause": "CORRECTION" }]));
        let then = reader.ask("query ($at: DateTime) { tally(asOf: $at) { agreed } country(code: \"FR\", asOf: $at) { developments { nodes { ... on Agreement { corrected people { atMost } } } } } }", json!({ "at": published_at })).await;
        assert_eq!(then, json!({ "tally": { "agreed": 8 }, "country": { "developments": { "nodes": [{ "corrected": false, "people": { "atMost": 5 } }] } } }));
    })
    .await;
}

#[tokio::test]
async fn where_review_is_required_nobody_publishes_what_they_wrote() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--review", "required"]).await;
        let (author, second) = (newsroom.editor().await.at(&server), newsroom.staff("admin").await.at(&server));
        assert_eq!(author.wrong("Ask", entry("FR", json!({}))).await, [("NEEDS_SECOND_PERSON".into(), String::new())]);
        let id = draft(&author).await;
        let publish = json!({ "development": id, "expectedRevision": 1 });
        assert_eq!(author.wrong_act("publish", publish.clone()).await, ["NEEDS_SECOND_PERSON"]);
        let schedule = json!({ "development": id, "expectedRevision": 1, "publishAt": "2026-12-24T00:00:00Z" });
        assert_eq!(author.wrong_act("schedule", schedule).await, ["NEEDS_SECOND_PERSON"]);
        assert_eq!(second.done("publish", publish).await, (1, "PUBLISHED".into()));
    })
    .await;
}

#[tokio::test]
async fn of_two_editors_one_is_told_what_the_other_changed() {
    story(async |newsroom| {
        let other = Server::start(&newsroom.database, &[]).await;
        let (first, second) = (newsroom.editor().await, newsroom.staff("admin").await.at(&other));
        let id = draft(&first).await;
        for race in 1..=100 {
            let save = |summary: String| json!({ "development": id, "expectedRevision": race, "content": agreement(&summary) });
            let (one, two) = tokio::join!(
                first.act("saveDraft", save(format!("First, {race}."))),
                second.act("saveDraft", save(format!("Second, {race}."))),
            );
            let (won, lost, winner) = if one["conflict"].is_null() { (one, two, "editor") } else { (two, one, "admin") };
            assert_eq!(won["development"]["revision"], race + 1, "{won:#}");
            assert_eq!(lost["userErrors"][0]["code"], "CONFLICT", "{lost:#}");
            assert_eq!((&lost["conflict"]["revision"], &lost["conflict"]["author"]), (&json!(race + 1), &json!(winner)));
            assert_eq!(lost["conflict"]["changes"][0]["after"], won["development"]["summary"]);
        }
        let query = "query ($id: ID!) { node(id: $id) { ... on Agreement { revisions { number } } } }";
        let revisions = first.ask(query, json!({ "id": id })).await["node"]["revisions"].take();
        let numbers: Vec<_> = revisions.as_array().unwrap().iter().map(|revision| revision["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=101).collect::<Vec<_>>(), "no revision is lost");
    })
    .await;
}

/// An instant some seconds from now.
fn soon(seconds: i64) -> chrono::DateTime<chrono::Utc> {
    use tracker::clock::{Surroundings, System};
    System.now() + chrono::TimeDelta::seconds(seconds)
}

async fn published(newsroom: &Newsroom) -> i64 {
    newsroom.number("select count(*) from change c join development_revision r using (development_id, revision) where r.country_code = 'FR'").await
}

#[tokio::test]
async fn an_embargo_ends_once_on_any_number_of_servers() {
    story(async |newsroom| {
        let (second, third) =
            (Server::start(&newsroom.database, &[]).await, Server::start(&newsroom.database, &[]).await);
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let mut heard = reader.at(&third).events("subscription { changes { country { code } } }", None).await;
        let before = newsroom.position().await;
        let moment = soon(2);
        let id = editor
            .at(&second)
            .recorded("Agreement", entry("FR", json!({ "publish": false, "publishAt": moment })))
            .await;
        assert_eq!(
            reader.ask("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await["node"],
            Value::Null
        );
        assert_eq!((newsroom.position().await, reader.status("FR").await), (before, Value::Null), "no trace before");
        let event = heard.next().await;
        assert_eq!(event.data["data"]["changes"]["country"]["code"], "FR");
        let last = reader.at(&third).ask("{ changes(last: 1) { nodes { at position } } }", json!({})).await;
        let change = &last["changes"]["nodes"][0];
        let at: chrono::DateTime<chrono::Utc> = change["at"].as_str().unwrap().parse().unwrap();
        assert!(at >= moment, "{at} is before {moment}");
        assert_eq!((published(newsroom).await, newsroom.position().await), (1, before + 1), "once");
    })
    .await;
}

#[tokio::test]
async fn an_embargo_that_ends_while_every_server_is_down_ends_at_once_on_return() {
    let database = empty_database().await;
    let pool = sqlx::PgPool::connect(&database).await.unwrap();
    let server = Server::start(&database, &[]).await;
    let editor = Editor::of(&server, server.token(&["create", "--name", "editor", "--role", "editor"]).await);
    let scheduled = || entry("FR", json!({ "publish": false, "publishAt": soon(600) }));
    let unscheduled = editor.recorded("Ask", scheduled()).await;
    assert_eq!(
        editor.done("unschedule", json!({ "development": unscheduled, "expectedRevision": 1 })).await,
        (1, "DRAFT".into())
    );
    editor.recorded("Agreement", scheduled()).await;
    // Its process is killed.
    drop(server);
    let moved =
        sqlx::query("update development_revision set publish_at = now() - interval '1 hour' where state = 'SCHEDULED'");
    assert_eq!(moved.execute(&pool).await.unwrap().rows_affected(), 1, "the moment passes while nobody serves");
    let returned = soon(0);

    let servers = [Server::start(&database, &[]).await, Server::start(&database, &[]).await];
    let reader = Reader::of(&servers[0], None);
    while reader.status("FR").await.is_null() {}
    assert_eq!(reader.status("FR").await, "AGREED", "and not what was taken off the schedule");
    let change = "select count(*), max(at) from change where position > 65";
    let (count, at): (i64, chrono::DateTime<chrono::Utc>) = sqlx::query_as(change).fetch_one(&pool).await.unwrap();
    assert_eq!(count, 1, "once");
    assert!(at >= returned, "it is dated with the moment at which it really went live");
}
