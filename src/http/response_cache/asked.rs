//! A request that may have been answered before: what its answer depends on.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, Method, Uri, header},
};
use futures_util::{StreamExt, stream};

use crate::http::pages;

/// What an answer depends on besides method, path, query string and body.
const DEPENDS_ON: [HeaderName; 4] = [header::ACCEPT, header::ACCEPT_ENCODING, header::ORIGIN, header::CONTENT_TYPE];

/// What takes a request the long way: it is not anyone's request for a kept answer.
const LONG_WAY: [HeaderName; 4] = [header::AUTHORIZATION, header::COOKIE, header::UPGRADE, header::CONTENT_ENCODING];

/// Longer bodies go the long way.
const LONGEST_BODY: usize = 16 << 10;

/// So do bodies that do not come at once.
const AT_ONCE: Duration = Duration::from_millis(100);

/// All that the answer to a request depends on, so that it can be made again.
#[derive(Clone)]
pub struct Again {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    pub body: Bytes,
}

impl Again {
    pub fn of(request: &Request, body: Bytes) -> Self {
        let headers = DEPENDS_ON
            .iter()
            .flat_map(|name| request.headers().get_all(name).iter().map(move |value| (name.clone(), value.clone())));
        Self { method: request.method().clone(), uri: request.uri().clone(), headers: headers.collect(), body }
    }

    /// The request, as if somebody had sent it.
    pub fn request(&self) -> Request {
        let mut request = Request::new(Body::from(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

/// A request that may have been answered before.
pub struct Asked {
    pub key: Vec<u8>,
    pub body: Bytes,
    pub route: &'static str,
    pub method: &'static str,
}

impl Asked {
    /// What is asked, if it may have been answered before, and the request unharmed.
    pub async fn of(request: Request) -> (Option<Self>, Request) {
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
        let asked = Self { key, body: Bytes::new(), route, method };
        if method == "GET" { (Some(asked), request) } else { asked.with_body(request).await }
    }

    /// Adds the body, if it is short and comes at once.
    async fn with_body(mut self, request: Request) -> (Option<Self>, Request) {
        let (parts, body) = request.into_parts();
        let mut chunks = body.into_data_stream();
        let (mut read, mut length) = (Vec::with_capacity(1), 0);
        let reading = async {
            while let Some(chunk) = chunks.next().await {
                length += chunk.as_ref().map_or(0, Bytes::len);
                let is_sound = chunk.is_ok();
                read.push(chunk);
                if !is_sound || length > LONGEST_BODY {
                    return false;
                }
            }
            true
        };
        let is_whole = tokio::time::timeout(AT_ONCE, reading).await;
        if !is_whole.unwrap_or(false) {
            let body = Body::from_stream(stream::iter(read).chain(chunks));
            return (None, Request::from_parts(parts, body));
        }
        let mut read = read.into_iter().flatten();
        let first = read.next().unwrap_or_default();
        let body = read.fold(first, |body, chunk| Bytes::from([body, chunk].concat()));
        self.key.extend_from_slice(&body);
        self.body = body.clone();
        (Some(self), Request::from_parts(parts, Body::from(body)))
    }
}

/// With its length, so that no part of a key can pass for another.
fn extend(key: &mut Vec<u8>, part: &[u8]) {
    key.extend_from_slice(&part.len().to_be_bytes());
    key.extend_from_slice(part);
}
