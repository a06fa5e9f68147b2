//! Every status, by position.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{domain::status::StatusDefinition, store::error::StoreError};

/// All statuses are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Statuses;

impl dataloader::Loader<At<Statuses>> for Loader {
    type Value = Vec<StatusDefinition>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<Statuses>]) -> Result<HashMap<At<Statuses>, Vec<StatusDefinition>>, Self::Error> {
        let positions: Vec<_> = keys.iter().map(|at| at.position).collect();
        let mut statuses = HashMap::<_, Vec<_>>::new();
        for (position, status) in self.0.statuses_at(&positions).await? {
            statuses.entry(At { position, key: Statuses }).or_default().push(status);
        }
        Ok(statuses)
    }
}
