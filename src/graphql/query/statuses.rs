use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use super::as_of;
use crate::{
    domain::status::Status as StatusCode,
    graphql::{
        scope::Scope,
        types::status::{self, Status},
    },
};

#[derive(Default)]
pub struct StatusesQuery;

#[Object]
impl StatusesQuery {
    /// Every status with its meaning and its countries.
    async fn statuses(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Vec<Status>> {
        let scope = Scope::open(context, as_of(instant)?).await?;
        status::all(&scope).await
    }

    /// A status with its meaning and its countries.
    async fn status(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which status.")] code: StatusCode,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Option<Status>> {
        let scope = Scope::open(context, as_of(instant)?).await?;
        status::find(&scope, code).await
    }
}
