//! What clients are told when something fails. Internals go to the log once, and never to a client.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions};

use crate::store::error::StoreError;

/// Why a request failed, as a code in `extensions.code` that programs can rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The request itself is wrong.
    BadUserInput,
    /// The field needs a signed-in member of staff.
    Unauthenticated,
    /// The viewer's role does not allow it.
    Forbidden,
    /// The database can't be reached, or no connection came free in time: trying again may help.
    Unavailable,
    /// Our own fault.
    Internal,
}

impl ErrorCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// An error with its code.
pub fn error(code: ErrorCode, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// The request itself is wrong; the message says what to do.
pub fn bad_input(message: impl Into<String>) -> Error {
    error(ErrorCode::BadUserInput, message)
}

/// The store could not answer.
pub fn store_error(cause: StoreError) -> Error {
    report(&cause)
}

/// A batched load could not answer.
pub fn load_error(cause: Arc<StoreError>) -> Error {
    report(&cause)
}

fn report(cause: &StoreError) -> Error {
    match cause {
        StoreError::Unavailable(_) => {
            tracing::warn!(error = %cause, "the database is not available");
            error(ErrorCode::Unavailable, "The database can't be reached right now. Try again in a moment.")
        }
        StoreError::Failed(_) | StoreError::Corrupt(_) => {
            tracing::error!(error = %cause, "the store failed");
            error(ErrorCode::Internal, "Something went wrong on our side. It has been logged.")
        }
    }
}
