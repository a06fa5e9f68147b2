use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt};

use crate::{
    domain::{
        as_of::AsOf,
        cursor::{HistoryCursor, decode},
        viewer::Role,
    },
    graphql::{
        Services, access,
        error::{bad_input, interrupted, store_error},
        query::development_id,
        scope::Scope,
        types::history::AuditEntry,
    },
    store::{changes, history},
};

#[derive(Default)]
pub struct HistorySubscription;

#[Subscription]
impl HistorySubscription {
    /// What staff do to developments, unpublished ones included, each act once and in order. Only for those who are signed in.
    async fn history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only what comes after this cursor of an entry. Null: only what comes from now on.")]
        after: Option<String>,
        #[graphql(desc = "The id of a development. Null: all.")] development: Option<ID>,
    ) -> Result<impl Stream<Item = Result<AuditEntry>> + use<>> {
        let staff = access::staff(context)?.clone();
        let services = context.data::<Services>()?;
        let (feed, pool) = (services.feed.clone(), services.pool.clone());
        let development = development.as_ref().map(development_id).transpose()?;
        let after = match after {
            Some(text) => {
                decode::<HistoryCursor>(&text).map_err(|error| bad_input(format!("`after`: {error}.")))?.number
            }
            None => history::head(&pool).await.map_err(store_error)?,
        };
        let scope = Scope::open(context, AsOf::Now).await?;
        let for_admin = staff.role >= Role::Admin;
        Ok(feed.history_after(staff, after).filter_map(move |entry| {
            let (scope, pool) = (scope.clone(), pool.clone());
            async move {
                let entry = match entry {
                    Ok(entry) if development.is_none_or(|id| entry.development == Some(id)) => entry,
                    Ok(_) => return None,
                    Err(error) => return Some(Err(interrupted(&error))),
                };
                match changes::head(&pool).await {
                    Ok((_, position)) => Some(Ok(AuditEntry::of(&scope.at(position), entry, for_admin))),
                    Err(error) => Some(Err(interrupted(&error))),
                }
            }
        }))
    }
}
