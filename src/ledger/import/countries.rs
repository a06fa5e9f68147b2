use super::Import;
use crate::{
    domain::{act::Act, change::ChangeKind, country::CountryCode, import_file::CountryRecord},
    store::{
        append::{self, NewChange, take_feed_lock},
        audit::{Actor, NewEntry},
        error::StoreError,
        reference,
    },
};

/// What a file of countries brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CountriesImport {
    pub added: Vec<CountryCode>,
    pub changed: Vec<CountryCode>,
    pub already_there: Vec<CountryCode>,
}

impl Import<'_> {
    /// Loads countries that are new and names that have changed. Whatever the file leaves out stays as it is.
    pub async fn countries(&mut self, records: &[CountryRecord]) -> Result<CountriesImport, StoreError> {
        let current = reference::current_countries(&mut self.transaction).await?;
        let mut imported = CountriesImport::default();
        let mut touched = Vec::new();
        for record in records {
            match current.get(&record.code) {
                Some(stored) if stored == record => imported.already_there.push(record.code),
                Some(_) => {
                    imported.changed.push(record.code);
                    touched.push(record);
                }
                None => {
                    imported.added.push(record.code);
                    touched.push(record);
                }
            }
        }
        if !touched.is_empty() {
            self.write_countries(&touched).await?;
        }
        Ok(imported)
    }

    async fn write_countries(&mut self, touched: &[&CountryRecord]) -> Result<(), StoreError> {
        let connection = &mut *self.transaction;
        let turn = take_feed_lock(connection).await?;
        for record in touched {
            reference::write_country(connection, record, turn.position).await?;
        }
        let only = match touched {
            [record] => Some(record.code),
            _ => None,
        };
        let status = match only {
            Some(country) => append::current_status(connection, country).await?,
            None => None,
        };
        let change = NewChange {
            kind: ChangeKind::CountriesRevised,
            country: only,
            development: None,
            status_before: status,
            status_after: status,
        };
        append::append_change(connection, turn, &change).await?;
        let entry = NewEntry { position: Some(turn.position), ..NewEntry::of(Act::Import) };
        self.history.push((Actor::command_line(), entry));
        Ok(())
    }
}
