use async_graphql::{Context, Object, Result};

use crate::{
    domain::viewer,
    graphql::{Caller, types::viewer::Viewer},
};

#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Who asks. Null for anyone who is not signed in.
    async fn viewer(&self, context: &Context<'_>) -> Result<Option<Viewer>> {
        Ok(match &context.data::<Caller>()?.viewer {
            viewer::Viewer::Public => None,
            viewer::Viewer::Staff(staff) => Some(Viewer(staff.clone())),
        })
    }
}
