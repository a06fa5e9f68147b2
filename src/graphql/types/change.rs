use async_graphql::{ID, Object, Result};
use chrono::{DateTime, Utc};

use super::{
    country::{self, Country},
    development::{self, Development},
    revision::{self, Revision},
    status::{self, Status},
    tally::Tally,
};
use crate::{
    domain::{
        change::{self, ChangeKind},
        cursor::encode,
        id::GlobalId,
        position::Position,
    },
    graphql::scope::Scope,
};

pub struct Change {
    /// At the change's own position.
    scope: Scope,
    change: change::Change,
}

impl Change {
    /// A change as an object, read in the scope of its own position.
    pub fn of(scope: &Scope, change: change::Change) -> Self {
        Self { scope: scope.at(change.position), change }
    }
}

/// One entry of the public feed: what readers could see after it that they could not see before. Its objects are read as they were
/// right after it.
#[Object]
impl Change {
    /// The id by which `node` refetches it.
    pub async fn id(&self) -> ID {
        GlobalId::Change(self.change.position).to_string().into()
    }

    /// Its place in the feed: `changes(after:)` goes on after it, as a query or a subscription, on any server.
    async fn cursor(&self) -> String {
        encode(&self.scope.reader().cursor(self.change.position, Some(self.change.at)))
    }

    /// Its number in the feed: 1, 2, 3 … without a gap.
    async fn position(&self) -> i64 {
        self.change.position.0
    }

    /// What it did.
    async fn kind(&self) -> ChangeKind {
        self.change.kind
    }

    /// When it came before readers.
    async fn at(&self) -> DateTime<Utc> {
        self.change.at
    }

    /// The country that it is about, as it was right after it. Null where it is not about one country.
    async fn country(&self) -> Result<Option<Country>> {
        match self.change.country {
            Some(code) => country::find(&self.scope, code).await,
            None => Ok(None),
        }
    }

    /// The country's status before it. Null where there was none, or where it is not about one country.
    async fn status_before(&self) -> Result<Option<Status>> {
        let before = self.scope.at(Position(self.change.position.0 - 1));
        status::find_optional(&before, self.change.status_before).await
    }

    /// The country's status after it. Null where there is none, or where it is not about one country.
    async fn status_after(&self) -> Result<Option<Status>> {
        status::find_optional(&self.scope, self.change.status_after).await
    }

    /// The development that it published, corrected or retracted, as it was right after it. Null for other changes.
    async fn development(&self) -> Result<Option<Development>> {
        match self.change.development {
            Some((id, _)) => development::find(&self.scope, id).await,
            None => Ok(None),
        }
    }

    /// The revision that it brought before readers, with its note and what changed. Null for other changes.
    async fn revision(&self) -> Result<Option<Revision>> {
        match (self.change.development, self.change.revision) {
            (Some((id, _)), Some(number)) => revision::find(&self.scope, id, number).await,
            _ => Ok(None),
        }
    }

    /// The headline numbers right after it.
    async fn tally(&self) -> Result<Tally> {
        Tally::at(&self.scope).await
    }
}
