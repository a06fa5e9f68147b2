//! How many statements a request sends to the database: as many as it has levels, never as many as it has rows.

use serde_json::{Value, json};

use crate::newsroom::{Newsroom, Reader, Server, entry, story};

/// What is not the request's: what counts here, and what the server asks now and then: what is due to be published and to be delivered, whether the
/// database is there, and what is new, some of it in transactions. A query needs none.
const OTHERS: &str = "select coalesce(array_agg(queryid), '{}') from pg_stat_statements
    where query ilike '%pg_stat_statements%' or query ilike '%min(publish_at)%' or query ilike '%webhook%' or query ilike '%pg_is_in_recovery%'
        or query ilike '%where c.position > $1 order by c.position limit $2%'
        or query ilike 'begin%' or query ilike 'set local%' or query ilike 'commit%' or query ilike 'rollback%'";

/// Without the statements' texts, which take long to read where many tests leave theirs.
const CALLS: &str = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements(false)
    where dbid = (select oid from pg_database where datname = current_database())
        and userid = current_user::regrole and queryid <> all ($1)";

async fn calls(newsroom: &Newsroom, others: &[i64]) -> i64 {
    sqlx::query_scalar(CALLS).bind(others).fetch_one(&newsroom.pool).await.unwrap()
}

/// The fewest of some tries: now and then the server looks for itself what is new, which only adds.
async fn statements(newsroom: &Newsroom, reader: &Reader, query: &str, variables: &Value) -> i64 {
    reader.ask(query, variables.clone()).await;
    calls(newsroom, &[]).await;
    let others: Vec<i64> = sqlx::query_scalar(OTHERS).fetch_one(&newsroom.pool).await.unwrap();
    let mut fewest = i64::MAX;
    for _ in 0..10 {
        let before = calls(newsroom, &others).await;
        reader.ask(query, variables.clone()).await;
        fewest = fewest.min(calls(newsroom, &others).await - before);
    }
    fewest
}

#[tokio::test]
async fn a_request_sends_a_statement_a_level_whatever_the_size_of_its_pages() {
    story(async |newsroom| {
        sqlx::query("create extension pg_stat_statements").execute(&newsroom.pool).await.unwrap();
        let server = Server::start(&newsroom.database, &["--cache-megabytes", "0"]).await;
        let (editor, reader) = (newsroom.editor().await, newsroom.reader().at(&server));
        let disputed = editor.recorded("Agreement", entry("GH", json!({ "people": { "atMost": 5 } }))).await;
        editor.recorded("Transfer", entry("GH", json!({ "nationalities": ["IQ", "NG", "TG"] }))).await;
        editor.recorded("Denial", entry("GH", json!({ "disputes": disputed, "deniedBy": "Accra" }))).await;

        let board = "countries(first: $size) { totalCount nodes { code region { name } status { label } statusSince { label }
                         latestDevelopment { id summary occurred { label } } } }";
        let deep = "countries(first: $size) { totalCount nodes { code developments(first: 5) { totalCount nodes { summary disputed
                        denials { summary } citations { source { title } } country { name }
                        ... on Transfer { nationalities { name } } ... on Denial { disputes { summary } } } } } }";
        let ledger = "developments(first: $size) { totalCount nodes { summary country { code name } citations { source { title } } } }";
        let standing = "developments(first: $size) { nodes { country { name alpha3 numeric region { code } disputed
                            statusSince { edtf } status { label } } } }";
        let feed = "changes(last: $size) { nodes { kind country { name } statusBefore { label } statusAfter { label }
                        development { summary citations { quote } } tally { total } } }";
        for (fields, most) in [(board, 2), (deep, 5), (ledger, 2), (standing, 2), (feed, 6)] {
            let query = format!("query ($size: Int) {{ {fields} }}");
            let of = async |size: i32| statements(newsroom, &reader, &query, &json!({ "size": size })).await;
            let (few, many) = (of(5).await, of(60).await);
            assert!(few <= many && many <= most, "{few} for 5 rows, {many} for 60, at most {most}: {query}");
        }
        let tally = "{ tally { total asked agreed byStatus { count status { label } } } }";
        assert_eq!(statements(newsroom, &reader, tally, &Value::Null).await, 1);
        // What transfers and denials refer to comes along with them, on the same page or not.
        let country = "query ($first: Int, $asOf: DateTime) { country(code: \"GH\", asOf: $asOf) {
            name status { code } developments(first: $first) { totalCount nodes {
                __typename id summary disputed citations { quote source { kind title } }
                ... on Transfer { people { label } nationalities { code name } }
                ... on Denial { disputes { id summary } deniedBy } } } } }";
        for first in [1, 20] {
            let variables = json!({ "first": first });
            assert_eq!(statements(newsroom, &reader, country, &variables).await, 3, "the first {first}");
            let newest = &reader.ask(country, variables).await["country"]["developments"]["nodes"][0];
            assert_eq!(newest["disputes"]["id"], json!(disputed), "{newest}");
        }
        // Who staff are is looked up, and where the position is not known, that too.
        assert_eq!(statements(newsroom, &editor.at(&server), country, &Value::Null).await, 5);
        let now = &reader.ask("{ tally { asOf } }", json!({})).await["tally"]["asOf"];
        assert_eq!(statements(newsroom, &reader, country, &json!({ "asOf": now })).await, 5);
    })
    .await;
}
