use std::fs;

use crate::{
    Outcome, machine,
    process::{Running, myself, pinned},
    stage::Stage,
    watch::{Orders, Protocol, Said},
};

/// Subscribers, in a process of their own.
pub struct Audience(Running);

impl Audience {
    /// Connects as many subscribers as the plan says.
    pub async fn gather(stage: &Stage, url: &str, documents: &[String], protocol: Protocol) -> Outcome<Self> {
        let orders = Orders {
            server: url.trim_start_matches("http://").to_owned(),
            subscribers: stage.plan.subscribers,
            documents: documents.to_vec(),
            protocol,
        };
        let file = stage.file("orders.json");
        fs::write(&file, serde_json::to_vec(&orders)?)?;
        let mut command = pinned(machine::ASKING, myself()?);
        command.arg("watch").arg(&file);
        let mut audience = Self(Running::start("the subscribers", command)?);
        match audience.said().await? {
            Said::Connected => Ok(audience),
            other => Err(format!("the subscribers said {other:?}").into()),
        }
    }

    /// Waits until all have the next event, and answers when the last had it: microseconds since 1970.
    pub async fn received(&mut self) -> Outcome<i64> {
        match self.said().await? {
            Said::Received { last, .. } => Ok(last),
            other => Err(format!("the subscribers said {other:?}").into()),
        }
    }

    /// What a subscriber of each document got, told after the first event.
    pub async fn payloads(&mut self) -> Outcome<Vec<String>> {
        match self.said().await? {
            Said::Payloads(payloads) => Ok(payloads),
            other => Err(format!("the subscribers said {other:?}").into()),
        }
    }

    pub async fn end(self) -> Outcome {
        self.0.end().await
    }

    async fn said(&mut self) -> Outcome<Said> {
        let line = self.0.line().await?;
        Ok(serde_json::from_str(&line)?)
    }
}
