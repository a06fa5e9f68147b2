//! Files that a person can read and edit, as the tracker takes them in: countries as CSV, developments as YAML. A bad file is refused
//! whole, each problem with its line and field.

mod countries;
mod developments;

use std::fmt;

pub use countries::{CountryRecord, parse_countries};
pub use developments::{DevelopmentRecord, parse_developments};

/// How large a file may be, in bytes.
pub const MAX_FILE: usize = 10_000_000;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Counted from 1.
    pub line: u64,
    /// The field by its name in the file; empty where the line as a whole is wrong.
    pub field: String,
    pub message: String,
}

impl FileProblem {
    fn new(line: u64, field: &str, message: impl Into<String>) -> Self {
        Self { line, field: field.to_owned(), message: message.into() }
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

fn too_large(text: &str) -> Option<FileProblem> {
    let length = text.len();
    (length > MAX_FILE)
        .then(|| FileProblem::new(1, "", format!("A file has {MAX_FILE} bytes at most; this one has {length}.")))
}
