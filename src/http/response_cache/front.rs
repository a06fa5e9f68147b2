//! The shortest way to a kept answer: a request that was answered before, byte for byte the same, is answered before anything of it is
//! read. It comes before routing, the log and GraphQL, which all cost more than sending the bytes.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::Response,
};
use futures_util::{StreamExt, stream};
use moka::{future::Cache, policy::EvictionPolicy};
use tokio::time::Instant;
use tower::ServiceExt;

use super::{Lasting, OVERHEAD, has, not_modified};
use crate::{
    domain::position::Position,
    http::{App, log, metrics},
};

/// What an answer depends on besides method, query string and body.
const DEPENDS_ON: [HeaderName; 4] = [header::ACCEPT, header::ACCEPT_ENCODING, header::ORIGIN, header::CONTENT_TYPE];

/// What takes a request the long way: it is not anyone's request for a kept answer.
const LONG_WAY: [HeaderName; 4] = [header::AUTHORIZATION, header::COOKIE, header::UPGRADE, header::CONTENT_ENCODING];

/// Longer bodies go the long way.
const LONGEST_BODY: usize = 16 << 10;

/// So do bodies that do not come at once.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The part of the cache's memory that is ours.
const SHARE: u64 = 4;

/// Whole answers by whole requests, bounded in bytes.
pub struct Front(Option<Cache<Vec<u8>, Arc<Ready>>>);

/// A kept answer with all its headers.
struct Ready {
    position: Position,
    etag: Option<HeaderValue>,
    /// Each with room for the request's id.
    headers: HeaderMap,
    headers_of_304: HeaderMap,
    body: Bytes,
}

/// A request that may have been answered before.
struct Asked {
    key: Vec<u8>,
    method: &'static str,
}

impl Front {
    /// A front with its share of so many megabytes; of 0, one that lets everything through.
    pub fn new(megabytes: u32) -> Self {
        let weigh = |key: &Vec<u8>, ready: &Arc<Ready>| {
            u32::try_from(key.len() + ready.body.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        let build = || {
            Cache::builder()
                .max_capacity((u64::from(megabytes) << 20) / SHARE)
                .weigher(weigh)
                .eviction_policy(EvictionPolicy::lru())
                .build()
        };
        Self((megabytes > 0).then(build))
    }

    /// The answer to a request, if it was given before and still holds.
    async fn find(&self, app: &App, asked: &Asked, request: &HeaderMap) -> Option<Response> {
        let ready = self.0.as_ref()?.get(&asked.key).await?;
        if !app.feed.pulse().current || ready.position != app.feed.position() {
            return None;
        }
        let (mut response, headers) = if ready.etag.as_ref().is_some_and(|etag| has(request, etag)) {
            (not_modified(), &ready.headers_of_304)
        } else {
            (Response::new(Body::from(ready.body.clone())), &ready.headers)
        };
        let mut headers = headers.clone();
        if let Some(id) = headers.get_mut(log::REQUEST_ID) {
            *id = log::request_id(app, request);
        }
        *response.headers_mut() = headers;
        Some(response)
    }

    /// Keeps what was just answered, if the same request may get it again.
    async fn keep(&self, asked: Asked, lasting: Lasting, headers: &HeaderMap) {
        let Some(answers) = &self.0 else { return };
        let mut headers = headers.clone();
        headers.insert(super::CACHE_STATUS, HeaderValue::from_static(super::KEPT));
        let mut headers_of_304 = headers.clone();
        for name in lasting.content.keys() {
            headers_of_304.remove(name);
        }
        headers.extend(lasting.content);
        let etag = headers.get(header::ETAG).cloned();
        let ready = Ready { position: lasting.position, etag, headers, headers_of_304, body: lasting.body };
        answers.insert(asked.key, Arc::new(ready)).await;
    }
}

/// Answers a request: the short way where its answer is kept, else by the routes.
pub async fn answer(app: &App, router: Router, request: Request) -> Response {
    let began = Instant::now();
    let (asked, request) = match &app.front.0 {
        Some(_) => Asked::of(request).await,
        None => (None, request),
    };
    let Some(asked) = asked else { return routed(router, request).await };
    if let Some(response) = app.front.find(app, &asked, request.headers()).await {
        metrics::kept(asked.method, response.status(), began.elapsed());
        tracing::debug!(status = response.status().as_u16(), "answered from what is kept");
        return response;
    }
    let mut response = routed(router, request).await;
    if let Some(lasting) = response.extensions_mut().remove::<Lasting>() {
        app.front.keep(asked, lasting, response.headers()).await;
    }
    response
}

async fn routed(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

impl Asked {
    /// What is asked, if it may have been answered before, and the request unharmed.
    async fn of(request: Request) -> (Option<Self>, Request) {
        let headers = request.headers();
        let method = match *request.method() {
            Method::GET => "GET",
            Method::POST => "POST",
            _ => return (None, request),
        };
        if request.uri().path() != "/graphql" || LONG_WAY.iter().any(|name| headers.contains_key(name)) {
            return (None, request);
        }
        let mut key = Vec::with_capacity(1024);
        key.extend_from_slice(method.as_bytes());
        for name in &DEPENDS_ON {
            for value in headers.get_all(name) {
                extend(&mut key, value.as_bytes());
            }
            key.push(b'\n');
        }
        extend(&mut key, request.uri().query().unwrap_or_default().as_bytes());
        let asked = Self { key, method };
        if method == "GET" { (Some(asked), request) } else { asked.with_body(request).await }
    }

    /// Adds the body, if it is short and comes at once.
    async fn with_body(mut self, request: Request) -> (Option<Self>, Request) {
        let (parts, body) = request.into_parts();
        let mut chunks = body.into_data_stream();
        let deadline = Instant::now() + AT_ONCE;
        let (mut read, mut length) = (Vec::with_capacity(1), 0);
        let is_whole = loop {
            match tokio::time::timeout_at(deadline, chunks.next()).await {
                Ok(Some(Ok(chunk))) => {
                    length += chunk.len();
                    read.push(Ok(chunk));
                    if length > LONGEST_BODY {
                        break false;
                    }
                }
                Ok(None) => break true,
                Ok(Some(Err(error))) => {
                    read.push(Err(error));
                    break false;
                }
                Err(_) => break false,
            }
        };
        if !is_whole {
            let body = Body::from_stream(stream::iter(read).chain(chunks));
            return (None, Request::from_parts(parts, body));
        }
        let mut read = read.into_iter().flatten();
        let first = read.next().unwrap_or_default();
        let body = read.fold(first, |body, chunk| Bytes::from([body, chunk].concat()));
        self.key.extend_from_slice(&body);
        (Some(self), Request::from_parts(parts, Body::from(body)))
    }
}

/// With its length, so that no part of a key can pass for another.
fn extend(key: &mut Vec<u8>, part: &[u8]) {
    key.extend_from_slice(&part.len().to_be_bytes());
    key.extend_from_slice(part);
}
