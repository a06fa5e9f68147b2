use async_graphql::{Context, ID, Object, Result, SimpleObject, connection::Connection};
use tokio::sync::OnceCell;

use super::{
    date::EdtfDate,
    development::{self, Development, DevelopmentTotal},
    status::Status,
};
use crate::{
    domain::{
        country,
        cursor::{CountryCursor, CountryOrder, encode},
        id::GlobalId,
        status,
    },
    graphql::{
        error::{bad_input, store_error},
        loaders::{TimelineLength, TimelineWindow},
        page::{self, DEFAULT_COUNTRIES, DEFAULT_ENTRIES, PageArguments},
        scalars::CountryCode,
        scope::Scope,
    },
    store::{countries::CountryFilter, error::StoreError},
};

/// A region or subregion of the world (UN M49).
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Region {
    /// The three-digit UN M49 code.
    code: String,
    /// The UN's English name.
    name: String,
}

impl From<&country::Region> for Region {
    fn from(region: &country::Region) -> Self {
        Self { code: region.code.clone(), name: region.name.clone() }
    }
}

#[derive(Clone)]
pub struct Country {
    scope: Scope,
    code: country::CountryCode,
    name: String,
    /// Where no more than its code and name was read, loaded once one of the other fields is asked for.
    all: OnceCell<Result<Box<country::Country>>>,
}

impl Country {
    /// A country as an object.
    pub fn of(scope: &Scope, country: country::Country) -> Self {
        let (code, name) = (country.code, country.name.clone());
        Self { scope: scope.clone(), code, name, all: OnceCell::new_with(Some(Ok(Box::new(country)))) }
    }

    /// A country of which no more than its code and name was read.
    pub fn named(scope: &Scope, code: country::CountryCode, name: String) -> Self {
        Self { scope: scope.clone(), code, name, all: OnceCell::new() }
    }

    async fn all(&self) -> Result<&country::Country> {
        let load = async || {
            let country = self.scope.load(self.code).await?;
            country.map(Box::new).ok_or_else(|| store_error(StoreError::Corrupt("a named country that is not there")))
        };
        self.all.get_or_init(load).await.as_deref().map_err(Clone::clone)
    }
}

/// A country or territory of ISO 3166-1, or Kosovo. It is tracked once it has a published status; any may be asked tomorrow.
#[Object(serial)]
impl Country {
    /// The id by which `node` refetches it.
    pub async fn id(&self) -> ID {
        GlobalId::Country(self.code).to_string().into()
    }

    /// The ISO 3166-1 alpha-2 code; `XK` for Kosovo, user-assigned.
    async fn code(&self) -> CountryCode {
        CountryCode(self.code)
    }

    /// The newsroom's style name: "Ivory Coast", "Cape Verde", "St. Kitts and Nevis".
    async fn name(&self) -> &str {
        &self.name
    }

    /// The English short name of ISO 3166-1.
    async fn iso_name(&self) -> Result<&str> {
        Ok(&self.all().await?.iso_name)
    }

    /// The ISO 3166-1 alpha-3 code; `XKX` for Kosovo, user-assigned.
    async fn alpha3(&self) -> Result<&str> {
        Ok(&self.all().await?.alpha3)
    }

    /// The three-digit ISO 3166-1 numeric code, which maps join on. Null for Kosovo, which has none.
    async fn numeric(&self) -> Result<Option<&str>> {
        Ok(self.all().await?.numeric.as_deref())
    }

    /// The UN M49 region. Null for Antarctica, which belongs to none.
    async fn region(&self) -> Result<Option<Region>> {
        Ok(self.all().await?.region.as_ref().map(Region::from))
    }

    /// The UN M49 subregion. Null where there is none.
    async fn subregion(&self) -> Result<Option<Region>> {
        Ok(self.all().await?.subregion.as_ref().map(Region::from))
    }

    /// Other names that people search by: local, former and common ones.
    async fn other_names(&self) -> Result<&[String]> {
        Ok(&self.all().await?.other_names)
    }

    /// Whether it has a published status.
    async fn tracked(&self) -> Result<bool> {
        Ok(self.all().await?.standing.is_some())
    }

    /// Where it stands, derived from its developments. Null while nothing published sets a status.
    async fn status(&self) -> Result<Option<Status>> {
        let Some(standing) = &self.all().await?.standing else { return Ok(None) };
        Ok(Some(Status { scope: self.scope.clone(), definition: standing.status.clone() }))
    }

    /// When the development that sets the status occurred; where that is not known, some time up to the last day on which it can
    /// have happened. Null while there is no status.
    async fn status_since(&self) -> Result<Option<EdtfDate>> {
        let Some(standing) = &self.all().await?.standing else { return Ok(None) };
        Ok(Some(EdtfDate(Some(status::since(standing.occurred.as_ref(), standing.effective_day)))))
    }

    /// Whether a published denial disputes one of its developments. The status stays what the ledger says.
    async fn disputed(&self) -> Result<bool> {
        Ok(self.all().await?.disputed)
    }

    /// The newest development by the last day on which it can have happened, then by publication; retracted ones left out. Null
    /// while nothing is published.
    async fn latest_development(&self) -> Result<Option<Development>> {
        let Some(id) = self.all().await?.latest_development else { return Ok(None) };
        development::find(&self.scope, id).await
    }

    /// Its published developments, newest first by the last day on which each can have happened; retracted ones stay, marked.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn developments(
        &self,
        _context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let window = PageArguments { first, after, last, before }.window(DEFAULT_ENTRIES)?;
        let page = self.scope.load(TimelineWindow { country: self.code, window }).await?.unwrap_or_default();
        let counted = self.all.get().and_then(|all| all.as_ref().ok()?.developments);
        let total = match page.total.or(counted) {
            Some(total) => DevelopmentTotal::Known(total),
            None => DevelopmentTotal::Timeline(self.scope.clone(), TimelineLength(self.code)),
        };
        Ok(page::connection(page, total, |row| development::edge(&self.scope, row)))
    }
}

/// How many there are on all pages together.
pub enum CountryTotal {
    Known(i64),
    Filtered(Scope, CountryFilter),
}

#[Object(serial)]
impl CountryTotal {
    /// How many countries the filter admits, on all pages together.
    async fn total_count(&self) -> Result<i64> {
        match self {
            Self::Known(total) => Ok(*total),
            Self::Filtered(scope, filter) => scope.reader().count_countries(filter).await.map_err(store_error),
        }
    }
}

/// A page of countries.
pub async fn list(
    scope: &Scope,
    filter: CountryFilter,
    order: CountryOrder,
    arguments: &PageArguments,
) -> Result<Connection<String, Country, CountryTotal>> {
    let window = arguments.window::<CountryCursor>(DEFAULT_COUNTRIES)?;
    if [&window.after, &window.before].into_iter().flatten().any(|cursor| cursor.order != order) {
        return Err(bad_input("This cursor belongs to another order: start again without it."));
    }
    let page = scope.reader().countries(&filter, order, &window).await.map_err(store_error)?;
    let total = match page.total {
        Some(total) => CountryTotal::Known(total),
        None => CountryTotal::Filtered(scope.clone(), filter),
    };
    Ok(page::connection(page, total, |(cursor, country)| (encode(&cursor), Country::of(scope, country))))
}

/// A country by its code. `None` if there is none with it.
pub async fn find(scope: &Scope, code: country::CountryCode) -> Result<Option<Country>> {
    let country = scope.load(code).await?;
    Ok(country.map(|country| Country::of(scope, country)))
}
