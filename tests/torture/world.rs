//! What all tasks of a run share: where the servers are, what has been seen, and what must never have been.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
    time::Duration,
};

use reqwest::Client;
use serde_json::Value;
use tokio::sync::watch;

use crate::chance::Chance;

/// No answer takes longer than this: a request may take ten seconds, and a quiet connection shows a sign of life every five.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What a run is about.
pub struct World {
    pub chance: Chance,
    pub servers: Vec<String>,
    pub http: Client,
    pub token: String,
    /// Whether editors go on with something new.
    pub writing: watch::Sender<bool>,
    /// Set in the end: the last position of the feed.
    pub goal: watch::Sender<Option<i64>>,
    pub seen: Seen,
    counts: Mutex<BTreeMap<&'static str, u64>>,
    violations: Mutex<Vec<String>>,
}

/// What the tasks were told.
#[derive(Default)]
pub struct Seen {
    /// The id that was acknowledged to each key.
    pub acknowledged: Mutex<HashMap<String, String>>,
    /// The keys whose sender gave up, so that nobody knows what became of them.
    pub abandoned: Mutex<Vec<String>>,
    /// The development of each position, as subscribers heard it.
    pub heard: Mutex<BTreeMap<i64, Value>>,
}

impl World {
    pub fn new(seed: u64, servers: Vec<String>, token: String) -> Self {
        // Its library wants to be told of a cryptography even where nothing is encrypted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            chance: Chance::of(seed),
            servers,
            http: Client::builder().timeout(PATIENCE).pool_max_idle_per_host(0).build().unwrap(),
            token,
            writing: watch::Sender::new(true),
            goal: watch::Sender::new(None),
            seen: Seen::default(),
            counts: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    /// One of the servers.
    pub fn any(&self) -> &str {
        self.chance.of_these::<String>(&self.servers)
    }

    /// Whether editors go on with something new.
    pub fn is_on(&self) -> bool {
        *self.writing.borrow()
    }

    pub fn count(&self, what: &'static str) {
        *self.counts.lock().unwrap().entry(what).or_default() += 1;
    }

    pub fn counted(&self, what: &'static str) -> u64 {
        self.counts.lock().unwrap().get(what).copied().unwrap_or_default()
    }

    /// Something that must never be.
    pub fn violated(&self, what: impl Into<String>) {
        let what = what.into();
        let mut violations = self.violations.lock().unwrap();
        // The first ones tell what is wrong.
        if violations.len() < 20 {
            eprintln!("VIOLATION: {what}");
        }
        violations.push(what);
    }

    /// Holds that something is so.
    pub fn hold(&self, so: bool, what: impl FnOnce() -> String) {
        if !so {
            self.violated(what());
        }
    }

    /// Prints the counts, and fails if anything was violated.
    pub fn conclude(&self) {
        for (what, count) in &*self.counts.lock().unwrap() {
            println!("{count:>9}  {what}");
        }
        let violations = self.violations.lock().unwrap();
        println!("{:>9}  violations", violations.len());
        assert!(violations.is_empty(), "violated: {:#?}", &violations[..violations.len().min(20)]);
    }
}
