//! What is measured, and how long.

use std::{env, time::Duration};

use super::Outcome;

/// The themes, in the order in which they are measured.
const THEMES: [&str; 7] = ["cached", "paced", "cold", "size", "live", "writes", "start"];

/// Subscribers of one server.
const SUBSCRIBERS: usize = 10_000;

/// How much of everything.
#[derive(Debug, Clone)]
pub struct Plan {
    pub themes: Vec<&'static str>,
    /// Everything, at full length: only then the figures are written down.
    pub whole: bool,
    /// How often each side has its turn.
    pub turns: usize,
    /// How long a turn under load lasts.
    pub turn: Duration,
    pub subscribers: usize,
    /// Changes that are published to the subscribers in a turn.
    pub rounds: usize,
}

impl Plan {
    /// Reads the themes that are asked for, none for all, and from the environment `BENCH_QUICK`, which shortens all, and
    /// `BENCH_SUBSCRIBERS`.
    pub fn of(asked: &[&str]) -> Outcome<Self> {
        if let Some(unknown) = asked.iter().find(|asked| !THEMES.contains(asked)) {
            return Err(format!("there is no theme {unknown:?}: choose among {}", THEMES.join(", ")).into());
        }
        let themes: Vec<_> = THEMES.into_iter().filter(|theme| asked.is_empty() || asked.contains(theme)).collect();
        let quick = env::var("BENCH_QUICK").is_ok_and(|value| !value.is_empty());
        let subscribers = env::var("BENCH_SUBSCRIBERS").map_or(Ok(SUBSCRIBERS), |value| value.parse())?;
        let whole = !quick && themes.len() == THEMES.len() && subscribers == SUBSCRIBERS;
        Ok(if quick {
            Self { themes, whole, turns: 2, turn: Duration::from_secs(1), subscribers, rounds: 4 }
        } else {
            Self { themes, whole, turns: 9, turn: Duration::from_secs(2), subscribers, rounds: 12 }
        })
    }
}
