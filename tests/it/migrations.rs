//! Migrations meet filled databases: after each step its sample rows come in, from `tests/migrations/`, and every later step runs
//! on them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::json;
use sqlx::{
    AssertSqlSafe, PgPool,
    migrate::{Migration, Migrator},
};

use crate::newsroom::{Newsroom, Server, empty_database};

static STEPS: Migrator = sqlx::migrate!();

/// The columns of every table of ours.
async fn columns(pool: &PgPool) -> Vec<(String, String)> {
    let columns = "select table_name::text, column_name::text from information_schema.columns
                   where table_schema = 'public' and table_name <> '_sqlx_migrations' order by 1, 2";
    sqlx::query_as(columns).fetch_all(pool).await.unwrap()
}

/// How many values a column holds, or how many rows a table has for `*`.
async fn count(pool: &PgPool, table: &str, column: &str) -> i64 {
    let query = format!("select count({column}) from {table}");
    sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(pool).await.unwrap()
}

/// How many rows each table has.
async fn rows(pool: &PgPool) -> BTreeMap<String, i64> {
    let tables: BTreeSet<String> = columns(pool).await.into_iter().map(|(table, _)| table).collect();
    let mut rows = BTreeMap::new();
    for table in tables {
        let count = count(pool, &table, "*").await;
        rows.insert(table, count);
    }
    rows
}

/// The sample rows by the number of the step that they follow.
fn samples() -> BTreeMap<i64, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrations");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().parse().unwrap(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[tokio::test]
async fn every_step_runs_on_a_filled_database_and_loses_nothing() {
    let database = empty_database().await;
    let pool = PgPool::connect(&database).await.unwrap();
    let mut samples = samples();
    let mut steps: Vec<Migration> = Vec::new();
    for step in STEPS.iter() {
        let before = rows(&pool).await;
        steps.push(step.clone());
        Migrator::with_migrations(steps.clone()).run(&pool).await.unwrap();
        let after = rows(&pool).await;
        for (table, count) in before {
            assert!(after.get(&table).is_some_and(|now| *now >= count), "step {} loses rows of {table}", step.version);
        }
        if let Some(sample) = samples.remove(&step.version) {
            let filled = sqlx::raw_sql(AssertSqlSafe(sample)).execute(&pool).await;
            filled.unwrap_or_else(|error| panic!("the sample rows of step {}: {error}", step.version));
        }
    }
    assert!(samples.is_empty(), "there are sample rows for steps that there aren't: {:?}", samples.keys());
    for (table, column) in columns(&pool).await {
        assert!(count(&pool, &table, &column).await > 0, "give {table}.{column} a value in tests/migrations/");
    }

    let server = Server::start(&database, &[]).await;
    let newsroom = Newsroom { database, pool, server };
    let query = r#"{ tally { total asked agreed }
        country(code: "GH") { disputed developments(first: 20) { nodes { __typename corrected citations { source { title } } } } } }"#;
    let answer = newsroom.reader().ask(query, json!({})).await;
    assert_eq!(answer["tally"], json!({ "total": 1, "asked": 0, "agreed": 1 }));
    assert_eq!(answer["country"]["disputed"], true);
    let citations = json!([{ "source": { "title": "Talks at Accra" } }]);
    let told = |kind: &str| json!({ "__typename": kind, "corrected": kind == "Agreement", "citations": citations });
    let timeline = ["CourtOrder", "Transfer", "Payment", "Denial", "Agreement", "Ask"].map(told);
    assert_eq!(answer["country"]["developments"]["nodes"], json!(timeline));
    newsroom.books_are_in_order().await;
}
