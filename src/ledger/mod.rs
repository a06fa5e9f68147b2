//! What editors do, one transaction each: state, change, audit and answer are stored together or not at all.

pub mod import;
pub mod record;

mod publish;
mod sources;

use sqlx::PgPool;

use crate::clock::Clock;

/// The ledger of a database.
#[derive(Clone)]
pub struct Ledger {
    pool: PgPool,
    clock: Clock,
}

impl Ledger {
    pub fn new(pool: PgPool, clock: Clock) -> Self {
        Self { pool, clock }
    }
}
