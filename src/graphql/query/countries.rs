use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result, connection::Connection};
use chrono::{DateTime, Utc};

use super::as_of;
use crate::{
    domain::{cursor::CountryOrder, status::Status},
    graphql::{
        error::bad_input,
        page::{self, DEFAULT_COUNTRIES, PageArguments},
        scalars::CountryCode,
        scope::Scope,
        types::country::{self, Country, CountryTotal},
    },
    store,
};

/// How long a search may be, in characters.
const MAX_SEARCH: usize = 100;

/// Which countries are wanted. Conditions that are left out or null admit all, except `tracked`.
#[derive(InputObject, Default)]
pub struct CountryFilter {
    /// True, or left out: only those with a published status. False: only those without one. Null: all.
    #[graphql(default)]
    tracked: MaybeUndefined<bool>,
    /// Only those with one of these statuses.
    statuses: Option<Vec<Status>>,
    /// Only those in one of these regions or subregions, by their three-digit UN M49 codes.
    regions: Option<Vec<String>>,
    /// Only those with, or without, a disputed development.
    disputed: Option<bool>,
    /// Only those with this text in a name or code of theirs, accents and case ignored; 100 characters at most.
    search: Option<String>,
}

impl CountryFilter {
    fn checked(self) -> Result<store::countries::CountryFilter> {
        let tracked = match self.tracked {
            MaybeUndefined::Undefined => Some(true),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(tracked) => Some(tracked),
        };
        let length = self.search.as_deref().map_or(0, |search| search.chars().count());
        if length > MAX_SEARCH {
            return Err(bad_input(format!("`search` takes {MAX_SEARCH} characters at most; it has {length}.")));
        }
        if self.search.as_deref().is_some_and(|search| search.contains('\0')) {
            return Err(bad_input("`search` must not hold the character U+0000."));
        }
        let sound = |code: &String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(code) = self.regions.iter().flatten().find(|code| !sound(code)) {
            return Err(bad_input(format!(
                "`regions` takes three-digit UN M49 codes, such as 002 for Africa; {code:?} is none."
            )));
        }
        let search = self.search.filter(|search| !search.trim().is_empty());
        Ok(store::countries::CountryFilter {
            tracked,
            statuses: self.statuses,
            regions: self.regions,
            disputed: self.disputed,
            search,
        })
    }
}

#[derive(Default)]
pub struct CountriesQuery;

#[Object]
impl CountriesQuery {
    /// Countries; where the filter does not say otherwise, those with a published status.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_COUNTRIES, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a connection's arguments are the contract's")]
    async fn countries(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 100 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which countries. Null: the tracked ones.")] filter: Option<CountryFilter>,
        #[graphql(desc = "In which order. Null: by name.", name = "orderBy")] order: Option<CountryOrder>,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Connection<String, Country, CountryTotal>> {
        let filter = filter.unwrap_or_default().checked()?;
        let scope = Scope::open(context, as_of(instant)?).await?;
        let arguments = PageArguments { first, after, last, before };
        country::list(&scope, filter, order.unwrap_or_default(), &arguments).await
    }

    /// A country by its code. Null if no country has it.
    async fn country(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its ISO 3166-1 alpha-2 code, or XK for Kosovo.")] code: CountryCode,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Option<Country>> {
        let scope = Scope::open(context, as_of(instant)?).await?;
        country::find(&scope, code.0).await
    }
}
