//! Who did what, when, from where.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::error::StoreError;
use crate::domain::{id::DevelopmentId, position::Position, viewer::Staff};

/// Who acts, and from where.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `None` at the command line.
    pub token: Option<Uuid>,
    pub name: String,
    pub address: Option<IpAddr>,
}

impl Actor {
    pub fn staff(staff: &Staff, address: Option<IpAddr>) -> Self {
        Self { token: Some(staff.token), name: staff.name.clone(), address }
    }

    /// Someone with access to the machine itself.
    pub fn command_line() -> Self {
        Self { token: None, name: "command line".to_owned(), address: None }
    }
}

/// What was done, to what.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    Record { development: DevelopmentId, revision: i32, position: Option<Position> },
    Import { position: Position },
    CreateToken(Uuid),
    RevokeToken(Uuid),
}

impl Act {
    fn code(self) -> &'static str {
        match self {
            Self::Record { .. } => "RECORD",
            Self::Import { .. } => "IMPORT",
            Self::CreateToken(_) => "CREATE_TOKEN",
            Self::RevokeToken(_) => "REVOKE_TOKEN",
        }
    }
}

/// Writes an entry of the audit log, in the transaction of the act itself.
pub async fn write(
    connection: &mut PgConnection,
    actor: &Actor,
    act: Act,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (development, revision, position) = match act {
        Act::Record { development, revision, position } => (Some(development.0), Some(revision), position),
        Act::Import { position } => (None, None, Some(position)),
        Act::CreateToken(_) | Act::RevokeToken(_) => (None, None, None),
    };
    let subject = match act {
        Act::CreateToken(token) | Act::RevokeToken(token) => Some(token),
        Act::Record { .. } | Act::Import { .. } => None,
    };
    sqlx::query!(
        r#"
        insert into audit_entry
            (at, token_id, actor, act, address, development_id, revision, position, subject_token_id)
        values ($1, $2, $3, $4, $5::text::inet, $6, $7, $8, $9)
        "#,
        now,
        actor.token,
        actor.name,
        act.code(),
        actor.address.map(|address| address.to_string()),
        development,
        revision,
        position.map(|position| position.0),
        subject,
    )
    .execute(connection)
    .await?;
    Ok(())
}
