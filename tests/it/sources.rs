//! Sources: found again, mended in the open, and kept confidential.

use serde_json::{Value, json};

use crate::newsroom::{entry, story};

const REVISE: &str = "mutation ($input: ReviseSourceInput!) { reviseSource(input: $input) {
    source { version archivedUrl } userErrors { code field } } }";

fn report() -> Value {
    json!({ "kind": "NEWS_REPORT", "publisher": "The Daily Record", "title": "Ghana agrees to take fourteen",
        "url": "https://example.org/ghana", "publishedOn": "2025-09-10" })
}

#[tokio::test]
async fn a_stored_source_is_found_while_typing_and_its_double_pointed_out() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        editor.recorded("Agreement", entry("GH", json!({ "citations": [{ "source": report() }] }))).await;
        let titles = async |query: &str, variables: Value| {
            let found = editor.ask(query, variables).await["found"].take();
            found
                .as_array()
                .unwrap()
                .iter()
                .map(|source| source["title"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let search = "query ($text: String!) { found: sources(search: $text) { title } }";
        assert_eq!(titles(search, json!({ "text": "daily FOURTÉEN" })).await, ["Ghana agrees to take fourteen"]);
        assert!(titles(search, json!({ "text": "100% _ fourteen" })).await.is_empty(), "signs are taken as they are");
        let similar = "query ($source: SourceInput!) { found: similarSources(source: $source) { title } }";
        let trimmings =
            json!({ "kind": "OTHER", "title": "Something else", "url": "http://www.example.org/ghana/?utm_source=x" });
        assert_eq!(titles(similar, json!({ "source": trimmings })).await, ["Ghana agrees to take fourteen"]);
        let reworded =
            json!({ "kind": "NEWS_REPORT", "publisher": "Daily Record", "title": "Ghana agreed to take fourteen" });
        assert_eq!(titles(similar, json!({ "source": reworded })).await, ["Ghana agrees to take fourteen"]);
        let (code, _) = newsroom.reader().refusal("{ sources(search: \"ghana\") { title } }", json!({})).await;
        assert_eq!(code, "UNAUTHENTICATED");
    })
    .await;
}

#[tokio::test]
async fn a_source_is_revised_in_the_open() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let id = editor.recorded("Agreement", entry("GH", json!({ "citations": [{ "source": report() }] }))).await;
        let cited = "query ($id: ID!) { node(id: $id) { ... on Agreement { citations { source { id version archivedUrl } } } }
            changes(last: 1) { nodes { kind at } } }";
        let before = reader.ask(cited, json!({ "id": id })).await;
        let source = before["node"]["citations"][0]["source"]["id"].clone();
        let revise = async |version: i64, parts: Value| {
            let mut input = report();
            input["source"] = source.clone();
            input["expectedVersion"] = json!(version);
            input.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
            editor.ask(REVISE, json!({ "input": input })).await["reviseSource"].take()
        };
        let archived = "https://web.archive.example/ghana";
        let done = revise(1, json!({ "archivedUrl": archived })).await;
        assert_eq!(done, json!({ "source": { "version": 2, "archivedUrl": archived }, "userErrors": [] }));
        for (version, parts, code) in [
            (1, json!({}), "CONFLICT"),
            (2, json!({ "publishedOn": "2025-09-01" }), "WRONG_STATE"),
            (2, json!({ "confidential": true, "attribution": "a report" }), "WRONG_STATE"),
        ] {
            assert_eq!(revise(version, parts).await["userErrors"][0]["code"], code);
        }
        let after = reader.ask(cited, json!({ "id": id })).await;
        assert_eq!(after["node"]["citations"][0]["source"]["archivedUrl"], archived);
        assert_eq!(after["changes"]["nodes"][0]["kind"], "SOURCE_REVISED");
        let then = "query ($at: DateTime) { country(code: \"GH\", asOf: $at) { developments(first: 1) { nodes { citations { source { archivedUrl } } } } } }";
        let then = reader.ask(then, json!({ "at": before["changes"]["nodes"][0]["at"] })).await;
        assert_eq!(then["country"]["developments"]["nodes"][0]["citations"][0]["source"]["archivedUrl"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn of_a_confidential_source_readers_learn_its_attribution_alone() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let secret = json!({ "locator": "tape MARKER", "quote": "MARKER said so", "source": {
            "kind": "INTERVIEW", "publisher": "MARKER ministry", "title": "Call with MARKER", "url": "https://example.org/MARKER",
            "archivedUrl": "https://example.org/MARKER", "publishedOn": "2025-09-08", "attribution": "an official",
            "confidential": true, "confidentialNote": "It is MARKER." } });
        let first = entry("FR", json!({ "occurred": null, "citations": [secret, { "source": report() }] }));
        let id = editor.recorded("Agreement", first).await;
        let all = "query ($id: ID!) { node(id: $id) { ... on Agreement { effectiveDay citations { locator quote source {
            kind publisher title url archivedUrl attribution confidential confidentialNote publishedOn { edtf } } }
            revisions { changes { before after } } } } }";
        let seen = reader.ask(all, json!({ "id": id })).await;
        assert!(!seen.to_string().contains("MARKER"), "{seen:#}");
        assert_eq!(seen["node"]["citations"][0]["source"]["title"], "an official");
        assert_eq!(seen["node"]["citations"][0]["source"]["publishedOn"], Value::Null);
        assert_eq!(seen["node"]["effectiveDay"], "2025-09-10", "its date counts for no rule that readers could check");
        let known = editor.ask(all, json!({ "id": id })).await;
        assert_eq!(known["node"]["citations"][0]["source"]["confidentialNote"], "It is MARKER.");
        let bare = entry("FR", json!({ "citations": [{ "source": { "kind": "INTERVIEW", "title": "x", "confidential": true } }] }));
        let wrong = editor.wrong("Agreement", bare).await;
        assert_eq!(wrong, [("REQUIRED".into(), "citations.0.source.attribution".into())]);
    })
    .await;
}

#[tokio::test]
async fn what_changes_of_a_confidential_source_for_staff_alone_leaves_no_trace_before_readers() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let secret = |title: &str, attribution: &str| {
            json!({ "kind": "INTERVIEW", "title": title, "attribution": attribution, "confidential": true })
        };
        let first = entry("GH", json!({ "citations": [{ "source": secret("A call", "an official") }] }));
        let id = editor.recorded("Agreement", first).await;
        let cited = "query ($id: ID!) { node(id: $id) { ... on Agreement { citations { source { id version title } } } }
            changes { pageInfo { endCursor } } tally { asOf } }";
        let before = reader.ask(cited, json!({ "id": id })).await;
        let source = before["node"]["citations"][0]["source"]["id"].clone();
        let revise = async |version: i64, mut input: Value| {
            input["source"] = source.clone();
            input["expectedVersion"] = json!(version);
            let done = editor.ask(REVISE, json!({ "input": input })).await["reviseSource"].take();
            assert_eq!((&done["source"]["version"], &done["userErrors"]), (&json!(version + 1), &json!([])));
        };
        let position = newsroom.position().await;
        revise(1, secret("A call with the minister", "an official")).await;
        assert_eq!(reader.ask(cited, json!({ "id": id })).await, before);
        assert_eq!(newsroom.position().await, position);
        let title = async || editor.ask(cited, json!({ "id": id })).await["node"]["citations"][0]["source"]["title"].take();
        assert_eq!(title().await, "A call with the minister");

        // It is published still: what is cited anew goes before readers as it did, and what they see of it changes in the open.
        editor.recorded("Talks", entry("FR", json!({ "citations": [{ "sourceId": source, "locator": "later" }] }))).await;
        assert_eq!(reader.ask(cited, json!({ "id": id })).await["node"], before["node"]);
        revise(2, secret("A call with the minister", "a minister")).await;
        assert_eq!(newsroom.position().await, position + 2);
        let after = reader.ask(cited, json!({ "id": id })).await;
        assert_eq!(after["node"]["citations"][0]["source"]["title"], "a minister");
        assert_eq!(title().await, "A call with the minister");
    })
    .await;
}
