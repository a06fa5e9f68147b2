//! Which pages of other hosts may use the API from a browser.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use url::Url;

use super::answer::Refusal;
use crate::graphql::code::Code;

/// Where a request says that it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'a> {
    /// Not from a page of another origin that a browser shows: no `Origin` was sent, or it is our own.
    Own,
    /// From a page that the configuration allows.
    Allowed(&'a HeaderValue),
    /// From any other page.
    Foreign,
}

impl<'a> Origin<'a> {
    /// Reads the `Origin` header.
    pub fn of(headers: &'a HeaderMap, allowed: &[String]) -> Self {
        let Some(origin) = headers.get(header::ORIGIN) else { return Self::Own };
        let Ok(text) = origin.to_str() else { return Self::Foreign };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        if host.is_some_and(|host| is_same_host(text, host)) {
            Self::Own
        } else if allowed.iter().any(|allowed| is_same_origin(allowed, text)) {
            Self::Allowed(origin)
        } else {
            Self::Foreign
        }
    }
}

/// Compares host and port. The scheme is not compared: behind a proxy that ends TLS, we see none.
fn is_same_host(origin: &str, host: &str) -> bool {
    let Some(origin) = parse(origin) else { return false };
    let Ok(host) = Url::parse(&format!("{}://{host}", origin.scheme())) else { return false };
    origin.host() == host.host() && origin.port_or_known_default() == host.port_or_known_default()
}

/// Reads an origin as browsers write it: scheme, host and perhaps a port. Of an address, more would pass, such as tabs in between.
fn parse(origin: &str) -> Option<Url> {
    let (_, rest) = origin.split_once("://")?;
    let is_bare = !rest.contains(['/', '\\', '?', '#', '@']) && origin.bytes().all(|byte| byte.is_ascii_graphic());
    let is_served = |url: &Url| matches!(url.scheme(), "http" | "https") && url.host().is_some();
    is_bare.then(|| Url::parse(origin).ok()).flatten().filter(is_served)
}

fn is_same_origin(allowed: &str, origin: &str) -> bool {
    match (Url::parse(allowed.trim()), parse(origin)) {
        (Ok(allowed), Some(origin)) => allowed.origin().is_tuple() && allowed.origin() == origin.origin(),
        _ => false,
    }
}

/// Answers a browser that asks what a page of another origin may send.
pub fn preflight(headers: &HeaderMap, allowed: &[String]) -> Result<Response, Refusal> {
    let Origin::Allowed(_) = Origin::of(headers, allowed) else {
        return Err(refusal());
    };
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let answer = response.headers_mut();
    answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    answer.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("accept, authorization, content-type, last-event-id, x-request-id"),
    );
    answer.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    Ok(response)
}

/// The refusal of a page that is not allowed.
pub fn refusal() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        Code::Forbidden,
        "Pages of this origin may not use the API. Its operator can allow them with TRACKER_ALLOWED_ORIGINS.",
    )
}

/// Lets pages of an allowed origin read the answer.
pub fn allow(origin: Option<&HeaderValue>, response: &mut Response) {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("cache-status, etag, retry-after, www-authenticate, x-request-id"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_our_own_and_of_allowed_origins_pass() {
        let allowed = ["https://www.example.org".to_owned(), "http://localhost:5173/".to_owned()];
        for (origin, host, passes) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("https://tracker.example.org", "tracker.example.org", true),
            ("https://TRACKER.example.org:443", "tracker.example.org", true),
            ("https://www.example.org", "tracker.example.org", true),
            ("http://localhost:5173", "tracker.example.org", true),
            ("http://www.example.org", "tracker.example.org", false),
            ("https://www.example.org.evil.example", "tracker.example.org", false),
            ("https://evil.example", "tracker.example.org", false),
            ("http://127.0.0.1:8081", "127.0.0.1:8080", false),
            ("null", "127.0.0.1:8080", false),
            ("file://", "127.0.0.1:8080", false),
            ("ht\ttps://tracker.example.org", "tracker.example.org", false),
            ("https:/tracker.example.org", "tracker.example.org", false),
            ("https://ama@tracker.example.org", "tracker.example.org", false),
            ("https://tracker.example.org/path", "tracker.example.org", false),
            ("https:\\\\tracker.example.org", "tracker.example.org", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(Origin::of(&headers, &allowed) != Origin::Foreign, passes, "{origin} at {host}");
        }
        assert_eq!(Origin::of(&HeaderMap::new(), &allowed), Origin::Own);
    }
}
