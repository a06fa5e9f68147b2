//! What is measured of webhooks.

use chrono::TimeDelta;

use crate::store::webhook_queue::Attempted;

const ATTEMPTS: &str = "tracker_webhook_attempts_total";
const WAITING: &str = "tracker_webhook_deliveries_waiting";
const OLDEST: &str = "tracker_webhook_oldest_waiting_seconds";

pub fn describe() {
    metrics::describe_counter!(ATTEMPTS, "Attempts to deliver to webhooks, by outcome: delivered, retried or failed.");
    metrics::describe_gauge!(WAITING, "Deliveries to webhooks that wait, of all servers on this database.");
    metrics::describe_gauge!(OLDEST, "For how long the oldest of them has waited.");
}

pub fn attempt(attempted: &Attempted) {
    let outcome = match (&attempted.error, attempted.due_at) {
        (None, _) => "delivered",
        (Some(_), Some(_)) => "retried",
        (Some(_), None) => "failed",
    };
    metrics::counter!(ATTEMPTS, "outcome" => outcome).increment(1);
}

#[expect(clippy::cast_precision_loss, reason = "exact for more than there can be")]
pub fn queue(waiting: i64, oldest: Option<TimeDelta>) {
    metrics::gauge!(WAITING).set(waiting as f64);
    metrics::gauge!(OLDEST).set(oldest.map_or(0.0, |age| age.num_seconds() as f64));
}
