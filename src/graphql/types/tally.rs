use async_graphql::{Object, Result};
use chrono::{DateTime, Utc};

use super::status::Status;
use crate::{
    domain::{status::Headline, tally},
    graphql::{error::store_error, loaders::TallyAt, scope::Scope},
    store::error::StoreError,
};

#[derive(Clone)]
pub struct Tally {
    pub scope: Scope,
    pub tally: tally::Tally,
}

impl Tally {
    /// The tally at a scope's position.
    pub async fn at(scope: &Scope) -> Result<Self> {
        let tally =
            scope.load(TallyAt).await?.ok_or_else(|| store_error(StoreError::Corrupt("no status is defined")))?;
        Ok(Self { scope: scope.clone(), tally })
    }
}

/// The headline numbers, counted from the published statuses of countries.
#[Object]
impl Tally {
    /// Countries with a published status.
    async fn total(&self) -> u32 {
        self.tally.total()
    }

    /// Countries that have been asked or will be asked: those whose status counts towards ASKED.
    async fn asked(&self) -> u32 {
        self.tally.headline(Headline::Asked)
    }

    /// Countries that have agreed: those whose status counts towards AGREED.
    async fn agreed(&self) -> u32 {
        self.tally.headline(Headline::Agreed)
    }

    /// How many countries have each status, every status listed, also with 0.
    async fn by_status(&self) -> Vec<StatusCount> {
        let count = |(definition, count): &(_, u32)| StatusCount {
            status: Status { scope: self.scope.clone(), definition: Clone::clone(definition) },
            count: *count,
        };
        self.tally.by_status.iter().map(count).collect()
    }

    /// When the numbers last may have changed: the instant of the newest change that they take in. Null before the first.
    async fn as_of(&self) -> Result<Option<DateTime<Utc>>> {
        self.scope.reader().reached_at().await.map_err(store_error)
    }
}

/// How many countries have a status.
#[derive(async_graphql::SimpleObject)]
pub struct StatusCount {
    /// The status.
    status: Status,
    /// How many countries have it.
    count: u32,
}
