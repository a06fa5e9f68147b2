//! Ten thousand subscribers: what they cost while nothing happens, and how soon all know of a change, against a bare axum broadcast of
//! the same bytes to the same clients.

mod audience;

use std::time::Duration;

use serde_json::json;

use self::audience::Audience;
use super::{
    Outcome,
    documents::{BOARD, CHANGES, FIRST, TALLY, different_subscriptions},
    editor::Editor,
    figures::Figures,
    http::Request,
    machine,
    process::{Running, myself, pinned},
    report::{Bound, Report, Row},
    stage::{ARTICLE, Stage},
    watch::Protocol,
};

const DATABASE: &str = "live";

/// Between two changes: long enough for all that the one before has caused.
const PAUSE: Duration = Duration::from_millis(250);

/// Until memory that is only used while connecting has been given back.
const SETTLED: Duration = Duration::from_secs(2);

/// What a kind of audience has been measured with.
#[derive(Default)]
struct Measured {
    /// KiB a subscriber.
    memory: Figures,
    /// Milliseconds until the last has a change, the median of each turn.
    ours: Figures,
    theirs: Figures,
}

/// The rows of subscribers.
pub async fn watched(stage: &Stage, report: &mut Report) -> Outcome {
    stage.create_database(DATABASE, Some(ARTICLE)).await?;
    let subscribers = stage.plan.subscribers;
    let editor = Editor::of(stage, DATABASE).await?;
    let same = [CHANGES.to_owned()];
    let alike = measure(&editor, &same, Protocol::GraphqlWs).await?;
    report.add(memory("WebSocket", subscribers, alike.memory));
    report.add(Row {
        what: format!("commit to the last of {subscribers} subscribers, against a bare axum broadcast"),
        bound: Bound::AtMost { required: 1.2, aim: 1.0 },
        unit: "",
        measured: alike.ours.over(&alike.theirs),
        ours: alike.ours,
        theirs: alike.theirs,
        scale: " ms",
    });
    let mixed = measure(&editor, &different_subscriptions(50), Protocol::GraphqlWs).await?;
    report.add(Row {
        what: "the same with 50 different documents among them".to_owned(),
        bound: Bound::AtMost { required: 1.5, aim: 1.1 },
        unit: "",
        measured: mixed.ours.over(&mixed.theirs),
        ours: mixed.ours,
        theirs: mixed.theirs,
        scale: " ms",
    });
    let mut streams = Measured::default();
    turn_of_ours(&editor, &same, Protocol::Sse, &mut streams).await?;
    report.add(memory("event stream", subscribers, streams.memory));
    Ok(())
}

fn memory(transport: &str, subscribers: usize, measured: Figures) -> Row {
    Row {
        what: format!("memory an idle subscriber by {transport}, {subscribers} in one process"),
        bound: Bound::AtMost { required: 6.0, aim: 2.0 },
        unit: "KiB",
        measured,
        ours: Figures::default(),
        theirs: Figures::default(),
        scale: "",
    }
}

async fn measure(editor: &Editor<'_>, documents: &[String], protocol: Protocol) -> Outcome<Measured> {
    let mut measured = Measured::default();
    for _ in 0..editor.stage.plan.turns {
        let payloads = turn_of_ours(editor, documents, protocol, &mut measured).await?;
        turn_of_theirs(editor.stage, documents, &payloads, &mut measured).await?;
    }
    Ok(measured)
}

/// Measures the tracker, and answers with what its subscribers got.
async fn turn_of_ours(
    editor: &Editor<'_>,
    documents: &[String],
    protocol: Protocol,
    measured: &mut Measured,
) -> Outcome<Vec<String>> {
    let stage = editor.stage;
    let server = stage.tracker(DATABASE, machine::SERVING, &[]).await?;
    let url = format!("{}/graphql", server.url);
    stage.client.ask(&url, None, BOARD, json!({ "first": FIRST })).await?;
    stage.client.ask(&url, None, TALLY, json!({})).await?;
    let before = machine::resident(server.running.id()?)?;
    let mut audience = Audience::gather(stage, &server.url, documents, protocol).await?;
    tokio::time::sleep(SETTLED).await;
    let after = machine::resident(server.running.id()?)?;
    measured.memory.push(after.saturating_sub(before) as f64 / stage.plan.subscribers as f64 / 1024.0);
    let mut delays = Figures::default();
    let mut payloads = Vec::new();
    for round in 0..=stage.plan.rounds {
        editor.publish(&url, "GH").await?;
        let last = audience.received().await?;
        if round == 0 {
            // The first is for warming up.
            payloads = audience.payloads().await?;
        } else {
            delays.push(milliseconds(committed(editor).await?, last));
        }
        tokio::time::sleep(PAUSE).await;
    }
    measured.ours.push(delays.median());
    audience.end().await?;
    server.running.end().await?;
    Ok(payloads)
}

/// Measures the bare broadcast of the same payloads.
async fn turn_of_theirs(stage: &Stage, documents: &[String], payloads: &[String], measured: &mut Measured) -> Outcome {
    let mut command = pinned(machine::SERVING, myself()?);
    command.arg("bare-live");
    let mut bare = Running::start("bare axum", command)?;
    let url = bare.address().await?;
    let mut audience = Audience::gather(stage, &url, documents, Protocol::BareWs).await?;
    tokio::time::sleep(SETTLED).await;
    let mut delays = Figures::default();
    let publication = Request::post(&format!("{url}/publish"), &json!(payloads));
    for round in 0..=stage.plan.rounds {
        let moment = stage.client.send(&publication).await?.text().await?.parse()?;
        let last = audience.received().await?;
        if round == 0 {
            if audience.payloads().await? != payloads {
                return Err("the bare broadcast sends something else".into());
            }
        } else {
            delays.push(milliseconds(moment, last));
        }
        tokio::time::sleep(PAUSE).await;
    }
    measured.theirs.push(delays.median());
    audience.end().await?;
    bare.end().await
}

fn milliseconds(from: i64, to: i64) -> f64 {
    (to - from) as f64 / 1000.0
}

/// When Postgres committed the last change, by its own word: microseconds since 1970. It takes the time before it writes the commit to
/// disk.
async fn committed(editor: &Editor<'_>) -> Outcome<i64> {
    let mut connection = editor.stage.connect(editor.database).await?;
    let moment = sqlx::query_scalar(
        "select (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
         from change
         order by position desc
         limit 1",
    )
    .fetch_one(&mut connection)
    .await?;
    Ok(moment)
}
