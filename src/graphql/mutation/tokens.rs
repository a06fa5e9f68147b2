//! Making and ending API tokens.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::{DateTime, Utc};

use super::{payload::UserError, people::as_admin};
use crate::{
    domain::{
        problem::{Problem, ProblemCode},
        viewer::Role,
    },
    graphql::{error::store_error, types::token::Token},
    ledger::tokens::TokenOutcome,
    store::error::StoreError,
};

/// A token that is to be made.
#[derive(InputObject)]
pub struct CreateTokenInput {
    /// Whose it is or what it is for; 100 characters at most.
    name: String,
    /// What may be done with it.
    role: Role,
    /// Until when it is good. Null: until it is revoked.
    expires_at: Option<DateTime<Utc>>,
}

/// Which token.
#[derive(InputObject)]
pub struct RevokeTokenInput {
    /// Its `uuid`.
    token: String,
}

#[derive(Default)]
pub struct TokensMutation;

#[Object]
impl TokensMutation {
    /// Makes an API token for a program. Sent twice it makes two. Only for an ADMIN.
    async fn create_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "For whom or what.")] input: CreateTokenInput,
    ) -> Result<TokenPayload> {
        let (services, actor) = as_admin(context)?;
        let wanted = (input.name.as_str(), input.role);
        TokenPayload::of(services.ledger.create_token(&actor, wanted, input.expires_at).await)
    }

    /// Ends an API token at once. One that is revoked already stays as it is. Only for an ADMIN.
    async fn revoke_token(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeTokenInput,
    ) -> Result<TokenPayload> {
        let (services, actor) = as_admin(context)?;
        let Ok(id) = input.token.trim().parse() else {
            let message = "This is no token's `uuid`: `tokens` lists them.";
            return Ok(TokenPayload::Refused(vec![Problem::at("token", ProblemCode::Malformed, message)]));
        };
        TokenPayload::of(services.ledger.revoke_token(&actor, id).await)
    }
}

/// What came of an act upon a token.
pub enum TokenPayload {
    Done { token: Box<Token>, secret: Option<String> },
    Refused(Vec<Problem>),
}

impl TokenPayload {
    fn of(outcome: Result<TokenOutcome, StoreError>) -> Result<Self> {
        Ok(match outcome.map_err(store_error)? {
            TokenOutcome::Done { token, secret } => Self::Done { token: Box::new(Token(token)), secret },
            TokenOutcome::Refused(problems) => Self::Refused(problems),
        })
    }
}

/// What came of an act upon a token.
#[Object]
impl TokenPayload {
    /// The token as it is now. Null where there are `userErrors`.
    async fn token(&self) -> Option<&Token> {
        match self {
            Self::Done { token, .. } => Some(token),
            Self::Refused(_) => None,
        }
    }

    /// What the program sends as `Authorization: Bearer …`, shown only this once. Null where none was made.
    async fn secret(&self) -> Option<&str> {
        match self {
            Self::Done { secret, .. } => secret.as_deref(),
            Self::Refused(_) => None,
        }
    }

    /// Everything in the input that is wrong and can be mended. Empty when all went well; otherwise nothing was written.
    async fn user_errors(&self) -> Vec<UserError> {
        match self {
            Self::Done { .. } => Vec::new(),
            Self::Refused(problems) => problems.iter().map(UserError::from).collect(),
        }
    }
}
