use async_graphql::{Context, Result, Subscription};
use futures_util::{Stream, StreamExt, stream};

use super::{
    resume::Resume,
    shared::{Moment, Told},
};
use crate::{
    domain::{
        as_of::AsOf,
        change,
        cursor::{FeedCursor, decode, encode},
    },
    graphql::{
        Services,
        error::{bad_input, interrupted},
        query::changes::{ChangeFilter, resolve},
        scope::Scope,
        types::change::Change,
    },
};

#[derive(Default)]
pub struct ChangesSubscription;

#[Subscription]
impl ChangesSubscription {
    /// The public feed: every change once, in order. With `after` it first tells what was missed, then goes on live, without a gap;
    /// resume from the last cursor received.
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only what comes after this cursor. Null: only what comes from now on.")] after: Option<
            String,
        >,
        #[graphql(desc = "Which changes. Null: all.")] filter: Option<ChangeFilter>,
    ) -> Result<impl Stream<Item = Result<Change>> + use<>> {
        let wanted = change::ChangeFilter::from(filter.unwrap_or_default());
        if let Some(told) = context.data_opt::<Told>() {
            let told = match &told.moment {
                Moment::Change(change) if wanted.admits(change) => {
                    Some(Ok(Change::of(&told.scope, (**change).clone())))
                }
                _ => None,
            };
            return Ok(stream::iter(told).left_stream());
        }
        let resume = context.data::<Resume>()?.clone();
        let scope = Scope::open(context, AsOf::Now).await?;
        let reader = scope.reader();
        // A transport that resumes knows more than the document, which names the place where the client first began.
        let after = match resume.resume_after().or(after) {
            Some(text) => {
                let cursor: FeedCursor = decode(&text).map_err(|error| bad_input(format!("`after`: {error}.")))?;
                resolve(&reader, "after", cursor).await?
            }
            None => reader.position(),
        };
        let changes = context.data::<Services>()?.feed.changes_after(after);
        let passed = changes.filter_map(move |change| {
            let passed = match change {
                Ok(change) if wanted.admits(&change) => {
                    resume.set_cursor(encode(&reader.cursor(change.position, Some(change.at))));
                    Some(Ok(Change::of(&scope, (*change).clone())))
                }
                Ok(_) => None,
                Err(error) => Some(Err(interrupted(&error))),
            };
            std::future::ready(passed)
        });
        Ok(passed.right_stream())
    }
}
