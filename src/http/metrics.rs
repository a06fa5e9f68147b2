//! What is measured, and how it is read: Prometheus text at `/metrics`.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use async_graphql::parser::types::OperationType;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::time::Instant;

use super::{App, answer::Answer};
use crate::{feed::Pulse, store::pool::Connections};

const REQUESTS: &str = "tracker_http_requests_total";
const REQUEST_SECONDS: &str = "tracker_http_request_seconds";
const OPERATIONS: &str = "tracker_operations_total";
const OPERATION_SECONDS: &str = "tracker_operation_seconds";
const RUNNING: &str = "tracker_operations_running";
const CONNECTIONS: &str = "tracker_live_connections";
const CACHED: &str = "tracker_cacheable_answers_total";
const FEED_POSITION: &str = "tracker_feed_position";
const FEED_LISTENING: &str = "tracker_feed_listening";
const FEED_REWINDS: &str = "tracker_feed_rewinds";
const DATABASE_THERE: &str = "tracker_database_there";
const DATABASE_CONNECTIONS: &str = "tracker_database_connections";
const DATABASE_CONNECTIONS_MAX: &str = "tracker_database_connections_max";
const BUILD: &str = "tracker_build_info";
const RENDERED: &str = "tracker_live_events_rendered_total";
const DELIVERED: &str = "tracker_live_events_delivered_total";
const SLOW_READERS: &str = "tracker_slow_readers_dropped_total";

/// Upper bounds of the latency classes, in seconds.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts measuring. A process measures once, however many servers it runs.
pub fn install() {
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().set_buckets(&BUCKETS).map(PrometheusBuilder::build_recorder);
        let recorder = recorder.inspect_err(|error| tracing::error!(%error, "nothing is measured")).ok()?;
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder)
            .inspect_err(|error| tracing::error!(%error, "nothing is measured"))
            .ok()?;
        describe();
        Some(handle)
    });
}

fn describe() {
    metrics::describe_counter!(REQUESTS, "HTTP requests answered, by method, route and status.");
    metrics::describe_histogram!(REQUEST_SECONDS, "Seconds until the head of an HTTP answer, by route.");
    metrics::describe_counter!(OPERATIONS, "GraphQL operations executed, by type and outcome.");
    metrics::describe_histogram!(OPERATION_SECONDS, "Seconds that queries and mutations took, by type.");
    metrics::describe_gauge!(RUNNING, "GraphQL operations that run now, by type.");
    metrics::describe_gauge!(CONNECTIONS, "WebSockets and event streams that are open now, by transport.");
    metrics::describe_counter!(CACHED, "Answers that can be kept, by how they were come by: hit, miss or stale.");
    metrics::describe_gauge!(FEED_POSITION, "The last position of the feed that this server has passed on.");
    metrics::describe_gauge!(FEED_LISTENING, "1 while this server hears of changes at once.");
    metrics::describe_gauge!(FEED_REWINDS, "How often the database was found to have lost changes that were told.");
    metrics::describe_gauge!(DATABASE_THERE, "1 while the database answers.");
    metrics::describe_gauge!(
        DATABASE_CONNECTIONS,
        "Connections of the pool that requests share, by state: used or idle."
    );
    metrics::describe_gauge!(DATABASE_CONNECTIONS_MAX, "How many connections the pool may have.");
    metrics::describe_gauge!(BUILD, "1, with the program's version.");
    metrics::describe_counter!(RENDERED, "Executions of distinct subscriptions, each at one change.");
    metrics::describe_counter!(DELIVERED, "Live events handed to subscribers.");
    metrics::describe_counter!(SLOW_READERS, "Clients that were cut off because they read too slowly, by transport.");
}

/// Tidies up, now and then, what has been measured and not been asked for.
pub async fn upkeep() {
    let mut ticks = tokio::time::interval(Duration::from_secs(5));
    loop {
        ticks.tick().await;
        if let Some(handle) = handle() {
            handle.run_upkeep();
        }
    }
}

fn handle() -> Option<&'static PrometheusHandle> {
    RECORDER.get().and_then(Option::as_ref)
}

/// Everything measured so far, for Prometheus.
pub async fn scrape(State(app): State<Arc<App>>) -> Response {
    let Pulse { position, listening, current, rewinds } = app.feed.pulse();
    #[expect(clippy::cast_precision_loss, reason = "exact for more changes than there can be")]
    metrics::gauge!(FEED_POSITION).set(position.0 as f64);
    metrics::gauge!(FEED_LISTENING).set(f64::from(u8::from(listening)));
    metrics::gauge!(DATABASE_THERE).set(f64::from(u8::from(current)));
    metrics::gauge!(FEED_REWINDS).set(f64::from(rewinds));
    let Connections { open, idle } = app.pool.connections();
    metrics::gauge!(DATABASE_CONNECTIONS, "state" => "used").set(f64::from(open.saturating_sub(idle)));
    metrics::gauge!(DATABASE_CONNECTIONS, "state" => "idle").set(f64::from(idle));
    metrics::gauge!(DATABASE_CONNECTIONS_MAX).set(f64::from(app.config.database.database_connections));
    metrics::gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let text = handle().map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response()
}

/// Counts an HTTP request. Routes and methods are those of our table, so that nobody can make the counters many.
pub fn request(method: &'static str, route: &str, status: u16, took: Duration) {
    metrics::counter!(REQUESTS, "method" => method, "route" => route.to_owned(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(REQUEST_SECONDS, "route" => route.to_owned()).record(took);
}

/// The routes whose answers may go the short way, the busiest first.
const SHORT: [&str; 4] = ["/graphql", "/", "/country/{code}", "/embed"];

/// Counts a request that was answered the short way. Its counters are looked up once: at this rate, looking them up would tell.
pub fn kept(route: &'static str, method: &'static str, status: StatusCode, took: Duration) {
    static COUNTED: OnceLock<[Kept; SHORT.len()]> = OnceLock::new();
    let counted = COUNTED.get_or_init(|| SHORT.map(Kept::of)).iter().find(|counted| counted.route == route);
    let Some(counted) = counted else { return };
    let by_method = if method == "GET" { &counted.got } else { &counted.posted };
    by_method[usize::from(status == StatusCode::NOT_MODIFIED)].increment(1);
    counted.hits.increment(1);
    counted.seconds.record(took);
}

/// What is counted of answers that go the short way: by method, and by whether they are short (304).
struct Kept {
    route: &'static str,
    got: [metrics::Counter; 2],
    posted: [metrics::Counter; 2],
    hits: metrics::Counter,
    seconds: metrics::Histogram,
}

impl Kept {
    fn of(route: &'static str) -> Self {
        let requests = |method: &'static str| {
            ["200", "304"]
                .map(|status| metrics::counter!(REQUESTS, "method" => method, "route" => route, "status" => status))
        };
        Self {
            route,
            got: requests("GET"),
            posted: requests("POST"),
            hits: metrics::counter!(CACHED, "outcome" => "hit"),
            seconds: metrics::histogram!(REQUEST_SECONDS, "route" => route),
        }
    }
}

/// Counts an answer that can be kept, by how it was come by.
pub fn cached(outcome: &'static str) {
    metrics::counter!(CACHED, "outcome" => outcome).increment(1);
}

/// Counts an event that was executed for all who watch the same.
pub fn rendered() {
    metrics::counter!(RENDERED).increment(1);
}

/// Counts events that were handed to subscribers.
pub fn delivered(events: u64) {
    metrics::counter!(DELIVERED).increment(events);
}

/// Counts a client that was cut off.
pub fn slow_reader(transport: &'static str) {
    metrics::counter!(SLOW_READERS, "transport" => transport).increment(1);
}

/// Counts something among those that are there now, until it is dropped.
pub struct Open(metrics::Gauge);

impl Open {
    /// A WebSocket.
    pub fn socket() -> Self {
        Self::new(metrics::gauge!(CONNECTIONS, "transport" => "websocket"))
    }

    /// An event stream.
    pub fn stream() -> Self {
        Self::new(metrics::gauge!(CONNECTIONS, "transport" => "sse"))
    }

    /// A subscription that runs.
    pub fn subscription() -> Self {
        Self::new(metrics::gauge!(RUNNING, "type" => "subscription"))
    }

    fn new(gauge: metrics::Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// An operation that runs: counted until it is dropped.
pub struct Operation {
    kind: &'static str,
    began: Instant,
    _running: Open,
}

impl Operation {
    /// Begins to measure an operation.
    pub fn begin(kind: OperationType) -> Self {
        let kind = match kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        Self { kind, began: Instant::now(), _running: Open::new(metrics::gauge!(RUNNING, "type" => kind)) }
    }

    /// What kind of operation it is.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Records how a query or a mutation went.
    pub fn end(self, answer: &Answer) {
        let outcome = if answer.request_errors().is_some() { "refused" } else { "answered" };
        metrics::counter!(OPERATIONS, "type" => self.kind, "outcome" => outcome).increment(1);
        metrics::histogram!(OPERATION_SECONDS, "type" => self.kind).record(self.began.elapsed());
    }
}
