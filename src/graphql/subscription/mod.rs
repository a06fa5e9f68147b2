//! What can be watched, one file a field.

mod changes;
mod history;
pub mod resume;
pub mod shared;
mod tally;

use async_graphql::MergedSubscription;

/// What can be watched live, over WebSocket (`graphql-transport-ws`) and server-sent events.
#[derive(MergedSubscription, Default)]
pub struct Subscription(changes::ChangesSubscription, tally::TallySubscription, history::HistorySubscription);
