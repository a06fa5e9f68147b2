//! Developments by id.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader, pairs};
use crate::{
    domain::{development::Development, id::DevelopmentId},
    store::error::StoreError,
};

impl dataloader::Loader<At<DevelopmentId>> for Loader {
    type Value = Development;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<DevelopmentId>]) -> Result<HashMap<At<DevelopmentId>, Development>, Self::Error> {
        let developments = self.0.developments_at(&pairs(keys)).await?;
        Ok(developments
            .into_iter()
            .map(|(position, development)| (At { position, key: development.id }, development))
            .collect())
    }
}
