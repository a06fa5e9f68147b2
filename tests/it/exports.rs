//! The open data: what is in the files, as of when, for whom, and who need not take them again.

use std::{path::Path, process::Stdio};

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tokio::process::Command;

use crate::newsroom::{Newsroom, Reader, Server, entry, story};

const FILES: [&str; 4] = ["/data/countries.csv", "/data/developments.csv", "/data/tracker.json", "/feed.atom"];

async fn get(reader: &Reader, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers.iter().fold(reader.get(path), |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

async fn text(reader: &Reader, path: &str) -> String {
    let response = get(reader, path, &[]).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.text().await.unwrap()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// The rows of a CSV file, each as an object.
async fn rows(reader: &Reader, path: &str) -> Vec<serde_json::Map<String, Value>> {
    let text = text(reader, path).await;
    let mut file = csv::Reader::from_reader(text.as_bytes());
    let names = file.headers().unwrap().clone();
    file.records()
        .map(|record| names.iter().zip(&record.unwrap()).map(|(name, cell)| (name.to_owned(), cell.into())).collect())
        .collect()
}

/// Everything that a development can say, and texts that a file could stumble over.
async fn something_of_everything(newsroom: &Newsroom) {
    let editor = newsroom.editor().await;
    let denied = editor
        .recorded("Agreement", entry("GH", json!({ "summary": "=HYPERLINK(\"https://example.org\";\"here\")", "people": { "atMost": 14 }, "terms": "-5 years,\nthen \"more\"", "form": "ORAL" })))
        .await;
    editor.recorded("Payment", entry("GH", json!({ "summary": "Paid </script>&<b>", "amount": { "value": "100000.50", "currency": "USD" }, "nationalities": ["NG", "GM"] }))).await;
    editor
        .recorded(
            "Denial",
            entry("GH", json!({ "summary": "@Ministry denies it.", "disputes": denied, "deniedBy": "Ghana" })),
        )
        .await;
    let wrong = editor.recorded("Ask", entry("FR", json!({ "occurred": "2025-21~" }))).await;
    let retraction = json!({ "development": wrong, "expectedRevision": 1, "reason": "It was Spain." });
    editor.done("retract", retraction).await;
}

#[tokio::test]
async fn the_programs_that_people_use_read_the_same_as_the_api_says() {
    story(async |newsroom| {
        something_of_everything(newsroom).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let python = folder.join(".venv/bin/python");
        assert!(python.exists(), "run `make test`, which installs what tests/clients needs");
        let output = Command::new(python)
            .arg("exports.py")
            .current_dir(folder)
            .env("TRACKER_URL", &newsroom.server.url)
            .stdin(Stdio::null())
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    })
    .await;
}

#[tokio::test]
async fn every_part_of_a_development_has_its_column() {
    story(async |newsroom| {
        something_of_everything(newsroom).await;
        let rows = rows(&newsroom.reader(), "/data/developments.csv").await;
        let of = |country: &str, kind: &str| {
            rows.iter().rfind(|row| row["country"] == country && row["kind"] == kind).unwrap().clone()
        };
        let agreement = of("GH", "AGREEMENT");
        for (column, cell) in [
            ("country_name", "Ghana"),
            ("occurred", "2025-09-08"),
            ("occurred_latest", "2025-09-08"),
            ("summary", "'=HYPERLINK(\"https://example.org\";\"here\")"),
            ("terms", "'-5 years,\nthen \"more\""),
            ("form", "ORAL"),
            ("people_at_most", "14"),
            ("people_exactly", ""),
            ("disputed", "true"),
            ("sources", "The Daily Record: Something happened"),
            ("source_urls", "https://example.org/record"),
        ] {
            assert_eq!(agreement[column], cell, "{column}");
        }
        let payment = of("GH", "PAYMENT");
        assert_eq!((&payment["amount"], &payment["currency"]), (&json!("100000.5"), &json!("USD")));
        assert_eq!(payment["nationalities"], "NG GM");
        let denial = of("GH", "DENIAL");
        assert_eq!((&denial["disputes"], &denial["denied_by"]), (&agreement["id"], &json!("Ghana")));
        let retracted = of("FR", "ASK");
        assert_eq!((&retracted["retracted"], &retracted["note"]), (&json!("true"), &json!("It was Spain.")));
        assert_eq!(
            (&retracted["occurred"], &retracted["occurred_earliest"]),
            (&json!("2025-21~"), &json!("2025-03-01"))
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_file_takes_it_again_only_after_a_change() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        for path in FILES {
            let first = get(&reader, path, &[]).await;
            let (tag, changed) = (header(&first, "etag"), header(&first, "last-modified"));
            assert!(header(&first, "cache-control").contains("stale-if-error"), "{path}");
            assert_eq!(header(&first, "access-control-allow-origin"), "*");
            let body = first.text().await.unwrap();
            for known in [[("if-none-match", tag.as_str())], [("if-none-match", "\"x\", *")]] {
                let again = get(&reader, path, &known).await;
                assert_eq!((again.status(), header(&again, "etag")), (StatusCode::NOT_MODIFIED, tag.clone()), "{path}");
                assert_eq!(again.text().await.unwrap(), "");
            }
            let later = "Fri, 01 Jan 2100 00:00:00 GMT";
            assert_eq!(get(&reader, path, &[("if-modified-since", later)]).await.status(), StatusCode::NOT_MODIFIED);
            // By then more may have changed within the second.
            assert_eq!(get(&reader, path, &[("if-modified-since", &changed)]).await.status(), StatusCode::OK);
            for coding in ["br", "gzip"] {
                let coded = get(&reader, path, &[("accept-encoding", coding)]).await;
                assert_eq!(
                    (header(&coded, "content-encoding"), header(&coded, "etag")),
                    (coding.to_owned(), tag.clone())
                );
                assert!(header(&coded, "vary").contains("accept-encoding"));
                assert!(coded.bytes().await.unwrap().len() < body.len());
            }
            let head = reqwest::Client::new().head(format!("{}{path}", reader.url)).send().await.unwrap();
            assert_eq!((head.status(), header(&head, "etag")), (StatusCode::OK, tag.clone()));
            editor.recorded("Ask", entry("FR", json!({}))).await;
            let anew = get(&reader, path, &[("if-none-match", &tag)]).await;
            assert_eq!(anew.status(), StatusCode::OK, "{path}");
            assert_ne!(anew.text().await.unwrap(), body, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_of_the_past_stays_what_it_was() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let seconds = newsroom.number("select ceil(extract(epoch from last_at))::bigint from feed").await;
        let then = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        let paths = FILES.map(|path| format!("{path}?asOf={}", then.format("%Y-%m-%dT%H:%M:%SZ")));
        let today = format!("/data/countries.csv?asOf={}", then.format("%Y-%m-%d"));
        // What is read as of an instant that has not passed waits for nothing and may still change.
        while newsroom.number("select extract(epoch from clock_timestamp())::bigint").await <= seconds {}
        let mut before = Vec::new();
        for path in &paths {
            before.push(text(&reader, path).await);
        }
        editor.recorded("Ask", entry("FR", json!({}))).await;
        for (path, before) in paths.iter().zip(before) {
            assert_eq!(text(&reader, path).await, before, "{path}");
        }
        assert_eq!(rows(&reader, "/data/countries.csv").await.len(), 59);
        assert_eq!(rows(&reader, &paths[0]).await.len(), 58);
        assert_eq!(rows(&reader, &today).await.len(), 59, "a day is read to its end");
        let never = "/data/developments.csv?asOf=2001-01-01";
        assert_eq!(rows(&reader, never).await.len(), 0);
        assert!(text(&reader, never).await.starts_with("id,country,"), "there are still the headings");
        let whole: Value = get(&reader, "/data/tracker.json?asOf=2001-01-01", &[]).await.json().await.unwrap();
        assert_eq!((&whole["position"], &whole["tally"]["total"]), (&json!(0), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_question_that_is_wrong_gets_an_answer_that_says_so() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        for (path, told) in [
            ("/data/countries.csv?asOf=yesterday", "2025-09-01"),
            ("/data/tracker.json?as_of=2025-09-01", "only asOf"),
            ("/feed.atom?limit=5", "only asOf"),
        ] {
            let answer = get(&reader, path, &[]).await;
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
            let message = answer.json::<Value>().await.unwrap()["errors"][0]["message"].as_str().unwrap().to_owned();
            assert!(message.contains(told), "{path}: {message}");
        }
        let posted = reqwest::Client::new().post(format!("{}/data/countries.csv", reader.url)).send().await.unwrap();
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    })
    .await;
}

#[tokio::test]
async fn a_ledger_of_many_parts_comes_whole_and_once_while_more_is_published() {
    story(async |newsroom| {
        let seed = format!("set seed.developments = 2500;\n{}", include_str!("../../benches/seed/seed.sql"));
        sqlx::raw_sql(AssertSqlSafe(seed)).execute(&newsroom.pool).await.unwrap();
        let server = Server::start(&newsroom.database, &[]).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let published = newsroom.number("select count(*) from change where kind = 'PUBLISHED'").await;
        let position = newsroom.position().await;
        let mut answer = get(&reader, "/data/tracker.json", &[]).await;
        // It has begun, and is of the position at which it did.
        let mut body = answer.chunk().await.unwrap().unwrap().to_vec();
        editor.recorded("Ask", entry("FR", json!({}))).await;
        while let Some(chunk) = answer.chunk().await.unwrap() {
            body.extend(chunk);
        }
        let whole: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(whole["position"], position);
        let mut ids: Vec<_> =
            whole["developments"].as_array().unwrap().iter().map(|row| row["id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len() as i64, whole["developments"].as_array().unwrap().len() as i64), (published, published));
        assert_eq!(rows(&reader, "/data/developments.csv").await.len() as i64, published + 1);
    })
    .await;
}
