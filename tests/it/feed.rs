//! The feed: every change once, in order, whatever happens in between.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::newsroom::{Server, entry, story};

const CHANGES: &str = "subscription Changes($after: String, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    cursor kind at position country { code name } statusBefore { code } statusAfter { code }
    development { id __typename summary } tally { total asked agreed }
  }
}";

const POSITIONS: &str =
    "subscription ($after: String) { changes(after: $after) { position cursor development { id } } }";

#[tokio::test]
async fn an_agreement_arrives_with_what_it_changed() {
    story(async |newsroom| {
        let (editor, mut socket) = (newsroom.editor().await, newsroom.reader().socket().await);
        socket.subscribe("changes", CHANGES, json!({})).await;
        socket.subscribe("tally", "subscription TallyNow { tally { total asked agreed } }", json!({})).await;
        let first = socket.message().await;
        assert_eq!(first["id"], "tally", "the tally comes at once as it is");
        assert_eq!(first["payload"]["data"]["tally"], json!({ "total": 58, "asked": 51, "agreed": 7 }));

        let id = editor.recorded("Agreement", entry("GH", json!({}))).await;
        let mut heard = [socket.message().await, socket.message().await];
        heard.sort_by_key(|message| message["id"].to_string());
        let change = &heard[0]["payload"]["data"]["changes"];
        assert_eq!(change["kind"], "PUBLISHED");
        assert_eq!(change["country"], json!({ "code": "GH", "name": "Ghana" }));
        assert_eq!(
            (&change["statusBefore"]["code"], &change["statusAfter"]["code"]),
            (&json!("ASKED"), &json!("AGREED"))
        );
        assert_eq!(
            change["development"],
            json!({ "id": id, "__typename": "Agreement", "summary": "Something happened." })
        );
        assert_eq!(change["tally"], json!({ "total": 58, "asked": 50, "agreed": 8 }));
        assert_eq!(heard[1]["payload"]["data"]["tally"], json!({ "total": 58, "asked": 50, "agreed": 8 }));

        // A second one does not change the numbers: only the feed speaks.
        editor.recorded("Talks", entry("GH", json!({}))).await;
        editor.recorded("Ask", entry("FR", json!({}))).await;
        let mut ids: Vec<_> = join_three(&mut socket).await;
        ids.sort();
        assert_eq!(ids, ["changes", "changes", "tally"]);
    })
    .await;
}

async fn join_three(socket: &mut crate::newsroom::Socket) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(socket.message().await["id"].as_str().unwrap().to_owned());
    }
    ids
}

#[tokio::test]
async fn a_filter_passes_only_what_was_asked_for() {
    story(async |newsroom| {
        let (editor, mut socket) = (newsroom.editor().await, newsroom.reader().socket().await);
        let filter = json!({ "countries": ["GH"], "statusChanged": true });
        socket.subscribe("1", CHANGES, json!({ "filter": filter })).await;
        // Answered in order: the subscription has begun when this answer comes.
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        editor.recorded("Talks", entry("GH", json!({}))).await;
        editor.recorded("Agreement", entry("FR", json!({}))).await;
        editor.recorded("Agreement", entry("GH", json!({}))).await;
        assert_eq!(socket.next().await["changes"]["country"]["code"], "GH");
        let query = "query ($filter: ChangeFilter) { changes(filter: $filter, last: 5) { nodes { kind development { __typename } } } }";
        let read = newsroom.reader().ask(query, json!({ "filter": filter })).await["changes"]["nodes"].take();
        let kinds: Vec<_> = read.as_array().unwrap().iter().map(|it| &it["development"]["__typename"]).collect();
        assert_eq!(kinds, ["Ask", "Agreement"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_is_told_first_then_it_goes_on_live() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let start = reader.ask("{ changes(last: 1) { nodes { cursor position } } }", json!({})).await;
        let start = &start["changes"]["nodes"][0];
        let first = start["position"].as_i64().unwrap();
        // Changes land while the subscriber replays.
        let writes = async {
            for country in ["FR", "ES", "IT", "DE", "PT", "GB", "IE", "BE", "NL", "LU"] {
                editor.recorded("Ask", entry(country, json!({}))).await;
            }
        };
        let watch = async {
            let mut socket = reader.socket().await;
            let mut heard = Vec::new();
            socket.subscribe("1", POSITIONS, json!({ "after": start["cursor"] })).await;
            while heard.len() < 10 {
                heard.push(socket.next().await["changes"]["position"].as_i64().unwrap());
            }
            heard
        };
        let ((), heard) = tokio::join!(writes, watch);
        assert_eq!(heard, (first + 1..=first + 10).collect::<Vec<_>>());

        let mut again = reader.socket().await;
        again.subscribe("1", POSITIONS, json!({ "after": start["cursor"] })).await;
        for position in &heard {
            assert_eq!(again.next().await["changes"]["position"], *position);
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_history_is_replayed_whole() {
    story(async |newsroom| {
        let cursor = newsroom.reader().ask("{ changes(first: 1) { nodes { cursor } } }", json!({})).await;
        let cursor = &cursor["changes"]["nodes"][0]["cursor"];
        let mut socket = newsroom.reader().socket().await;
        socket.subscribe("1", POSITIONS, json!({ "after": cursor })).await;
        for position in 2..=newsroom.position().await {
            assert_eq!(socket.next().await["changes"]["position"], position);
        }
    })
    .await;
}

#[tokio::test]
async fn a_stream_of_events_resumes_after_the_last_one_that_arrived() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let watch = "subscription { changes { summary: development { summary } } }";
        let mut stream = reader.events(watch, None).await;
        let mut seen = reader.events("subscription { tally { total } }", None).await;
        seen.next().await;
        for country in ["FR", "ES", "IT"] {
            editor.recorded("Ask", entry(country, json!({ "summary": format!("Asked {country}.") }))).await;
        }
        let first = stream.next().await;
        assert_eq!(first.kind, "next");
        assert_eq!(first.data["data"]["changes"]["summary"]["summary"], "Asked FR.");
        let id = first.id.expect("an id, although the cursor was not selected");
        drop(stream);
        let mut resumed = reader.events(watch, Some(&id)).await;
        for country in ["ES", "IT"] {
            let event = resumed.next().await;
            assert_eq!(event.data["data"]["changes"]["summary"]["summary"], format!("Asked {country}."));
            assert!(event.id.is_some_and(|next| next != id));
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_that_is_not_this_feeds_is_refused() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let query = "query ($after: String) { changes(after: $after) { nodes { id } } }";
        for after in ["nonsense", "eyJmIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwicCI6NX0"] {
            let (code, message) = reader.refusal(query, json!({ "after": after })).await;
            assert_eq!(code, "BAD_USER_INPUT", "{message}");
        }
        let mut socket = reader.socket().await;
        socket.subscribe("1", POSITIONS, json!({ "after": "nonsense" })).await;
        let message = socket.message().await;
        let error = match message["type"].as_str() {
            Some("error") => &message["payload"][0],
            _ => &message["payload"]["errors"][0],
        };
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{message:#}");
    })
    .await;
}

#[tokio::test]
async fn two_hundred_mutations_at_once_are_each_in_the_feed_once_and_heard_in_order() {
    story(async |newsroom| {
        let other = Server::start(&newsroom.database, &[]).await;
        let editor = newsroom.editor().await;
        let before = newsroom.position().await;
        let mut watchers = Vec::new();
        for reader in [newsroom.reader(), newsroom.reader().at(&other)] {
            let mut socket = reader.socket().await;
            socket.subscribe("1", POSITIONS, json!({})).await;
            socket.subscribe("2", "{ tally { total } }", json!({})).await;
            while socket.message().await["type"] != "complete" {}
            watchers.push(socket);
        }
        let countries = ["FR", "ES", "IT", "DE", "PT", "GB", "IE", "BE", "NL", "LU"];
        let writes = (0..200).map(async |number| {
            let editor = if number % 2 == 0 { editor.clone() } else { editor.at(&other) };
            let kind = ["Ask", "Agreement", "Refusal", "Talks"][number % 4];
            let key = format!("desk-{number}");
            editor.insist(kind, entry(countries[number % 10], json!({ "idempotencyKey": key }))).await
        });
        let mut acknowledged: Vec<String> = join_all(writes).await;
        assert_eq!(acknowledged.len(), 200);
        for socket in &mut watchers {
            let mut heard: Vec<String> = Vec::new();
            for position in before + 1..=before + 200 {
                let change = socket.next().await["changes"].take();
                assert_eq!(change["position"], position);
                heard.push(change["development"]["id"].as_str().unwrap().to_owned());
            }
            heard.sort();
            acknowledged.sort();
            assert_eq!(heard, acknowledged);
        }
        assert_eq!(newsroom.position().await, before + 200);
    })
    .await;
}

#[tokio::test]
async fn a_change_made_through_one_server_reaches_a_subscriber_of_another() {
    story(async |newsroom| {
        let other = Server::start(&newsroom.database, &[]).await;
        let mut stream = newsroom.reader().at(&other).events("subscription { tally { agreed } }", None).await;
        assert_eq!(stream.next().await.data["data"]["tally"]["agreed"], 7);
        newsroom.editor().await.recorded("Agreement", entry("GH", json!({}))).await;
        assert_eq!(stream.next().await.data["data"]["tally"]["agreed"], 8);
    })
    .await;
}

#[tokio::test]
async fn subscribers_miss_nothing_when_the_listening_connection_is_cut() {
    story(async |newsroom| {
        let (editor, mut socket) = (newsroom.editor().await, newsroom.reader().socket().await);
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let before = newsroom.position().await;
        let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                   where datname = current_database() and application_name = 'tracker feed'";
        for (round, country) in ["FR", "ES", "IT"].into_iter().enumerate() {
            // The listener may still be on its way back from the last cut.
            while newsroom.number(cut).await == 0 {
                tokio::time::timeout(Duration::from_secs(20), tokio::task::yield_now()).await.unwrap();
            }
            editor.recorded("Ask", entry(country, json!({}))).await;
            let position = before + 1 + i64::try_from(round).unwrap();
            assert_eq!(socket.next().await["changes"]["position"], position);
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_stops_tells_its_subscribers_to_come_back() {
    story(async |newsroom| {
        let mut other = Server::start(&newsroom.database, &[]).await;
        let reader = newsroom.reader().at(&other);
        let (mut socket, mut stream) =
            (reader.socket().await, reader.events("subscription { tally { total } }", None).await);
        stream.next().await;
        socket.subscribe("1", POSITIONS, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        other.terminate();
        // graphql-ws gives up on 4400 to 4499 and on 4500 and 4004 to 4005; it comes back after 1012, "service restart".
        assert_eq!(socket.close_code().await, 1012);
        assert!(other.ended().await.success());
    })
    .await;
}

#[tokio::test]
async fn a_page_of_the_feed_is_what_a_subscription_would_have_said() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let mut socket = reader.socket().await;
        socket.subscribe("1", CHANGES, json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        let mut heard: Vec<Value> = Vec::new();
        for kind in ["Ask", "Agreement", "Refusal", "Termination"] {
            editor.recorded(kind, entry("FR", json!({}))).await;
            heard.push(socket.next().await["changes"].take());
        }
        let fields =
            CHANGES.split_once("filter: $filter) {").unwrap().1.rsplit_once('}').unwrap().0.rsplit_once('}').unwrap().0;
        let query = format!("{{ changes(last: 4) {{ nodes {{ {fields} }} }} }}");
        assert_eq!(reader.ask(&query, json!({})).await["changes"]["nodes"], json!(heard));
    })
    .await;
}
