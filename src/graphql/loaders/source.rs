//! Sources by id.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader, pairs};
use crate::{
    domain::{id::SourceId, source::Source},
    store::error::StoreError,
};

impl dataloader::Loader<At<SourceId>> for Loader {
    type Value = Source;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<SourceId>]) -> Result<HashMap<At<SourceId>, Source>, Self::Error> {
        let sources = self.0.sources_at(&pairs(keys)).await?;
        Ok(sources.into_iter().map(|(position, source)| (At { position, key: source.id }, source)).collect())
    }
}
