//! Sources as things of their own: stored before anything cites them, and mended in the open.

use std::net::IpAddr;

use super::{
    Ledger,
    release::{REPORTERS_DRAFT, may_publish},
};
use crate::{
    domain::{
        act::Act,
        change::ChangeKind,
        id::SourceId,
        position::Position,
        problem::{Problem, ProblemCode},
        source::NewSource,
        viewer::Staff,
    },
    store::{
        append::{self, NewChange, take_feed_lock},
        audit::{self, Actor, NewEntry},
        changes,
        error::StoreError,
        source_versions::{self, SourceHead},
    },
};

/// A wish to say something else of a source.
#[derive(Debug, Clone)]
pub struct ReviseSource {
    pub source: SourceId,
    /// The version that the editor has before them: if it is not the newest, nothing is done.
    pub expected_version: i32,
    pub details: NewSource,
    /// A note to colleagues. Confidential.
    pub note: Option<String>,
    pub staff: Staff,
    pub address: Option<IpAddr>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum SourceOutcome {
    /// Stored, and committed. The answer is read at the position.
    Done(SourceId, Position),
    /// Nothing was written; the editor can mend this.
    Refused(Vec<Problem>),
    /// Nothing was written: the role does not permit it.
    Forbidden(&'static str),
}

impl Ledger {
    /// Changes what is said of a source. Where readers see the change, the feed says so.
    pub async fn revise_source(&self, wish: ReviseSource) -> Result<SourceOutcome, StoreError> {
        if !may_publish(wish.staff.role) {
            return Ok(SourceOutcome::Forbidden(REPORTERS_DRAFT));
        }
        let _place = self.place(true).await;
        let mut transaction = self.pool.begin().await?;
        let Some(head) = source_versions::lock(&mut transaction, wish.source).await? else {
            return Ok(refused("source", ProblemCode::NotFound, "There is no source with this id."));
        };
        if let Some(problem) = contradiction(&head, &wish) {
            return Ok(SourceOutcome::Refused(vec![problem]));
        }
        let now = self.clock.now();
        let mut position = None;
        if head.details != wish.details {
            // What changes of a confidential source for staff alone leaves no trace before readers, not even that it changed.
            if head.is_visible && head.details.clone().for_readers() != wish.details.clone().for_readers() {
                let turn = take_feed_lock(&mut transaction).await?;
                let change = NewChange {
                    kind: ChangeKind::SourceRevised,
                    country: None,
                    development: None,
                    status_before: None,
                    status_after: None,
                };
                append::append_change(&mut transaction, turn, &change).await?;
                position = Some(turn.position);
            }
            let version = (wish.source, head.version + 1);
            source_versions::insert(&mut transaction, version, &wish.details, position, now).await?;
        }
        source_versions::note(&mut transaction, wish.source, wish.note.as_deref(), now).await?;
        let read_at = match position {
            Some(position) => position,
            None => changes::head(&mut *transaction).await?.1,
        };
        let entry = NewEntry { source: Some(wish.source), position, ..NewEntry::of(Act::ReviseSource) };
        audit::write(&mut transaction, &Actor::staff(&wish.staff, wish.address), entry, now).await?;
        transaction.commit().await?;
        Ok(SourceOutcome::Done(wish.source, read_at))
    }

    /// Stores a source that nothing cites yet, or finds the one that says the same.
    pub async fn add_source(
        &self,
        (details, note): (NewSource, Option<String>),
        staff: &Staff,
        address: Option<IpAddr>,
    ) -> Result<SourceOutcome, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let now = self.clock.now();
        let new = SourceId(self.clock.uuid());
        let (id, is_new) = source_versions::find_or_insert(&mut transaction, new, &details, now).await?;
        if is_new {
            let entry = NewEntry { source: Some(id), ..NewEntry::of(Act::AddSource) };
            if note.is_some() {
                source_versions::note(&mut transaction, id, note.as_deref(), now).await?;
            }
            audit::write(&mut transaction, &Actor::staff(staff, address), entry, now).await?;
        }
        let (_, position) = changes::head(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(SourceOutcome::Done(id, position))
    }
}

/// Why a source can't be changed so; `None` if it can.
fn contradiction(head: &SourceHead, wish: &ReviseSource) -> Option<Problem> {
    let (newest, expected) = (head.version, wish.expected_version);
    if newest != expected {
        let message = format!(
            "The newest version is {newest}, you expected {expected}: look at what changed, and send yours again."
        );
        return Some(Problem::at("expectedVersion", ProblemCode::Conflict, message));
    }
    if head.is_visible && wish.details.confidential && !head.details.confidential {
        let message = "Readers have seen this source: it can't be made confidential any more.";
        return Some(Problem::at("confidential", ProblemCode::WrongState, message));
    }
    let cited = head.published_citations;
    if cited > 0 && head.details.made_public_on() != wish.details.made_public_on() {
        let message = format!(
            "{cited} published developments are dated by this source: correct each with a source that has the right date."
        );
        return Some(Problem::at("publishedOn", ProblemCode::WrongState, message));
    }
    None
}

fn refused(path: &str, code: ProblemCode, message: &str) -> SourceOutcome {
    SourceOutcome::Refused(vec![Problem::at(path, code, message)])
}
