use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::{FileProblem, Place, key, table};
use crate::domain::{
    calendar,
    country::CountryCode,
    draft::Draft,
    entry::{Entry, check_note},
    id::{DevelopmentId, GlobalId},
    problem::{Problem, ProblemCode},
};

/// A development as a file describes it, sound as far as can be told without a database.
#[derive(Debug, Clone)]
pub struct DevelopmentRecord {
    /// What the file calls it: importing it again adds nothing.
    pub key: String,
    pub country: CountryCode,
    /// Whether it stays a draft, whatever becomes of the others.
    pub is_draft: bool,
    /// Why it was retracted, in words for readers.
    pub retracted: Option<String>,
    typed: Typed,
    today: NaiveDate,
}

/// A development as it stands in a file: nothing in it is checked.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub key: String,
    pub place: Place,
    pub entry: Entry,
    /// What it disputes, by its key or its id.
    pub disputes: Option<String>,
    pub recorded_on: Option<NaiveDate>,
    pub draft: bool,
    pub retracted: Option<String>,
    /// The rows in which its citations stand; empty where the file is no table.
    pub citation_rows: Vec<u64>,
}

impl Typed {
    /// The sound record, or what is wrong with it. `today` is the latest calendar day anywhere on Earth.
    pub fn check(self, today: NaiveDate) -> Result<DevelopmentRecord, Vec<FileProblem>> {
        let mut problems = Vec::new();
        if !key::is_key(&self.key) {
            let message = format!("A key has from 1 to {} visible characters.", key::MAX_KEY);
            problems.push(FileProblem::new(self.place, "key", ProblemCode::Malformed, message));
        }
        if self.recorded_on.is_some_and(|day| day > today) {
            let message = "This day lies in the future: give the day on which it was first recorded.";
            problems.push(FileProblem::new(self.place, "recordedOn", ProblemCode::FutureDate, message));
        }
        if self.recorded_on.is_some_and(|day| !calendar::has_year(day.year())) {
            let message = format!("Give another day: {}.", calendar::OutOfYears);
            problems.push(FileProblem::new(self.place, "recordedOn", ProblemCode::OutOfRange, message));
        }
        let retracted = self.check_retraction(today).map_err(|found| problems.extend(found)).unwrap_or_default();
        // The check below says what is wrong with the country; until then any stands in for it, as any id does for what is disputed.
        let country = self.entry.country.trim().parse().unwrap_or(CountryCode::STAND_IN);
        let record =
            DevelopmentRecord { key: self.key.clone(), country, is_draft: self.draft, retracted, typed: self, today };
        if let Err(found) = record.draft(|_| Some(DevelopmentId(Uuid::nil()))) {
            problems.extend(found);
        }
        if problems.is_empty() { Ok(record) } else { Err(problems) }
    }

    /// The reason for the retraction, if it is retracted.
    fn check_retraction(&self, today: NaiveDate) -> Result<Option<String>, Vec<FileProblem>> {
        let Some(reason) = &self.retracted else { return Ok(None) };
        let wrong = |code, message: &str| vec![FileProblem::new(self.place, "retracted", code, message)];
        if self.draft {
            return Err(wrong(ProblemCode::Contradiction, "A draft can't be retracted: leave one of both out."));
        }
        let at = |problem: &Problem| FileProblem::new(self.place, "retracted", problem.code, problem.message.clone());
        match check_note("retracted", Some(reason), today) {
            Ok(Some(reason)) => Ok(Some(reason)),
            Ok(None) => Err(wrong(ProblemCode::Required, "Say to readers why it was retracted, or leave this out.")),
            Err(problems) => Err(problems.iter().map(at).collect()),
        }
    }
}

impl DevelopmentRecord {
    /// When it was first recorded, where the file says on which day.
    pub fn recorded_at(&self) -> Option<DateTime<Utc>> {
        Some(self.typed.recorded_on?.and_time(NaiveTime::MIN).and_utc())
    }

    /// The checked draft. `find` knows the developments by their keys.
    pub fn draft(&self, find: impl Fn(&str) -> Option<DevelopmentId>) -> Result<Draft, Vec<FileProblem>> {
        let mut entry = self.typed.entry.clone();
        if let Some(named) = &self.typed.disputes {
            let by_id = || matches!(named.parse(), Ok(GlobalId::Development(_))).then(|| named.clone());
            let found = find(named).map(|id| GlobalId::Development(id).to_string()).or_else(by_id);
            let message = || format!("No development before this one has the key {named:?}.");
            let unknown = || vec![FileProblem::new(self.typed.place, "disputes", ProblemCode::NotFound, message())];
            entry.disputes = Some(found.ok_or_else(unknown)?);
        }
        let checked = if self.is_draft { entry.check_unfinished(self.today) } else { entry.check(self.today) };
        checked.map_err(|problems| problems.iter().map(|problem| self.problem(problem)).collect())
    }

    /// That only what readers see can be retracted, and that this is to be a draft.
    pub fn retracted_unseen(&self) -> FileProblem {
        let message = "This is retracted, and only what is published can be: publish it, or leave it out.";
        FileProblem::new(self.typed.place, "retracted", ProblemCode::WrongState, message)
    }

    /// The key of the development that it disputes, or its id, if it disputes one.
    pub fn disputes(&self) -> Option<&str> {
        self.typed.disputes.as_deref()
    }

    /// That what it disputes is in the same file, and wrong itself.
    pub fn disputes_what_is_wrong(&self, key: &str) -> FileProblem {
        let message = format!("The development with the key {key:?} is wrong itself: mend that one.");
        FileProblem::new(self.typed.place, "disputes", ProblemCode::NotFound, message)
    }

    /// A problem of the draft, at its place in the file.
    pub fn problem(&self, problem: &Problem) -> FileProblem {
        match self.typed.place {
            Place::Line(_) => {
                let (field, message) = (problem.field.join("."), problem.message.clone());
                FileProblem::new(self.typed.place, &field, problem.code, message)
            }
            Place::Row(_) => table::problem(&self.typed, problem),
        }
    }
}
