//! Who did what, when, from where.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{error::StoreError, idempotency::Claim};
use crate::domain::{
    act::Act,
    change::ChangeKind,
    country::CountryCode,
    id::{DevelopmentId, SourceId},
    position::Position,
    viewer::Staff,
};

/// Who acts, and from where.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `None` at the command line.
    pub id: Option<Uuid>,
    pub name: String,
    pub address: Option<IpAddr>,
}

impl Actor {
    pub fn staff(staff: &Staff, address: Option<IpAddr>) -> Self {
        Self { id: Some(staff.id), name: staff.name.clone(), address }
    }

    /// The tracker itself, when a webhook can't be delivered to.
    pub fn delivery() -> Self {
        Self { id: None, name: "delivery".to_owned(), address: None }
    }

    /// The tracker itself, when an embargo ends.
    pub fn schedule() -> Self {
        Self { id: None, name: "schedule".to_owned(), address: None }
    }

    /// The tracker itself, when what a provider of identities says of somebody has changed.
    pub fn single_sign_on() -> Self {
        Self { id: None, name: "single sign-on".to_owned(), address: None }
    }

    /// Someone with access to the machine itself.
    pub fn command_line() -> Self {
        Self { id: None, name: "command line".to_owned(), address: None }
    }
}

/// What was done, to what.
#[derive(Debug, Clone, Copy)]
pub struct NewEntry<'a> {
    pub act: Act,
    pub development: Option<DevelopmentId>,
    /// The revision that was there before the act.
    pub revision_before: Option<i32>,
    pub revision: Option<i32>,
    /// The position of the change that it made, where it made one.
    pub position: Option<Position>,
    /// What the actor said to colleagues.
    pub comment: Option<&'a str>,
    pub source: Option<SourceId>,
    /// The account or token that was acted upon.
    pub subject: Option<Uuid>,
    pub webhook: Option<Uuid>,
}

impl NewEntry<'_> {
    /// An act that is about nothing yet.
    pub fn of(act: Act) -> Self {
        Self {
            act,
            development: None,
            revision_before: None,
            revision: None,
            position: None,
            comment: None,
            source: None,
            subject: None,
            webhook: None,
        }
    }
}

/// Writes an entry of the audit log, in the transaction of the act itself, as its last statement but for the commit: the lock that
/// numbers the entries lasts from here.
pub async fn write(
    connection: &mut PgConnection,
    actor: &Actor,
    entry: NewEntry<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        r#"
        insert into audit_entry (
            at, actor_id, actor, act, address, development_id, revision_before, revision, position, comment, source_id,
            subject_id, webhook_id
        )
        values ($1, $2, $3, $4, $5::text::inet, $6, $7, $8, $9, $10, $11, $12, $13)
        "#,
        now,
        actor.id,
        actor.name,
        entry.act as Act,
        actor.address.map(|address| address.to_string()),
        entry.development.map(|id| id.0),
        entry.revision_before,
        entry.revision,
        entry.position.map(|position| position.0),
        entry.comment,
        entry.source.map(|id| id.0),
        entry.subject,
        entry.webhook,
    )
    .execute(connection)
    .await?;
    Ok(())
}

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
        let conclusion: Option<&$crate::store::audit::Conclusion<'_>> = $conclusion;
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
