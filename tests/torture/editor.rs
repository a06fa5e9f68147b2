//! Editors who record one thing after another, each under a key, and send it again until it is acknowledged.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::world::World;

const KINDS: [&str; 4] = ["Ask", "Agreement", "Refusal", "Talks"];
const COUNTRIES: [&str; 10] = ["FR", "ES", "IT", "DE", "PT", "GB", "IE", "BE", "NL", "LU"];

/// What came of sending something once.
enum Outcome {
    /// With the id of the development.
    Acknowledged(String),
    /// It may or may not have been recorded.
    Unknown,
    /// An answer that must not be.
    Wrong(String),
}

/// Records until the run is over, and finishes what is begun.
pub async fn record(world: Arc<World>, editor: usize) {
    let mut number = 0;
    while world.is_on() {
        number += 1;
        // The summary is the key, so that a development tells which call made it.
        let key = format!("torture {editor}-{number}");
        let (kind, country) = (*world.chance.of_these(&KINDS), *world.chance.of_these(&COUNTRIES));
        let request = request(kind, country, &key, world.chance.percent(85));
        let patient = world.chance.percent(90);
        let Some(id) = insist(&world, &key, &request, patient).await else { continue };
        world.count("mutations acknowledged");
        // Some do not believe it, and send it once more: it must be the same development.
        if world.chance.percent(10)
            && let Some(again) = insist(&world, &key, &request, true).await
        {
            world.count("mutations sent again after they were acknowledged");
            world.hold(again == id, || format!("{key} was acknowledged as {id} and then as {again}"));
        }
        world.seen.acknowledged.lock().unwrap().insert(key, id);
        world.chance.pause(0..40).await;
    }
}

/// Sends until it is acknowledged; who is not patient gives up after the first answer that does not come.
async fn insist(world: &World, key: &str, request: &Value, patient: bool) -> Option<String> {
    loop {
        match send(world, request).await {
            Outcome::Acknowledged(id) => return Some(id),
            Outcome::Unknown if patient => {
                world.count("mutations sent again without an answer");
                world.chance.pause(10..200).await;
            }
            Outcome::Unknown => {
                world.count("mutations given up without an answer");
                world.seen.abandoned.lock().unwrap().push(key.to_owned());
                return None;
            }
            Outcome::Wrong(answer) => {
                world.violated(format!("{key} was answered {answer}"));
                return None;
            }
        }
    }
}

async fn send(world: &World, request: &Value) -> Outcome {
    let sent = world.http.post(format!("{}/graphql", world.any())).bearer_auth(&world.token).json(request).send().await;
    let answer = match sent {
        Ok(response) => response.json::<Value>().await,
        Err(error) => Err(error),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if error.is_timeout() => return Outcome::Wrong(format!("nothing within the patience: {error}")),
        // The server was killed, or is not up again.
        Err(_) => return Outcome::Unknown,
    };
    if let Some(id) = answer["data"]["recorded"]["development"]["id"].as_str() {
        return Outcome::Acknowledged(id.to_owned());
    }
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some("UNAVAILABLE" | "TIMEOUT") => Outcome::Unknown,
        _ => Outcome::Wrong(answer.to_string()),
    }
}

fn request(kind: &str, country: &str, key: &str, publish: bool) -> Value {
    let query = format!(
        "mutation ($input: Record{kind}Input!) {{
            recorded: record{kind}(input: $input) {{ development {{ id }} userErrors {{ code message }} }} }}"
    );
    let source = json!({ "kind": "NEWS_REPORT", "publisher": "The Daily Record", "title": "Something happened",
        "url": "https://example.org/record", "publishedOn": "2025-09-10" });
    let input = json!({ "country": country, "occurred": "2025-09-08", "summary": key, "publish": publish,
        "idempotencyKey": key, "citations": [{ "source": source }] });
    json!({ "query": query, "variables": { "input": input } })
}
