//! What a hundred times as many developments cost a read that nothing is kept for.

use std::time::Instant;

use serde_json::{Value, json};

use super::{
    Outcome,
    documents::{BOARD, COUNTRY, FIRST, LEDGER},
    figures::Figures,
    http::Request,
    machine,
    report::{Bound, Report, Row},
    stage::Stage,
    wire::{Ready, Wire},
};

/// Developments in the small ledger and in the large one.
pub const SMALL: u32 = 5_000;
const LARGE: u32 = 500_000;

/// Answers of which the median is taken, on each side in each turn.
const ANSWERS: usize = 50;

/// A ledger with a tracker on it that keeps no answers.
struct Side {
    url: String,
    wire: Wire,
}

/// Board, country and ledger page, one after the other on one connection.
pub async fn compare(stage: &Stage, report: &mut Report) -> Outcome {
    let mut servers = Vec::new();
    for developments in [SMALL, LARGE] {
        let database = stage.seeded(developments).await?;
        servers.push(stage.tracker(&database, machine::ALL, &["--cache-megabytes", "0"]).await?);
    }
    // Only now: filling a ledger takes longer than a connection may be silent.
    let mut sides = Vec::new();
    for server in &servers {
        let wire = Wire::open(server.url.trim_start_matches("http://"))?;
        sides.push(Side { url: format!("{}/graphql", server.url), wire });
    }
    let page = stage.client.ask(&sides[1].url, None, LEDGER, json!({ "first": 1 })).await?;
    if page["developments"]["totalCount"].as_i64().is_none_or(|count| count < i64::from(LARGE)) {
        return Err(format!("not the large ledger: {page}").into());
    }
    for (what, document, variables) in [
        ("board", BOARD, json!({ "first": FIRST })),
        ("country", COUNTRY, json!({ "code": "GH" })),
        ("ledger page", LEDGER, json!({ "first": 50 })),
    ] {
        let (mut small, mut large) = (Figures::default(), Figures::default());
        turn(&mut sides, document, &variables)?;
        for _ in 0..stage.plan.turns {
            let [of_small, of_large] = turn(&mut sides, document, &variables)?;
            small.push(of_small);
            large.push(of_large);
        }
        report.add(Row {
            what: format!("cold {what} with {LARGE} developments against {SMALL}: latency"),
            bound: Bound::AtMost { required: 1.5, aim: 1.1 },
            unit: "",
            measured: large.over(&small),
            ours: large,
            theirs: small,
            scale: " ms",
        });
    }
    for server in servers {
        server.running.end().await?;
    }
    Ok(())
}

/// Median milliseconds of both sides, which are asked in turn.
fn turn(sides: &mut [Side], document: &str, variables: &Value) -> Outcome<[f64; 2]> {
    let mut figures = [Figures::default(), Figures::default()];
    for _ in 0..ANSWERS {
        for (side, figures) in sides.iter_mut().zip(&mut figures) {
            let request = Request::post(&side.url, &json!({ "query": document, "variables": variables }));
            let request = Ready::of(&request)?;
            let began = Instant::now();
            let answer = side.wire.exchange(&request.bytes)?;
            let took = began.elapsed();
            let answer: Value = serde_json::from_slice(answer)?;
            if answer.get("errors").is_some() {
                return Err(format!("{document}\n{answer}").into());
            }
            figures.push(took.as_secs_f64() * 1000.0);
        }
    }
    Ok(figures.map(|figures| figures.median()))
}
