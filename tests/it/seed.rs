//! The ledger that reads are measured on: it holds by every rule, and what is asked of it in any way adds up.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use crate::newsroom::{Newsroom, Reader, Server, story};

const SEED: &str = include_str!("../../benches/seed/seed.sql");

/// A ledger of some hundred developments, and a server that has known no other.
async fn seeded(newsroom: &Newsroom) -> (Server, Reader) {
    let seed = format!("set seed.developments = 600;\n{SEED}");
    sqlx::raw_sql(AssertSqlSafe(seed)).execute(&newsroom.pool).await.unwrap();
    let server = Server::start(&newsroom.database, &["--cache-megabytes", "0"]).await;
    let reader = newsroom.reader().at(&server);
    (server, reader)
}

/// How many developments a filter admits, by the count and by walking all pages.
async fn counted_and_walked(reader: &Reader, filter: &Value, instant: &Value) -> (u64, u64) {
    let query = "query ($after: String, $filter: DevelopmentFilter, $asOf: DateTime) {
        developments(first: 97, after: $after, filter: $filter, asOf: $asOf) {
            totalCount pageInfo { hasNextPage endCursor } nodes { id effectiveDay } } }";
    let (mut walked, mut after, mut last_day) = (0, Value::Null, "9999-12-31".to_owned());
    loop {
        let page =
            reader.ask(query, json!({ "after": after, "filter": filter, "asOf": instant })).await["developments"]
                .take();
        for node in page["nodes"].as_array().unwrap() {
            let day = node["effectiveDay"].as_str().unwrap().to_owned();
            assert!(day <= last_day, "{filter}: {day} after {last_day}");
            last_day = day;
            walked += 1;
        }
        if page["pageInfo"]["hasNextPage"] == false {
            return (page["totalCount"].as_u64().unwrap(), walked);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn every_filter_counts_what_its_pages_show_now_and_then() {
    story(async |newsroom| {
        let (_server, reader) = seeded(newsroom).await;
        let source =
            reader.ask("{ developments(first: 1) { nodes { citations { source { id } } } } }", json!({})).await;
        let source = &source["developments"]["nodes"][0]["citations"][0]["source"]["id"];
        let then = newsroom.number("select extract(epoch from at)::bigint from change where position = 300").await;
        let then = json!(chrono::DateTime::from_timestamp(then + 1, 0).unwrap().to_rfc3339());
        let mut sizes = Vec::new();
        for filter in [
            json!({}),
            json!({ "kinds": ["AGREEMENT", "TERMINATION", "AGREEMENT"] }),
            json!({ "countries": ["GH", "RW", "XK", "GH"] }),
            json!({ "countries": ["GH", "RW"], "kinds": ["ASK", "TRANSFER"] }),
            json!({ "occurredFrom": "2025-10-01", "occurredTo": "2026-03-31" }),
            json!({ "disputed": true }),
            json!({ "disputed": false, "countries": ["GH"] }),
            json!({ "occurredFrom": "2025-10-01" }),
            json!({ "source": source }),
        ] {
            for instant in [&Value::Null, &then] {
                let (counted, walked) = counted_and_walked(&reader, &filter, instant).await;
                assert_eq!(counted, walked, "{filter} as of {instant}");
                sizes.push(walked);
            }
        }
        assert_eq!(sizes[0], 664);
        assert!((200..400).contains(&sizes[1]), "{sizes:?}");
        assert!(sizes[2..17].iter().all(|size| *size > 0), "{sizes:?}");
    })
    .await;
}

#[tokio::test]
async fn what_stood_at_every_position_is_what_the_rule_says_of_it() {
    story(async |newsroom| {
        let (_server, reader) = seeded(newsroom).await;
        let wrong = newsroom
            .number(
                "select count(*)
                 from change c
                 join country_state s on s.country_code = c.country_code and s.visible @> c.position
                 left join lateral (
                     select r.development_id,
                         case r.kind when 'ASK' then 'ASKED' when 'REFUSAL' then 'DECLINED' when 'AGREEMENT' then 'AGREED' else 'ENDED' end
                             as status
                     from development_revision r
                     where r.country_code = c.country_code and r.visible @> c.position and r.affects_status and not r.retracted
                         and r.kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION')
                     order by r.effective_day desc, r.first_position desc
                     limit 1
                 ) rule on true
                 left join lateral (
                     select r.development_id
                     from development_revision r
                     where r.country_code = c.country_code and r.visible @> c.position and not r.retracted
                     order by r.effective_day desc, r.first_position desc
                     limit 1
                 ) newest on true
                 where (s.status, s.status_development_id, c.status_after, s.latest_development_id)
                     is distinct from (rule.status, rule.development_id, rule.status, newest.development_id)",
            )
            .await;
        assert_eq!(wrong, 0);
        let country = "{ country(code: \"GH\") { developments(first: 500) { totalCount nodes { id } } } }";
        let country = reader.ask(country, json!({})).await["country"]["developments"].take();
        assert_eq!(country["totalCount"].as_u64().unwrap(), country["nodes"].as_array().unwrap().len() as u64);
    })
    .await;
}
