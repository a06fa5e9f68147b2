//! Load by wrk: as many requests as a number of connections can carry, one after the other on each.

use std::{fmt::Write, fs};

use super::{Outcome, http::Request, process::pinned, stage::Stage};

/// Connections that ask at once.
pub const CONNECTIONS: usize = 64;

/// Asks the same for a turn, from one thread on some processors, and answers with how many answers a second came.
pub async fn answers_per_second(
    stage: &Stage,
    processors: &str,
    connections: usize,
    request: &Request,
) -> Outcome<f64> {
    let script = stage.file("request.lua");
    fs::write(&script, lua(request)?)?;
    let mut command = pinned(processors, "wrk");
    command.args(["--threads", "1", "--connections", &connections.to_string()]);
    command.args(["--duration", &format!("{}s", stage.plan.turn.as_secs()), "--timeout", "10s", "--script"]);
    let output = command.arg(&script).arg(&request.url).output().await?;
    let said = String::from_utf8(output.stdout)?;
    // An answer that is not one would count as fast.
    if !output.status.success() || said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("wrk: {said}{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    let rate: f64 = rate.ok_or("wrk told no rate")?.trim().parse()?;
    if rate > 0.0 { Ok(rate) } else { Err("nothing was answered".into()) }
}

fn lua(request: &Request) -> Outcome<String> {
    let mut script = format!("wrk.method = {}\n", quoted(request.method));
    for (name, value) in &request.headers {
        writeln!(script, "wrk.headers[{}] = {}", quoted(name), quoted(value))?;
    }
    if let Some(body) = &request.body {
        writeln!(script, "wrk.body = {}", quoted(body))?;
    }
    Ok(script)
}

/// A text as Lua reads it, whatever it holds.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}
