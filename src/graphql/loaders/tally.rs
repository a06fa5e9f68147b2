//! Tallies by position.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{domain::tally::Tally, store::error::StoreError};

/// The tally is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TallyAt;

impl dataloader::Loader<At<TallyAt>> for Loader {
    type Value = Tally;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<TallyAt>]) -> Result<HashMap<At<TallyAt>, Tally>, Self::Error> {
        let positions: Vec<_> = keys.iter().map(|at| at.position).collect();
        let tallies = self.0.tallies_at(&positions).await?;
        Ok(tallies.into_iter().map(|(position, tally)| (At { position, key: TallyAt }, tally)).collect())
    }
}
