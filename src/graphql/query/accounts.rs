use async_graphql::{Context, Object, Result};

use crate::{
    graphql::{Services, access, error::store_error, types::account::Account},
    store::accounts,
};

#[derive(Default)]
pub struct AccountsQuery;

#[Object]
impl AccountsQuery {
    /// Everyone who may sign in, was invited to or was deactivated, by name. Only for an ADMIN.
    async fn accounts(&self, context: &Context<'_>) -> Result<Vec<Account>> {
        access::admin(context)?;
        let accounts = accounts::list(&context.data::<Services>()?.pool).await.map_err(store_error)?;
        Ok(accounts.into_iter().map(Account).collect())
    }
}
