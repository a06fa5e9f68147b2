use async_graphql::{Context, ID, Object, Result, connection::Connection};

use super::country::{self, Country, CountryTotal};
use crate::{
    domain::{
        cursor::CountryOrder,
        id::GlobalId,
        status::{Headline, Status as StatusCode, StatusDefinition},
    },
    graphql::{
        loaders::Statuses,
        page::{self, DEFAULT_COUNTRIES, PageArguments},
        scope::Scope,
    },
    store::countries::CountryFilter,
};

pub struct Status {
    pub scope: Scope,
    pub definition: StatusDefinition,
}

/// Where a country stands, in the words that readers see. A status is derived from a country's developments and never typed in: an
/// ask, refusal, agreement or termination sets it; the one with the latest effective day wins, then the later in the feed.
#[Object(serial)]
impl Status {
    /// The id by which `node` refetches it.
    pub async fn id(&self) -> ID {
        GlobalId::Status(self.definition.code).to_string().into()
    }

    /// The code that programs rely on.
    async fn code(&self) -> StatusCode {
        self.definition.code
    }

    /// The status in a word or two, for readers.
    async fn label(&self) -> &str {
        &self.definition.label
    }

    /// What the status means, in a sentence or two, for readers.
    async fn definition(&self) -> &str {
        &self.definition.definition
    }

    /// The number in the headline that it counts towards. Null for a status that counts in the total only.
    async fn headline(&self) -> Option<Headline> {
        self.definition.headline
    }

    /// The countries with this status, in name order.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_COUNTRIES, child_complexity)")]
    async fn countries(
        &self,
        _context: &Context<'_>,
        #[graphql(desc = "The first so many; 100 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<String, Country, CountryTotal>> {
        let filter = CountryFilter { statuses: Some(vec![self.definition.code]), ..CountryFilter::default() };
        country::list(&self.scope, filter, CountryOrder::Name, &PageArguments { first, after, last, before }).await
    }
}

/// Every status, in the order in which readers see them.
pub async fn all(scope: &Scope) -> Result<Vec<Status>> {
    let definitions: Vec<StatusDefinition> = scope.load(Statuses).await?.unwrap_or_default();
    Ok(definitions.into_iter().map(|definition| Status { scope: scope.clone(), definition }).collect())
}

/// A status by its code.
pub async fn find(scope: &Scope, code: StatusCode) -> Result<Option<Status>> {
    Ok(all(scope).await?.into_iter().find(|status| status.definition.code == code))
}

/// A status by its code, where there is one.
pub async fn find_optional(scope: &Scope, code: Option<StatusCode>) -> Result<Option<Status>> {
    match code {
        Some(code) => find(scope, code).await,
        None => Ok(None),
    }
}
