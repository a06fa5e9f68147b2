use async_graphql::{ID, Interface, Result};

use super::{
    change::Change,
    country::{self, Country},
    development::{
        self, Agreement, Ask, CourtOrder, Denial, Development, Payment, Refusal, Talks, Termination, Transfer,
    },
    source::{self, Source},
    status::{self, Status},
};
use crate::{
    domain::id::GlobalId,
    graphql::{error::store_error, scope::Scope},
};

/// Anything that has an id, and that `node` refetches by it.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The id by which `node` refetches it: opaque, and the same for ever."))]
pub enum Node {
    Change(Change),
    Country(Country),
    Ask(Ask),
    Talks(Talks),
    Refusal(Refusal),
    Agreement(Agreement),
    Payment(Payment),
    Transfer(Transfer),
    CourtOrder(CourtOrder),
    Denial(Denial),
    Termination(Termination),
    Source(Source),
    Status(Status),
}

impl From<Development> for Node {
    fn from(development: Development) -> Self {
        match development {
            Development::Ask(node) => Self::Ask(node),
            Development::Talks(node) => Self::Talks(node),
            Development::Refusal(node) => Self::Refusal(node),
            Development::Agreement(node) => Self::Agreement(node),
            Development::Payment(node) => Self::Payment(node),
            Development::Transfer(node) => Self::Transfer(node),
            Development::CourtOrder(node) => Self::CourtOrder(node),
            Development::Denial(node) => Self::Denial(node),
            Development::Termination(node) => Self::Termination(node),
        }
    }
}

/// What an id names. `None` if the viewer sees nothing under it.
pub async fn find(scope: &Scope, id: GlobalId) -> Result<Option<Node>> {
    Ok(match id {
        GlobalId::Change(position) => {
            let changes = scope.reader().changes_by_position(&[position]).await.map_err(store_error)?;
            changes.into_iter().next().map(|change| Node::Change(Change::of(scope, change)))
        }
        GlobalId::Country(code) => country::find(scope, code).await?.map(Node::Country),
        GlobalId::Development(id) => development::find(scope, id).await?.map(Node::from),
        GlobalId::Source(id) => source::find(scope, id).await?.map(Node::Source),
        GlobalId::Status(code) => status::find(scope, code).await?.map(Node::Status),
    })
}
