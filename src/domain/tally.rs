//! The headline numbers.

use super::status::{Headline, Status};

/// How many countries have each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [u64; Status::ALL.len()],
}

impl Tally {
    pub fn count(&self, status: Status) -> u64 {
        self.counts[status as usize]
    }

    pub fn set(&mut self, status: Status, count: u64) {
        self.counts[status as usize] = count;
    }
}
