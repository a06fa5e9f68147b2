//! Citations by revision.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{
    domain::{id::DevelopmentId, source::Citation},
    store::error::StoreError,
};

/// A revision whose citations are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitationsOf(pub DevelopmentId, pub i32);

impl dataloader::Loader<At<CitationsOf>> for Loader {
    type Value = Vec<Citation>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<CitationsOf>]) -> Result<HashMap<At<CitationsOf>, Vec<Citation>>, Self::Error> {
        let revisions: Vec<_> = keys.iter().map(|at| (at.position, at.key.0, at.key.1)).collect();
        let mut citations = HashMap::<_, Vec<_>>::new();
        for ((position, id, revision), citation) in self.0.citations_at(&revisions).await? {
            citations.entry(At { position, key: CitationsOf(id, revision) }).or_default().push(citation);
        }
        Ok(citations)
    }
}
