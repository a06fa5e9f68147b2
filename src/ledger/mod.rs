//! What editors do, one transaction each: state, change, audit and answer are stored together or not at all.

pub mod edit;
pub mod embargo;
pub mod import;
pub mod outcome;
pub mod people;
pub mod record;
pub mod release;
pub mod session;
pub mod sign_on;
pub mod source;
pub mod tokens;

mod password;
mod sources;
mod working;

use self::password::Passwords;
use crate::{clock::Clock, domain::review::ReviewPolicy, store::pool::Pool};

/// The ledger of a database.
#[derive(Clone)]
pub struct Ledger {
    pool: Pool,
    clock: Clock,
    review: ReviewPolicy,
    passwords: Passwords,
}

impl Ledger {
    pub fn new(pool: Pool, clock: Clock, review: ReviewPolicy) -> Self {
        Self { pool, clock, review, passwords: Passwords::default() }
    }

    /// Whether a second pair of eyes is asked for.
    pub fn review(&self) -> ReviewPolicy {
        self.review
    }
}
