use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use crate::{
    domain::as_of::AsOf,
    graphql::{
        error::bad_input,
        scope::Scope,
        types::node::{self, Node},
    },
};

/// How many ids `nodes` takes at most.
const MAX_NODES: usize = 100;

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Refetches anything that has an id. Null if the viewer sees nothing under it.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "An id that the tracker gave out.")] id: ID,
    ) -> Result<Option<Node>> {
        let scope = Scope::open(context, AsOf::Now).await?;
        find(&scope, &id).await
    }

    /// Refetches several things, in the order of their ids. Null in the place of what the viewer does not see.
    #[graphql(complexity = "ids.len().saturating_mul(child_complexity).saturating_add(1)")]
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Ids that the tracker gave out, 100 at most.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MAX_NODES {
            return Err(bad_input(format!("`nodes` takes {MAX_NODES} ids at most; {} were sent.", ids.len())));
        }
        let scope = Scope::open(context, AsOf::Now).await?;
        try_join_all(ids.iter().map(|id| find(&scope, id))).await
    }
}

async fn find(scope: &Scope, id: &ID) -> Result<Option<Node>> {
    let id = id.parse().map_err(|error| bad_input(format!("`{}`: {error}.", id.as_str())))?;
    node::find(scope, id).await
}
