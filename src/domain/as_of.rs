//! As of when a question is asked.

use chrono::{DateTime, Utc};

use super::position::Position;

/// The point in the tracker's history at which an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// The newest position of the feed when the answer begins.
    #[default]
    Now,
    /// The last position reached at or before an instant.
    Instant(DateTime<Utc>),
    /// A known position: a change as its subscriber sees it, a mutation's own result.
    Position(Position),
}
