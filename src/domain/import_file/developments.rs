//! Developments as YAML.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Not,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

use super::{DevelopmentsFile, FileProblem, Listed, Place, record::Typed, too_large};
use crate::domain::{
    development::{AgreementForm, AskStage, Kind},
    entry::{CitationEntry, Entry, MoneyEntry, PeopleEntry, SourceEntry},
    problem::ProblemCode,
    source::SourceKind,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, FileSource>,
    developments: Vec<Spanned<FileDevelopment>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FileSource {
    pub kind: SourceKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<String>,
    /// Whether readers are told its attribution and nothing else.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub confidential: bool,
    /// A note to colleagues, confidential whatever the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidential_note: Option<String>,
}

#[derive(Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCitation {
    /// The name of a source of this file.
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FileDevelopment {
    pub key: String,
    pub country: String,
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurred: Option<String>,
    pub summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affects_status: Option<bool>,
    /// Whether it stays a draft, whatever becomes of the others.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub draft: bool,
    /// Why it was retracted, in words for readers: it stays in the record, marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retracted: Option<String>,
    /// The day on which it was first recorded: what is told of it happened no later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<AskStage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<PeopleEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<MoneyEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<AgreementForm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub court: Option<String>,
    /// The key of a development that comes earlier, in this file or in one imported before, or a development's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denied_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    #[serde(default)]
    pub citations: Vec<FileCitation>,
}

/// Reads a file of developments and checks each. `today` is the latest calendar day anywhere on Earth.
pub fn parse_developments(text: &str, today: NaiveDate) -> DevelopmentsFile {
    if let Some(problem) = too_large(text) {
        return DevelopmentsFile::unreadable(problem);
    }
    let file: File = match serde_saphyr::from_str(text) {
        Ok(file) => file,
        Err(error) => return DevelopmentsFile::unreadable(malformed(&error)),
    };
    let (mut parsed, mut keys) = (DevelopmentsFile::default(), BTreeSet::new());
    for development in file.developments {
        let (place, development) = (Place::Line(development.referenced.line()), development.value);
        let key = development.key.clone();
        let mut problems = Vec::new();
        if !keys.insert(key.clone()) {
            let message = format!("The key {key:?} stands above already.");
            problems.push(FileProblem::new(place, "key", ProblemCode::Contradiction, message));
        }
        let typed = typed(development, place, &file.sources, &mut problems);
        let checked = typed.check(today).map_err(|found| problems.extend(found)).ok();
        let record = checked.filter(|_| problems.is_empty());
        parsed.developments.push(Listed { place, key, record });
        parsed.problems.extend(problems);
    }
    parsed
}

fn malformed(error: &serde_saphyr::Error) -> FileProblem {
    let line = error.location().map_or(1, |location| location.line());
    let message = error.without_snippet().to_string();
    FileProblem::new(Place::Line(line), "", ProblemCode::Malformed, message)
}

fn typed(
    development: FileDevelopment,
    place: Place,
    sources: &BTreeMap<String, FileSource>,
    problems: &mut Vec<FileProblem>,
) -> Typed {
    let citations = citations(development.citations, place, sources, problems);
    let entry = Entry {
        kind: development.kind,
        country: development.country,
        occurred: development.occurred,
        summary: development.summary,
        affects_status: development.affects_status,
        citations,
        stage: development.stage,
        people: development.people,
        nationalities: development.nationalities,
        amount: development.amount,
        terms: development.terms,
        form: development.form,
        court: development.court,
        disputes: None,
        denied_by: development.denied_by,
        ended_by: development.ended_by,
    };
    Typed {
        key: development.key,
        place,
        entry,
        disputes: development.disputes,
        recorded_on: development.recorded_on,
        draft: development.draft,
        retracted: development.retracted,
        citation_rows: Vec::new(),
    }
}

fn citations(
    citations: Vec<FileCitation>,
    place: Place,
    sources: &BTreeMap<String, FileSource>,
    problems: &mut Vec<FileProblem>,
) -> Vec<CitationEntry> {
    let mut entries = Vec::with_capacity(citations.len());
    for (index, citation) in citations.into_iter().enumerate() {
        let name = &citation.source;
        let Some(source) = sources.get(name) else {
            let message = format!("No source of this file is named {name:?}.");
            let field = format!("citations.{index}.source");
            problems.push(FileProblem::new(place, &field, ProblemCode::NotFound, message));
            continue;
        };
        let source = SourceEntry {
            kind: source.kind,
            publisher: source.publisher.clone(),
            title: source.title.clone(),
            url: source.url.clone(),
            archived_url: source.archived_url.clone(),
            attribution: source.attribution.clone(),
            published_on: source.published_on.clone(),
            confidential: source.confidential,
            confidential_note: source.confidential_note.clone(),
        };
        entries.push(CitationEntry {
            source_id: None,
            source: Some(source),
            locator: citation.locator,
            quote: citation.quote,
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{development::Details, draft::Draft};

    const SOURCES: &str = "sources:\n  nyt: { kind: NEWS_REPORT, title: A report, publishedOn: 2025-06-25 }\n";

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 6, 25).unwrap()
    }

    fn told(developments: &str) -> Vec<String> {
        let file = parse_developments(&format!("{SOURCES}developments:\n{developments}"), today());
        file.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_articles_file_holds_an_ask_for_51_countries_and_an_agreement_for_7() {
        let file = parse_developments(include_str!("../../../data/article.yaml"), today());
        assert_eq!(file.problems, []);
        let drafts = file.developments.iter().map(|listed| listed.record.as_ref().unwrap().draft(|_| None).unwrap());
        let drafts: Vec<Draft> = drafts.collect();
        let countries = |kind: Kind| {
            let of_kind = drafts.iter().filter(|draft| draft.details.kind() == kind);
            of_kind.map(|draft| draft.country).collect::<BTreeSet<_>>().len()
        };
        assert_eq!((countries(Kind::Ask), countries(Kind::Agreement)), (51, 7));
        let payment = drafts.iter().find(|draft| draft.details.kind() == Kind::Payment).unwrap();
        let Details::Payment { amount, people, .. } = payment.details.clone() else { panic!("a payment") };
        assert_eq!((amount.unwrap().label(), people.unwrap().label()), ("USD 100,000".into(), "1 person".into()));
    }

    #[test]
    fn a_bad_file_is_refused_with_every_line_and_field() {
        let problems = told(
            "  - { key: a, country: GH, kind: ASK, summary: Asked., citations: [{ source: nyt }] }\n\
             \x20 - { key: a, country: GH, kind: ASK, summary: ' ', occurred: 2026, citations: [] }\n\
             \x20 - { key: b, country: GH, kind: ASK, summary: Asked., citations: [{ source: wsj }] }\n\
             \x20 - key: c\n\
             \x20   country: Ghana\n\
             \x20   kind: ASK\n\
             \x20   summary: Asked.\n\
             \x20   citations: [{ source: nyt }]\n\
             \x20 - { key: d, country: GH, kind: REFUSAL, terms: x, summary: No., citations: [{ source: nyt }] }\n",
        );
        assert_eq!(
            problems,
            [
                "line 5, key: The key \"a\" stands above already.",
                "line 5, occurred: 2026 lies in the future: record what has happened.",
                "line 5, summary: Say in a sentence or two what happened.",
                "line 5, citations: Cite at least one source: nothing is recorded without one.",
                "line 6, citations.0.source: No source of this file is named \"wsj\".",
                "line 6, citations: Cite at least one source: nothing is recorded without one.",
                "line 7, country: Give the country's ISO 3166-1 alpha-2 code, two letters such as GH, or XK for Kosovo.",
                "line 12, terms: A development of this kind does not have this: leave it out.",
            ]
        );
    }

    #[test]
    fn what_is_not_the_files_shape_is_refused_with_its_line() {
        let unknown = told("  - { key: a, country: GH, kind: ASK, summary: Asked., citations: [], date: 2025 }\n");
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].starts_with("line 4") && unknown[0].contains("date"), "{unknown:?}");
        let kind = told("  - { key: a, country: GH, kind: PLEA, summary: Asked., citations: [] }\n");
        assert!(kind[0].starts_with("line 4") && kind[0].contains("PLEA"), "{kind:?}");
    }
}
