//! The versions of a development's content.

use chrono::{DateTime, Utc};

use super::{development::Development, position::Position};

/// Why a revision came before readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "RevisionCause")]
pub enum RevisionCause {
    /// It is the first that readers saw.
    FirstPublication,
    /// It corrects the one before.
    Correction,
    /// It retracts the development, which stays in the record, marked.
    Retraction,
}

/// When readers saw a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub position: Position,
    pub from: DateTime<Utc>,
    /// `None` while readers see it.
    pub until: Option<DateTime<Utc>>,
}

/// One version of a development's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub development: Development,
    /// `None` for what readers have not seen.
    pub shown: Option<Shown>,
}

impl Revision {
    /// Why it came before readers; for what they have not seen, why it would.
    pub fn cause(&self) -> RevisionCause {
        if self.development.retracted {
            RevisionCause::Retraction
        } else if self.development.corrected {
            RevisionCause::Correction
        } else {
            RevisionCause::FirstPublication
        }
    }
}

/// The revision that another is compared with: for what readers have seen, the one they saw before it; for a working copy, what
/// readers see now, or else the save before. `revisions` come in their order.
pub fn before(revisions: &[Revision], number: i32) -> Option<&Revision> {
    let index = revisions.iter().position(|revision| revision.development.revision == number)?;
    let (earlier, this) = (&revisions[..index], &revisions[index]);
    let shown = |revision: &&Revision| revision.shown.is_some();
    if this.shown.is_some() {
        return earlier.iter().rev().find(shown);
    }
    earlier.iter().rev().find(shown).or(earlier.last())
}
