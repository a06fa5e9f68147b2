//! Bad input: everything that is wrong comes back at once, at its field, and nothing is written.

use serde_json::json;

use crate::newsroom::{entry, story};

#[tokio::test]
async fn what_an_editor_can_mend_comes_back_at_its_field() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let rows =
            "select (select count(*) from development) + (select count(*) from source) + (select position from feed)";
        let before = newsroom.number(rows).await;
        let source = |parts: serde_json::Value| {
            let mut input = entry("GH", json!({}));
            for (name, value) in parts.as_object().unwrap() {
                input["citations"][0]["source"][name] = value.clone();
            }
            input
        };
        for (kind, input, code, field) in [
            ("Ask", entry("ZZ", json!({})), "NOT_FOUND", "country"),
            ("Ask", entry("Ghana", json!({})), "MALFORMED", "country"),
            ("Ask", entry("GH", json!({ "occurred": "2025-02-30" })), "MALFORMED", "occurred"),
            ("Ask", entry("GH", json!({ "occurred": "2099" })), "FUTURE_DATE", "occurred"),
            ("Ask", entry("GH", json!({ "summary": " " })), "REQUIRED", "summary"),
            ("Ask", entry("GH", json!({ "summary": "x".repeat(501) })), "TOO_LONG", "summary"),
            ("Ask", entry("GH", json!({ "summary": "a\u{0}b" })), "MALFORMED", "summary"),
            ("Ask", entry("GH", json!({ "citations": [] })), "REQUIRED", "citations"),
            ("Ask", source(json!({ "url": "ghana.example" })), "MALFORMED", "citations.0.source.url"),
            ("Ask", source(json!({ "publishedOn": "2099-01-01" })), "FUTURE_DATE", "citations.0.source.publishedOn"),
            ("Agreement", entry("GH", json!({ "people": { "exactly": -1 } })), "OUT_OF_RANGE", "people.exactly"),
            ("Transfer", entry("GH", json!({ "nationalities": ["IQ", "ZZ"] })), "NOT_FOUND", "nationalities.1"),
            (
                "Payment",
                entry("GH", json!({ "amount": { "value": "1", "currency": "XYZ" } })),
                "NOT_FOUND",
                "amount.currency",
            ),
            ("Ask", entry("GH", json!({ "idempotencyKey": "x".repeat(201) })), "TOO_LONG", "idempotencyKey"),
        ] {
            assert_eq!(editor.wrong(kind, input).await, [(code.to_owned(), field.to_owned())]);
        }
        let everywhere = entry(
            "ZZ",
            json!({ "nationalities": ["QQ"], "citations": [
            { "sourceId": "c3Nzc3Nzc3Nzc3Nzc3Nz" },
            { "sourceId": "cwAAAAAAAAAAAAAAAAAAAAE" },
        ] }),
        );
        let wrong = editor.wrong("Transfer", everywhere).await;
        let fields: Vec<_> = wrong.iter().map(|(_, field)| field.as_str()).collect();
        assert_eq!(fields, ["citations.0.sourceId"], "what is malformed is told before anything is looked up");
        assert_eq!(newsroom.number(rows).await, before, "nothing was written");
    })
    .await;
}

#[tokio::test]
async fn what_only_the_database_knows_is_told_together() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let absent =
            entry("ZZ", json!({ "nationalities": ["QQ"], "citations": [{ "sourceId": "cwAAAAAAAAAAAAAAAAAAAAE" }] }));
        assert_eq!(
            editor.wrong("Transfer", absent).await,
            [
                ("NOT_FOUND".to_owned(), "country".to_owned()),
                ("NOT_FOUND".to_owned(), "nationalities.0".to_owned()),
                ("NOT_FOUND".to_owned(), "citations.0.sourceId".to_owned()),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_denial_disputes_a_published_development_of_its_own_country() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let ask = editor.recorded("Ask", entry("FR", json!({}))).await;
        let draft = editor.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        let denial =
            |country: &str, disputes: &str| entry(country, json!({ "disputes": disputes, "deniedBy": "Paris" }));
        let field = "disputes".to_owned();
        assert_eq!(editor.wrong("Denial", denial("ES", &ask)).await, [("OTHER_COUNTRY".to_owned(), field.clone())]);
        assert_eq!(editor.wrong("Denial", denial("FR", &draft)).await, [("NOT_FOUND".to_owned(), field.clone())]);
        assert_eq!(editor.wrong("Denial", denial("FR", "nonsense")).await, [("MALFORMED".to_owned(), field)]);
        editor.recorded("Denial", denial("FR", &ask)).await;
        let query = "{ countries(filter: { disputed: true }) { nodes { code disputed status { code } } } }";
        assert_eq!(
            newsroom.reader().ask(query, json!({})).await["countries"]["nodes"],
            json!([{ "code": "FR", "disputed": true, "status": { "code": "ASKED" } }])
        );
    })
    .await;
}
