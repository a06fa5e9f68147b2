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

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::password::Passwords;
use crate::{clock::Clock, domain::review::ReviewPolicy, store::pool::Pool};

/// How many acts of a server that publish are under way at once. In the end each waits for the feed's lock, with a connection that it keeps from
/// others; those that wait here keep none. With fewer, the next would not be ready when one ends.
const PUBLISHING: usize = 3;

/// The ledger of a database.
#[derive(Clone)]
pub struct Ledger {
    pool: Pool,
    clock: Clock,
    review: ReviewPolicy,
    passwords: Passwords,
    publishing: Arc<Semaphore>,
}

impl Ledger {
    pub fn new(pool: Pool, clock: Clock, review: ReviewPolicy) -> Self {
        let publishing = Arc::new(Semaphore::new(PUBLISHING));
        Self { pool, clock, review, passwords: Passwords::default(), publishing }
    }

    /// Waits for a place among the acts that publish, if one does; it has it until it ends.
    async fn place(&self, publishes: bool) -> Option<OwnedSemaphorePermit> {
        if !publishes {
            return None;
        }
        Some(self.publishing.clone().acquire_owned().await.expect("it is never closed"))
    }

    /// Whether a second pair of eyes is asked for.
    pub fn review(&self) -> ReviewPolicy {
        self.review
    }
}
