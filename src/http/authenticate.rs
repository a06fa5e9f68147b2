//! Who sends a request: the API token in `Authorization: Bearer`, whoever is signed in in the browser, or nobody in particular.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{
    App,
    answer::{RETRY_AFTER, Refusal},
    origin::Origin,
    scheme::Scheme,
};
use crate::{
    domain::viewer::Viewer,
    graphql::{Browser, code::Code, cookie},
    store::{error::StoreError, sessions, tokens},
};

/// Why a viewer could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The header does not carry a bearer token.
    Malformed,
    /// The token is unknown, expired or revoked, or the session is over.
    Rejected,
    /// The session's cookie came with a request that may not be of a page of ours.
    Unproven,
    /// The database could not be asked.
    Unavailable,
}

impl Failure {
    /// What to do about it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Malformed => "The Authorization header must be \"Bearer\" followed by an API token.",
            Self::Rejected => {
                "The API token is unknown, expired or revoked. Send another, or none to read as the public."
            }
            Self::Unproven => {
                "A session counts only in requests that the tracker's own pages make. Programs send an API token instead."
            }
            Self::Unavailable => {
                "The API token can't be checked at the moment, so nothing was done: it is safe to send this again."
            }
        }
    }

    /// The failure as a refusal of an HTTP request.
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Unavailable => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, self.sentence())
                .with(header::RETRY_AFTER, RETRY_AFTER),
            Self::Unproven => Refusal::new(StatusCode::FORBIDDEN, Code::Forbidden, self.sentence()),
            Self::Malformed | Self::Rejected => {
                Refusal::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, self.sentence())
                    .with(header::WWW_AUTHENTICATE, "Bearer realm=\"tracker\", error=\"invalid_token\"")
            }
        }
    }
}

/// A secret as a client sent it. It has no `Debug`: it is never logged.
#[derive(Clone)]
pub enum Secret {
    Token(String),
    Session(String),
}

impl Secret {
    /// Reads the value of an `Authorization` header.
    pub fn parse(authorization: &str) -> Result<Self, Failure> {
        let (scheme, secret) = authorization.trim().split_once(' ').ok_or(Failure::Malformed)?;
        let secret = secret.trim();
        if !scheme.eq_ignore_ascii_case("bearer") || secret.is_empty() {
            return Err(Failure::Malformed);
        }
        Ok(Self::Token(secret.to_owned()))
    }

    /// Reads the `Authorization` header, or else the cookie of a session.
    pub fn of(headers: &HeaderMap, scheme: Scheme) -> Result<Option<Self>, Failure> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Self::of_session(headers, scheme),
            (Some(value), None) => Self::parse(value.to_str().map_err(|_| Failure::Malformed)?).map(Some),
            (Some(_), Some(_)) => Err(Failure::Malformed),
        }
    }

    /// Reads the cookie, which browsers send by themselves: other sites can make them ask us something, too. So it counts only where the
    /// browser says that the request is of a page of ours.
    fn of_session(headers: &HeaderMap, scheme: Scheme) -> Result<Option<Self>, Failure> {
        let Some(secret) = scheme.cookie(headers, cookie::SESSION) else { return Ok(None) };
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        match (site, headers.get(header::ORIGIN).is_some(), Origin::of(headers, &[])) {
            (Some(b"same-origin"), _, Origin::Own) | (None, true, Origin::Own) => Ok(Some(Self::Session(secret))),
            // An address that somebody typed.
            (Some(b"none"), false, _) => Ok(None),
            _ => Err(Failure::Unproven),
        }
    }

    /// Asks the store whom the secret speaks for, now.
    pub async fn viewer(&self, app: &App) -> Result<Viewer, Failure> {
        let found = match self {
            Self::Token(secret) => tokens::authenticate(&app.pool, &app.clock, secret).await,
            Self::Session(secret) => sessions::authenticate(&app.pool, &app.clock, secret).await,
        };
        match found {
            Ok(Some(staff)) => Ok(Viewer::Staff(staff)),
            Ok(None) => Err(Failure::Rejected),
            Err(error) => {
                match error {
                    StoreError::Unavailable(_) => tracing::warn!(%error, "a token could not be checked"),
                    _ => tracing::error!(%error, "a token could not be checked"),
                }
                Err(Failure::Unavailable)
            }
        }
    }
}

/// Who speaks, with this secret or without any. Whose session is over reads on as anyone does.
pub async fn viewer(app: &App, secret: Option<&Secret>) -> Result<Viewer, Failure> {
    let Some(secret) = secret else { return Ok(Viewer::Public) };
    match (secret.viewer(app).await, secret) {
        (Err(Failure::Rejected), Secret::Session(_)) => Ok(Viewer::Public),
        (viewer, _) => viewer,
    }
}

/// The browser that a request comes from: where there is one, somebody can sign in. None for pages of other origins.
pub fn browser(headers: &HeaderMap, scheme: Scheme) -> Option<Browser> {
    if Origin::of(headers, &[]) != Origin::Own {
        return None;
    }
    Some(Browser { session: scheme.cookie(headers, cookie::SESSION), is_secure: scheme.is_secure() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_read_and_nothing_else() {
        for value in ["Bearer abc", "bearer abc", " BEARER   abc "] {
            assert!(
                Secret::parse(value).is_ok_and(|secret| matches!(secret, Secret::Token(token) if token == "abc")),
                "{value}"
            );
        }
        for value in ["", "Bearer", "Bearer ", "Basic abc", "abc"] {
            assert_eq!(Secret::parse(value).err(), Some(Failure::Malformed), "{value}");
        }
    }

    #[test]
    fn a_cookie_counts_only_in_what_our_own_pages_ask() {
        let read = |headers: &[(&'static str, &'static str)]| {
            let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
            let mut headers: HeaderMap = headers.collect();
            headers.insert(header::HOST, HeaderValue::from_static("tracker.example.org"));
            Secret::of(&headers, Scheme::Unknown).map(|secret| secret.is_some())
        };
        let cookie = ("cookie", "a=b; tracker_session=tcs_x");
        let (own, foreign) = (("origin", "https://tracker.example.org"), ("origin", "https://evil.example"));
        assert_eq!(read(&[cookie, own]), Ok(true));
        assert_eq!(read(&[cookie, ("sec-fetch-site", "same-origin")]), Ok(true));
        assert_eq!(read(&[cookie, ("sec-fetch-site", "none")]), Ok(false), "an address that somebody typed");
        assert_eq!(read(&[("cookie", "a=b"), foreign]), Ok(false), "there is no session");
        let planted = ("cookie", "tracker_session=tcs_y; a=b; tracker_session=tcs_x");
        assert_eq!(read(&[planted, own]), Ok(false), "one of two was planted");
        let twice = ("cookie", "tracker_session=tcs_x; tracker_session=tcs_x");
        assert_eq!(read(&[twice, own]), Ok(true));
        for unproven in [
            &[cookie][..],
            &[cookie, foreign],
            &[cookie, ("sec-fetch-site", "cross-site")],
            &[cookie, ("sec-fetch-site", "same-site"), own],
            &[cookie, ("sec-fetch-site", "same-origin"), foreign],
        ] {
            assert_eq!(read(unproven), Err(Failure::Unproven), "{unproven:?}");
        }
    }
}
