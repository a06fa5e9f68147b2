//! Importing files: all of a file or nothing of it, and nothing twice.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::{Ledger, publish::publish, working::Done};
use crate::{
    domain::{
        act::Act,
        change::ChangeKind,
        country::CountryCode,
        import_file::{CountryRecord, DevelopmentRecord, FileProblem},
    },
    store::{
        append::{self, NewChange, take_feed_lock},
        audit::{self, Actor, NewEntry},
        drafts,
        error::StoreError,
        reference,
    },
};

/// How much of a file was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    pub already_there: usize,
}

/// Why nothing of a file was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{}", list(.0))]
    Refused(Vec<FileProblem>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn list(problems: &[FileProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl Ledger {
    /// Loads countries that are new and names that have changed. Whatever the file leaves out stays as it is.
    pub async fn import_countries(&self, records: &[CountryRecord]) -> Result<Imported, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let turn = take_feed_lock(&mut transaction).await?;
        let current = reference::current_countries(&mut transaction).await?;
        let mut imported = Imported::default();
        let mut touched = Vec::new();
        for record in records {
            match current.get(&record.code) {
                Some(stored) if stored == record => imported.already_there += 1,
                Some(_) => {
                    imported.changed += 1;
                    touched.push(record);
                }
                None => {
                    imported.added += 1;
                    touched.push(record);
                }
            }
        }
        if touched.is_empty() {
            return Ok(imported);
        }
        for record in &touched {
            reference::write_country(&mut transaction, record, turn.position).await?;
        }
        let only = match touched.as_slice() {
            [record] => Some(record.code),
            _ => None,
        };
        let status = match only {
            Some(country) => append::current_status(&mut transaction, country).await?,
            None => None,
        };
        let change = NewChange {
            kind: ChangeKind::CountriesRevised,
            country: only,
            development: None,
            status_before: status,
            status_after: status,
        };
        append::append_change(&mut transaction, turn, &change).await?;
        let entry = NewEntry { position: Some(turn.position), ..NewEntry::of(Act::Import) };
        audit::write(&mut transaction, &Actor::command_line(), entry, turn.at).await?;
        transaction.commit().await?;
        Ok(imported)
    }

    /// Records and publishes developments that are not there yet under their keys, in the order of the file.
    pub async fn import_developments(&self, records: &[DevelopmentRecord]) -> Result<Imported, ImportError> {
        let mut transaction = self.pool.begin().await.map_err(StoreError::from)?;
        drafts::take_turn_to_import(&mut transaction).await?;
        let mut imported = Imported::default();
        let mut problems = Vec::new();
        let mut known = BTreeMap::new();
        for record in records {
            if let Some(id) = drafts::find_imported(&mut transaction, &record.key).await? {
                known.insert(record.key.as_str(), id);
                imported.already_there += 1;
                continue;
            }
            if let Some(key) = record.disputes()
                && !known.contains_key(key)
                && let Some(id) = drafts::find_imported(&mut transaction, key).await?
            {
                known.insert(key, id);
            }
            let draft = match record.draft(|key| known.get(key).copied()) {
                Ok(draft) => draft,
                Err(found) => {
                    problems.extend(found);
                    continue;
                }
            };
            match self.store(&mut transaction, &draft, &Actor::command_line(), Some(&record.key)).await? {
                Ok(id) => {
                    known.insert(record.key.as_str(), id);
                    self.publish_imported(&mut transaction, record.country, id).await?;
                    imported.added += 1;
                }
                Err(refused) => problems.extend(refused.iter().map(|problem| record.problem(problem))),
            }
        }
        if !problems.is_empty() {
            return Err(ImportError::Refused(problems));
        }
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(imported)
    }

    async fn publish_imported(
        &self,
        connection: &mut PgConnection,
        country: CountryCode,
        id: crate::domain::id::DevelopmentId,
    ) -> Result<(), StoreError> {
        let published = publish(connection, ChangeKind::Published, country, (id, 1)).await?;
        let entry = NewEntry { development: Some(id), revision: Some(1), ..NewEntry::of(Act::Record) };
        self.conclude(connection, &Actor::command_line(), Done { entry, published: Some(published) }, None).await?;
        Ok(())
    }
}
