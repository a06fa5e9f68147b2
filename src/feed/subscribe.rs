//! A subscriber's view of the feed: what it missed, then what happens, without a gap, a double or a change of order.

use std::sync::Arc;

use async_stream::try_stream;
use futures_util::Stream;
use tokio::sync::broadcast::error::RecvError;

use super::{Feed, Heard};
use crate::{
    domain::{change::Change, position::Position},
    store::{changes, error::StoreError},
};

impl Feed {
    /// Every change after a position: first those in the database, then those that come. A subscriber that falls behind reads
    /// from the database what it missed; a position that does not follow on the one before is never passed on. Ends only with
    /// an error, such as that the database lost what was told, or when the server shuts down; the last position received is the place to resume from.
    pub fn changes_after(&self, after: Position) -> impl Stream<Item = Result<Arc<Change>, StoreError>> + Send + use<> {
        let pool = self.pool.clone();
        // Before the first read of the database: what is committed in between arrives here, and is dropped there as known.
        let mut live = self.changes.subscribe();
        try_stream! {
            let mut last = after;
            let mut behind = true;
            loop {
                while behind {
                    let missed = changes::after(&pool, last).await?;
                    behind = !missed.is_empty();
                    for change in missed {
                        last = change.position;
                        yield Arc::new(change);
                    }
                }
                match live.recv().await {
                    Ok(Heard::Rewound) => Err(StoreError::Rewound)?,
                    Ok(Heard::Change(change)) if change.position <= last => {}
                    Ok(Heard::Change(change)) if change.position == last.next() => {
                        last = change.position;
                        yield change;
                    }
                    Ok(Heard::Change(_)) | Err(RecvError::Lagged(_)) => behind = true,
                    Err(RecvError::Closed) => break,
                }
            }
        }
    }
}
