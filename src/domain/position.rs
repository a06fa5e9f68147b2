//! A place in the public feed.

use std::fmt;

/// The number of a change in the feed: 1, 2, 3 … without a gap. Everything readers can see is what it was at a position;
/// 0 is before the first change.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Position(pub i64);

impl Position {
    /// Before the first change.
    pub const START: Self = Self(0);

    /// After every change that can come.
    pub const MAX: Self = Self(i64::MAX);

    /// The position that must come after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
