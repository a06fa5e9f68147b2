use async_graphql::{Context, Object, Result};

use crate::{
    graphql::{Services, access, error::store_error, types::token::Token},
    store::tokens,
};

#[derive(Default)]
pub struct TokensQuery;

#[Object]
impl TokensQuery {
    /// Every API token, newest first, revoked and expired ones included. Only for an ADMIN.
    async fn tokens(&self, context: &Context<'_>) -> Result<Vec<Token>> {
        access::admin(context)?;
        let tokens = tokens::list(&context.data::<Services>()?.pool).await.map_err(store_error)?;
        Ok(tokens.into_iter().map(Token).collect())
    }
}
