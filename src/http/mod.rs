//! HTTP: the routes, and the transports that carry GraphQL.

mod accept;
mod answer;
mod authenticate;
mod crowd;
mod exports;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod graphql;
mod health;
mod live;
mod log;
mod metrics;
mod operation;
mod origin;
mod outbox;
mod pages;
mod persisted;
mod request;
mod response_cache;
mod routes;
mod scheme;
mod serve;
mod single_sign_on;
mod sse;
mod trace;
mod websocket;

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use health::Readiness;
pub use serve::serve;

use self::{
    crowd::Crowd,
    live::Live,
    log::RequestIds,
    persisted::PersistedQueries,
    response_cache::{ResponseCache, front::Front},
};
use crate::{
    clock::Clock,
    config::Serve,
    feed::Feed,
    graphql::{Engine, limits::Documents},
    single_sign_on::SingleSignOn,
    store::pool::Pool,
};

/// Exports that read at the same time at most; the others wait between two of their parts.
const EXPORTS_READING: usize = 4;

/// Everything that a server needs to answer.
pub struct App {
    pub engine: Arc<Engine>,
    pub pool: Pool,
    pub feed: Feed,
    pub clock: Clock,
    pub config: Serve,
    /// What `/readyz` asks before it says yes.
    pub readiness: Readiness,
    /// Cancelled when the server has to stop: it finishes what it has begun and begins nothing more.
    pub shutdown: CancellationToken,
    /// The WebSockets and event streams that are open: shutting down waits for them.
    pub connections: TaskTracker,
    /// Where there is a provider by which people sign in.
    single_sign_on: Option<SingleSignOn>,
    /// How many parts of exports are read at the same time.
    export_turns: Semaphore,
    crowd: Arc<Crowd>,
    request_ids: RequestIds,
    live: Arc<Live>,
    answers: ResponseCache,
    front: Front,
    persisted: PersistedQueries,
    documents: Documents,
}

impl App {
    pub fn new(
        engine: Arc<Engine>,
        pool: Pool,
        feed: Feed,
        clock: Clock,
        config: Serve,
        readiness: Readiness,
        shutdown: CancellationToken,
    ) -> Self {
        let (answers, front) = (ResponseCache::new(config.cache_megabytes), Front::new(config.cache_megabytes));
        let patience = Duration::from_secs(config.limits.request_seconds);
        let live = Arc::new(Live::new(engine.clone(), feed.clone(), patience));
        let crowd = Crowd::new(config.limits.max_streams_per_address);
        let request_ids = RequestIds::new(&clock);
        let (connections, persisted) = (TaskTracker::new(), PersistedQueries::default());
        Self {
            engine,
            pool,
            feed,
            clock,
            config,
            readiness,
            shutdown,
            connections,
            single_sign_on: None,
            export_turns: Semaphore::new(EXPORTS_READING),
            crowd,
            request_ids,
            live,
            answers,
            front,
            persisted,
            documents: Documents::default(),
        }
    }
}
