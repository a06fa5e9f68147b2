//! Who did what, when, from where.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::error::StoreError;
use crate::domain::{
    act::Act,
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
