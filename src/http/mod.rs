//! HTTP: the routes, and the transports that carry GraphQL.

mod accept;
mod answer;
mod authenticate;
mod graphql;
mod health;
mod log;
mod metrics;
mod operation;
mod origin;
mod outbox;
mod pages;
mod request;
mod routes;
mod serve;
mod sse;
mod websocket;

use std::sync::Arc;

use sqlx::PgPool;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use health::Readiness;
pub use serve::serve;

use crate::{clock::Clock, config::Serve, graphql::Engine};

/// Everything that a server needs to answer.
pub struct App {
    pub engine: Arc<Engine>,
    pub pool: PgPool,
    pub clock: Clock,
    pub config: Serve,
    /// What `/readyz` asks before it says yes.
    pub readiness: Readiness,
    /// Cancelled when the server has to stop: it finishes what it has begun and begins nothing more.
    pub shutdown: CancellationToken,
    /// The WebSockets and event streams that are open: shutting down waits for them.
    pub connections: TaskTracker,
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use crate::config::Limits;

    /// The limits as they are by default.
    pub fn limits() -> Limits {
        let command = Limits::augment_args(clap::Command::new("test"));
        Limits::from_arg_matches(&command.get_matches_from(["test"])).unwrap()
    }
}
