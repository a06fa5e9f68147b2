//! Documents and variables that are made to be expensive: refused before they cost anything, by every transport.

use std::fmt::Write;

use serde_json::{Value, json};

use super::answers_as_ever;
use crate::newsroom::{Reader, story};

/// Documents, each with the code by which it is refused.
fn bombs() -> Vec<(&'static str, String, &'static str)> {
    let many = |count: usize, one: &dyn Fn(usize) -> String| {
        (0..count).fold(String::new(), |mut all, number| {
            let _ = write!(all, "{} ", one(number));
            all
        })
    };
    let doubling = many(60, &|n| format!("fragment F{n} on Query {{ ...F{} ...F{} }}", n + 1, n + 1));
    let nested = "{ nodes { country { developments(first: 1) ".repeat(9);
    vec![
        ("aliases", format!("{{ {} }}", many(60, &|n| format!("a{n}: tally {{ total }}"))), "TOO_MANY_ALIASES"),
        (
            "depth",
            format!("{{ developments(first: 1) {nested} {{ totalCount }} {} }}", "} } }".repeat(9)),
            "QUERY_TOO_DEEP",
        ),
        ("brackets", "{ a(b: ".to_owned() + &"[".repeat(3_000), "QUERY_TOO_DEEP"),
        ("open braces", "{a".repeat(1_900), "QUERY_TOO_DEEP"),
        (
            "a circle of fragments",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a fragment within itself",
            "{ ...A } fragment A on Query { tally { total } ...A }".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "fragments that double",
            format!("{{ ...F0 }} {doubling} fragment F60 on Query {{ __typename }}"),
            "QUERY_TOO_COMPLEX",
        ),
        (
            "pages within pages",
            "{ developments(first: 500) { nodes { country { developments(first: 500) { nodes { id } } } } } }"
                .to_owned(),
            "QUERY_TOO_COMPLEX",
        ),
        ("tokens", format!("{{ {} }}", "__typename ".repeat(5_000)), "TOO_MANY_TOKENS"),
        ("directives", format!("{{ tally {} {{ total }} }}", "@include(if: true) ".repeat(1_000)), "TOO_MANY_TOKENS"),
        (
            "the schema within the schema",
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }".to_owned(),
            "QUERY_TOO_DEEP",
        ),
        (
            "the schema many times over",
            format!("{{ {} }}", many(20, &|n| format!("s{n}: __schema {{ types {{ fields {{ name }} }} }}"))),
            "QUERY_TOO_COMPLEX",
        ),
        ("operations", many(500, &|n| format!("query Q{n} {{ tally {{ total }} }}")), "GRAPHQL_VALIDATION_FAILED"),
    ]
}

/// The codes in an answer.
fn codes(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect()
}

#[tokio::test]
async fn documents_that_are_made_to_be_expensive_are_refused_by_every_transport() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        for (what, document, code) in bombs() {
            let answer = reader.answer(&document, json!({})).await;
            assert_eq!(codes(&answer), [code], "{what}: {answer}");
            assert_eq!(answer.get("data"), None, "{what}");
            if document.len() < 50_000 {
                let got: Value =
                    reader.get("/graphql").query(&[("query", &document)]).send().await.unwrap().json().await.unwrap();
                assert_eq!(codes(&got), [code], "{what} by GET: {got}");
            }
            let mut socket = reader.socket().await;
            socket.subscribe("1", &document, json!({})).await;
            let told = socket.message().await;
            assert_eq!(
                (&told["type"], &told["payload"][0]["extensions"]["code"]),
                (&json!("error"), &json!(code)),
                "{what} over WebSocket: {told}"
            );
            let batch: Vec<_> = (0..10).map(|_| json!({ "query": document })).collect();
            let answers: Value = reader.post(json!(batch)).await.json().await.unwrap();
            assert!(
                answers.as_array().unwrap().iter().all(|answer| codes(answer) == [code]),
                "{what} in a batch: {answers}"
            );
            answers_as_ever(&reader).await;
        }
    })
    .await;
}

#[tokio::test]
async fn variables_that_are_made_to_be_expensive_are_refused() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let nested = |depth: usize| format!(r#"{{"query":"query ($a: Int) {{ countries(first: $a) {{ totalCount }} }}","variables":{{"a":{}1{}}}}}"#, "[".repeat(depth), "]".repeat(depth));
        for (what, body, code) in [
            ("lists within lists", nested(100_000), "BAD_REQUEST"),
            ("fewer of them", nested(100), "BAD_USER_INPUT"),
            ("a number beyond all numbers", r#"{"query":"{tally{total}}","variables":{"a":1e999}}"#.to_owned(), "BAD_REQUEST"),
            ("a number beyond its type", r#"{"query":"query ($a: Int) { countries(first: $a) { totalCount } }","variables":{"a":99999999999999999999}}"#.to_owned(), "BAD_USER_INPUT"),
            ("half a letter", r#"{"query":"{tally{total}}","variables":{"a":"\ud800"}}"#.to_owned(), "BAD_REQUEST"),
        ] {
            let answer: Value = raw(&reader, body).await;
            assert_eq!(codes(&answer), [code], "{what}: {answer}");
        }
        let ids = json!({ "ids": vec!["bkdI"; 40_000] });
        assert_eq!(reader.refusal("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids).await.0, "BAD_USER_INPUT");
        let ids = json!({ "ids": vec!["bkdI"; 60_000] });
        assert_eq!(reader.refusal("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids).await.0, "QUERY_TOO_COMPLEX");
        let words = json!({ "filter": { "search": "x".repeat(900_000) } });
        let (code, message) = reader.refusal("query ($filter: CountryFilter) { countries(filter: $filter) { totalCount } }", words).await;
        assert_eq!(code, "BAD_USER_INPUT", "{message}");
        assert!(message.len() < 1_000, "a refusal does not repeat what was sent");
        answers_as_ever(&reader).await;
    })
    .await;
}

async fn raw(reader: &Reader, body: String) -> Value {
    let request =
        crate::newsroom::client().post(format!("{}/graphql", reader.url)).header("content-type", "application/json");
    request.body(body).send().await.unwrap().json().await.unwrap()
}
