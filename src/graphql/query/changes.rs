use async_graphql::{
    Context, InputObject, Object, Result,
    connection::{Connection, EmptyFields},
};

use crate::{
    domain::{
        as_of::AsOf,
        change::{self, ChangeKind},
        cursor::{FeedCursor, encode},
        development::Kind,
        page::Window,
        position::Position,
    },
    graphql::{
        error::{bad_input, store_error},
        page::{self, DEFAULT_ENTRIES, PageArguments},
        scalars::CountryCode,
        scope::Scope,
        types::change::Change,
    },
    store::reader::Reader,
};

/// Which changes are wanted. Conditions that are left out or null admit all.
#[derive(InputObject, Default)]
pub struct ChangeFilter {
    /// Only those about one of these countries.
    countries: Option<Vec<CountryCode>>,
    /// Only those that did one of these things.
    kinds: Option<Vec<ChangeKind>>,
    /// Only those to a development of one of these kinds.
    development_kinds: Option<Vec<Kind>>,
    /// True: only those that changed a country's status.
    #[graphql(default)]
    status_changed: bool,
}

impl From<ChangeFilter> for change::ChangeFilter {
    fn from(filter: ChangeFilter) -> Self {
        Self {
            countries: filter.countries.map(|codes| codes.into_iter().map(|code| code.0).collect()),
            kinds: filter.kinds,
            development_kinds: filter.development_kinds,
            status_changed: filter.status_changed,
        }
    }
}

/// The position that a cursor means.
pub async fn resolve(reader: &Reader, name: &str, cursor: FeedCursor) -> Result<Position> {
    reader.resolve(cursor).await.map_err(store_error)?.ok_or_else(|| {
        bad_input(format!(
            "`{name}` is a cursor of another feed, from ahead of this one, or of a change that was lost: start again without it, or from \
             an older one."
        ))
    })
}

/// The same, where there is a cursor.
pub async fn resolve_optional(reader: &Reader, name: &str, cursor: Option<FeedCursor>) -> Result<Option<Position>> {
    match cursor {
        Some(cursor) => resolve(reader, name, cursor).await.map(Some),
        None => Ok(None),
    }
}

#[derive(Default)]
pub struct ChangesQuery;

#[Object]
impl ChangesQuery {
    /// The public feed, oldest first: what a subscription to `changes` would have said.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which changes. Null: all.")] filter: Option<ChangeFilter>,
    ) -> Result<Connection<String, Change, EmptyFields>> {
        let window = PageArguments { first, after, last, before }.window::<FeedCursor>(DEFAULT_ENTRIES)?;
        let scope = Scope::open(context, AsOf::Now).await?;
        let reader = scope.reader();
        let window = Window {
            after: resolve_optional(&reader, "after", window.after).await?,
            before: resolve_optional(&reader, "before", window.before).await?,
            limit: window.limit,
            from_end: window.from_end,
        };
        let page = reader.changes(&filter.unwrap_or_default().into(), &window).await.map_err(store_error)?;
        Ok(page::connection(page, EmptyFields, |change| {
            (encode(&reader.cursor(change.position, Some(change.at))), Change::of(&scope, change))
        }))
    }
}
