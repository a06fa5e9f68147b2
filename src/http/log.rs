//! One line in the log for each request: who can be told apart by it, and nothing that is anyone's secret. Neither headers nor bodies,
//! neither documents nor variables are logged, nor the query string, which carries both.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

use super::{
    App, metrics,
    response_cache::{CACHE_STATUS, KEPT, ahead},
    trace::Traced,
};
use crate::clock::Clock;

/// Carries a request's id, in either direction.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 64;

/// Ids for requests that bring none: this server's own number, and a count. No randomness for each, which would cost as much as finding an
/// answer that is kept.
pub struct RequestIds {
    server: u64,
    given: AtomicU64,
}

impl RequestIds {
    pub fn new(clock: &Clock) -> Self {
        Self { server: clock.uuid().as_u64_pair().0, given: AtomicU64::new(0) }
    }

    fn next(&self) -> HeaderValue {
        let id = Uuid::from_u64_pair(self.server, self.given.fetch_add(1, Ordering::Relaxed));
        let mut text = Uuid::encode_buffer();
        let text = id.hyphenated().encode_lower(&mut text);
        HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("none"))
    }
}

/// Gives each request an id, which the answer carries, measures it and logs it.
pub async fn log(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if ahead::is_ours(request.extensions()) {
        let mut response = next.run(request).await;
        // Whoever is sent it gets an id of their own in its place.
        response.headers_mut().insert(REQUEST_ID, HeaderValue::from_static("none"));
        return response;
    }
    let began = Instant::now();
    let id = request_id(&app, request.headers());
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), method, route);
    let traced = Traced::request(method, &route, request.headers());
    let mut response = traced.during(next.run(request)).instrument(span.clone()).await;
    let status = response.status().as_u16();
    traced.answered(status);
    let took = began.elapsed();
    metrics::request(method, &route, status, took);
    let milliseconds = took.as_secs_f64() * 1000.0;
    // A crowd that is answered from memory would fill the log with lines that say nothing.
    let is_kept = response.headers().get(CACHE_STATUS).is_some_and(|status| status == KEPT);
    span.in_scope(|| match status {
        500.. => tracing::warn!(status, milliseconds, "answered"),
        _ if is_kept => tracing::debug!(status, milliseconds, "answered"),
        _ => tracing::info!(status, milliseconds, "answered"),
    });
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The id that a proxy or a client gave, if it is one that can stand in a log; else one of ours.
pub fn request_id(app: &App, headers: &HeaderMap) -> HeaderValue {
    let sane = |id: &&HeaderValue| {
        (1..=LONGEST_REQUEST_ID).contains(&id.len())
            && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
    };
    match headers.get(REQUEST_ID).filter(sane) {
        Some(id) => id.clone(),
        None => app.request_ids.next(),
    }
}

fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
