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

/// Shows a revision from the turn's position on, derives where its country then stands, and appends the change. The caller holds
/// the feed's lock by its turn: only under it is every other commit visible, and the derivation right.
pub async fn publish(
    connection: &mut PgConnection,
    turn: Turn,
    country: CountryCode,
    (id, revision): (DevelopmentId, i32),
) -> Result<Published, StoreError> {
    let status_before = append::current_status(connection, country).await?;
    append::show_revision(connection, id, revision, turn.position).await?;
    let standing = status::derive(&append::claims(connection, country).await?);
    append::write_state(connection, country, turn, standing).await?;
    let status_after = standing.map(|(status, _)| status);
    let change = NewChange {
        kind: ChangeKind::Published,
        country: Some(country),
        development: Some((id, revision)),
        status_before,
        status_after,
    };
    append::append_change(connection, turn, &change).await?;
    Ok(Published { turn, status_before, status_after })
}
