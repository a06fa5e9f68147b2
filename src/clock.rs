//! Time, identities and secrets, passed in as one argument so that tests of expiry, embargo and time travel need no sleeping.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// Where "now", new ids and new secrets come from.
pub trait Surroundings: Send + Sync + 'static {
    /// The present instant, to the microsecond, as Postgres keeps it.
    fn now(&self) -> DateTime<Utc>;
    /// A new identity that tells nothing about when, or after how many others, it was made.
    fn uuid(&self) -> Uuid;
    /// 256 bits that nobody can guess.
    fn secret(&self) -> [u8; 32];
}

/// A shared handle on the surroundings, cheap to clone.
pub type Clock = Arc<dyn Surroundings>;

/// The machine's own clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Surroundings for System {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }

    fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(random()).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        random()
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system supplies randomness");
    bytes
}

/// The latest calendar day anywhere on Earth at an instant (UTC+14): an editor in Tonga may date a development with a day
/// that has not begun in London.
pub fn latest_day_on_earth(now: DateTime<Utc>) -> NaiveDate {
    now.checked_add_signed(TimeDelta::hours(14)).unwrap_or(now).date_naive()
}
