//! How an act upon a development ends, in the last statement of its transaction but for the commit.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{
    audit::{Actor, NewEntry},
    error::StoreError,
    idempotency::Claim,
};
use crate::domain::{change::ChangeKind, country::CountryCode, position::Position};

/// How an act upon a development ends: with an entry, with what it brings before readers, and with the answer to its key.
#[derive(Debug, Clone, Copy)]
pub struct Conclusion<'a> {
    pub actor: &'a Actor,
    pub entry: NewEntry<'a>,
    /// What the publication of the entry's revision is called, if the act publishes it, and its country.
    pub publication: Option<(ChangeKind, CountryCode)>,
    pub claim: Option<&'a Claim>,
    /// Where what publishes nothing is answered.
    pub position: Option<Position>,
    pub now: DateTime<Utc>,
}

/// Ends an act, if there is a conclusion, in one statement with what it still has to store: brings its revision before readers, if it publishes it,
/// and writes the entry and what the claimed key is answered. `$stored` is the part of `with` that has the development, the revision and the
/// country, by arguments from `$15` on. Answers with the position of the publication.
macro_rules! query_conclusion {
    ($stored:literal, $conclusion:expr, $connection:expr, $($argument:expr),+ $(,)?) => {{
        let conclusion: Option<&$crate::store::conclusion::Conclusion<'_>> = $conclusion;
        let claim = conclusion.and_then(|act| act.claim);
        let (kinds, statuses) = $crate::store::append::rule();
        sqlx::query_scalar!(
            r#"
            with act as (
                select
                    $1::timestamptz as at, $2::uuid as actor_id, $3::text as actor, $4::text as act, $5::text::inet as address,
                    $6::integer as revision_before, $7::text as comment,
                    $8::uuid as claimant_id, $9::text as key, $10::bytea as digest, $11::bigint as position,
                    $12::text as change_kind, $13::text[] as setting_kinds, $14::text[] as set_statuses
                where $1 is not null
            ), "# + $stored + r#", shown as (
                select p.next_position as position
                from act
                cross join stored
                cross join publish(
                    stored.development_id, stored.revision, stored.country_code, act.change_kind, act.setting_kinds, act.set_statuses
                ) p
                where act.change_kind is not null
            ), answered as (
                insert into idempotency_key (actor_id, key, input_digest, development_id, revision, position, created_at)
                select
                    act.claimant_id, act.key, act.digest, stored.development_id, stored.revision,
                    coalesce(shown.position, act.position), act.at
                from act
                cross join stored
                left join shown on true
                where act.key is not null
            )
            insert into audit_entry (
                at, actor_id, actor, act, address, development_id, revision_before, revision, position, comment
            )
            select
                act.at, act.actor_id, act.actor, act.act, act.address, stored.development_id, act.revision_before, stored.revision,
                shown.position, act.comment
            from act
            cross join stored
            left join shown on true
            returning position as "position?: Position"
            "#,
            conclusion.map(|act| act.now),
            conclusion.and_then(|act| act.actor.id),
            conclusion.map(|act| act.actor.name.as_str()),
            conclusion.map(|act| act.entry.act) as Option<$crate::domain::act::Act>,
            conclusion.and_then(|act| act.actor.address).map(|address| address.to_string()),
            conclusion.and_then(|act| act.entry.revision_before),
            conclusion.and_then(|act| act.entry.comment),
            claim.map(|claim| claim.actor),
            claim.map(|claim| claim.key.as_str()),
            claim.map(|claim| &claim.digest[..]),
            conclusion.and_then(|act| act.position).map(|position| position.0),
            conclusion.and_then(|act| act.publication).map(|(kind, _)| kind) as Option<$crate::domain::change::ChangeKind>,
            &kinds as &[$crate::domain::development::Kind],
            &statuses as &[$crate::domain::status::Status],
            $($argument),+
        )
        .fetch_optional($connection)
        .await?
        .flatten()
    }};
}
pub(super) use query_conclusion;

/// Ends an act upon a revision that is stored already; answers with the position of the publication, if it is one.
pub async fn conclude(
    connection: &mut PgConnection,
    conclusion: &Conclusion<'_>,
) -> Result<Option<Position>, StoreError> {
    Ok(query_conclusion!(
        "stored as (select $15::uuid as development_id, $16::integer as revision, $17::text as country_code)",
        Some(conclusion),
        connection,
        conclusion.entry.development.map(|id| id.0),
        conclusion.entry.revision,
        conclusion.publication.map(|(_, country)| country.to_string()),
    ))
}
