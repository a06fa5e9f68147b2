//! What editors record, and what it does to status and tally.

use serde_json::{Value, json};

use crate::newsroom::{entry, story};

#[tokio::test]
async fn each_kind_is_recorded_with_what_only_it_says() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let first =
            editor.recorded("Ask", entry("FR", json!({ "stage": "TO_BE_ASKED", "people": { "about": 300 } }))).await;
        let people = json!({ "atLeast": 50, "atMost": 100 });
        for (kind, parts) in [
            ("Talks", json!({})),
            ("Refusal", json!({})),
            ("Agreement", json!({ "people": people, "terms": "Two\nlines.", "form": "MEMORANDUM" })),
            (
                "Payment",
                json!({ "amount": { "value": "7500000.50", "currency": "eur" }, "nationalities": ["iq", "XK"] }),
            ),
            ("Transfer", json!({ "people": { "describedAs": "dozens" }, "nationalities": ["IQ"] })),
            ("CourtOrder", json!({ "court": "A district court" })),
            ("Denial", json!({ "disputes": first, "deniedBy": "The government" })),
            ("Termination", json!({ "endedBy": "France" })),
        ] {
            editor.recorded(kind, entry("FR", parts)).await;
        }
        let query = "{ country(code: \"FR\") { status { code } developments(last: 20) { totalCount nodes { __typename
            ... on Ask { stage people { about label } disputed denials { __typename ... on Denial { deniedBy } } }
            ... on Agreement { people { atLeast atMost label } terms form }
            ... on Payment { amount { value currency label } people { exactly } nationalities { code } }
            ... on Transfer { people { describedAs } nationalities { name } }
            ... on CourtOrder { court }
            ... on Denial { disputes { id } deniedBy }
            ... on Termination { endedBy } } } } }";
        let country = newsroom.reader().ask(query, json!({})).await["country"].take();
        assert_eq!(country["status"]["code"], "ENDED");
        let nodes = country["developments"]["nodes"].as_array().unwrap();
        let node = |kind: &str| {
            let mut node = nodes.iter().find(|node| node["__typename"] == kind).unwrap().clone();
            node.as_object_mut().unwrap().remove("__typename");
            node
        };
        assert_eq!(nodes.len(), 9);
        assert_eq!(
            node("Ask"),
            json!({
                "stage": "TO_BE_ASKED", "people": { "about": 300, "label": "about 300 people" }, "disputed": true,
                "denials": [{ "__typename": "Denial", "deniedBy": "The government" }],
            })
        );
        assert_eq!(
            node("Agreement"),
            json!({
                "people": { "atLeast": 50, "atMost": 100, "label": "50 to 100 people" },
                "terms": "Two\nlines.", "form": "MEMORANDUM",
            })
        );
        assert_eq!(
            node("Payment"),
            json!({
                "amount": { "value": "7500000.5", "currency": "EUR", "label": "EUR 7,500,000.50" },
                "people": null, "nationalities": [{ "code": "IQ" }, { "code": "XK" }],
            })
        );
        assert_eq!(
            node("Transfer"),
            json!({ "people": { "describedAs": "dozens" }, "nationalities": [{ "name": "Iraq" }] })
        );
        assert_eq!(node("CourtOrder"), json!({ "court": "A district court" }));
        assert_eq!(node("Denial"), json!({ "disputes": { "id": first }, "deniedBy": "The government" }));
        assert_eq!(node("Termination"), json!({ "endedBy": "France" }));
    })
    .await;
}

/// Developments of a country in the order of their publication: kind and day; with `!` retracted, with `-` without effect on the status.
type Told<'a> = &'a [(&'a str, &'a str, &'a str)];

#[tokio::test]
async fn the_latest_effective_day_wins_then_the_later_in_the_feed() {
    let cases: [(&str, &str, Told<'_>, Value); 8] = [
        ("only a payment", "AT", &[("", "Payment", "2025-06-01")], Value::Null),
        ("asked", "BE", &[("", "Ask", "2025-06-25")], json!(["ASKED", "2025-06-25"])),
        (
            "asked, and a refusal of the same day",
            "DE",
            &[("", "Ask", "2025-06-25"), ("", "Refusal", "2025-06-25")],
            json!(["DECLINED", "2025-06-25"]),
        ),
        (
            "an old ask found after an agreement",
            "ES",
            &[("", "Agreement", "2025-09-08"), ("", "Ask", "2025-06-25")],
            json!(["AGREED", "2025-09-08"]),
        ),
        (
            "an agreement that ended, and money paid after that",
            "FR",
            &[("", "Agreement", "2025-09-08"), ("", "Termination", "2025-10-01"), ("", "Payment", "2025-11-01")],
            json!(["ENDED", "2025-10-01"]),
        ),
        (
            "asked again after the end",
            "IT",
            &[("", "Termination", "2025-10-01"), ("", "Ask", "2025-11-01")],
            json!(["ASKED", "2025-11-01"]),
        ),
        (
            "an agreement that was retracted",
            "JP",
            &[("", "Ask", "2025-06-25"), ("!", "Agreement", "2025-09-08")],
            json!(["ASKED", "2025-06-25"]),
        ),
        (
            "an agreement of which the editor knows better",
            "NO",
            &[("", "Ask", "2025-06-25"), ("-", "Agreement", "2025-09-08")],
            json!(["ASKED", "2025-06-25"]),
        ),
    ];
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        for (what, country, told, expected) in cases {
            for (marks, kind, day) in told {
                let mut input = entry(country, json!({ "occurred": day }));
                input["citations"][0]["source"]["publishedOn"] = Value::Null;
                if marks.contains('-') {
                    input["affectsStatus"] = json!(false);
                }
                let id = editor.recorded(kind, input).await;
                if marks.contains('!') {
                    let input =
                        json!({ "development": id, "expectedRevision": 1, "reason": "It was another country." });
                    editor.done("retract", input).await;
                }
            }
            let query = "query ($code: CountryCode!) { country(code: $code) { status { code } statusSince { edtf } } }";
            let country = reader.ask(query, json!({ "code": country })).await["country"].take();
            let stands = match &country["status"] {
                Value::Null => Value::Null,
                status => json!([status["code"], country["statusSince"]["edtf"]]),
            };
            assert_eq!(stands, expected, "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_ask_found_later_does_not_undo_an_agreement() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        editor.recorded("Agreement", entry("GH", json!({}))).await;
        assert_eq!(reader.status("GH").await, "AGREED");
        editor.recorded("Ask", entry("GH", json!({ "occurred": "2025-03" }))).await;
        assert_eq!(reader.status("GH").await, "AGREED");
        // Undated, and reported in June: it can't have happened after the agreement of September.
        let mut found = entry("GH", json!({ "occurred": null }));
        found["citations"][0]["source"]["publishedOn"] = json!("2025-06-25");
        editor.recorded("Refusal", found).await;
        assert_eq!(reader.status("GH").await, "AGREED");
        editor.recorded("Termination", entry("GH", json!({ "occurred": "2025-09-08" }))).await;
        assert_eq!(reader.status("GH").await, "ENDED", "on the same day the later in the feed wins");
        assert_eq!(reader.tally().await, (58, 50, 7));
    })
    .await;
}

#[tokio::test]
async fn an_editor_who_knows_better_says_so_in_the_open() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        editor.recorded("Agreement", entry("GH", json!({ "affectsStatus": false }))).await;
        let query = "{ country(code: \"GH\") { status { code } latestDevelopment { __typename affectsStatus } } }";
        assert_eq!(
            reader.ask(query, json!({})).await["country"],
            json!({ "status": { "code": "ASKED" }, "latestDevelopment": { "__typename": "Agreement", "affectsStatus": false } })
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_call_twice_writes_once_and_answers_the_same() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let input = entry("GH", json!({ "idempotencyKey": "desk-7f3a" }));
        let first = editor.record("Agreement", input.clone()).await;
        let position = newsroom.position().await;
        editor.recorded("Ask", entry("FR", json!({}))).await;
        assert_eq!(editor.record("Agreement", input.clone()).await, first, "also after others have written");
        assert_eq!(newsroom.position().await, position + 1);

        let other = entry("GH", json!({ "idempotencyKey": "desk-7f3a", "summary": "Something else." }));
        assert_eq!(
            editor.wrong("Agreement", other).await,
            [("IDEMPOTENCY_KEY_REUSED".to_owned(), "idempotencyKey".to_owned())]
        );
        let colleague = newsroom.editor().await;
        assert_ne!(colleague.record("Agreement", input).await["development"]["id"], first["development"]["id"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_call_sent_many_times_at_once_writes_once() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let before = newsroom.position().await;
        let input = entry("GH", json!({ "idempotencyKey": "impatient" }));
        let calls = (0..20).map(|_| editor.recorded("Agreement", input.clone()));
        let ids = futures_util::future::join_all(calls).await;
        assert!(ids.iter().all(|id| *id == ids[0]));
        assert_eq!(newsroom.position().await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_writes_nothing() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let rows = "select (select count(*) from development_revision) + (select count(*) from source)
                        + (select count(*) from audit_entry) + (select position from feed)";
        let before = newsroom.number(rows).await;
        let payload = editor.record("Agreement", entry("GH", json!({ "dryRun": true }))).await;
        assert_eq!(
            payload,
            json!({
                "development": null,
                "country": { "code": "GH", "status": { "code": "AGREED" } },
                "tally": { "total": 58, "asked": 50, "agreed": 8 },
                "userErrors": [],
            })
        );
        assert_eq!(newsroom.number(rows).await, before);
        let wrong = editor.wrong("Agreement", entry("ZZ", json!({ "dryRun": true }))).await;
        assert_eq!(wrong, [("NOT_FOUND".to_owned(), "country".to_owned())]);
        assert_eq!(newsroom.reader().tally().await, (58, 51, 7));
    })
    .await;
}

#[tokio::test]
async fn a_source_given_twice_is_stored_once_and_can_be_named_by_its_id() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let before = newsroom.number("select count(*) from source").await;
        editor.recorded("Ask", entry("FR", json!({}))).await;
        editor.recorded("Ask", entry("ES", json!({}))).await;
        assert_eq!(newsroom.number("select count(*) from source").await, before + 1);
        let query = "{ country(code: \"ES\") { latestDevelopment { citations { source { id } } } } }";
        let found = editor.ask(query, json!({})).await;
        let id = &found["country"]["latestDevelopment"]["citations"][0]["source"]["id"];
        editor.recorded("Talks", entry("ES", json!({ "citations": [{ "sourceId": id, "locator": "p. 4" }] }))).await;
        let cited = "query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }";
        let answer = newsroom.reader().ask(cited, json!({ "filter": { "source": id } })).await;
        assert_eq!(answer["developments"]["totalCount"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_seen_by_staff_only() {
    story(async |newsroom| {
        let (reporter, reader) = (newsroom.staff("reporter").await, newsroom.reader());
        let before = newsroom.position().await;
        let mut input = entry("FR", json!({ "publish": false }));
        input["citations"][0]["source"]["title"] = json!("Not out yet");
        let payload = reporter.record("Ask", input).await;
        assert_eq!(payload["development"]["state"], "DRAFT");
        assert_eq!(payload["country"], json!({ "code": "FR", "status": null }));
        assert_eq!(newsroom.position().await, before, "the feed does not move");

        let query =
            "query ($id: ID!) { node(id: $id) { id ... on Ask { summary citations { source { id title } } } } }";
        let id = json!({ "id": payload["development"]["id"] });
        let seen = reporter.ask(query, id.clone()).await["node"].take();
        assert_eq!(seen["citations"][0]["source"]["title"], "Not out yet");
        assert_eq!(reader.ask(query, id).await["node"], Value::Null);
        let source = json!({ "id": seen["citations"][0]["source"]["id"] });
        assert_eq!(reader.ask(query, source.clone()).await["node"], Value::Null);
        assert_ne!(reporter.ask(query, source).await["node"], Value::Null);
        assert_eq!(reader.tally().await, (58, 51, 7));
    })
    .await;
}
