//! Revisions and working copies by development.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{
    domain::{development::Development, id::DevelopmentId, revision::Revision},
    store::error::StoreError,
};

/// A development whose revisions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RevisionsOf(pub DevelopmentId);

/// A development whose working copy is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkingCopyOf(pub DevelopmentId);

impl dataloader::Loader<At<RevisionsOf>> for Loader {
    type Value = Vec<Revision>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<RevisionsOf>]) -> Result<HashMap<At<RevisionsOf>, Vec<Revision>>, Self::Error> {
        let wanted: Vec<_> = keys.iter().map(|at| (at.position, at.key.0)).collect();
        let mut revisions = HashMap::<_, Vec<_>>::new();
        for (position, revision) in self.0.revisions_at(&wanted).await? {
            let key = RevisionsOf(revision.development.id);
            revisions.entry(At { position, key }).or_default().push(revision);
        }
        Ok(revisions)
    }
}

impl dataloader::Loader<At<WorkingCopyOf>> for Loader {
    type Value = Development;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<WorkingCopyOf>]) -> Result<HashMap<At<WorkingCopyOf>, Development>, Self::Error> {
        let wanted: Vec<_> = keys.iter().map(|at| (at.position, at.key.0)).collect();
        let copies = self.0.working_copies_at(&wanted).await?.into_iter();
        Ok(copies.map(|(position, copy)| (At { position, key: WorkingCopyOf(copy.id) }, copy)).collect())
    }
}
