//! Embargoes: what is scheduled goes before readers at its moment, once, whichever server comes first; and at once when every
//! server was down at that moment.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::timeout;

use super::{Ledger, working::Done};
use crate::{
    domain::{act::Act, change::ChangeKind},
    store::{
        append::Publication,
        audit::{Actor, NewEntry},
        error::StoreError,
        revisions,
    },
};

/// How long to wait before looking again, at most. What another server schedules in the meantime is found by then.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How long publishing what is due may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait while another server has in hand what is due.
const BUSY: Duration = Duration::from_millis(5);

impl Ledger {
    /// Publishes what is due, again and again, until dropped. Every server does it: each working copy is published by one of them.
    pub async fn keep_embargoes(self) {
        loop {
            let pause = match timeout(PATIENCE, self.publish_all_due()).await {
                Ok(Ok(next)) => next.map_or(LOOK_AGAIN, |moment| self.until(moment)),
                // Whatever it waits for, waiting any longer does not help; what was begun is rolled back.
                Err(_) => Duration::ZERO,
                Ok(Err(error)) => {
                    tracing::warn!(%error, "could not look for what is due to be published");
                    LOOK_AGAIN
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    fn until(&self, moment: DateTime<Utc>) -> Duration {
        (moment - self.clock.now()).to_std().unwrap_or_default().clamp(BUSY, LOOK_AGAIN)
    }

    /// Publishes everything whose moment has come; answers with the next moment to come.
    async fn publish_all_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        loop {
            let next = revisions::next_moment(&self.pool).await?;
            let is_due = next.is_some_and(|moment| moment <= self.clock.now());
            if !is_due || !self.publish_next_due().await? {
                return Ok(next);
            }
        }
    }

    /// Publishes the next working copy whose moment has come; `false` if there is none that no other server has in hand.
    pub async fn publish_next_due(&self) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let Some((id, revision)) = revisions::next_due(&mut transaction, self.clock.now()).await? else {
            return Ok(false);
        };
        let head = revisions::lock(&mut transaction, id).await?;
        let head = head.ok_or(StoreError::Corrupt("a revision without a development"))?;
        let kind = if head.published.is_some() { ChangeKind::Corrected } else { ChangeKind::Published };
        let publication = Publication { kind, country: head.country, revision: (id, revision) };
        let entry = NewEntry {
            development: Some(id),
            revision_before: Some(revision),
            revision: Some(revision),
            ..NewEntry::of(Act::Publish)
        };
        let done = Done { entry, publication: Some(publication) };
        self.conclude(&mut transaction, &Actor::schedule(), done, None).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
