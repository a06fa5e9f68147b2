//! API tokens.
use sqlx::PgPool;
use crate::{clock::Clock, domain::viewer::Staff, store::error::StoreError};
/// Who a secret speaks for; `None` when it is unknown, expired or revoked.
pub async fn authenticate(_pool: &PgPool, _clock: &Clock, _secret: &str) -> Result<Option<Staff>, StoreError> { todo!() }
