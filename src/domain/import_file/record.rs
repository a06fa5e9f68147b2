use chrono::NaiveDate;
use uuid::Uuid;

use super::{FileProblem, Place, key, table};
use crate::domain::{
    country::CountryCode,
    draft::Draft,
    entry::Entry,
    id::{DevelopmentId, GlobalId},
    problem::{Problem, ProblemCode},
};

/// A development as a file describes it, sound as far as can be told without a database.
#[derive(Debug, Clone)]
pub struct DevelopmentRecord {
    /// What the file calls it: importing it again adds nothing.
    pub key: String,
    pub country: CountryCode,
    /// The day on which it was first recorded, where the file says so.
    pub recorded_on: Option<NaiveDate>,
    /// Whether it stays a draft, whatever becomes of the others.
    pub is_draft: bool,
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
        // The check below says what is wrong with the country; until then any stands in for it, as any id does for what is disputed.
        let country = self.entry.country.trim().parse().unwrap_or(CountryCode::STAND_IN);
        let record = DevelopmentRecord {
            key: self.key.clone(),
            country,
            recorded_on: self.recorded_on,
            is_draft: self.draft,
            typed: self,
            today,
        };
        if let Err(found) = record.draft(|_| Some(DevelopmentId(Uuid::nil()))) {
            problems.extend(found);
        }
        if problems.is_empty() { Ok(record) } else { Err(problems) }
    }
}

impl DevelopmentRecord {
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
        entry.check(self.today).map_err(|problems| problems.iter().map(|problem| self.problem(problem)).collect())
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
