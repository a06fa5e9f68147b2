//! Answers that are kept: who gets which, for how long, in what form, and what of them is left while the database is gone.

use std::{io::Read, time::Duration};

use futures_util::future::join_all;
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::newsroom::{Newsroom, Reader, Server, entry, story, until};

const TALLY: &str = "{ tally { total asked agreed } }";
const BOARD: &str = "query ($first: Int) { countries(first: $first) { nodes { code name status { label } } } }";

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

fn digest(document: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(document))
}

/// Asks over HTTP as caches and browsers do.
async fn get(reader: &Reader, parameters: &[(&str, &str)], headers: &[(&str, &str)]) -> Response {
    let request = reader.get("/graphql").query(parameters);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

async fn total(response: Response) -> i64 {
    let answer: Value = response.json().await.unwrap();
    answer["data"]["tally"]["total"].as_i64().unwrap()
}

#[tokio::test]
async fn an_answer_is_kept_until_something_is_published() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let first = get(&reader, &[("query", TALLY)], &[]).await;
        assert_eq!(header(&first, "cache-status"), "tracker; fwd=miss; stored");
        let (etag, before) = (header(&first, "etag"), total(first).await);
        for repeated in [get(&reader, &[("query", TALLY)], &[]).await, reader.post(json!({ "query": TALLY })).await] {
            assert_eq!(header(&repeated, "cache-status"), "tracker; hit");
            assert_eq!(total(repeated).await, before);
        }

        let known = get(&reader, &[("query", TALLY)], &[("if-none-match", &etag)]).await;
        assert_eq!(known.status(), 304);
        assert_eq!(header(&known, "etag"), etag);
        assert_eq!(known.bytes().await.unwrap(), "");

        // A draft moves nothing; what is published is there for whoever asks next.
        editor.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        let unmoved = get(&reader, &[("query", TALLY)], &[("if-none-match", &etag)]).await;
        assert_eq!((unmoved.status().as_u16(), header(&unmoved, "cache-status").as_str()), (304, "tracker; hit"));
        editor.recorded("Ask", entry("FR", json!({}))).await;
        let after = get(&reader, &[("query", TALLY)], &[("if-none-match", &etag)]).await;
        assert_eq!(
            (after.status().as_u16(), header(&after, "cache-status").as_str()),
            (200, "tracker; fwd=miss; stored")
        );
        assert_ne!(header(&after, "etag"), etag);
        assert_eq!(total(after).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_what_another_asked_for() {
    story(async |newsroom| {
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let two = "query A { tally { total } } query B { tally { agreed } }";
        let asked = [
            (json!({ "query": BOARD, "variables": { "first": 1 } }), 1),
            (json!({ "query": BOARD, "variables": { "first": 2 } }), 2),
            (json!({ "query": BOARD, "variables": { "first": 3 } }), 3),
        ];
        for _ in 0..2 {
            for (request, nodes) in &asked {
                let answer: Value = reader.post(request.clone()).await.json().await.unwrap();
                assert_eq!(answer["data"]["countries"]["nodes"].as_array().unwrap().len(), *nodes);
            }
            for (name, field) in [("A", "total"), ("B", "agreed")] {
                let request = json!({ "query": two, "operationName": name });
                let answer: Value = reader.post(request).await.json().await.unwrap();
                assert!(answer["data"]["tally"][field].is_i64(), "{answer}");
            }
        }

        // Staff see their drafts, and nobody else gets their answer; what is wrong is asked anew each time.
        let draft = editor.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        let query = "query ($id: ID!) { node(id: $id) { id } }";
        let request = json!({ "query": query, "variables": { "id": draft } });
        for _ in 0..2 {
            let (staff, anyone) = (editor.post(request.clone()).await, reader.post(request.clone()).await);
            assert_eq!(header(&staff, "cache-status"), "");
            assert_eq!(header(&staff, "cache-control"), "no-store");
            assert_eq!(staff.json::<Value>().await.unwrap()["data"]["node"]["id"], draft);
            assert_eq!(anyone.json::<Value>().await.unwrap()["data"]["node"], Value::Null);
            let wrong = get(&reader, &[("query", "{ nothing }")], &[]).await;
            assert_eq!(
                (header(&wrong, "cache-status"), header(&wrong, "cache-control")),
                (String::new(), "no-store".into())
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_comes_in_the_form_that_the_client_asks_for() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let parameters = [("query", BOARD), ("variables", "{\"first\": 50}")];
        let plain = get(&reader, &parameters, &[]).await;
        assert_eq!(header(&plain, "content-encoding"), "");
        let (etag, plain) = (header(&plain, "etag"), plain.bytes().await.unwrap());
        for (accepted, coding) in [("br", "br"), ("zstd", "zstd"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br")]
        {
            let response = get(&reader, &parameters, &[("accept-encoding", accepted)]).await;
            assert_eq!(header(&response, "content-encoding"), coding);
            assert_eq!(header(&response, "etag"), etag);
            let vary: Vec<_> = response.headers().get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
            let vary = vary.join(", ");
            for name in ["accept", "accept-encoding", "authorization", "origin"] {
                assert!(vary.split(", ").any(|varies| varies == name), "{vary}");
            }
            let control = header(&response, "cache-control");
            for part in ["public", "max-age=0", "s-maxage=1", "stale-while-revalidate=", "stale-if-error="] {
                assert!(control.contains(part), "{control}");
            }
            let bytes = response.bytes().await.unwrap();
            assert!(bytes.len() * 2 < plain.len(), "{} of {} bytes in {coding}", bytes.len(), plain.len());
            let mut read = Vec::new();
            match coding {
                "br" => brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut read).unwrap(),
                "gzip" => flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut read).unwrap(),
                _ => zstd::Decoder::new(&bytes[..]).unwrap().read_to_end(&mut read).unwrap(),
            };
            assert_eq!(read, plain);
        }
        let short = get(&reader, &[("query", TALLY)], &[("accept-encoding", "br")]).await;
        assert_eq!(header(&short, "content-encoding"), "", "what is short stays as it is");
    })
    .await;
}

#[tokio::test]
async fn a_document_is_asked_for_once_and_then_named_by_its_hash() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let extensions = |hash: &str| json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        let hash = digest(TALLY);
        let named = extensions(&hash).to_string();
        for _ in 0..2 {
            let unknown: Value = get(&reader, &[("extensions", &named)], &[]).await.json().await.unwrap();
            assert_eq!(unknown["errors"][0]["message"], "PersistedQueryNotFound");
            assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
        }
        let both = json!({ "query": TALLY, "extensions": extensions(&hash) });
        let expected = total(reader.post(both).await).await;
        let by_get = get(&reader, &[("extensions", &named)], &[]).await;
        assert_eq!(header(&by_get, "cache-status"), "tracker; hit");
        assert_eq!(total(by_get).await, expected);
        let by_post = json!({ "extensions": extensions(&hash) });
        assert_eq!(total(reader.post(by_post.clone()).await).await, expected);
        let staff = newsroom.editor().await.post(by_post.clone()).await;
        assert_eq!(total(staff).await, expected);
        let batch: Value = reader.post(json!([by_post])).await.json().await.unwrap();
        assert_eq!(batch[0]["data"]["tally"]["total"], expected);

        let other = json!({ "query": "{ tally { agreed } }", "extensions": extensions(&hash) });
        assert_eq!(reader.post(other).await.status(), 400, "a hash can't be given to another document");
        let wrong = "{ nothing }";
        reader.post(json!({ "query": wrong, "extensions": extensions(&digest(wrong)) })).await;
        let mutation = "mutation { recordAsk(input: {}) { userErrors { code } } }";
        reader.post(json!({ "query": mutation, "extensions": extensions(&digest(mutation)) })).await;
        let by_get = get(&reader, &[("extensions", &extensions(&digest(mutation)).to_string())], &[]).await;
        assert_eq!(by_get.status(), 405, "a mutation is not sent with GET, by whatever name");
    })
    .await;
}

#[tokio::test]
async fn who_asks_the_same_at_once_waits_for_one_execution() {
    story(async |newsroom| {
        sqlx::query("create extension pg_stat_statements").execute(&newsroom.pool).await.unwrap();
        let (reader, editor) = (newsroom.reader(), newsroom.editor().await);
        let boards = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements
            where dbid = (select oid from pg_database where datname = current_database())
                and query like '%states_at(%' and query not like '%pg_stat_statements%' and query ilike '%limit%'";
        let request = json!({ "query": BOARD, "variables": { "first": 50 } });
        let before = newsroom.number(boards).await;
        reader.post(request.clone()).await;
        let once = newsroom.number(boards).await - before;
        assert!(once > 0, "a board is read in a statement that this finds");
        editor.recorded("Ask", entry("FR", json!({}))).await;
        let before = newsroom.number(boards).await;
        let answers = join_all((0..60).map(async |_| reader.post(request.clone()).await.text().await.unwrap())).await;
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.contains("data")));
        assert_eq!(newsroom.number(boards).await - before, once);
    })
    .await;
}

/// Lets nobody connect to the story's database any more, or again.
async fn admit(newsroom: &Newsroom, admitted: bool) {
    let mut url = url::Url::parse(&newsroom.database).unwrap();
    let name = url.path().trim_start_matches('/').to_owned();
    url.set_path("postgres");
    let mut postgres = PgConnection::connect(url.as_str()).await.unwrap();
    let statement = format!("alter database {name} allow_connections {admitted}");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut postgres).await.unwrap();
    if !admitted {
        let end = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        sqlx::raw_sql(AssertSqlSafe(end)).execute(&mut postgres).await.unwrap();
    }
}

/// Asks again until an answer says so; the story's time limit is a minute.
async fn answered_by(reader: &Reader, query: &str, cache_status: &str) -> Response {
    let asking = async {
        loop {
            let response = get(reader, &[("query", query)], &[]).await;
            if header(&response, "cache-status") == cache_status {
                return response;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.expect(cache_status)
}

#[tokio::test]
async fn what_is_kept_is_served_while_the_database_is_gone_and_says_that_it_may_be_old() {
    story(async |newsroom| {
        let server = Server::start(&newsroom.database, &["--database-wait-seconds", "1"]).await;
        let (reader, editor) = (newsroom.reader().at(&server), newsroom.editor().await.at(&server));
        let kept = "{ tally { total } }";
        let before = total(get(&reader, &[("query", kept)], &[]).await).await;
        // Kept at a position before the last.
        let earlier = "{ tally { total asked } }";
        get(&reader, &[("query", earlier)], &[]).await;
        editor.recorded("Ask", entry("FR", json!({}))).await;
        assert_eq!(total(get(&reader, &[("query", kept)], &[]).await).await, before + 1);
        let page = reader.get("/").send().await.unwrap().text().await.unwrap();

        admit(newsroom, false).await;
        let old = answered_by(&reader, kept, "tracker; hit; detail=stale").await;
        assert!(!header(&old, "cache-control").contains("stale-while-revalidate"));
        assert_eq!(total(old).await, before + 1);
        let older = get(&reader, &[("query", earlier)], &[]).await;
        assert_eq!(header(&older, "cache-status"), "tracker; hit; detail=stale");
        assert_eq!(total(older).await, before, "older is better than nothing");
        let old_page = reader.get("/").send().await.unwrap();
        assert_eq!(header(&old_page, "cache-status"), "tracker; hit; detail=stale");
        assert_eq!(old_page.text().await.unwrap(), page);
        let no_page = reader.get("/country/FR").send().await.unwrap();
        assert_eq!((no_page.status().as_u16(), header(&no_page, "retry-after").as_str()), (503, "1"));
        assert!(no_page.text().await.unwrap().contains("Please try again shortly."));
        let (code, message) = reader.refusal("{ statuses { label } }", json!({})).await;
        assert_eq!(code, "UNAVAILABLE", "{message}");
        let refused = editor.post(json!({ "query": "mutation { recordAsk(input: { country: \"FR\", summary: \"x\", citations: [] }) { userErrors { code } } }" })).await;
        assert_eq!((refused.status().as_u16(), header(&refused, "retry-after").as_str()), (503, "1"));
        assert_eq!(reader.get("/readyz").send().await.unwrap().status(), 503);
        assert_eq!(reader.get("/healthz").send().await.unwrap().status(), 200);

        admit(newsroom, true).await;
        let back = answered_by(&reader, kept, "tracker; hit").await;
        assert_eq!(total(back).await, before + 1);
        editor.recorded("Ask", entry("ES", json!({}))).await;
        assert_eq!(total(get(&reader, &[("query", kept)], &[]).await).await, before + 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_crowd_asks_for_is_ready_when_something_is_published_anywhere() {
    story(async |newsroom| {
        let other = Server::start(&newsroom.database, &[]).await;
        let reader = newsroom.reader();
        let page = async || reader.get("/country/NO").header("accept-encoding", "br").send().await.unwrap();
        let crowd = async || {
            for _ in 0..20 {
                get(&reader, &[("query", TALLY)], &[]).await;
                page().await;
            }
        };
        get(&reader, &[("query", BOARD)], &[]).await;
        get(&reader, &[("query", BOARD)], &[]).await;
        let mut countries = ["FR", "ES", "IT", "AT", "BE", "NL", "DK", "SE", "NO", "FI", "IS", "IE"].iter().cycle();
        let mut socket = reader.socket().await;
        socket.subscribe("1", "subscription { changes { tally { total } } }", json!({})).await;
        socket.subscribe("2", "{ tally { total } }", json!({})).await;
        while socket.message().await["type"] != "complete" {}
        for editor in [newsroom.editor().await, newsroom.editor().await.at(&other)] {
            // A busy machine may not be done in the time for which a change is held back.
            until(async || {
                crowd().await;
                editor.recorded("Ask", entry(countries.next().unwrap(), json!({}))).await;
                let asked = socket.next().await["changes"]["tally"]["total"].as_i64().unwrap();
                let found = get(&reader, &[("query", TALLY)], &[]).await;
                let (was_ready, id) =
                    (header(&found, "cache-status") == "tracker; hit", header(&found, "x-request-id"));
                assert_ne!(id, "none");
                // Whoever hears of it finds it.
                assert_eq!(total(found).await, asked);
                // What few ask for is made when they do.
                let rare = get(&reader, &[("query", BOARD)], &[]).await;
                assert_eq!(header(&rare, "cache-status"), "tracker; fwd=miss; stored");
                was_ready && header(&page().await, "cache-status") == "tracker; hit"
            })
            .await;
        }
    })
    .await;
}
