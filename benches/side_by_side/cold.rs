//! Reads that nothing is kept for, against PostGraphile 5 and Mercurius with its JIT on the same Postgres, with the same data and fields.

use serde_json::{Value, json};

use super::{
    Outcome,
    documents::{BOARD, COUNTRY, FIRST},
    figures::Figures,
    http::Request,
    machine, peers,
    report::{Bound, Report, Row},
    size::SMALL,
    stage::Stage,
    wrk,
};

/// The same fields of the tables that PostGraphile serves. Names with two underscores tell what they stand for in the tracker's answers.
const POSTGRAPHILE_BOARD: &str = include_str!("../peers/board.graphql");
const POSTGRAPHILE_COUNTRY: &str = include_str!("../peers/country.graphql");

/// Connections that ask at once: as many as there are connections to the database.
const CONNECTIONS: usize = 16;

/// A country to which everything has happened.
const WHERE: &str = "GH";

/// Answers a second, server and Postgres together on one processor.
pub async fn against_peers(stage: &Stage, report: &mut Report) -> Outcome {
    let database = stage.seeded(SMALL).await?;
    stage.pin_postgres(machine::SERVING).await?;
    let tracker = stage.tracker(&database, machine::SERVING, &["--cache-megabytes", "0"]).await?;
    let ours = format!("{}/graphql", tracker.url);
    peers::fill(stage, &database, &ours).await?;
    let (postgraphile, postgraphile_url) = peers::start(stage, "postgraphile.mjs", &database).await?;
    let (mercurius, mercurius_url) = peers::start(stage, "mercurius.mjs", &database).await?;
    for (what, document, translated, variables) in [
        ("board", BOARD, POSTGRAPHILE_BOARD, json!({ "first": FIRST })),
        ("country", COUNTRY, POSTGRAPHILE_COUNTRY, json!({ "code": WHERE })),
    ] {
        let request = |url: &str, query: &str| Request::post(url, &json!({ "query": query, "variables": variables }));
        let requests = [
            ("tracker", request(&ours, document)),
            ("PostGraphile 5", request(&postgraphile_url, translated)),
            ("Mercurius with JIT", request(&mercurius_url, document)),
        ];
        make_sure_of_the_same(stage, &requests).await?;
        compare(stage, report, what, &requests).await?;
    }
    for running in [tracker.running, postgraphile, mercurius] {
        running.end().await?;
    }
    stage.pin_postgres(machine::ALL).await
}

async fn compare(stage: &Stage, report: &mut Report, what: &str, requests: &[(&str, Request); 3]) -> Outcome {
    let mut rates = [Figures::default(), Figures::default(), Figures::default()];
    // A turn before the first, in which all compile what they compile.
    for turn in 0..=stage.plan.turns {
        for ((_, request), rates) in requests.iter().zip(&mut rates) {
            let rate = wrk::answers_per_second(stage, machine::ASKING, CONNECTIONS, request).await?;
            if turn > 0 {
                rates.push(rate);
            }
        }
    }
    let [ours, theirs @ ..] = rates;
    for ((name, _), theirs) in requests[1..].iter().zip(theirs) {
        report.add(Row {
            what: format!("cold {what}: answers/s against {name}"),
            bound: Bound::AtLeast { required: 2.5, aim: 5.0 },
            unit: "",
            measured: ours.over(&theirs),
            ours: ours.clone(),
            theirs,
            scale: "/s",
        });
    }
    Ok(())
}

/// Nothing is compared that is not the same.
async fn make_sure_of_the_same(stage: &Stage, requests: &[(&str, Request); 3]) -> Outcome {
    let mut first: Option<Value> = None;
    for (name, request) in requests {
        let answer: Value = stage.client.send(request).await?.json().await?;
        if answer.get("errors").is_some() {
            return Err(format!("{name}: {answer:#}").into());
        }
        let answer = peers::normalised(&answer["data"]);
        match &first {
            None if answer == json!({}) => return Err(format!("{name} answers nothing").into()),
            None => first = Some(answer),
            Some(ours) if *ours == answer => {}
            Some(ours) => return Err(format!("{name} answers something else: {}", difference(ours, &answer)).into()),
        }
    }
    Ok(())
}

/// The first place in which two answers differ.
fn difference(one: &Value, other: &Value) -> String {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => one
            .keys()
            .chain(other.keys())
            .find(|name| one.get(*name) != other.get(*name))
            .map(|name| format!("{name}: {}", difference(&one[name], other.get(name).unwrap_or(&Value::Null))))
            .unwrap_or_default(),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .position(|(one, other)| one != other)
            .map(|place| format!("{place}: {}", difference(&one[place], &other[place])))
            .unwrap_or_default(),
        (one, other) => format!("{one} and {other}"),
    }
}
