//! What clients are told when something fails. Internals go to the log once, and never to a client.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions};

use super::code::Code;
use crate::store::error::StoreError;

/// An error with its code.
pub fn error(code: Code, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// The request itself is wrong; the message says what to do.
pub fn bad_input(message: impl Into<String>) -> Error {
    error(Code::BadUserInput, message)
}

/// The store could not answer.
pub fn store_error(cause: StoreError) -> Error {
    report(&cause)
}

/// A batched load could not answer.
pub fn load_error(cause: Arc<StoreError>) -> Error {
    report(&cause)
}

/// A subscription could not go on. The transports turn it into a close after which clients come back and resume.
pub fn interrupted(cause: &StoreError) -> Error {
    tracing::warn!(error = %cause, "a subscription was interrupted");
    error(Code::Reconnect, "The feed was interrupted. Subscribe again after the last cursor that you received.")
}

fn report(cause: &StoreError) -> Error {
    match cause {
        StoreError::Unavailable(_) => {
            tracing::warn!(error = %cause, "the database is not available");
            error(Code::Unavailable, "The database can't be reached right now. Try again in a moment.")
        }
        StoreError::Failed(_) | StoreError::Corrupt(_) | StoreError::Rewound => {
            tracing::error!(error = %cause, "the store failed");
            error(Code::Internal, "Something went wrong on our side. It has been logged.")
        }
    }
}
