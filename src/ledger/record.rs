//! Recording a development: the one path behind all nine mutations and the import.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::{
    Ledger,
    outcome::{Outcome, answer_again, preview},
    release::Release,
    working::Done,
};
use crate::{
    domain::{
        act::Act, change::ChangeKind, development::State, draft::Draft, id::DevelopmentId, problem::Problem,
        viewer::Staff,
    },
    store::{
        append::Publication,
        audit::{Actor, NewEntry},
        error::StoreError,
        idempotency, revisions,
    },
};

/// A wish to record a development.
#[derive(Debug, Clone)]
pub struct Record {
    pub draft: Draft,
    pub release: Release,
    /// Validate all, write nothing, and answer with what would be.
    pub dry_run: bool,
    pub idempotency: Option<idempotency::Claim>,
    pub staff: Staff,
    pub address: Option<IpAddr>,
}

/// What a file says of a development besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'a> {
    pub key: &'a str,
    /// When it was first recorded. `None`: now.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Ledger {
    /// Records a development in one transaction.
    pub async fn record(&self, record: Record) -> Result<Outcome, StoreError> {
        if let Some(refused) = self.may_release_own(&record.staff, record.release) {
            return Ok(refused);
        }
        let actor = Actor::staff(&record.staff, record.address);
        let mut transaction = self.pool.begin().await?;
        if let Some(claim) = record.idempotency.as_ref().filter(|_| !record.dry_run)
            && let Some(saved) = idempotency::claim(&mut transaction, claim).await?
        {
            return Ok(answer_again(claim, &saved));
        }
        let stored = match self.store(&mut transaction, &record.draft, &actor, None).await? {
            Ok(stored) => stored,
            Err(problems) => return Ok(Outcome::Refused(problems)),
        };
        let country = record.draft.country;
        let publication = match record.release {
            Release::Now => Some(Publication { kind: ChangeKind::Published, country, revision: (stored, 1) }),
            Release::At(moment) => {
                revisions::set_state(&mut transaction, (stored, 1), State::Scheduled, Some(moment)).await?;
                None
            }
            Release::Later => None,
        };
        if record.dry_run {
            return preview(&mut transaction, country, publication).await;
        }
        let entry = NewEntry { development: Some(stored), revision: Some(1), ..NewEntry::of(Act::Record) };
        let done = Done { entry, publication };
        let position = self.conclude(&mut transaction, &actor, done, record.idempotency.as_ref()).await?;
        transaction.commit().await?;
        Ok(Outcome::Done { development: stored, revision: 1, country, position })
    }

    /// Stores a draft with its sources as the first revision of a new development, seen by staff only.
    pub(super) async fn store(
        &self,
        connection: &mut PgConnection,
        draft: &Draft,
        author: &Actor,
        brought: Option<Brought<'_>>,
    ) -> Result<Result<DevelopmentId, Vec<Problem>>, StoreError> {
        let id = DevelopmentId(self.clock.uuid());
        let sources = match self.check_against_record(connection, id, draft).await? {
            Ok(sources) => sources,
            Err(problems) => return Ok(Err(problems)),
        };
        let now = self.clock.now();
        let recorded = brought.and_then(|brought| brought.recorded_at).map_or(now, |at| at.min(now));
        let key = brought.map(|brought| brought.key);
        let new = revisions::NewRevision {
            id,
            identity: Some(revisions::Identity { recorded_at: recorded, import_key: key }),
            revision: 1,
            effective_day: sources.effective_day(draft, recorded),
            author,
            note: None,
            minor: false,
            corrected: false,
            now,
        };
        revisions::insert(connection, &new, draft, &sources.ids).await?;
        Ok(Ok(id))
    }
}
