//! Importing files: all of a file or nothing of it, and nothing twice.

mod countries;
mod developments;

use super::{Ledger, outcome::Outcome, release::Release};
use crate::{
    domain::{problem::Problem, viewer::Staff},
    store::{
        audit::{self, Actor, NewEntry},
        drafts,
        error::StoreError,
        pool::Transaction,
    },
};

pub use countries::CountriesImport;
pub use developments::{DevelopmentsImport, ImportedRow, Manner, RowOutcome};

/// An import under way, of one file or several: nothing of it stays unless it is committed, and nobody else imports meanwhile.
pub struct Import<'a> {
    ledger: &'a Ledger,
    transaction: Transaction,
    /// The entries of the audit log, written last.
    history: Vec<(Actor, NewEntry<'static>)>,
}

impl Ledger {
    /// What keeps the caller from publishing what they import, as problems of the import, or as the sentence that says what their role
    /// may do instead.
    pub fn may_import(&self, staff: &Staff, publish: bool) -> Result<Vec<Problem>, &'static str> {
        match self.may_release_own(staff, if publish { Release::Now } else { Release::Later }) {
            Some(Outcome::Forbidden(message)) => Err(message),
            Some(Outcome::Refused(problems)) => Ok(problems),
            _ => Ok(Vec::new()),
        }
    }

    /// Waits until nobody else imports, and begins.
    pub async fn begin_import(&self) -> Result<Import<'_>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        drafts::take_turn_to_import(&mut transaction).await?;
        Ok(Import { ledger: self, transaction, history: Vec::new() })
    }
}

impl Import<'_> {
    /// Keeps nothing of it.
    pub async fn give_up(self) -> Result<(), StoreError> {
        Ok(self.transaction.rollback().await?)
    }

    /// Keeps what was imported.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        for (actor, entry) in &self.history {
            audit::write(&mut self.transaction, actor, *entry, self.ledger.clock.now()).await?;
        }
        Ok(self.transaction.commit().await?)
    }
}
