//! What operators' machinery asks: is the process alive, and should it get traffic.

use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, future, future::BoxFuture};
use serde_json::json;

use super::App;

/// Longer than this, and a part does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

type Check = Box<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// What has to be well for the server to be ready. Whoever starts the server adds the checks.
#[derive(Default)]
pub struct Readiness {
    checks: Vec<(&'static str, Check)>,
}

impl Readiness {
    /// Adds a check, such as `database`: it says in a sentence for operators what is not well. Anyone can read the sentence, so it names
    /// no hosts, users or other internals.
    #[must_use]
    pub fn check<F>(mut self, name: &'static str, check: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        self.checks.push((name, Box::new(move || check().boxed())));
        self
    }

    async fn report(&self, patience: Duration) -> BTreeMap<&'static str, String> {
        let running = self.checks.iter().map(async |(name, check)| {
            let finding = match tokio::time::timeout(patience, check()).await {
                Ok(Ok(())) => "ok".to_owned(),
                Ok(Err(sentence)) => sentence,
                Err(_) => format!("No answer within {} seconds.", patience.as_secs()),
            };
            (*name, finding)
        });
        future::join_all(running).await.into_iter().collect()
    }
}

/// The process runs and answers.
pub async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "alive\n").into_response()
}

/// The server can do its work, and is not about to go.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    let mut checks = app.readiness.report(PATIENCE).await;
    let draining = app.shutdown.is_cancelled();
    if draining {
        checks.insert("server", "Shutting down.".to_owned());
    }
    let ready = checks.values().all(|finding| finding == "ok");
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(json!({ "ready": ready, "checks": checks }))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_not_well_or_does_not_answer_is_named() {
        let readiness = Readiness::default()
            .check("database", async || Ok(()))
            .check("feed", async || Err("Not listening.".to_owned()))
            .check("migrations", future::pending::<Result<(), String>>);
        let report = readiness.report(Duration::ZERO).await;
        assert_eq!(report["database"], "ok");
        assert_eq!(report["feed"], "Not listening.");
        assert_eq!(report["migrations"], "No answer within 0 seconds.");
    }
}
