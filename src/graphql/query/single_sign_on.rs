use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{config, graphql::Services};

/// A way to sign in at a provider of identities instead of with a password.
#[derive(SimpleObject)]
pub struct SingleSignOn {
    /// What the button or link to it says.
    label: String,
    /// Where a browser goes to sign in; it comes back to the path of ours that is given as the parameter `next`, or to the desk.
    path: &'static str,
}

#[derive(Default)]
pub struct SingleSignOnQuery;

#[Object]
impl SingleSignOnQuery {
    /// The way to sign in at a provider of identities. Null where people sign in with a password only.
    async fn single_sign_on(&self, context: &Context<'_>) -> Result<Option<SingleSignOn>> {
        let label = context.data::<Services>()?.single_sign_on.clone();
        Ok(label.map(|label| SingleSignOn { label, path: config::SingleSignOn::START }))
    }
}
