//! What becomes of readers, editors and subscribers when the database goes, hangs, is full, or comes back with less.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::time::timeout;

use crate::newsroom::{Editor, Newsroom, Reader, Relay, Server, entry, story, until};

const POSITIONS: &str = "subscription ($after: String) { changes(after: $after) { position cursor } }";

/// Far less than the minute that a request of these stories may wait for the database.
const AT_ONCE: Duration = Duration::from_secs(20);

async fn is_ready(reader: &Reader) -> bool {
    reader.get("/readyz").send().await.unwrap().status() == 200
}

fn port(database: &str) -> u16 {
    url::Url::parse(database).unwrap().port().unwrap()
}

/// What an editor hears who records something: status, when to try again, code and message.
async fn attempt(editor: &Editor, country: &str, key: &str) -> (u16, String, String, String) {
    let query =
        "mutation ($input: RecordAskInput!) { recordAsk(input: $input) { development { id } userErrors { message } } }";
    let input = entry(country, json!({ "idempotencyKey": key }));
    let response = editor.post(json!({ "query": query, "variables": { "input": input } })).await;
    let retry = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    let error = &answer["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (status, retry.unwrap_or_default(), text(&error["extensions"]["code"]), text(&error["message"]))
}

#[tokio::test]
async fn while_the_database_is_gone_nobody_waits_and_subscribers_miss_nothing() {
    story(async |newsroom| {
        let relay = Relay::to(port(&newsroom.database)).await;
        let server = Server::start(&relay.by_way(&newsroom.database), &[]).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let mut socket = reader.socket().await;
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let before = newsroom.position().await;

        relay.close();
        until(async || !is_ready(&reader).await).await;
        let refused = timeout(AT_ONCE, async {
            let asked = reader.post(json!({ "query": "{ statuses { label } }" })).await;
            assert_eq!((asked.status().as_u16(), &asked.headers()["retry-after"]), (503, &"1".parse().unwrap()));
            assert!(asked.text().await.unwrap().contains("UNAVAILABLE"));
            attempt(&editor, "FR", "gone").await
        });
        let (status, retry, code, message) = refused.await.expect("an answer at once");
        assert_eq!((status, retry.as_str(), code.as_str()), (503, "1", "UNAVAILABLE"));
        assert!(message.contains("safe to send"), "{message}");
        // Meanwhile, through another server.
        for country in ["FR", "ES"] {
            newsroom.editor().await.recorded("Ask", entry(country, json!({}))).await;
        }

        relay.lead_to(port(&newsroom.database));
        for position in before + 1..=before + 2 {
            assert_eq!(socket.next().await["changes"]["position"], position, "on the same socket, in order, once");
        }
        until(async || is_ready(&reader).await).await;
        editor.insist("Ask", entry("IT", json!({ "idempotencyKey": "gone" }))).await;
        assert_eq!(socket.next().await["changes"]["position"], before + 3);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_says_nothing_counts_as_gone_and_its_dead_connections_are_given_up() {
    story(async |newsroom| {
        let relay = Relay::to(port(&newsroom.database)).await;
        let patience = ["--database-wait-seconds", "2", "--database-connections", "4"];
        let server = Server::start(&relay.by_way(&newsroom.database), &patience).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let mut socket = reader.socket().await;
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let before = newsroom.position().await;
        let ask = async |number: usize| {
            let query = format!("{{ statuses {{ label code n{number}: label }} }}");
            reader.answer(&query, json!({})).await
        };
        join_all((0..8).map(ask)).await;

        relay.silence();
        // They fill every connection; each is told that the database is gone, long before the minute that requests have here.
        let waiting = timeout(AT_ONCE, join_all((8..24).map(ask)));
        let mutation = timeout(AT_ONCE, attempt(&editor, "FR", "silent"));
        let (answers, told) = tokio::join!(waiting, mutation);
        for answer in answers.expect("an answer in time") {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer:#}");
        }
        let (_, _, code, message) = told.expect("an answer in time");
        assert_eq!(code, "UNAVAILABLE");
        assert!(message.contains("safe to send"), "{message}");
        assert!(!is_ready(&reader).await);

        // The connections from before stay mute for good, and the way is free again: as when an address moves to another machine.
        relay.lead_to(port(&newsroom.database));
        until(async || is_ready(&reader).await).await;
        for answer in join_all((24..40).map(ask)).await {
            assert!(answer.get("errors").is_none(), "{answer:#}");
        }
        editor.insist("Ask", entry("FR", json!({ "idempotencyKey": "silent" }))).await;
        assert_eq!(socket.next().await["changes"]["position"], before + 1);
        assert_eq!(newsroom.position().await, before + 1, "recorded once");
    })
    .await;
}

#[tokio::test]
async fn a_crowd_that_takes_every_connection_keeps_neither_the_feed_nor_readiness_from_theirs() {
    story(async |newsroom| {
        let few = ["--database-connections", "2", "--database-wait-seconds", "2"];
        let server = Server::start(&newsroom.database, &few).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let mut socket = reader.socket().await;
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let before = newsroom.position().await;

        // Whoever sends this key waits for whoever has it.
        let mut holder = PgConnection::connect(&newsroom.database).await.unwrap();
        let take = "select pg_advisory_lock(hashtextextended(id::text || 'crowd', 0)) from api_token";
        sqlx::raw_sql(take).execute(&mut holder).await.unwrap();
        let crowd = tokio::spawn({
            let editor = editor.clone();
            async move { join_all((0..2).map(|_| attempt(&editor, "FR", "crowd"))).await }
        });
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'";
        until(async || newsroom.number(waiting).await == 2).await;

        let (code, message) = reader.refusal("{ statuses { label } }", json!({})).await;
        assert_eq!(code, "UNAVAILABLE", "{message}");
        assert!(is_ready(&reader).await);
        newsroom.editor().await.recorded("Ask", entry("ES", json!({}))).await;
        assert_eq!(socket.next().await["changes"]["position"], before + 1);

        sqlx::raw_sql("select pg_advisory_unlock_all()").execute(&mut holder).await.unwrap();
        let answers = crowd.await.unwrap();
        assert!(answers.iter().all(|(status, ..)| *status == 200), "{answers:?}");
        assert_eq!(reader.ask("{ statuses { label } }", json!({})).await["statuses"].as_array().unwrap().len(), 4);
        assert_eq!(newsroom.position().await, before + 2, "the same key twice is recorded once");
    })
    .await;
}

#[tokio::test]
async fn editors_who_wait_for_the_feed_leave_connections_to_others() {
    story(async |newsroom| {
        let few = ["--database-connections", "4", "--database-wait-seconds", "2"];
        let server = Server::start(&newsroom.database, &few).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let before = newsroom.position().await;

        let mut holder = PgConnection::connect(&newsroom.database).await.unwrap();
        sqlx::raw_sql("select pg_advisory_lock(feed_lock_number())").execute(&mut holder).await.unwrap();
        let crowd = tokio::spawn({
            let editor = editor.clone();
            async move { join_all((0..8).map(async |key| attempt(&editor, "FR", &format!("key {key}")).await)).await }
        });
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'";
        until(async || newsroom.number(waiting).await == 3).await;

        assert_eq!(reader.ask("{ statuses { label } }", json!({})).await["statuses"].as_array().unwrap().len(), 4);
        editor.recorded("Ask", entry("ES", json!({ "publish": false }))).await;

        sqlx::raw_sql("select pg_advisory_unlock_all()").execute(&mut holder).await.unwrap();
        let answers = crowd.await.unwrap();
        assert!(answers.iter().all(|(status, ..)| *status == 200), "{answers:?}");
        assert_eq!(newsroom.position().await, before + 8);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_vanishes_amid_a_transaction_does_not_hold_up_the_others() {
    story(async |newsroom| {
        let relay = Relay::to(port(&newsroom.database)).await;
        let server = Server::start(&relay.by_way(&newsroom.database), &["--database-wait-seconds", "2"]).await;
        let editor = newsroom.editor().await;
        let before = newsroom.position().await;
        let mut holder = PgConnection::connect(&newsroom.database).await.unwrap();
        sqlx::raw_sql("begin; lock table change in share row exclusive mode").execute(&mut holder).await.unwrap();
        let vanishing = tokio::spawn({
            let editor = editor.at(&server);
            async move { attempt(&editor, "FR", "vanished").await }
        });
        // It has the feed's lock, and waits with its change.
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation'";
        until(async || newsroom.number(waiting).await == 1).await;
        relay.silence();
        sqlx::raw_sql("commit").execute(&mut holder).await.unwrap();

        editor.recorded("Ask", entry("ES", json!({}))).await;
        assert_eq!(newsroom.position().await, before + 1);
        let (_, _, code, message) = vanishing.await.unwrap();
        assert_eq!(code, "UNAVAILABLE", "{message}");
        relay.lead_to(port(&newsroom.database));
        editor.insist("Ask", entry("FR", json!({ "idempotencyKey": "vanished" }))).await;
        assert_eq!(newsroom.position().await, before + 2, "it was not recorded before, and is now");
    })
    .await;
}

/// A connection past the story's database, which is named `story_…`.
async fn beside(newsroom: &Newsroom) -> (PgConnection, String) {
    let mut url = url::Url::parse(&newsroom.database).unwrap();
    let name = url.path().trim_start_matches('/').to_owned();
    url.set_path("postgres");
    (PgConnection::connect(url.as_str()).await.unwrap(), name)
}

/// Does something to the story's database while nobody is connected to it.
async fn unconnected(newsroom: &Newsroom, act: impl FnOnce(&str) -> Vec<String>) {
    let (mut postgres, name) = beside(newsroom).await;
    let shut = [
        format!("alter database {name} allow_connections false"),
        format!("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'"),
    ];
    for statement in shut.into_iter().chain(act(&name)) {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut postgres).await.unwrap();
    }
}

#[tokio::test]
async fn a_feed_that_comes_back_shorter_ends_its_subscriptions_and_shows_nothing_of_what_is_lost() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let total = "{ tally { total } }";
        let before = newsroom.position().await;
        let cursor = reader.ask("{ changes(last: 1) { nodes { cursor } } }", json!({})).await;
        let kept_cursor = cursor["changes"]["nodes"][0]["cursor"].clone();
        // What a standby has received.
        unconnected(newsroom, |name| {
            vec![
                format!("create database {name}_standby template {name}"),
                format!("alter database {name} allow_connections true"),
            ]
        })
        .await;
        until(async || is_ready(&reader).await).await;
        let mut socket = reader.socket().await;
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", total, json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let mut lost_cursor = Value::Null;
        for country in ["FR", "ES", "IT"] {
            editor.recorded("Ask", entry(country, json!({}))).await;
            lost_cursor = socket.next().await["changes"]["cursor"].take();
        }
        assert_eq!(reader.tally().await.0, 61);

        // It takes over, and three changes are not there.
        unconnected(newsroom, |name| {
            vec![
                format!("alter database {name} rename to {name}_lost"),
                format!("alter database {name}_standby rename to {name}"),
            ]
        })
        .await;
        assert_eq!(socket.close_code().await, 1013, "its client takes it up again");
        until(async || is_ready(&reader).await).await;
        assert_eq!(reader.tally().await.0, 58, "nothing that was kept of what is lost");
        let metrics = reader.get("/metrics").send().await.unwrap().text().await.unwrap();
        assert!(metrics.lines().any(|line| line == "tracker_feed_rewinds 1"), "{metrics}");

        let mut again = reader.socket().await;
        again.subscribe("1", POSITIONS, json!({ "after": lost_cursor })).await;
        let refused = again.message().await;
        assert_eq!(refused["payload"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused:#}");
        again.subscribe("2", POSITIONS, json!({ "after": kept_cursor })).await;
        // As many as were lost, and another for the place of the last of them.
        for (number, country) in (1..).zip(["DE", "PT", "NL"]) {
            editor.recorded("Ask", entry(country, json!({}))).await;
            assert_eq!(again.next().await["changes"]["position"], before + number);
            assert_eq!(reader.tally().await.0, 58 + number);
        }
        again.subscribe("3", POSITIONS, json!({ "after": lost_cursor })).await;
        let refused = again.message().await;
        assert_eq!(refused["payload"][0]["extensions"]["code"], "BAD_USER_INPUT", "its place is another change's now");
    })
    .await;
}
