//! Confidential notes by source.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader;

use super::{At, Loader};
use crate::{domain::id::SourceId, store::error::StoreError};

/// A source whose note to colleagues is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NoteOn(pub SourceId);

impl dataloader::Loader<At<NoteOn>> for Loader {
    type Value = String;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[At<NoteOn>]) -> Result<HashMap<At<NoteOn>, String>, Self::Error> {
        let wanted: Vec<_> = keys.iter().map(|at| at.key.0).collect();
        let notes = self.0.source_notes(&wanted).await?;
        Ok(keys.iter().filter_map(|at| Some((*at, notes.get(&at.key.0)?.clone()))).collect())
    }
}
