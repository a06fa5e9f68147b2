//! API tokens: who makes them, and who ends them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Ledger;
use crate::{
    domain::{
        problem::{Problem, ProblemCode},
        token::{check_expiry, check_name},
        viewer::Role,
    },
    store::{
        audit::Actor,
        error::StoreError,
        tokens::{self, NewToken, Token},
    },
};

/// What came of an act upon a token.
#[derive(Debug, Clone)]
pub enum TokenOutcome {
    /// Done; the secret, where one was made.
    Done { token: Token, secret: Option<String> },
    /// Nothing was written; whoever asked can mend this.
    Refused(Vec<Problem>),
}

impl Ledger {
    /// Makes a token. Its secret can't be shown again.
    pub async fn create_token(
        &self,
        actor: &Actor,
        (name, role): (&str, Role),
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<TokenOutcome, StoreError> {
        let name = match (check_name(name), check_expiry(expires_at, self.clock.now())) {
            (Ok(name), Ok(())) => name,
            (name, expiry) => {
                return Ok(TokenOutcome::Refused(name.err().into_iter().chain(expiry.err()).collect()));
            }
        };
        let wanted = NewToken { name: &name, role, expires_at };
        let (id, secret) = tokens::create(&self.pool, &self.clock, actor, wanted).await?;
        let token = self.find_token(id).await?.ok_or(StoreError::Corrupt("a token that has gone"))?;
        Ok(TokenOutcome::Done { token, secret: Some(secret) })
    }

    /// Ends a token at once. One that is revoked already stays as it is.
    pub async fn revoke_token(&self, actor: &Actor, id: Uuid) -> Result<TokenOutcome, StoreError> {
        tokens::revoke(&self.pool, &self.clock, actor, id).await?;
        Ok(match self.find_token(id).await? {
            Some(token) => TokenOutcome::Done { token, secret: None },
            None => {
                let message = "There is no token with this id.";
                TokenOutcome::Refused(vec![Problem::at("token", ProblemCode::NotFound, message)])
            }
        })
    }

    async fn find_token(&self, id: Uuid) -> Result<Option<Token>, StoreError> {
        Ok(tokens::list(&self.pool).await?.into_iter().find(|token| token.id == id))
    }
}
