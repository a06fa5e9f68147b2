use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};

use super::as_of;
use crate::graphql::{scope::Scope, types::tally::Tally};

#[derive(Default)]
pub struct TallyQuery;

#[Object]
impl TallyQuery {
    /// The headline numbers: how many countries have a status, how many of them have been or will be asked, how many agreed.
    async fn tally(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The tracker as it was at this instant. Null: now.", name = "asOf")] instant: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Tally> {
        let scope = Scope::open(context, as_of(instant)?).await?;
        Tally::at(&scope).await
    }
}
