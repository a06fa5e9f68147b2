//! What has the form of something that the tracker gives out, and can't have been given out.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::newsroom::{Reader, story};

/// Instants that can be written, and that no calendar of ours reaches.
const INSTANTS: [&str; 4] =
    ["-262143-01-01T00:00:00Z", "-4713-01-01T00:00:00Z", "-0001-12-31T23:59:59Z", "+262142-12-31T23:59:59Z"];

/// A cursor, or an id, with this in it.
fn forged(content: &[u8]) -> String {
    BASE64URL_NOPAD.encode(content)
}

/// Asks, and holds that the answer is a refusal that says what to send instead.
async fn refused(reader: &Reader, query: &str, sent: &Value, told: &str) {
    let (code, message) = reader.refusal(query, json!({ "sent": sent })).await;
    assert_eq!(code, "BAD_USER_INPUT", "{query} of {sent}: {message}");
    assert!(message.contains(told), "{query} of {sent}: {message}");
}

#[tokio::test]
async fn instants_of_no_calendar_are_refused_with_the_years_that_are_read() {
    story(async |newsroom| {
        let (reader, admin) = (newsroom.reader(), newsroom.staff("admin").await);
        let years = "years 0000 to 9999";
        for instant in INSTANTS {
            for field in [
                "tally(asOf: $sent) { total }",
                "country(code: \"GH\", asOf: $sent) { name }",
                "countries(asOf: $sent) { totalCount }",
                "status(code: AGREED, asOf: $sent) { label }",
                "statuses(asOf: $sent) { label }",
                "developments(asOf: $sent) { totalCount }",
            ] {
                let query = format!("query ($sent: DateTime) {{ {field} }}");
                refused(&reader, &query, &json!(instant), "from the year 0000 to 9999").await;
            }
            for bound in ["since", "until"] {
                let query = format!("query ($sent: DateTime) {{ auditLog(filter: {{ {bound}: $sent }}) {{ nodes {{ number }} }} }}");
                refused(&admin, &query, &json!(instant), "from the year 0000 to 9999").await;
            }
            for file in ["/data/countries.csv", "/data/developments.csv", "/data/tracker.json", "/feed.atom"] {
                let answer = reader.get(file).query(&[("asOf", instant)]).send().await.unwrap();
                assert_eq!(answer.status(), 400, "{file} of {instant}");
                assert!(answer.text().await.unwrap().contains(years), "{file} of {instant}");
            }
            // On a page, what can't be read in its address counts as left out.
            for page in ["/", "/country/GH"] {
                let answer = reader.get(page).query(&[("asOf", instant)]).send().await.unwrap();
                assert_eq!(answer.status(), 200, "{page} of {instant}");
            }
        }
        let token = "mutation ($sent: DateTime) { createToken(input: { name: \"Much later\", role: EDITOR, expiresAt: $sent }) { secret userErrors { code } } }";
        let answer = admin.ask(token, json!({ "sent": INSTANTS[3] })).await;
        assert_eq!(answer["createToken"], json!({ "secret": null, "userErrors": [{ "code": "OUT_OF_RANGE" }] }));
    })
    .await;
}

#[tokio::test]
async fn days_of_no_calendar_are_refused() {
    story(async |newsroom| {
        for day in ["-9999-1-01", "+262142-01-01", "+12345-1-1", "2025-02-30", "0000-00-00"] {
            for bound in ["occurredFrom", "occurredTo"] {
                let query =
                    format!("query ($sent: Date) {{ developments(filter: {{ {bound}: $sent }}) {{ totalCount }} }}");
                refused(&newsroom.reader(), &query, &json!(day), "Date").await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn cursors_that_no_list_can_have_given_out_are_refused() {
    story(async |newsroom| {
        let (reader, admin) = (newsroom.reader(), newsroom.staff("admin").await);
        let feed = newsroom.reader().ask("{ changes(last: 1) { pageInfo { endCursor } } }", json!({})).await;
        let feed = BASE64URL_NOPAD.decode(feed["changes"]["pageInfo"]["endCursor"].as_str().unwrap().as_bytes()).unwrap();
        let feed: Value = serde_json::from_slice(&feed).unwrap();
        for position in [i64::MIN, -1, i64::MAX] {
            let mut cursor = feed.clone();
            cursor["p"] = json!(position);
            let cursor = json!(forged(cursor.to_string().as_bytes()));
            for place in ["after", "before"] {
                let query = format!("query ($sent: String) {{ changes({place}: $sent) {{ nodes {{ id }} }} corrections({place}: $sent) {{ pageInfo {{ hasNextPage }} }} }}");
                let answer = reader.answer(&query, json!({ "sent": cursor })).await;
                assert!(answer["errors"].as_array().unwrap().iter().all(|error| error["extensions"]["code"] == "BAD_USER_INPUT"), "{answer}");
            }
            let mut socket = reader.socket().await;
            socket.subscribe("1", "subscription ($sent: String) { changes(after: $sent) { position } }", json!({ "sent": cursor })).await;
            let answer = socket.message().await;
            assert_eq!(answer["payload"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
            let stream = reader.events("subscription { changes { position } }", cursor.as_str()).await.next().await;
            assert_eq!(stream.data["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{:?}", stream.data);
            for (person, list, content) in [
                (&reader, "developments({place}: $sent) { totalCount }", format!(r#"{{"d":"2025-06-25","p":{position}}}"#)),
                (&*admin, "auditLog({place}: $sent) { nodes { number } }", format!(r#"{{"h":{position}}}"#)),
                (&*admin, "desk { history({place}: $sent) { nodes { number } } }", format!(r#"{{"h":{position}}}"#)),
            ] {
                for place in ["after", "before"] {
                    let query = format!("query ($sent: String) {{ {} }}", list.replace("{place}", place));
                    refused(person, &query, &json!(forged(content.as_bytes())), "not a cursor that this list gave out").await;
                }
            }
        }
        for (person, query, content) in [
            (&reader, "{ developments(after: $sent) { totalCount } }", r#"{"d":"-262143-01-01","p":1}"#),
            (&reader, "{ developments(after: $sent) { totalCount } }", r#"{"d":"+262142-12-31","p":1}"#),
            (&reader, "{ country(code: \"GH\") { developments(before: $sent) { totalCount } } }", r#"{"d":"-4714-01-01","p":1}"#),
            (&reader, "{ countries(after: $sent) { totalCount } }", r#"{"o":"n","r":"","s":"\u0000","c":"GH"}"#),
            (&*admin, "{ desk { drafts(after: $sent) { totalCount } } }", r#"{"w":"-262143-01-01T00:00:00Z","i":"00000000-0000-0000-0000-000000000001"}"#),
        ] {
            refused(person, &format!("query ($sent: String) {query}"), &json!(forged(content.as_bytes())), "not a cursor that this list gave out").await;
        }
    })
    .await;
}

#[tokio::test]
async fn ids_that_nothing_can_have_are_refused() {
    story(async |newsroom| {
        let change = |position: i64| forged(&[b"c", &position.to_be_bytes()[..]].concat());
        let forgeries = [i64::MIN, -1, 0, i64::MAX].map(change);
        // A second way of writing an id of ours is no id either.
        let others = ["bmdo", "c3Nzc3Nzc3Nzc3Nzc3Nz", "bkdIAA", "dEFHUkVFRAA"].map(str::to_owned);
        for id in forgeries.into_iter().chain(others) {
            for query in
                ["query ($sent: ID!) { node(id: $sent) { id } }", "query ($sent: ID!) { nodes(ids: [$sent]) { id } }"]
            {
                refused(&newsroom.reader(), query, &json!(id), "not an id that the tracker gave out").await;
            }
        }
        // What may come one day is merely not there yet.
        let later = newsroom
            .reader()
            .ask("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": change(i64::MAX - 1) }))
            .await;
        assert_eq!(later["node"], Value::Null);
    })
    .await;
}
