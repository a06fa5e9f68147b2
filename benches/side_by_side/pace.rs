//! Reads at a fixed pace: a request is due when it is due, whether or not those before it have been answered, and its time counts from
//! then. So a pause of the server costs all who would have come meanwhile, and not only those who were waiting.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::{
    Outcome,
    figures::Figures,
    wire::{Ready, Wire},
};

/// What readers do, as they are told in a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Orders {
    pub server: String,
    /// What is sent, as text.
    pub request: String,
    pub connections: u32,
    /// Requests a second, of all connections together.
    pub rate: u32,
    pub seconds: f64,
}

impl Orders {
    pub fn request(ready: Ready) -> Outcome<(String, String)> {
        Ok((ready.server, String::from_utf8(ready.bytes)?))
    }
}

/// How long answers took, in milliseconds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Latencies {
    pub count: usize,
    pub median: f64,
    pub p99: f64,
    pub max: f64,
}

/// Reads for the time ordered, and tells the latencies.
pub fn run(arguments: &[&str]) -> Outcome {
    let [orders] = arguments else { return Err("pace: which orders?".into()) };
    let orders: Orders = serde_json::from_slice(&std::fs::read(orders)?)?;
    let mut readers = Vec::new();
    for _ in 0..orders.connections {
        readers.push(Wire::open(&orders.server)?);
    }
    let begin = Instant::now() + Duration::from_millis(50);
    let all = thread::scope(|scope| {
        let orders = &orders;
        let readers = readers.iter_mut().enumerate();
        let reading: Vec<_> =
            readers.map(|(number, wire)| scope.spawn(move || read(wire, orders, begin, number))).collect();
        let mut all = Vec::new();
        for reader in reading {
            all.extend(reader.join().map_err(|_| "a reader failed")??);
        }
        Outcome::Ok(all)
    })?;
    let figures: Figures = all.iter().copied().collect();
    let latencies =
        Latencies { count: all.len(), median: figures.median(), p99: figures.quantile(0.99), max: figures.max() };
    println!("{}", serde_json::to_string(&latencies)?);
    Ok(())
}

/// One connection's share, each reader's a little after the one's before.
fn read(wire: &mut Wire, orders: &Orders, begin: Instant, number: usize) -> Outcome<Vec<f64>> {
    let every = f64::from(orders.connections) / f64::from(orders.rate);
    let offset = every * number as f64 / f64::from(orders.connections);
    let mut latencies = Vec::new();
    for turn in 0_u32.. {
        let after = offset + every * f64::from(turn);
        if after >= orders.seconds {
            break;
        }
        let due = begin + Duration::from_secs_f64(after);
        thread::sleep(due.saturating_duration_since(Instant::now()));
        wire.exchange(orders.request.as_bytes())?;
        latencies.push(due.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(latencies)
}
