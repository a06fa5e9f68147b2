//! A development as someone typed it, and the check that turns it into a draft. Everything that is wrong is gathered, so that an
//! editor can mend it in one go.

mod citation;
mod details;
mod text;

pub use citation::NO_CITATION;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    development::{AgreementForm, AskStage, Kind},
    draft::Draft,
    edtf::{Edtf, NotEdtf},
    problem::{Problem, ProblemCode},
    source::{NewSource, SourceKind},
};

/// How long a summary may be, in characters.
pub const MAX_SUMMARY: usize = 500;

/// How long a note to readers may be, in characters.
pub const MAX_NOTE: usize = 500;

/// How long a comment to colleagues may be, in characters.
pub const MAX_COMMENT: usize = 4_000;

/// How many sources a development may cite.
pub const MAX_CITATIONS: usize = 20;

/// How many nationalities a development may name.
pub const MAX_NATIONALITIES: usize = 50;

/// A development as it was typed: nothing in it is checked.
#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: Kind,
    pub country: String,
    pub occurred: Option<String>,
    pub summary: String,
    pub affects_status: Option<bool>,
    pub citations: Vec<CitationEntry>,
    pub stage: Option<AskStage>,
    pub people: Option<PeopleEntry>,
    pub nationalities: Vec<String>,
    pub amount: Option<MoneyEntry>,
    pub terms: Option<String>,
    pub form: Option<AgreementForm>,
    pub court: Option<String>,
    /// The global id of a development.
    pub disputes: Option<String>,
    pub denied_by: Option<String>,
    pub ended_by: Option<String>,
}

/// A citation as it was typed.
#[derive(Debug, Clone)]
pub struct CitationEntry {
    /// The global id of a source.
    pub source_id: Option<String>,
    pub source: Option<SourceEntry>,
    pub locator: Option<String>,
    pub quote: Option<String>,
}

/// A source as it was typed.
#[derive(Debug, Clone)]
pub struct SourceEntry {
    pub kind: SourceKind,
    pub publisher: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub archived_url: Option<String>,
    pub attribution: Option<String>,
    pub published_on: Option<String>,
    pub confidential: bool,
    pub confidential_note: Option<String>,
}

/// A number of people as it was typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct PeopleEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exactly: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub described_as: Option<String>,
}

/// An amount of money as it was typed.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyEntry {
    pub value: Decimal,
    pub currency: String,
}

impl Entry {
    /// An entry of a kind that says nothing yet.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            country: String::new(),
            occurred: None,
            summary: String::new(),
            affects_status: None,
            citations: Vec::new(),
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
        }
    }

    /// Checks everything that needs no database. `today` is the latest calendar day anywhere on Earth.
    pub fn check(self, today: NaiveDate) -> Result<Draft, Vec<Problem>> {
        self.check_as(today, false)
    }

    /// As [`Entry::check`], for what is not to be published yet: its sources may be still to come.
    pub fn check_unfinished(self, today: NaiveDate) -> Result<Draft, Vec<Problem>> {
        self.check_as(today, true)
    }

    fn check_as(self, today: NaiveDate, is_unfinished: bool) -> Result<Draft, Vec<Problem>> {
        let mut check = Check { today, problems: Vec::new() };
        let country = check.country("country", &self.country);
        let occurred = check.date("occurred", self.occurred.as_deref());
        let summary = check.line("summary", Some(&self.summary), MAX_SUMMARY);
        if summary.is_none() && self.summary.trim().is_empty() {
            check.add("summary", ProblemCode::Required, "Say in a sentence or two what happened.");
        }
        let affects_status = self.affects_status.unwrap_or(true);
        let citations = citation::check(&mut check, &self.citations, is_unfinished);
        let details = details::check(&mut check, &self);
        match (country, summary, details) {
            (Some(country), Some(summary), Some(details)) if check.problems.is_empty() => {
                Ok(Draft { country, occurred, summary, affects_status, details, citations })
            }
            _ => Err(check.problems),
        }
    }
}

impl SourceEntry {
    /// Checks a source that is not given with a citation.
    pub fn check(self, today: NaiveDate) -> Result<(NewSource, Option<String>), Vec<Problem>> {
        let mut check = Check { today, problems: Vec::new() };
        let checked = citation::source_with_note(&mut check, "", &self);
        match checked {
            Some(checked) if check.problems.is_empty() => Ok(checked),
            _ => Err(check.problems),
        }
    }
}

/// Checks a note for readers: what a correction changed, or why something is retracted. Blank is the same as none.
pub fn check_note(path: &str, text: Option<&str>, today: NaiveDate) -> Result<Option<String>, Vec<Problem>> {
    let mut check = Check { today, problems: Vec::new() };
    let note = check.line(path, text, MAX_NOTE);
    if check.problems.is_empty() { Ok(note) } else { Err(check.problems) }
}

/// Checks what is said to colleagues. Blank is the same as none.
pub fn check_comment(path: &str, text: Option<&str>, today: NaiveDate) -> Result<Option<String>, Vec<Problem>> {
    let mut check = Check { today, problems: Vec::new() };
    let comment = check.lines(path, text, MAX_COMMENT);
    if check.problems.is_empty() { Ok(comment) } else { Err(check.problems) }
}

/// A check under way: what it found so far.
struct Check {
    today: NaiveDate,
    problems: Vec<Problem>,
}

impl Check {
    fn add(&mut self, path: &str, code: ProblemCode, message: impl Into<String>) {
        self.problems.push(Problem::at(path, code, message));
    }

    fn country(&mut self, path: &str, code: &str) -> Option<super::country::CountryCode> {
        let parsed = code.trim().parse();
        if parsed.is_err() {
            let message = "Give the country's ISO 3166-1 alpha-2 code, two letters such as GH, or XK for Kosovo.";
            let code = if code.trim().is_empty() { ProblemCode::Required } else { ProblemCode::Malformed };
            self.add(path, code, message);
        }
        parsed.ok()
    }

    /// A date that has begun. Blank is the same as none.
    fn date(&mut self, path: &str, text: Option<&str>) -> Option<Edtf> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let date = match text.parse::<Edtf>() {
            Ok(date) => date,
            Err(error) => {
                self.add(path, date_problem(&error), error.to_string());
                return None;
            }
        };
        let begins = date.earliest().or(date.latest()).unwrap_or(self.today);
        if begins > self.today {
            let message = format!("{} lies in the future: record what has happened.", date.label());
            self.add(path, ProblemCode::FutureDate, message);
        }
        Some(date)
    }
}

fn date_problem(error: &NotEdtf) -> ProblemCode {
    match error {
        NotEdtf::Malformed | NotEdtf::NoSuchDay => ProblemCode::Malformed,
        NotEdtf::YearOutOfRange | NotEdtf::EndsBeforeItBegins => ProblemCode::OutOfRange,
    }
}

#[cfg(test)]
mod tests;
