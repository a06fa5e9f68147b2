use async_graphql::{
    Context, InputObject, Object, Result,
    connection::{Connection, EmptyFields},
};
use futures_util::future::try_join_all;

use crate::{
    domain::{
        as_of::AsOf,
        cursor::{FeedCursor, encode},
        page::{Page, Window},
    },
    graphql::{
        error::store_error,
        page::{self, DEFAULT_ENTRIES, PageArguments},
        query::changes::resolve_optional,
        scalars::CountryCode,
        scope::Scope,
        types::revision::{self, Revision},
    },
};

/// Which corrections are wanted. Conditions that are left out or null admit all.
#[derive(InputObject, Default)]
pub struct CorrectionFilter {
    /// Only those about one of these countries.
    countries: Option<Vec<CountryCode>>,
    /// True: only trifles. False: only what corrects a fact, a name or a number, and retractions.
    minor: Option<bool>,
}

#[derive(Default)]
pub struct CorrectionsQuery;

#[Object]
impl CorrectionsQuery {
    /// Every correction and retraction of what was published, newest first: each is the revision that it brought before readers.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn corrections(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which corrections. Null: all.")] filter: Option<CorrectionFilter>,
    ) -> Result<Connection<String, Revision, EmptyFields>> {
        let window = PageArguments { first, after, last, before }.window::<FeedCursor>(DEFAULT_ENTRIES)?;
        let scope = Scope::open(context, AsOf::Now).await?;
        let reader = scope.reader();
        let window = Window {
            after: resolve_optional(&reader, "after", window.after).await?,
            before: resolve_optional(&reader, "before", window.before).await?,
            limit: window.limit,
            from_end: window.from_end,
        };
        let filter = filter.unwrap_or_default();
        let countries: Option<Vec<_>> = filter.countries.map(|codes| codes.into_iter().map(|code| code.0).collect());
        let page = reader.corrections(countries.as_deref(), filter.minor, &window).await.map_err(store_error)?;
        let revisions = page.rows.iter().map(|(_, id, number)| revision::find(&scope, *id, *number));
        let revisions = try_join_all(revisions).await?;
        let rows =
            page.rows.into_iter().zip(revisions).filter_map(|((position, ..), revision)| Some((position, revision?)));
        let page =
            Page { rows: rows.collect(), has_next: page.has_next, has_previous: page.has_previous, total: page.total };
        Ok(page::connection(page, EmptyFields, |(position, revision)| {
            (encode(&reader.cursor(position, None)), revision)
        }))
    }
}
