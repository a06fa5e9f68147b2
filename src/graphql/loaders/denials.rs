//! Denials by what they dispute.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{
    domain::{
        development::{Details, Development},
        id::DevelopmentId,
    },
    store::error::StoreError,
};

/// A development whose denials are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DenialsOf(pub DevelopmentId);

impl dataloader::Loader<At<DenialsOf>> for Loader {
    type Value = Vec<Development>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<DenialsOf>]) -> Result<HashMap<At<DenialsOf>, Vec<Development>>, Self::Error> {
        let disputed: Vec<_> = keys.iter().map(|at| (at.position, at.key.0)).collect();
        let mut denials = HashMap::<_, Vec<_>>::new();
        for (position, denial) in self.0.denials_at(&disputed).await? {
            if let Details::Denial { disputes, .. } = denial.details {
                denials.entry(At { position, key: DenialsOf(disputes) }).or_default().push(denial);
            }
        }
        Ok(denials)
    }
}
