//! Mutations that may be sent twice.

use sqlx::PgConnection;
use uuid::Uuid;

use super::error::StoreError;
use crate::domain::{country::CountryCode, id::DevelopmentId, position::Position};

/// A client's promise that two calls with the same key are one.
#[derive(Debug, Clone)]
pub struct Claim {
    pub actor: Uuid,
    pub key: String,
    /// SHA-256 of the input.
    pub digest: [u8; 32],
}

/// What was answered to a key before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub digest: Vec<u8>,
    pub development: DevelopmentId,
    /// The revision that the call made or was about.
    pub revision: i32,
    pub country: CountryCode,
    /// The position at which the answer is read.
    pub position: Position,
}

/// Waits for any other transaction that holds the same key, then reads what it answered.
pub async fn claim(connection: &mut PgConnection, claim: &Claim) -> Result<Option<Saved>, StoreError> {
    let saved = sqlx::query_as!(
        Saved,
        r#"
        select
            input_digest as "digest!",
            development_id as "development!: DevelopmentId",
            revision as "revision!",
            country_code as "country!: CountryCode",
            position as "position!: Position"
        from claim_key($1, $2)
        "#,
        claim.actor,
        claim.key,
    )
    .fetch_optional(connection)
    .await?;
    Ok(saved)
}
