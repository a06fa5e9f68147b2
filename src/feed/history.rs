//! What staff do, followed live: a commit only wakes, the rows tell what was done.

use async_stream::try_stream;
use futures_util::Stream;

use super::Feed;
use crate::{
    domain::viewer::Staff,
    store::{
        error::StoreError,
        history::{self, AuditEntry},
    },
};

impl Feed {
    /// Every act upon a development after an entry of the history, once and in order: first those in the database, then those that
    /// come. Ends only with an error, or when the server shuts down.
    pub fn history_after(
        &self,
        reader: Staff,
        after: i64,
    ) -> impl Stream<Item = Result<AuditEntry, StoreError>> + Send + use<> {
        let (pool, pulse, mut wakes) = (self.pool.clone(), self.pulse.clone(), self.history.clone());
        let rewinds = self.pulse().rewinds;
        try_stream! {
            let mut last = after;
            loop {
                // Before the rows are read: a commit in between wakes again.
                wakes.mark_unchanged();
                if pulse.borrow().rewinds != rewinds {
                    Err(StoreError::Rewound)?;
                }
                let entries = history::after(&pool, &reader, last).await?;
                let is_level = entries.is_empty();
                for entry in entries {
                    last = entry.number;
                    yield entry;
                }
                if is_level && wakes.changed().await.is_err() {
                    break;
                }
            }
        }
    }
}
