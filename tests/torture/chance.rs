//! Chance that can be had again: the same seed, the same course of faults.

use std::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// A seeded source of chance (SplitMix64), shared by all tasks.
pub struct Chance(AtomicU64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        let state = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    /// One of several.
    pub fn of_these<'a, T>(&self, these: &'a [T]) -> &'a T {
        &these[self.below(these.len())]
    }

    /// So many times out of a hundred.
    pub fn percent(&self, times: usize) -> bool {
        self.below(100) < times
    }

    /// A pause of so many milliseconds.
    pub async fn pause(&self, milliseconds: Range<usize>) {
        let length = milliseconds.start + self.below(milliseconds.len());
        tokio::time::sleep(Duration::from_millis(length as u64)).await;
    }
}
