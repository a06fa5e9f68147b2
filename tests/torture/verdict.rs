//! What must be so when a run is over.

use std::{collections::BTreeSet, str::FromStr};

use serde_json::{Value, json};
use sqlx::{PgPool, Row};
use tracker::domain::id::GlobalId;
use uuid::Uuid;

use crate::world::World;

/// How many rows must not be there, and why.
const NEVER: [(&str, &str); 7] = [
    ("the feed has gaps", "select (select position from feed) - count(*) from change"),
    (
        "a key was recorded more than once",
        "select count(*) from (select summary from development_revision where summary like 'torture %' and revision = 1
            group by summary having count(*) > 1) twice",
    ),
    (
        "a development has no key, or a key no development",
        "select count(*) from (select summary, development_id from development_revision where summary like 'torture %') r
            full join idempotency_key k on k.key = r.summary and k.development_id = r.development_id
            where k.key is null or r.summary is null",
    ),
    (
        "a development is not in the audit log once",
        "select count(*) from development_revision r where summary like 'torture %'
            and (select count(*) from audit_entry a where a.development_id = r.development_id and a.act = 'RECORD') <> 1",
    ),
    (
        "a development is published without its change, or the other way round",
        "select count(*) from development_revision r where summary like 'torture %'
            and (select count(*) from change c where c.development_id = r.development_id) <> (visible is not null)::int",
    ),
    (
        "a development has no citation",
        "select count(*) from development_revision r where summary like 'torture %'
            and not exists (select from citation c where c.development_id = r.development_id)",
    ),
    (
        "a country's states do not follow on each other",
        "select count(*) from country_state state where not upper_inf(visible) and not exists (
            select from country_state next
            where next.country_code = state.country_code and lower(next.visible) = upper(state.visible))",
    ),
];

const RECOUNT: &str =
    "select count(*), count(*) filter (where kind in ('ASK', 'REFUSAL')), count(*) filter (where kind = 'AGREEMENT')
    from (
        select distinct on (country_code) kind
        from development_revision
        where upper_inf(visible) and affects_status and not retracted
            and kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION')
        order by country_code, effective_day desc, first_position desc
    ) newest";

const ALIKE: &str = "{ tally { total asked agreed byStatus { count status { code } } }
    countries(first: 300) { nodes { code status { code } developments(first: 1) { totalCount } } }
    changes(last: 100) { nodes { position cursor kind development { id summary } } } }";

/// Holds the database, what was acknowledged and what was heard against each other.
pub async fn judge(world: &World, pool: &PgPool) {
    for (what, query) in NEVER {
        let rows: i64 = sqlx::query_scalar(query).fetch_one(pool).await.unwrap();
        world.hold(rows == 0, || format!("{what}: {rows}"));
    }
    acknowledged(world, pool).await;
    heard(world, pool).await;
    let (total, asked, agreed): (i64, i64, i64) = sqlx::query_as(RECOUNT).fetch_one(pool).await.unwrap();
    let mut answers = BTreeSet::new();
    for server in &world.servers {
        let request = json!({ "query": ALIKE });
        let answer: Value =
            world.http.post(format!("{server}/graphql")).json(&request).send().await.unwrap().json().await.unwrap();
        let tally = &answer["data"]["tally"];
        let recount = json!([total, asked, agreed]);
        world.hold(json!([tally["total"], tally["asked"], tally["agreed"]]) == recount, || {
            format!("{server} says {tally} and a recount {recount}")
        });
        answers.insert(answer.to_string());
        let metrics = world.http.get(format!("{server}/metrics")).send().await.unwrap().text().await.unwrap();
        world.hold(metrics.lines().any(|line| line == "tracker_feed_rewinds 0"), || {
            format!("{server} found that the database had lost changes")
        });
    }
    world.hold(answers.len() == 1, || format!("the servers differ: {answers:?}"));
}

/// Every acknowledged key is stored as the development that was acknowledged.
async fn acknowledged(world: &World, pool: &PgPool) {
    let rows = sqlx::query("select key, development_id from idempotency_key").fetch_all(pool).await.unwrap();
    let stored: std::collections::HashMap<String, Uuid> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for (key, id) in &*world.seen.acknowledged.lock().unwrap() {
        let is_stored = match (GlobalId::from_str(id), stored.get(key)) {
            (Ok(GlobalId::Development(id)), Some(stored)) => id.0 == *stored,
            _ => false,
        };
        world.hold(is_stored, || format!("{key} was acknowledged as {id} and is stored as {:?}", stored.get(key)));
    }
    for key in &*world.seen.abandoned.lock().unwrap() {
        world.count(if stored.contains_key(key) {
            "of those given up: stored"
        } else {
            "of those given up: not stored"
        });
    }
}

/// Every position was heard as the change that is stored.
async fn heard(world: &World, pool: &PgPool) {
    let rows = sqlx::query("select position, development_id from change").fetch_all(pool).await.unwrap();
    let stored: std::collections::HashMap<i64, Option<Uuid>> =
        rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for (position, development) in &*world.seen.heard.lock().unwrap() {
        let id = development.as_str().and_then(|id| GlobalId::from_str(id).ok());
        let is_same = match (id, stored.get(position)) {
            (Some(GlobalId::Development(id)), Some(Some(stored))) => id.0 == *stored,
            (None, Some(None)) => true,
            _ => false,
        };
        world.hold(is_same, || format!("{position} was heard as {development} and is stored otherwise"));
    }
}
