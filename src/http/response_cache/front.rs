//! The shortest way to a kept answer: a request that was answered before, byte for byte the same, is answered before anything of it is
//! read. It comes before routing, the log and GraphQL, which all cost more than sending the bytes.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::Response,
};
use futures_util::{StreamExt, stream};
use tokio::time::Instant;
use tower::ServiceExt;

use super::{Lasting, OVERHEAD, is_known, not_modified};
use crate::{
    feed::Place,
    http::{App, log, metrics, pages, routes::SECURED, serve::ClientAddress, trace},
};

/// What an answer depends on besides method, path, query string and body.
const DEPENDS_ON: [HeaderName; 4] = [header::ACCEPT, header::ACCEPT_ENCODING, header::ORIGIN, header::CONTENT_TYPE];

/// What takes a request the long way: it is not anyone's request for a kept answer.
const LONG_WAY: [HeaderName; 4] = [header::AUTHORIZATION, header::COOKIE, header::UPGRADE, header::CONTENT_ENCODING];

/// Longer bodies go the long way.
const LONGEST_BODY: usize = 16 << 10;

/// So do bodies that do not come at once.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The part of the cache's memory that is ours.
const SHARE: usize = 4;

/// Whole answers by whole requests, bounded in bytes. All are of one place in the feed: those of another are of no more use, and go at once.
/// Also where the memory is full, all go: those that are asked for often are back with the next request.
pub struct Front {
    /// In bytes; 0 lets everything through.
    room: usize,
    answers: RwLock<Answers>,
}

#[derive(Default)]
struct Answers {
    place: Option<Place>,
    bytes: usize,
    by_request: HashMap<Vec<u8>, Arc<Ready>, foldhash::fast::RandomState>,
}

/// A kept answer with all its headers.
struct Ready {
    etag: Option<HeaderValue>,
    /// Each with room for the request's id.
    headers: HeaderMap,
    headers_of_304: HeaderMap,
    body: Bytes,
}

/// A request that may have been answered before.
struct Asked {
    key: Vec<u8>,
    route: &'static str,
    method: &'static str,
}

impl Front {
    /// A front with its share of so many megabytes.
    pub fn new(megabytes: u32) -> Self {
        let room = usize::try_from(megabytes).unwrap_or(usize::MAX).saturating_mul(1 << 20) / SHARE;
        Self { room, answers: RwLock::default() }
    }

    /// The answer to a request, if it was given before and still holds.
    fn find(&self, app: &App, asked: &Asked, request: &HeaderMap) -> Option<Response> {
        let place = app.feed.place_if_current()?;
        let ready = {
            let answers = self.answers.read().unwrap_or_else(PoisonError::into_inner);
            answers.by_request.get(&asked.key).filter(|_| answers.place == Some(place))?.clone()
        };
        let (mut response, headers) = if ready.etag.as_ref().is_some_and(|etag| is_known(request, etag)) {
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
    fn keep(&self, app: &App, asked: Asked, lasting: Lasting, headers: &HeaderMap) {
        let bytes = asked.key.len() + lasting.body.len() + OVERHEAD;
        if bytes > self.room || lasting.place != app.feed.place() {
            return;
        }
        let ready = Arc::new(Ready::of(&lasting, headers));
        let mut answers = self.answers.write().unwrap_or_else(PoisonError::into_inner);
        let old = if answers.place == Some(lasting.place) && answers.bytes + bytes <= self.room {
            None
        } else {
            Some(mem::replace(&mut *answers, Answers { place: Some(lasting.place), ..Answers::default() }))
        };
        if answers.by_request.insert(asked.key, ready).is_none() {
            answers.bytes += bytes;
        }
        drop(answers);
        // Not under the lock: it may be many.
        drop(old);
    }
}

impl Ready {
    fn of(lasting: &Lasting, headers: &HeaderMap) -> Self {
        let mut headers = headers.clone();
        headers.insert(super::CACHE_STATUS, HeaderValue::from_static(super::KEPT));
        let varies: Vec<_> = headers.get_all(header::VARY).iter().map(HeaderValue::as_bytes).collect();
        if let Ok(varies) = HeaderValue::from_bytes(&varies.join(&b", "[..])) {
            headers.insert(header::VARY, varies);
        }
        let mut headers_of_304 = headers.clone();
        // What need not be said again with a 304: the client has it with the answer.
        for name in lasting.content.keys().chain(SECURED.iter().map(|(name, _)| name)) {
            headers_of_304.remove(name);
        }
        headers_of_304.remove(header::STRICT_TRANSPORT_SECURITY);
        headers.extend(lasting.content.clone());
        let etag = headers.get(header::ETAG).cloned();
        Self { etag, headers, headers_of_304, body: lasting.body.clone() }
    }
}

/// Answers a request: the short way where its answer is kept, else by the routes.
pub async fn answer(app: &App, router: Router, client: ClientAddress, request: Request) -> Response {
    let began = Instant::now();
    let (asked, mut request) = if app.front.room == 0 { (None, request) } else { Asked::of(request).await };
    if let Some(asked) = &asked
        && let Some(response) = app.front.find(app, asked, request.headers())
    {
        metrics::kept(asked.route, asked.method, response.status(), began.elapsed());
        tracing::debug!(status = response.status().as_u16(), "answered from what is kept");
        return response;
    }
    trace::distrust(client, &app.config.trusted_proxies, request.headers_mut());
    let client = client.behind(&app.config.trusted_proxies, request.headers());
    request.extensions_mut().insert(client);
    let mut response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if let Some(lasting) = response.extensions_mut().remove::<Lasting>()
        && let Some(asked) = asked
    {
        app.front.keep(app, asked, lasting, response.headers());
    }
    response
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
        let path = request.uri().path();
        let route = if path == "/graphql" { Some("/graphql") } else { pages::kept_route(path) };
        let Some(route) = route.filter(|_| !LONG_WAY.iter().any(|name| headers.contains_key(name))) else {
            return (None, request);
        };
        let mut key = Vec::with_capacity(1024);
        key.extend_from_slice(method.as_bytes());
        for name in &DEPENDS_ON {
            for value in headers.get_all(name) {
                extend(&mut key, value.as_bytes());
            }
            key.push(b'\n');
        }
        extend(&mut key, path.as_bytes());
        extend(&mut key, request.uri().query().unwrap_or_default().as_bytes());
        let asked = Self { key, route, method };
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
