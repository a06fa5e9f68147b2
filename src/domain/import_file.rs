//! Files that a person can read and edit, as the tracker takes them in and gives them out: countries as CSV, developments as YAML or as a desk's table.
//! A bad file is refused whole, each problem with its place and field.

mod countries;
mod developments;
mod key;
mod record;
mod table;
mod write;

use std::fmt;

use super::problem::{Problem, ProblemCode};

pub use countries::{CountryRecord, parse_countries};
pub use developments::parse_developments;
pub use key::{development_of, key_of};
pub use record::DevelopmentRecord;
pub use table::{is_table, parse_table};
pub use write::{LedgerEntry, NotWritten, write_countries, write_developments};

/// How large a file may be, in bytes.
pub const MAX_FILE: usize = 10_000_000;

/// Where in a file something stands, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Line(u64),
    /// A row of a table, as spreadsheets number them: the header is the first, and a cell may have several lines.
    Row(u64),
}

impl Place {
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Row(number) => number,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Row(number) => write!(f, "row {number}"),
        }
    }
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    pub place: Place,
    /// The field or column by its name in the file; empty where the line or row as a whole is wrong.
    pub field: String,
    pub code: ProblemCode,
    /// A sentence that says what to do.
    pub message: String,
}

impl FileProblem {
    /// Something that is wrong with what a file is to become, told at its beginning.
    pub fn of(problem: &Problem) -> Self {
        Self::new(Place::Row(1), &problem.field.join("."), problem.code, problem.message.clone())
    }

    fn new(place: Place, field: &str, code: ProblemCode, message: impl Into<String>) -> Self {
        Self { place, field: field.to_owned(), code, message: message.into() }
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The developments that a file describes, in its order, and everything that is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct DevelopmentsFile {
    pub developments: Vec<Listed>,
    pub problems: Vec<FileProblem>,
}

/// A development of a file.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Where it begins.
    pub place: Place,
    /// What the file calls it: importing it again adds nothing.
    pub key: String,
    /// `None` where something is wrong with it.
    pub record: Option<DevelopmentRecord>,
}

impl DevelopmentsFile {
    /// A file of which nothing can be told but what is wrong with it.
    fn unreadable(problem: FileProblem) -> Self {
        Self { developments: Vec::new(), problems: vec![problem] }
    }
}

fn too_large(text: &str) -> Option<FileProblem> {
    let length = text.len();
    let message = || format!("A file has {MAX_FILE} bytes at most; this one has {length}.");
    (length > MAX_FILE).then(|| FileProblem::new(Place::Line(1), "", ProblemCode::TooLong, message()))
}
