//! What somebody sends who means harm: each is refused with the right answer, and the server goes on answering everybody else.
//!
//! What is shown elsewhere is not repeated: guessing passwords, planted sessions and other sites' requests in `people.rs`, allowances and
//! streams by address in `limits.rs`, requests into private networks and archived addresses in `webhooks.rs`, frames in `live.rs`.

mod documents;
mod forged;
mod headers;
mod impossible;
mod paths;
mod pressure;
mod strings;
mod wire;

use std::time::Duration;

use serde_json::json;
use tracker::clock::{Surroundings, System};

use crate::newsroom::Reader;

/// Longer than any sound request takes on a busy machine, and shorter than any limit that it could have run into.
const NORMAL: Duration = Duration::from_secs(5);

/// Asks what everybody asks, and what nobody asked before: both are answered in normal time.
async fn answers_as_ever(reader: &Reader) {
    let new =
        format!("{{ q{}: countries(first: 20) {{ nodes {{ code status {{ code }} }} }} }}", System.uuid().simple());
    let asking = async {
        reader.tally().await;
        reader.ask(&new, json!({})).await;
    };
    tokio::time::timeout(NORMAL, asking).await.expect("an answer in normal time");
}
