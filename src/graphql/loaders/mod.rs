//! What loads in batches, one file a key. Every key says as of which position, so that objects of different positions in one answer
//! (a list of changes) still load together.

mod citations;
mod country;
mod denials;
mod development;
mod revisions;
mod source;
mod source_note;
mod status;
mod tally;
mod timeline;

pub use citations::CitationsOf;
pub use denials::DenialsOf;
pub use revisions::{RevisionsOf, WorkingCopyOf};
pub use source_note::NoteOn;
pub use status::Statuses;
pub use tally::TallyAt;
pub use timeline::{TimelineLength, TimelineWindow};

use crate::{domain::position::Position, store::reader::Reader};

/// Loads children for the viewer of a reader.
pub struct Loader(pub Reader);

/// A key as of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct At<K> {
    pub position: Position,
    pub key: K,
}

fn pairs<K: Copy>(keys: &[At<K>]) -> Vec<(Position, K)> {
    keys.iter().map(|at| (at.position, at.key)).collect()
}
