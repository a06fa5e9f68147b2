//! Who sends a request: the API token in `Authorization: Bearer`, or nobody in particular.

use axum::http::{HeaderMap, StatusCode, header};

use super::{
    App,
    answer::{RETRY_AFTER, Refusal},
};
use crate::{
    domain::viewer::Viewer,
    graphql::code::Code,
    store::{error::StoreError, tokens},
};

/// Why a viewer could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The header does not carry a bearer token.
    Malformed,
    /// The token is unknown, expired or revoked.
    Rejected,
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
            Self::Malformed | Self::Rejected => {
                Refusal::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, self.sentence())
                    .with(header::WWW_AUTHENTICATE, "Bearer realm=\"tracker\", error=\"invalid_token\"")
            }
        }
    }
}

/// An API token as a client sent it. It has no `Debug`: it is never logged.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Reads the value of an `Authorization` header.
    pub fn parse(authorization: &str) -> Result<Self, Failure> {
        let (scheme, secret) = authorization.trim().split_once(' ').ok_or(Failure::Malformed)?;
        let secret = secret.trim();
        if !scheme.eq_ignore_ascii_case("bearer") || secret.is_empty() {
            return Err(Failure::Malformed);
        }
        Ok(Self(secret.to_owned()))
    }

    /// Reads the `Authorization` header, where there is one.
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, Failure> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => Self::parse(value.to_str().map_err(|_| Failure::Malformed)?).map(Some),
            (Some(_), Some(_)) => Err(Failure::Malformed),
        }
    }

    /// Asks the store whom the token speaks for, now.
    pub async fn viewer(&self, app: &App) -> Result<Viewer, Failure> {
        match tokens::authenticate(&app.pool, &app.clock, &self.0).await {
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

/// Who speaks, with this token or without any.
pub async fn viewer(app: &App, secret: Option<&Secret>) -> Result<Viewer, Failure> {
    match secret {
        Some(secret) => secret.viewer(app).await,
        None => Ok(Viewer::Public),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_read_and_nothing_else() {
        for value in ["Bearer abc", "bearer abc", " BEARER   abc "] {
            assert!(Secret::parse(value).is_ok_and(|secret| secret.0 == "abc"), "{value}");
        }
        for value in ["", "Bearer", "Bearer ", "Basic abc", "abc"] {
            assert_eq!(Secret::parse(value).err(), Some(Failure::Malformed), "{value}");
        }
    }
}
