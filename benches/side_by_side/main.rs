//! The tracker side by side with its peers, on one machine in one run: what `make bench` runs.
//!
//! Each theme is a file that measures some rows of the table: alternating between the sides, several times, with the median and the
//! spread told. The servers are processes of their own; this program is also some of them: the bare axum peers, and the clients that
//! would take this process's time.

mod bare;
mod cold;
mod documents;
mod editor;
mod figures;
mod http;
mod live;
mod machine;
mod pace;
mod peers;
mod plan;
mod process;
mod reads;
mod report;
mod size;
mod stage;
mod start;
mod watch;
mod wire;
mod writes;
mod wrk;

use std::{error::Error, process::ExitCode};

use mimalloc::MiMalloc;
use tokio::signal::unix::{SignalKind, signal};

use self::{plan::Plan, report::Report, stage::Stage};

/// As the tracker has it, so that the bare peers have it too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What measuring comes to; nothing here can go on after a failure.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["bare-http", answers] => bare::http(answers),
        ["bare-live"] => bare::live(),
        ["pace", rest @ ..] => pace::run(rest),
        ["watch", rest @ ..] => watch::run(rest),
        rows => measure(rows),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("side_by_side: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn measure(rows: &[&str]) -> Outcome {
    let plan = Plan::of(rows)?;
    machine::raise_file_limit()?;
    let mut stop = signal(SignalKind::interrupt())?;
    let mut end = signal(SignalKind::terminate())?;
    // Whichever comes first: servers, clients and database end with the stage.
    tokio::select! {
        outcome = perform(&plan) => outcome,
        _ = stop.recv() => Err("interrupted".into()),
        _ = end.recv() => Err("terminated".into()),
    }
}

async fn perform(plan: &Plan) -> Outcome {
    let stage = Stage::open(plan).await?;
    let mut report = Report::new(&stage).await?;
    for theme in &plan.themes {
        match *theme {
            "cached" => reads::cached(&stage, &mut report).await?,
            "paced" => reads::while_publishing(&stage, &mut report).await?,
            "cold" => cold::against_peers(&stage, &mut report).await?,
            "size" => size::compare(&stage, &mut report).await?,
            "live" => live::watched(&stage, &mut report).await?,
            "writes" => writes::editors(&stage, &mut report).await?,
            "start" => start::first_answer(&stage, &mut report).await?,
            other => return Err(format!("there is no theme {other}").into()),
        }
    }
    report.conclude(plan)?;
    stage.close().await
}
