use async_graphql::{Context, ID, InputObject, Object, Result, connection::Connection};
use chrono::{DateTime, Utc};

use super::as_of;
use crate::{
    domain::{development::Kind, id::GlobalId},
    graphql::{
        error::bad_input,
        page::{self, DEFAULT_ENTRIES, PageArguments},
        scalars::{CountryCode, Date},
        scope::Scope,
        types::development::{self, Development, DevelopmentTotal},
    },
    store,
};

/// Which developments are wanted. Conditions that are left out or null admit all.
#[derive(InputObject, Default)]
pub struct DevelopmentFilter {
    /// Only those of one of these kinds.
    kinds: Option<Vec<Kind>>,
    /// Only those of one of these countries.
    countries: Option<Vec<CountryCode>>,
    /// Only those that can have happened on or after this day.
    occurred_from: Option<Date>,
    /// Only those that can have happened on or before this day. One without a date counts as having happened by the day on which
    /// its earliest source was published.
    occurred_to: Option<Date>,
    /// Only those that cite this source, by its id.
    source: Option<ID>,
    /// Only those that a published denial disputes, or does not.
    disputed: Option<bool>,
}

impl DevelopmentFilter {
    fn checked(self) -> Result<store::developments::DevelopmentFilter> {
        let source = match self.source.as_ref().map(|id| id.parse::<GlobalId>()) {
            None => None,
            Some(Ok(GlobalId::Source(id))) => Some(id),
            Some(Ok(_)) => {
                return Err(bad_input("`source` takes the id of a source; this is the id of something else."));
            }
            Some(Err(error)) => return Err(bad_input(format!("`source`: {error}."))),
        };
        Ok(store::developments::DevelopmentFilter {
            kinds: self.kinds,
            countries: self.countries.map(|codes| codes.into_iter().map(|code| code.0).collect()),
            occurred_from: self.occurred_from.map(|day| day.0),
            occurred_to: self.occurred_to.map(|day| day.0),
            source,
            disputed: self.disputed,
        })
    }
}

#[derive(Default)]
pub struct DevelopmentsQuery;

#[Object]
impl DevelopmentsQuery {
    /// The published ledger across countries, newest first by the last day on which each can have happened; retracted ones stay,
    /// marked.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a connection's arguments are the contract's")]
    async fn developments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which developments. Null: all.")] filter: Option<DevelopmentFilter>,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let filter = filter.unwrap_or_default().checked()?;
        let scope = Scope::open(context, as_of(instant)?).await?;
        development::list(&scope, filter, &PageArguments { first, after, last, before }).await
    }
}
