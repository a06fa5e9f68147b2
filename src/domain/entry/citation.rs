//! Citations and the sources given in them.

use super::{Check, CitationEntry, MAX_CITATIONS, SourceEntry};
use crate::domain::{
    id::{GlobalId, SourceId},
    problem::ProblemCode,
    source::{CitedSource, NewCitation, NewSource},
};

/// What is said of a development without a source.
pub const NO_CITATION: &str = "Cite at least one source: nothing is recorded without one.";

const MAX_NOTE: usize = 4_000;
const MAX_LOCATOR: usize = 200;
const MAX_QUOTE: usize = 2_000;
const MAX_PUBLISHER: usize = 200;
const MAX_TITLE: usize = 300;
const MAX_ATTRIBUTION: usize = 300;

pub fn check(check: &mut Check, entries: &[CitationEntry], may_be_none: bool) -> Vec<NewCitation> {
    if entries.is_empty() && !may_be_none {
        check.add("citations", ProblemCode::Required, NO_CITATION);
    }
    if entries.len() > MAX_CITATIONS {
        let message = format!("Cite {MAX_CITATIONS} sources at most; {} were sent.", entries.len());
        check.add("citations", ProblemCode::TooLong, message);
        return Vec::new();
    }
    entries.iter().enumerate().filter_map(|(index, entry)| citation(check, index, entry)).collect()
}

fn citation(check: &mut Check, index: usize, entry: &CitationEntry) -> Option<NewCitation> {
    let path = format!("citations.{index}");
    let locator = check.line(&format!("{path}.locator"), entry.locator.as_deref(), MAX_LOCATOR);
    let quote = check.lines(&format!("{path}.quote"), entry.quote.as_deref(), MAX_QUOTE);
    let source = match (&entry.source_id, &entry.source) {
        (Some(id), None) => CitedSource::Stored(stored(check, &format!("{path}.sourceId"), id)?),
        (None, Some(source)) => new(check, &format!("{path}.source"), source)?,
        (None, None) => {
            check.add(&path, ProblemCode::Required, "Name the source by `sourceId`, or give it under `source`.");
            return None;
        }
        (Some(_), Some(_)) => {
            let message = "Name the source by `sourceId` or give it under `source`, not both.";
            check.add(&path, ProblemCode::Contradiction, message);
            return None;
        }
    };
    Some(NewCitation { source, locator, quote })
}

fn stored(check: &mut Check, path: &str, id: &str) -> Option<SourceId> {
    match id.parse() {
        Ok(GlobalId::Source(id)) => Some(id),
        Ok(_) => {
            check.add(path, ProblemCode::Malformed, "This is the id of something else: give a source's.");
            None
        }
        Err(error) => {
            check.add(path, ProblemCode::Malformed, format!("Give a source's id: {error}."));
            None
        }
    }
}

fn new(check: &mut Check, path: &str, entry: &SourceEntry) -> Option<CitedSource> {
    source_with_note(check, path, entry).map(|(source, note)| CitedSource::New { source, note })
}

/// Checks what a source says of itself, and the note that comes with it. `path` is empty where the source is the input itself.
pub fn source_with_note(check: &mut Check, path: &str, entry: &SourceEntry) -> Option<(NewSource, Option<String>)> {
    let source = source(check, path, entry);
    let note = check.lines(&field(path, "confidentialNote"), entry.confidential_note.as_deref(), MAX_NOTE);
    Some((source?, note))
}

fn source(check: &mut Check, path: &str, entry: &SourceEntry) -> Option<NewSource> {
    let at = |name: &str| field(path, name);
    let title = check.line(&at("title"), Some(&entry.title), MAX_TITLE);
    if entry.title.trim().is_empty() {
        check.add(&at("title"), ProblemCode::Required, "Give the source's title, or say in a few words what it is.");
    }
    let publisher = check.line(&at("publisher"), entry.publisher.as_deref(), MAX_PUBLISHER);
    let attribution = check.line(&at("attribution"), entry.attribution.as_deref(), MAX_ATTRIBUTION);
    let url = check.url(&at("url"), entry.url.as_deref());
    let archived_url = check.url(&at("archivedUrl"), entry.archived_url.as_deref());
    let published_on = check.date(&at("publishedOn"), entry.published_on.as_deref());
    if entry.confidential && attribution.is_none() {
        let message =
            "Say how readers are told of this confidential source: they see its attribution and nothing else.";
        check.add(&at("attribution"), ProblemCode::Required, message);
    }
    let confidential = entry.confidential;
    let kind = entry.kind;
    Some(NewSource { kind, publisher, title: title?, url, archived_url, attribution, published_on, confidential })
}

fn field(path: &str, name: &str) -> String {
    format!("{path}.{name}")
}
