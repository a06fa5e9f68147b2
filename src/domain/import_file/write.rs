//! What the tracker holds, written as the files that it takes in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use csv::WriterBuilder;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    CountryRecord,
    countries::COLUMNS,
    developments::{FileCitation, FileDevelopment, FileSource},
    key_of,
};
use crate::domain::{
    country::CountryCode,
    development::{Details, Development},
    edtf::Edtf,
    entry::{MoneyEntry, PeopleEntry},
    id::{DevelopmentId, GlobalId, SourceId},
    money::Money,
    people::People,
    source::{Citation, NewSource, Source},
    status::effective_day,
};

/// How much of its digest names a source, in hexadecimal digits.
const NAME: usize = 12;

/// A development with what a file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The key under which a file brought it, if one did.
    pub key: Option<String>,
    pub development: Development,
    pub citations: Vec<Citation>,
}

impl LedgerEntry {
    /// What of it readers may know: of a confidential source its attribution alone, not where in it, nor its words.
    #[must_use]
    pub fn for_readers(self) -> Self {
        let citations = self.citations.into_iter().map(|citation| {
            if !citation.source.details.confidential {
                return citation;
            }
            let details = citation.source.details.for_readers();
            Citation { source: Source { details, ..citation.source }, locator: None, quote: None }
        });
        Self { citations: citations.collect(), ..self }
    }

    fn key(&self) -> String {
        self.key.clone().unwrap_or_else(|| key_of(self.development.id))
    }

    fn disputes(&self) -> Option<DevelopmentId> {
        if let Details::Denial { disputes, .. } = &self.development.details { Some(*disputes) } else { None }
    }
}

/// The tracker could not write a file.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    #[error("{0}")]
    Yaml(#[from] serde_saphyr::ser::Error),
    #[error("{0}")]
    Csv(String),
}

#[derive(Serialize)]
struct File {
    sources: BTreeMap<String, FileSource>,
    developments: Vec<FileDevelopment>,
}

/// Developments as YAML, in their order, but for denials, which come after what they dispute. With the notes to colleagues that are given,
/// which are confidential.
pub fn write_developments(entries: &[LedgerEntry], notes: &BTreeMap<SourceId, String>) -> Result<String, NotWritten> {
    let keys: BTreeMap<DevelopmentId, String> =
        entries.iter().map(|entry| (entry.development.id, entry.key())).collect();
    let mut file = File { sources: BTreeMap::new(), developments: Vec::with_capacity(entries.len()) };
    for entry in after_what_they_dispute(entries) {
        let citations = file.citations(entry, notes);
        file.developments.push(development(entry, citations, &keys));
    }
    Ok(serde_saphyr::to_string(&file)?)
}

/// Countries as CSV, in the order of their codes.
pub fn write_countries<'a>(records: impl IntoIterator<Item = &'a CountryRecord>) -> Result<String, NotWritten> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let failed = |error: csv::Error| NotWritten::Csv(error.to_string());
    writer.write_record(COLUMNS).map_err(failed)?;
    for record in records {
        let given = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
        let row = [
            record.code.as_str(),
            &record.alpha3,
            given(&record.numeric),
            &record.name,
            &record.iso_name,
            given(&record.region_code),
            given(&record.region),
            given(&record.subregion_code),
            given(&record.subregion),
            &record.other_names.join("|"),
        ];
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| NotWritten::Csv(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| NotWritten::Csv(error.to_string()))
}

/// A denial can have been corrected to dispute what was published after it: a file is read from its beginning.
fn after_what_they_dispute(entries: &[LedgerEntry]) -> Vec<&LedgerEntry> {
    let places: BTreeMap<DevelopmentId, usize> =
        entries.iter().enumerate().map(|(place, entry)| (entry.development.id, place)).collect();
    let place = |index: usize, entry: &LedgerEntry| {
        let (mut last, mut depth) = (index, 0);
        let mut disputed = entry.disputes();
        // Denials that dispute each other in a circle have no order that could be read: each is looked at once.
        for _ in 0..entries.len() {
            let Some(at) = disputed.and_then(|id| places.get(&id)).copied() else { break };
            last = last.max(at);
            depth += 1;
            disputed = entries.get(at).and_then(LedgerEntry::disputes);
        }
        (last, depth, index)
    };
    let mut ordered: Vec<_> = entries.iter().enumerate().map(|(index, entry)| (place(index, entry), entry)).collect();
    ordered.sort_by_key(|(place, _)| *place);
    ordered.into_iter().map(|(_, entry)| entry).collect()
}

impl File {
    /// A development's citations by the names of their sources, which are stored here. What says the same twice is said once.
    fn citations(&mut self, entry: &LedgerEntry, notes: &BTreeMap<SourceId, String>) -> Vec<FileCitation> {
        let mut citations = Vec::with_capacity(entry.citations.len());
        for citation in &entry.citations {
            let (details, note) = (&citation.source.details, notes.get(&citation.source.id));
            let source = name(details, note);
            self.sources.entry(source.clone()).or_insert_with(|| written(details, note));
            let citation = FileCitation { source, locator: citation.locator.clone(), quote: citation.quote.clone() };
            if !citations.contains(&citation) {
                citations.push(citation);
            }
        }
        citations
    }
}

/// What a file calls a source: the same in every export for as long as it says the same.
fn name(source: &NewSource, note: Option<&String>) -> String {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{source:?} {note:?}")));
    format!("source-{}", digest.get(..NAME).unwrap_or(&digest))
}

fn written(source: &NewSource, note: Option<&String>) -> FileSource {
    FileSource {
        kind: source.kind,
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        url: source.url.clone(),
        archived_url: source.archived_url.clone(),
        attribution: source.attribution.clone(),
        published_on: source.published_on.as_ref().map(|date| date.text().to_owned()),
        confidential: source.confidential,
        confidential_note: note.cloned(),
    }
}

fn development(
    entry: &LedgerEntry,
    citations: Vec<FileCitation>,
    keys: &BTreeMap<DevelopmentId, String>,
) -> FileDevelopment {
    let development = &entry.development;
    let shared = FileDevelopment {
        key: entry.key(),
        country: development.country.to_string(),
        kind: development.details.kind(),
        occurred: development.occurred.as_ref().map(|date| date.text().to_owned()),
        summary: development.summary.clone(),
        affects_status: (!development.affects_status).then_some(false),
        draft: development.first_position.is_none(),
        retracted: development.note.clone().filter(|_| development.retracted),
        recorded_on: recorded_on(entry),
        stage: None,
        people: None,
        nationalities: Vec::new(),
        amount: None,
        terms: None,
        form: None,
        court: None,
        disputes: None,
        denied_by: None,
        ended_by: None,
        citations,
    };
    match development.details.clone() {
        Details::Ask { stage, people } => FileDevelopment { stage, people: people.map(counted), ..shared },
        Details::Talks | Details::Refusal => shared,
        Details::Agreement { people, terms, form } => {
            FileDevelopment { people: people.map(counted), terms, form, ..shared }
        }
        Details::Payment { amount, people, nationalities } => FileDevelopment {
            amount: amount.map(paid),
            people: people.map(counted),
            nationalities: codes(&nationalities),
            ..shared
        },
        Details::Transfer { people, nationalities } => {
            FileDevelopment { people: people.map(counted), nationalities: codes(&nationalities), ..shared }
        }
        Details::CourtOrder { court } => FileDevelopment { court, ..shared },
        Details::Denial { disputes, denied_by } => {
            let key = keys.get(&disputes).cloned().unwrap_or_else(|| GlobalId::Development(disputes).to_string());
            FileDevelopment { disputes: Some(key), denied_by: Some(denied_by), ..shared }
        }
        Details::Termination { ended_by } => FileDevelopment { ended_by, ..shared },
    }
}

/// The day by which it had happened, where neither its date nor its sources say so: it was recorded then.
fn recorded_on(entry: &LedgerEntry) -> Option<NaiveDate> {
    let published = entry.citations.iter().filter_map(|citation| citation.source.details.made_public_on());
    let occurred: Option<&Edtf> = entry.development.occurred.as_ref();
    let told = effective_day(occurred, published, NaiveDate::MAX);
    Some(entry.development.effective_day).filter(|day| *day != told)
}

fn counted(people: People) -> PeopleEntry {
    PeopleEntry {
        exactly: people.exactly().map(i64::from),
        at_least: people.at_least().map(i64::from),
        at_most: people.at_most().map(i64::from),
        about: people.about().map(i64::from),
        described_as: people.in_words().map(str::to_owned),
    }
}

fn paid(amount: Money) -> MoneyEntry {
    MoneyEntry { value: amount.value().normalize(), currency: amount.currency().to_owned() }
}

fn codes(nationalities: &[CountryCode]) -> Vec<String> {
    nationalities.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests;
