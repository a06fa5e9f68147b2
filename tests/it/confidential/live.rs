//! What is told live: to anyone what is published and nothing else, to staff what they do.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Known, Markers, Planting, Schema, Sees, Walker};
use crate::newsroom::{Reader, story};

/// How deep an event is looked into.
const DEPTH: usize = 2;

/// The subscriptions that anyone may open.
const FOR_EVERYONE: [&str; 2] = ["changes", "tally"];

/// A subscription to a field with all that it shows.
fn subscription(walker: &Walker, name: &str, arguments: &[(&str, Value)]) -> String {
    let root = walker.schema.get(&walker.schema.subscription);
    let field = root.fields.iter().find(|field| field.name == name).unwrap();
    walker.document("subscription", &[(root, field)], arguments, DEPTH, None).unwrap()
}

/// What an event says, which must be for whoever hears it.
fn heard(event: &Value, markers: &Markers, listener: Sees) -> String {
    let text = event.to_string();
    let misplaced = markers.misplaced(&text, listener, |_| false);
    assert!(misplaced.is_empty(), "heard by who sees what is for {listener:?}: {misplaced:#?}");
    assert!(event.get("errors").is_none(), "{event:#}");
    text
}

/// The cursor of the feed's newest change.
async fn newest(reader: &Reader) -> Value {
    reader.ask("{ changes(last: 1) { nodes { cursor } } }", json!({})).await["changes"]["nodes"][0]["cursor"].take()
}

#[tokio::test]
async fn who_listens_hears_what_is_published_and_nothing_of_what_is_not() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let schema = Schema::of(&reader).await;
        let known = Known { public: Vec::new(), hidden: Vec::new(), words: Vec::new() };
        let walker = Walker { schema: &schema, known: &known };
        let start = newsroom.position().await;
        let after = newest(&reader).await;
        let mut planting = Planting::begin(newsroom, &schema, &newsroom.server).await;
        planting.publish().await;

        let changes = subscription(&walker, "changes", &[("after", after)]);
        let mut stream = reader.events(&changes, None).await;
        let mut socket = reader.socket().await;
        socket.subscribe("1", &changes, json!({})).await;
        let mut tally = reader.events(&subscription(&walker, "tally", &[]), None).await;
        let numbers = tally.next().await.data["data"]["tally"].take();
        for _ in start..newsroom.position().await {
            heard(&stream.next().await.data, &planting.markers, Sees::Everyone);
            heard(&json!({ "data": socket.next().await }), &planting.markers, Sees::Everyone);
        }

        planting.keep_back().await;
        // Had anything been said meanwhile, it would come first.
        for country in ["PT", "NL"] {
            let given = json!({ "publish": true, "country": country });
            let id = planting.record("Refusal", "published at last", Sees::Everyone, given).await;
            let event = stream.next().await.data;
            heard(&event, &planting.markers, Sees::Everyone);
            assert_eq!(event["data"]["changes"]["development"]["id"], id);
            let event = socket.next().await;
            heard(&json!({ "data": event }), &planting.markers, Sees::Everyone);
            assert_eq!(event["changes"]["development"]["id"], id);
        }
        for more in 1..=2 {
            let event = tally.next().await.data;
            heard(&event, &planting.markers, Sees::Everyone);
            assert_eq!(event["data"]["tally"]["total"], numbers["total"].as_i64().unwrap() + more);
        }
    })
    .await;
}

#[tokio::test]
async fn what_staff_follow_is_for_staff_and_addresses_are_for_admins() {
    story(async |newsroom| {
        let schema = Schema::of(&newsroom.reader()).await;
        let known = Known { public: Vec::new(), hidden: Vec::new(), words: Vec::new() };
        let walker = Walker { schema: &schema, known: &known };
        let mut planting = Planting::begin(newsroom, &schema, &newsroom.server).await;
        planting.publish().await;
        let first = "{ desk { history(last: 1) { nodes { cursor } } } }";
        let after = planting.admin.ask(first, json!({})).await["desk"]["history"]["nodes"][0]["cursor"].take();
        planting.keep_back().await;
        let history = subscription(&walker, "history", &[("after", after)]);
        let acts = newsroom.number("select max(id) from audit_entry where development_id is not null").await;

        for field in &schema.get(&schema.subscription).fields {
            if FOR_EVERYONE.contains(&field.name.as_str()) {
                continue;
            }
            let mut stream = newsroom.reader().events(&subscription(&walker, &field.name, &[]), None).await;
            let refused = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("a refusal").data;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{}: {refused:#}", field.name);
        }
        for (person, sees) in
            [(&planting.reporter, Sees::Staff), (&planting.editor, Sees::Staff), (&planting.admin, Sees::Admin)]
        {
            let mut stream = person.events(&history, None).await;
            let mut all = String::new();
            loop {
                let event = stream.next().await.data;
                all.push_str(&heard(&event, &planting.markers, sees));
                if event["data"]["history"]["number"].as_i64().unwrap() >= acts {
                    break;
                }
            }
            let found = planting.markers.within(&all);
            for (index, marker) in planting.markers.iter().enumerate() {
                let is_said = ["draft Ask.summary", "comment to colleagues", "reason of a return"]
                    .contains(&marker.what.as_str());
                let is_expected = is_said || (marker.seen_by == Sees::Admin && !marker.is_word());
                let is_missed = is_expected && marker.seen_by <= sees && !found.contains(&index);
                assert!(!is_missed, "{} was not heard", marker.what);
            }
        }
    })
    .await;
}
