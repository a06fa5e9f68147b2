//! Importing files: all of a file or nothing of it, and nothing twice.

mod countries;
mod developments;

use sqlx::PgTransaction;

use super::Ledger;
use crate::store::{
    audit::{self, Act, Actor},
    drafts,
    error::StoreError,
};

pub use countries::CountriesImport;
pub use developments::{DevelopmentsImport, ImportedRow, Manner, RowOutcome};

/// An import under way, of one file or several: nothing of it stays unless it is committed, and nobody else imports meanwhile.
pub struct Import<'a> {
    ledger: &'a Ledger,
    transaction: PgTransaction<'static>,
    /// The entries of the audit log, written last.
    history: Vec<(Actor, Act)>,
}

impl Ledger {
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
        for (actor, act) in &self.history {
            audit::write(&mut self.transaction, actor, *act, self.ledger.clock.now()).await?;
        }
        Ok(self.transaction.commit().await?)
    }
}
