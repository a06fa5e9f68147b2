//! The one way in which a revision comes before readers.

use sqlx::PgConnection;

use crate::{
    domain::{
        change::ChangeKind,
        country::CountryCode,
        id::DevelopmentId,
        status::{self, Status},
    },
    store::{
        append::{self, NewChange, Turn},
        error::StoreError,
    },
};

/// What a publication did to its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    pub turn: Turn,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// Takes the next turn in the feed, shows a revision from its position on, derives where its country then stands, and appends the
/// change. Only under the feed's lock is every other commit visible, and the derivation right.
pub async fn publish(
    connection: &mut PgConnection,
    kind: ChangeKind,
    country: CountryCode,
    revision: (DevelopmentId, i32),
) -> Result<Published, StoreError> {
    let shown = append::bring_before_readers(connection, revision, country).await?;
    let (turn, status_before, standing) = (shown.turn, shown.before, status::derive(shown.claim.as_slice()));
    let status_after = standing.map(|(status, _)| status);
    let change = NewChange { kind, country: Some(country), development: Some(revision), status_before, status_after };
    append::append_publication(connection, turn, country, standing, &change).await?;
    Ok(Published { turn, status_before, status_after })
}
