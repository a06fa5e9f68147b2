//! Why somebody is not signed in: a code in the address of the desk, which says it in words.

use crate::{domain::sign_on, store::error::StoreError};

/// Why a sign-in by the provider came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was begun in another browser or too long ago, or came back before.
    NotBegun,
    /// Whoever it was changed their mind, or the provider did not let them in.
    Denied,
    /// What the provider sent does not hold.
    NotProven,
    /// The provider can't be reached, or does not work.
    Silent,
    /// Too many were begun from the same network.
    TooMany,
    /// Our own database can't be reached.
    Unavailable,
    /// The provider vouches for them, and they may not in.
    Person(sign_on::Refusal),
}

impl Refusal {
    /// The code by which the desk knows what to say.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotBegun => "begin-again",
            Self::Denied => "denied",
            Self::NotProven => "not-proven",
            Self::Silent => "provider-silent",
            Self::TooMany => "too-many",
            Self::Unavailable => "unavailable",
            Self::Person(sign_on::Refusal::NoRole) => "no-role",
            Self::Person(sign_on::Refusal::Deactivated) => "deactivated",
            Self::Person(sign_on::Refusal::NoEmail) => "no-email",
            Self::Person(sign_on::Refusal::UnverifiedEmail) => "unverified-email",
            Self::Person(sign_on::Refusal::EmailTaken) => "email-taken",
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => tracing::warn!(%error, "somebody could not be signed in"),
            _ => tracing::error!(%error, "somebody could not be signed in"),
        }
        Self::Unavailable
    }
}
