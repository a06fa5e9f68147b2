use async_graphql::{Context, Result, Subscription};
use async_stream::try_stream;
use futures_util::{Stream, StreamExt, stream};

use super::shared::{Moment, Told};
use crate::{
    domain::{as_of::AsOf, position::Position},
    graphql::{Services, error::interrupted, scope::Scope, types::tally::Tally},
};

#[derive(Default)]
pub struct TallySubscription;

#[Subscription]
impl TallySubscription {
    /// The headline numbers: at once as they are, then each time that one of them, or a status's wording, changes.
    async fn tally(&self, context: &Context<'_>) -> Result<impl Stream<Item = Result<Tally>> + use<>> {
        if let Some(told) = context.data_opt::<Told>() {
            let (moment, scope) = (told.moment.clone(), told.scope.clone());
            return Ok(stream::once(at(scope, moment)).filter_map(async |tally| tally.transpose()).left_stream());
        }
        let scope = Scope::open(context, AsOf::Now).await?;
        let changes = context.data::<Services>()?.feed.changes_after(scope.reader().position());
        let tallies = try_stream! {
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
        };
        Ok(tallies.right_stream())
    }
}

/// What there is to tell of the tally at a moment: at a change, nothing if it left the tally as it was.
async fn at(scope: Scope, moment: Moment) -> Result<Option<Tally>> {
    match moment {
        Moment::Never => Ok(None),
        Moment::State(position) => Tally::at(&scope.at(position)).await.map(Some),
        Moment::Change(change) => {
            let (before, now) = (scope.at(Position(change.position.0 - 1)), scope.at(change.position));
            let (before, now) = futures_util::try_join!(Tally::at(&before), Tally::at(&now))?;
            Ok((now.tally != before.tally).then_some(now))
        }
    }
}
