use async_graphql::{Context, Object, Result};
use futures_util::future::try_join_all;

use crate::{
    clock::latest_day_on_earth,
    domain::{as_of::AsOf, entry::SourceEntry, id::SourceId},
    graphql::{
        Services, access,
        error::{bad_input, store_error},
        mutation::SourceInput,
        scope::Scope,
        types::source::{self, Source},
    },
};

/// How long a search may be, in characters.
const MAX_SEARCH: usize = 200;

/// How many sources are answered at most.
const MAX_SOURCES: i32 = 50;

/// How many where the client does not say.
const DEFAULT_SOURCES: i32 = 10;

/// How many that look alike are pointed out.
const MAX_SIMILAR: i64 = 5;

#[derive(Default)]
pub struct SourcesQuery;

#[Object]
impl SourcesQuery {
    /// Stored sources with every word of a text in their title, publisher, address or attribution, accents and case ignored, the most
    /// alike first: for a list while typing. Only for those who are signed in.
    #[graphql(
        complexity = "usize::try_from(first.unwrap_or(DEFAULT_SOURCES)).unwrap_or(0).saturating_mul(child_complexity) + 1"
    )]
    async fn sources(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What was typed; 200 characters at most. Blank: the newest.")] search: String,
        #[graphql(desc = "How many; 10 where not given, 50 at most.")] first: Option<i32>,
    ) -> Result<Vec<Source>> {
        access::staff(context)?;
        let length = search.chars().count();
        if length > MAX_SEARCH {
            return Err(bad_input(format!("`search` takes {MAX_SEARCH} characters at most; it has {length}.")));
        }
        if search.contains('\0') {
            return Err(bad_input("`search` must not hold the character U+0000."));
        }
        let first = first.unwrap_or(DEFAULT_SOURCES);
        if !(0..=MAX_SOURCES).contains(&first) {
            return Err(bad_input(format!("`first` must be from 0 to {MAX_SOURCES}; it is {first}.")));
        }
        let scope = Scope::open(context, AsOf::Now).await?;
        let found = scope.reader().search_sources(&search, first.into()).await.map_err(store_error)?;
        all(&scope, found).await
    }

    /// Stored sources that look like one that is about to be given inline: the same address but for its trimmings, or much the same
    /// title and publisher; 5 at most. Cite what is there by `sourceId` instead. Empty also where the input can't be read. Only for
    /// those who are signed in.
    async fn similar_sources(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The source as it would be given.")] source: SourceInput,
    ) -> Result<Vec<Source>> {
        access::staff(context)?;
        let today = latest_day_on_earth(context.data::<Services>()?.clock.now());
        let Ok((details, _)) = SourceEntry::from(source).check(today) else { return Ok(Vec::new()) };
        let scope = Scope::open(context, AsOf::Now).await?;
        let found = scope.reader().similar_sources(&details, MAX_SIMILAR).await.map_err(store_error)?;
        all(&scope, found).await
    }
}

async fn all(scope: &Scope, ids: Vec<SourceId>) -> Result<Vec<Source>> {
    let found = try_join_all(ids.into_iter().map(|id| source::find(scope, id))).await?;
    Ok(found.into_iter().flatten().collect())
}
