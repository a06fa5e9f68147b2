//! The shortest way to a kept answer: a request that was answered before, byte for byte the same, is answered before anything of it is
//! read. It comes before routing, the log and GraphQL, which all cost more than sending the bytes.

use std::{
    cmp::Reverse,
    collections::HashMap,
    mem,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use tokio::time::Instant;
use tower::ServiceExt;

use super::{
    Lasting, OVERHEAD,
    asked::{Again, Asked},
    is_known, not_modified,
};
use crate::{
    feed::Place,
    http::{App, log, metrics, routes::SECURED, scheme::Scheme, serve::ClientAddress, trace},
};

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
pub struct Ready {
    again: Again,
    /// How often it was sent from here.
    sent: AtomicU32,
    etag: Option<HeaderValue>,
    /// Each with room for the request's id.
    headers: HeaderMap,
    headers_of_304: HeaderMap,
    body: Bytes,
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
        ready.sent.fetch_add(1, Ordering::Relaxed);
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
    fn keep(&self, app: &App, (key, again): (Vec<u8>, Again), lasting: &Lasting, headers: &HeaderMap) {
        let ready = Ready::of(again, lasting, headers);
        if ready.weight(&key) > self.room || lasting.place != app.feed.place() {
            return;
        }
        let mut answers = self.answers.write().unwrap_or_else(PoisonError::into_inner);
        if answers.place.is_some_and(|place| place.is_after(lasting.place)) {
            return;
        }
        let old = if answers.place == Some(lasting.place) && answers.bytes + ready.weight(&key) <= self.room {
            None
        } else {
            Some(mem::replace(&mut *answers, Answers::at(lasting.place)))
        };
        answers.add(key, ready);
        drop(answers);
        // Not under the lock: it may be many.
        drop(old);
    }

    /// The requests that were answered from here so often since the feed moved last, those most often answered first, so many at most.
    pub fn most_wanted(&self, often: u32, most: usize) -> Vec<(Vec<u8>, Again)> {
        let answers = self.answers.read().unwrap_or_else(PoisonError::into_inner);
        let counted = answers.by_request.iter().map(|(key, ready)| (ready.sent.load(Ordering::Relaxed), key, ready));
        let mut wanted: Vec<_> = counted.filter(|(sent, ..)| *sent >= often).collect();
        wanted.sort_unstable_by_key(|(sent, ..)| Reverse(*sent));
        wanted.into_iter().take(most).map(|(_, key, ready)| (key.clone(), ready.again.clone())).collect()
    }

    /// Keeps what was made for a place to come, and nothing else any more.
    pub fn replace(&self, place: Place, made: Vec<(Vec<u8>, Ready)>) {
        let mut answers = Answers::at(place);
        for (key, ready) in made {
            if answers.bytes + ready.weight(&key) <= self.room {
                answers.add(key, ready);
            }
        }
        let old = mem::replace(&mut *self.answers.write().unwrap_or_else(PoisonError::into_inner), answers);
        drop(old);
    }
}

impl Answers {
    fn at(place: Place) -> Self {
        Self { place: Some(place), ..Self::default() }
    }

    fn add(&mut self, key: Vec<u8>, ready: Ready) {
        let bytes = ready.weight(&key);
        if self.by_request.insert(key, Arc::new(ready)).is_none() {
            self.bytes += bytes;
        }
    }
}

impl Ready {
    /// What it takes of the memory, in bytes.
    fn weight(&self, key: &[u8]) -> usize {
        key.len() + self.again.body.len() + self.body.len() + OVERHEAD
    }

    /// What was answered to a request, with the headers that it was answered with.
    pub fn of(again: Again, lasting: &Lasting, headers: &HeaderMap) -> Self {
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
        Self { again, sent: AtomicU32::new(0), etag, headers, headers_of_304, body: lasting.body.clone() }
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
    let again = asked.map(|asked| (asked.key, Again::of(&request, asked.body)));
    trace::distrust(client, &app.config.trusted_proxies, request.headers_mut());
    let scheme = Scheme::told(&app.config, client, request.headers());
    request.extensions_mut().insert(scheme);
    let client = client.behind(&app.config.trusted_proxies, request.headers());
    request.extensions_mut().insert(client);
    let mut response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if let Some(lasting) = response.extensions_mut().remove::<Lasting>()
        && let Some(again) = again
    {
        app.front.keep(app, again, &lasting, response.headers());
    }
    response
}
