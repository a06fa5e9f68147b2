//! What editors send. Texts are checked past this point, so that what an editor can mend comes back in `userErrors`, all of it at
//! once.

mod edit;
mod kinds;
mod source;

use async_graphql::{InputObject, InputType};
use chrono::{DateTime, Utc};

pub use self::{edit::*, kinds::*, source::*};
use crate::domain::{
    development::Kind,
    entry::{CitationEntry, Entry},
};

/// What a development of any kind says.
#[derive(InputObject)]
pub struct SharedContentInput {
    /// When it happened, as EDTF (ISO 8601-2): `2025-03-12`, `2025-03`, `2025-21` for spring 2025, `2025`, with `~` when approximate
    /// and `?` when uncertain. Null when not known. Not in the future.
    occurred: Option<String>,
    /// What happened, in a sentence or two; 500 characters at most.
    summary: String,
    /// The sources that stand behind it, 20 at most; none only where it is not to be published yet.
    citations: Vec<CitationInput>,
    /// False where it must not set the country's status although its kind does; readers can see that. Null: true.
    affects_status: Option<bool>,
}

impl SharedContentInput {
    /// Completes an entry of a kind.
    fn complete(self, entry: Entry) -> Entry {
        Entry {
            occurred: self.occurred,
            summary: self.summary,
            affects_status: self.affects_status,
            citations: self.citations.into_iter().map(CitationEntry::from).collect(),
            ..entry
        }
    }
}

/// What is asked of a recording besides its content.
#[derive(InputObject)]
pub struct RecordWishInput {
    /// The country that it happened to: its ISO 3166-1 alpha-2 code, or XK for Kosovo.
    pub country: String,
    /// True: readers see it at once; needs the role EDITOR. False, null or left out: a draft that staff see.
    pub publish: Option<bool>,
    /// The moment at which it goes before readers by itself, within a year; needs the role EDITOR. Until then only staff see it.
    pub publish_at: Option<DateTime<Utc>>,
    /// Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the same.
    pub idempotency_key: Option<String>,
    /// True: everything is checked, nothing is written, and the answer says where country and tally would stand.
    pub dry_run: Option<bool>,
}

/// How a mutation's input becomes an entry.
pub trait RecordInput: InputType {
    const KIND: Kind;

    /// What is asked besides, and the entry.
    fn split(self) -> (RecordWishInput, Entry);
}
