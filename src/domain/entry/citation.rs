//! Citations and the sources given in them.

use super::{Check, CitationEntry, MAX_CITATIONS, SourceEntry};
use crate::domain::{
    id::{GlobalId, SourceId},
    problem::ProblemCode,
    source::{CitedSource, NewCitation, NewSource},
};

const MAX_LOCATOR: usize = 200;
const MAX_QUOTE: usize = 2_000;
const MAX_PUBLISHER: usize = 200;
const MAX_TITLE: usize = 300;
const MAX_ATTRIBUTION: usize = 300;

pub fn check(check: &mut Check, entries: &[CitationEntry]) -> Vec<NewCitation> {
    if entries.is_empty() {
        check.add("citations", ProblemCode::Required, "Cite at least one source: nothing is recorded without one.");
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
        (None, Some(source)) => CitedSource::New(new(check, &format!("{path}.source"), source)?),
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

fn new(check: &mut Check, path: &str, entry: &SourceEntry) -> Option<NewSource> {
    let title_path = format!("{path}.title");
    let title = check.line(&title_path, Some(&entry.title), MAX_TITLE);
    if entry.title.trim().is_empty() {
        check.add(&title_path, ProblemCode::Required, "Give the source's title, or say in a few words what it is.");
    }
    let publisher = check.line(&format!("{path}.publisher"), entry.publisher.as_deref(), MAX_PUBLISHER);
    let attribution = check.line(&format!("{path}.attribution"), entry.attribution.as_deref(), MAX_ATTRIBUTION);
    let url = check.url(&format!("{path}.url"), entry.url.as_deref());
    let archived_url = check.url(&format!("{path}.archivedUrl"), entry.archived_url.as_deref());
    let published_on = check.date(&format!("{path}.publishedOn"), entry.published_on.as_deref());
    Some(NewSource { kind: entry.kind, publisher, title: title?, url, archived_url, attribution, published_on })
}
