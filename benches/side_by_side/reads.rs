//! Answers that are kept, against a bare axum handler that sends the same bytes.

use std::{fs, path::Path, time::Duration};

use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Outcome,
    bare::{Answers, Captured},
    documents::{BOARD, FIRST},
    editor::Editor,
    figures::Figures,
    http::Request,
    machine,
    pace::{Latencies, Orders},
    process::{Running, myself, pinned},
    report::{Bound, Report, Row},
    stage::{ARTICLE, Stage},
    wire::Ready,
    wrk,
};

/// Headers that a server writes by itself, of the connection or the moment.
const OF_THE_CONNECTION: [&str; 5] = ["date", "content-length", "connection", "transfer-encoding", "keep-alive"];

/// A header whose value is another each time, of the same length.
const OF_THE_REQUEST: &str = "x-request-id";

/// The board as `POST`, as `GET`, and as a persisted query whose answer is known already.
pub async fn cached(stage: &Stage, report: &mut Report) -> Outcome {
    let server = stage.tracker(ARTICLE, machine::SERVING, &[]).await?;
    let url = format!("{}/graphql", server.url);
    let variables = json!({ "first": FIRST });
    let posted = Request::post(&url, &json!({ "query": BOARD, "variables": variables }));
    let variables = variables.to_string();
    let got = Request::get(&url, &[("query", BOARD), ("variables", &variables)])?;
    let bound = Bound::AtLeast { required: 0.9, aim: 1.0 };
    for (how, request) in [("POST", posted), ("GET", got)] {
        let answers = Answers { full: capture(stage, &request, 200).await?, unchanged: None };
        let size = answers.full.body.len();
        let what = format!("cached board, {how}, {size} bytes: answers/s against bare axum");
        compare(stage, report, Comparison { what, bound, request, answers }).await?;
    }
    let persisted = persisted(stage, &url, &variables).await?;
    let full = capture(stage, &persisted, 200).await?;
    let etag = full.headers.iter().find(|(name, _)| name == "etag").ok_or("an answer without ETag")?.1.clone();
    let request = persisted.with("if-none-match", &etag);
    let unchanged = Some(capture(stage, &request, 304).await?);
    let what = "cached board, persisted query, 304: answers/s against bare axum's 304".to_owned();
    let bound = Bound::AtLeast { required: 0.85, aim: 0.95 };
    compare(stage, report, Comparison { what, bound, request, answers: Answers { full, unchanged } }).await?;
    server.running.end().await
}

/// The board by the hash of its document, which the server has been told before.
async fn persisted(stage: &Stage, url: &str, variables: &str) -> Outcome<Request> {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(BOARD));
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } }).to_string();
    let parameters = [("variables", variables), ("extensions", &extensions)];
    let told = Request::get(url, &[&parameters[..], &[("query", BOARD)]].concat())?;
    capture(stage, &told, 200).await?;
    Request::get(url, &parameters)
}

/// An answer as it came, once it is one that is kept.
async fn capture(stage: &Stage, request: &Request, status: u16) -> Outcome<Captured> {
    // The first asking makes the answer that the second is given.
    stage.client.send(request).await?.bytes().await?;
    let response = stage.client.send(request).await?;
    if response.status() != status {
        return Err(format!("{} {} instead of {status}: {}", request.method, request.url, response.status()).into());
    }
    let captured = captured(response).await?;
    if status == 200 {
        let answer: Value = serde_json::from_str(&captured.body)?;
        let countries = answer["data"]["countries"]["nodes"].as_array().map_or(0, Vec::len);
        if answer.get("errors").is_some() || countries == 0 {
            return Err(format!("not a board: {}", captured.body).into());
        }
    }
    Ok(captured)
}

async fn captured(response: Response) -> Outcome<Captured> {
    let mut headers = Vec::new();
    for (name, value) in response.headers() {
        if !OF_THE_CONNECTION.contains(&name.as_str()) {
            headers.push((name.to_string(), value.to_str()?.to_owned()));
        }
    }
    Ok(Captured { headers, body: response.text().await? })
}

struct Comparison {
    what: String,
    bound: Bound,
    request: Request,
    answers: Answers,
}

async fn compare(stage: &Stage, report: &mut Report, comparison: Comparison) -> Outcome {
    let Comparison { what, bound, request, answers } = comparison;
    let file = stage.file("answers.json");
    fs::write(&file, serde_json::to_vec(&answers)?)?;
    let mut command = pinned(machine::SERVING, myself()?);
    command.arg("bare-http").arg(&file);
    let mut bare = Running::start("bare axum", command)?;
    let same = request.to(&bare.address().await?)?;
    make_sure_of_the_same(stage, &request, &same).await?;
    let (mut ours, mut theirs) = (Figures::default(), Figures::default());
    for _ in 0..stage.plan.turns {
        for (request, figures) in [(&request, &mut ours), (&same, &mut theirs)] {
            figures.push(wrk::answers_per_second(stage, machine::ASKING, wrk::CONNECTIONS, request).await?);
        }
    }
    bare.end().await?;
    report.add(Row { what, bound, unit: "", measured: ours.over(&theirs), ours, theirs, scale: "/s" });
    Ok(())
}

async fn make_sure_of_the_same(stage: &Stage, one: &Request, other: &Request) -> Outcome {
    let (one, other) = (stage.client.send(one).await?, stage.client.send(other).await?);
    if one.status() != other.status() {
        return Err(format!("{} and {} are compared", one.status(), other.status()).into());
    }
    let (mut one, mut other) = (captured(one).await?, captured(other).await?);
    for captured in [&mut one, &mut other] {
        captured.headers.retain(|(name, _)| name != OF_THE_REQUEST);
        captured.headers.sort();
    }
    if (&one.headers, &one.body) != (&other.headers, &other.body) {
        return Err(format!("different answers are compared: {:?} and {:?}", one.headers, other.headers).into());
    }
    Ok(())
}

/// Connections of readers that come at a fixed pace, and how many requests a second they send together.
const READERS: u32 = 32;
const PACE: u32 = 2_000;

/// Between two publications of the editor.
const PUBLISHING: Duration = Duration::from_millis(500);

/// Readers of the board at a fixed pace, alone and while an editor publishes twice a second.
pub async fn while_publishing(stage: &Stage, report: &mut Report) -> Outcome {
    stage.create_database("paced", Some(ARTICLE)).await?;
    let editor = Editor::of(stage, "paced").await?;
    let server = stage.tracker("paced", machine::SERVING, &[]).await?;
    let url = format!("{}/graphql", server.url);
    let countries = editor.countries(&url).await?;
    let request = Request::post(&url, &json!({ "query": BOARD, "variables": { "first": FIRST } }));
    let (server_name, request) = Orders::request(Ready::of(&request)?)?;
    let seconds = 4.0 * stage.plan.turn.as_secs_f64();
    let orders = Orders { server: server_name, request, connections: READERS, rate: PACE, seconds };
    let file = stage.file("pace.json");
    fs::write(&file, serde_json::to_vec(&orders)?)?;
    let (mut alone, mut during) = (Figures::default(), Figures::default());
    // The first turn warms up.
    read_at_pace(&file).await?;
    for _ in 0..stage.plan.turns {
        alone.push(read_at_pace(&file).await?.p99);
        let publishing = async {
            let mut ticks = tokio::time::interval(PUBLISHING);
            for country in countries.iter().cycle() {
                ticks.tick().await;
                editor.publish(&url, country).await?;
            }
            Outcome::Ok(())
        };
        tokio::select! {
            latencies = read_at_pace(&file) => during.push(latencies?.p99),
            failed = publishing => failed?,
        }
    }
    report.add(Row {
        what: format!("p99 of cached boards at {PACE}/s while an editor publishes twice a second, against p99 without"),
        bound: Bound::AtMost { required: 2.0, aim: 1.2 },
        unit: "",
        measured: during.over(&alone),
        ours: during,
        theirs: alone,
        scale: " ms",
    });
    server.running.end().await
}

async fn read_at_pace(orders: &Path) -> Outcome<Latencies> {
    let mut command = pinned(machine::ASKING, myself()?);
    command.arg("pace").arg(orders);
    let mut readers = Running::start("the readers", command)?;
    let latencies: Latencies = serde_json::from_str(&readers.line().await?)?;
    if latencies.count == 0 {
        return Err("nobody read".into());
    }
    Ok(latencies)
}
