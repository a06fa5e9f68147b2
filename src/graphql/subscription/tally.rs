use async_graphql::{Context, Result, Subscription};
use async_stream::try_stream;
use futures_util::{Stream, StreamExt};

use crate::{
    domain::as_of::AsOf,
    graphql::{Services, error::interrupted, scope::Scope, types::tally::Tally},
};

#[derive(Default)]
pub struct TallySubscription;

#[Subscription]
impl TallySubscription {
    /// The headline numbers: at once as they are, then each time that one of them, or a status's wording, changes.
    async fn tally(&self, context: &Context<'_>) -> Result<impl Stream<Item = Result<Tally>> + use<>> {
        let scope = Scope::open(context, AsOf::Now).await?;
        let changes = context.data::<Services>()?.feed.changes_after(scope.reader().position());
        Ok(try_stream! {
            let mut last = Tally::at(&scope).await?;
            yield last.clone();
            let mut changes = std::pin::pin!(changes);
            while let Some(change) = changes.next().await {
                let now = Tally::at(&scope.at(change.map_err(|error| interrupted(&error))?.position)).await?;
                if now.tally != last.tally {
                    last = now;
                    yield last.clone();
                }
            }
        })
    }
}
