//! From the start of a server to its first answer.

use std::{
    net::TcpListener,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::process::Command;

use super::{
    Outcome,
    documents::TALLY,
    figures::Figures,
    report::{Bound, Report, Row},
    stage::{ARTICLE, Stage, tracker_program},
};

/// Between two attempts to get an answer.
const PAUSE: Duration = Duration::from_millis(1);

/// How often it is started.
const STARTS: usize = 10;

/// On a database whose tables are up to date, by the tally.
pub async fn first_answer(stage: &Stage, report: &mut Report) -> Outcome {
    let mut seconds = Figures::default();
    for _ in 0..STARTS {
        seconds.push(start(stage).await?);
    }
    report.add(Row {
        what: "start to first answer with a migrated database".to_owned(),
        bound: Bound::AtMost { required: 0.5, aim: 0.2 },
        unit: "s",
        measured: seconds,
        ours: Figures::default(),
        theirs: Figures::default(),
        scale: "",
    });
    Ok(())
}

async fn start(stage: &Stage) -> Outcome<f64> {
    // Free a moment ago, and nobody else on this machine is likely to take it.
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut command = Command::new(tracker_program());
    command.env("DATABASE_URL", stage.url(ARTICLE)).env("TRACKER_LOG", "error").kill_on_drop(true);
    command.args(["serve", "--listen", &address.to_string()]).stdin(Stdio::null()).stdout(Stdio::null());
    let url = format!("http://{address}/graphql");
    let began = Instant::now();
    let mut server = command.spawn()?;
    while stage.client.ask(&url, None, TALLY, json!({})).await.is_err() {
        if let Some(status) = server.try_wait()? {
            return Err(format!("the tracker ended before it answered: {status}").into());
        }
        tokio::time::sleep(PAUSE).await;
    }
    let took = began.elapsed();
    server.kill().await?;
    Ok(took.as_secs_f64())
}
