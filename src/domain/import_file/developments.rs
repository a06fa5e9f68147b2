use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_saphyr::Spanned;
use uuid::Uuid;

use super::{FileProblem, too_large};
use crate::domain::{
    country::CountryCode,
    development::{AgreementForm, AskStage, Kind},
    draft::Draft,
    entry::{CitationEntry, Entry, MoneyEntry, PeopleEntry, SourceEntry},
    id::{DevelopmentId, GlobalId},
    problem::Problem,
    source::SourceKind,
};

/// How long a key may be, in characters.
const MAX_KEY: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, FileSource>,
    developments: Vec<Spanned<FileDevelopment>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FileSource {
    kind: SourceKind,
    publisher: Option<String>,
    title: String,
    url: Option<String>,
    archived_url: Option<String>,
    attribution: Option<String>,
    published_on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCitation {
    /// The name of a source of this file.
    source: String,
    locator: Option<String>,
    quote: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FileDevelopment {
    key: String,
    country: String,
    kind: Kind,
    occurred: Option<String>,
    summary: String,
    affects_status: Option<bool>,
    citations: Vec<FileCitation>,
    stage: Option<AskStage>,
    people: Option<PeopleEntry>,
    #[serde(default)]
    nationalities: Vec<String>,
    amount: Option<MoneyEntry>,
    terms: Option<String>,
    form: Option<AgreementForm>,
    court: Option<String>,
    /// The key of a development that comes earlier, in this file or in one imported before.
    disputes: Option<String>,
    denied_by: Option<String>,
    ended_by: Option<String>,
}

/// A development as a file describes it.
#[derive(Debug, Clone)]
pub struct DevelopmentRecord {
    /// What the file calls it: importing it again adds nothing.
    pub key: String,
    pub country: CountryCode,
    line: u64,
    entry: Entry,
    /// The key of what it disputes.
    disputes: Option<String>,
    today: NaiveDate,
}

impl DevelopmentRecord {
    /// The checked draft. `find` knows the developments by their keys.
    pub fn draft(&self, find: impl Fn(&str) -> Option<DevelopmentId>) -> Result<Draft, Vec<FileProblem>> {
        let mut entry = self.entry.clone();
        if let Some(key) = &self.disputes {
            let message = format!("No development before this one has the key {key:?}.");
            let id = find(key).ok_or_else(|| vec![FileProblem::new(self.line, "disputes", message)])?;
            entry.disputes = Some(GlobalId::Development(id).to_string());
        }
        entry.check(self.today).map_err(|problems| problems.iter().map(|problem| self.problem(problem)).collect())
    }

    /// The key of the development that it disputes, if it does.
    pub fn disputes(&self) -> Option<&str> {
        self.disputes.as_deref()
    }

    /// A problem of the draft, at its place in the file.
    pub fn problem(&self, problem: &Problem) -> FileProblem {
        FileProblem::new(self.line, &problem.field.join("."), problem.message.clone())
    }
}

/// Reads a file of developments and checks each. `today` is the latest calendar day anywhere on Earth.
pub fn parse_developments(text: &str, today: NaiveDate) -> Result<Vec<DevelopmentRecord>, Vec<FileProblem>> {
    if let Some(problem) = too_large(text) {
        return Err(vec![problem]);
    }
    let file: File = serde_saphyr::from_str(text).map_err(|error| vec![malformed(&error)])?;
    let (mut records, mut problems, mut keys) = (Vec::new(), Vec::new(), BTreeSet::new());
    for development in file.developments {
        let (line, development) = (development.referenced.line(), development.value);
        let key = development.key.clone();
        if key.is_empty() || key.chars().count() > MAX_KEY || key.chars().any(char::is_control) {
            problems.push(FileProblem::new(line, "key", format!("A key has from 1 to {MAX_KEY} visible characters.")));
        }
        if !keys.insert(key.clone()) {
            problems.push(FileProblem::new(line, "key", format!("The key {key:?} stands above already.")));
        }
        match record(development, line, &file.sources, today) {
            Ok(record) => records.push(record),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(records) } else { Err(problems) }
}

fn malformed(error: &serde_saphyr::Error) -> FileProblem {
    let line = error.location().map_or(1, |location| location.line());
    let message = error.without_snippet().to_string();
    FileProblem::new(line, "", message)
}

fn record(
    development: FileDevelopment,
    line: u64,
    sources: &BTreeMap<String, FileSource>,
    today: NaiveDate,
) -> Result<DevelopmentRecord, Vec<FileProblem>> {
    let mut problems = Vec::new();
    let citations = citations(development.citations, line, sources, &mut problems);
    let country = development.country.trim().parse();
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
    // The check below says what is wrong with the country; until then any stands in for it, as any id does for what is disputed.
    let country = country.unwrap_or(CountryCode::STAND_IN);
    let record =
        DevelopmentRecord { key: development.key, country, line, entry, disputes: development.disputes, today };
    if let Err(found) = record.draft(|_| Some(DevelopmentId(Uuid::nil()))) {
        problems.extend(found);
    }
    if problems.is_empty() { Ok(record) } else { Err(problems) }
}

fn citations(
    citations: Vec<FileCitation>,
    line: u64,
    sources: &BTreeMap<String, FileSource>,
    problems: &mut Vec<FileProblem>,
) -> Vec<CitationEntry> {
    let mut entries = Vec::with_capacity(citations.len());
    for (index, citation) in citations.into_iter().enumerate() {
        let name = &citation.source;
        let Some(source) = sources.get(name) else {
            let message = format!("No source of this file is named {name:?}.");
            problems.push(FileProblem::new(line, &format!("citations.{index}.source"), message));
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
            confidential: false,
            confidential_note: None,
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
    use crate::domain::development::Details;

    const SOURCES: &str = "sources:\n  nyt: { kind: NEWS_REPORT, title: A report, publishedOn: 2025-06-25 }\n";

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 6, 25).unwrap()
    }

    fn told(developments: &str) -> Vec<String> {
        let problems = parse_developments(&format!("{SOURCES}developments:\n{developments}"), today()).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_articles_file_holds_an_ask_for_51_countries_and_an_agreement_for_7() {
        let records = parse_developments(include_str!("../../../data/article.yaml"), today()).unwrap();
        let countries = |kind: Kind| {
            let of_kind = records.iter().filter(|record| record.entry.kind == kind);
            of_kind.map(|record| record.country).collect::<BTreeSet<_>>().len()
        };
        assert_eq!((countries(Kind::Ask), countries(Kind::Agreement)), (51, 7));
        let payment = records.iter().find(|record| record.entry.kind == Kind::Payment).unwrap();
        let Details::Payment { amount, people, .. } = payment.draft(|_| None).unwrap().details else {
            panic!("a payment")
        };
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
