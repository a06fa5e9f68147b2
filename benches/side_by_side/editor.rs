//! Whoever publishes while others read or watch.

use serde_json::json;
use tracker::clock::{Surroundings, System};

use super::{Outcome, documents::RECORD_ASK, stage::Stage};

/// An editor at a database.
pub struct Editor<'a> {
    pub stage: &'a Stage,
    pub database: &'static str,
    token: String,
}

impl<'a> Editor<'a> {
    pub async fn of(stage: &'a Stage, database: &'static str) -> Outcome<Self> {
        Ok(Self { stage, database, token: stage.token(database).await? })
    }

    /// Records an ask at a server, by a source of its own, and publishes it.
    pub async fn publish(&self, url: &str, country: &str) -> Outcome {
        let key = System.uuid().simple().to_string();
        let input = json!({
            "country": country,
            "occurred": "2025-06",
            "summary": "Asked to take people from other countries.",
            "publish": true,
            "idempotencyKey": key,
            "citations": [{ "locator": "p. 2", "source": {
                "kind": "NEWS_REPORT",
                "publisher": "The paper",
                "title": format!("Its report {key}"),
                "url": format!("https://news.example/{key}"),
                "publishedOn": "2025-06-25",
            } }],
        });
        let said = self.stage.client.ask(url, Some(&self.token), RECORD_ASK, json!({ "input": input })).await?;
        match said["recordAsk"]["userErrors"].as_array().map(Vec::is_empty) {
            Some(true) => Ok(()),
            _ => Err(said.to_string().into()),
        }
    }

    /// The codes of all tracked countries.
    pub async fn countries(&self, url: &str) -> Outcome<Vec<String>> {
        let query = "{ countries(first: 100) { nodes { code } } }";
        let said = self.stage.client.ask(url, None, query, json!({})).await?;
        let nodes = said["countries"]["nodes"].as_array().into_iter().flatten();
        Ok(nodes.filter_map(|node| node["code"].as_str()).map(str::to_owned).collect())
    }
}
