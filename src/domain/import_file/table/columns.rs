//! The columns of a table, and its header.

use super::{cells::Cells, split::RawRow};
use crate::domain::{
    import_file::{FileProblem, Place},
    problem::ProblemCode,
};

/// What a row says of a development.
pub const OF_DEVELOPMENTS: [&str; 20] = [
    "country",
    "kind",
    "occurred",
    "summary",
    "affectsStatus",
    "stage",
    "peopleExactly",
    "peopleAtLeast",
    "peopleAtMost",
    "peopleAbout",
    "peopleDescribedAs",
    "nationalities",
    "amount",
    "currency",
    "terms",
    "form",
    "court",
    "disputes",
    "deniedBy",
    "endedBy",
];

/// What a row says of a source.
pub const OF_SOURCES: [&str; 9] = [
    "sourceKind",
    "publisher",
    "title",
    "url",
    "archivedUrl",
    "attribution",
    "publishedOn",
    "confidential",
    "confidentialNote",
];

/// What a row says of a citation besides what it says of its source.
pub const OF_CITATIONS: [&str; 3] = ["sourceId", "locator", "quote"];

fn all() -> impl Iterator<Item = &'static str> {
    ["key"].into_iter().chain(OF_DEVELOPMENTS).chain(OF_CITATIONS).chain(OF_SOURCES)
}

/// Letters and digits in lower case: "People at most" and "people_at_most" name the column `peopleAtMost`.
pub fn folded(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn column(name: &str) -> Option<&'static str> {
    let name = folded(name);
    all().find(|column| column.to_lowercase() == name)
}

/// Whether a first row names what only a table of developments has.
pub fn are_of_developments(names: &[String]) -> bool {
    names.iter().any(|name| matches!(column(name), Some("country" | "kind" | "summary")))
}

/// Which column stands where; `None` for one without a name.
pub struct Header(Vec<Option<&'static str>>);

impl Header {
    /// The columns that a first row names, or everything that is wrong with them.
    pub fn of(row: &RawRow) -> Result<Self, Vec<FileProblem>> {
        let mut problems = Vec::new();
        let mut add = |column: &str, code, message: String| {
            problems.push(FileProblem::new(Place::Row(row.number), column, code, message));
        };
        let mut columns = Vec::with_capacity(row.cells.len());
        for name in row.cells.iter().map(|name| name.trim()) {
            let column = column(name);
            if column.is_none() && !name.is_empty() {
                let known = all().collect::<Vec<_>>().join(", ");
                add(name, ProblemCode::NotFound, format!("There is no column {name:?}: the columns are {known}."));
            }
            if column.is_some() && columns.contains(&column) {
                let message = format!("Two columns are named {name:?}: leave one of them out.");
                add(name, ProblemCode::Contradiction, message);
            }
            columns.push(column);
        }
        for required in ["country", "kind", "summary"] {
            if !columns.contains(&Some(required)) {
                add(required, ProblemCode::Required, format!("The table needs a column {required:?}."));
            }
        }
        if !columns.contains(&Some("sourceId")) && !columns.contains(&Some("sourceKind")) {
            let message =
                "The table needs a column \"sourceKind\" or \"sourceId\": nothing is recorded without a source.";
            add("sourceKind", ProblemCode::Required, message.to_owned());
        }
        if problems.is_empty() { Ok(Self(columns)) } else { Err(problems) }
    }

    /// What a row says, and a problem where it says something under no name. Cells that a row lacks at its end are blank.
    pub fn read(&self, row: &RawRow) -> (Cells, Option<FileProblem>) {
        let place = Place::Row(row.number);
        let mut cells = Cells::at(place);
        let mut unnamed = None;
        for (index, cell) in row.cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.0.get(index).copied().flatten() {
                Some(column) => cells.put(column, cell.replace("\r\n", "\n")),
                None => {
                    let message = format!("Cell {} stands under no column's name; it says {cell:?}.", index + 1);
                    unnamed = Some(FileProblem::new(place, "", ProblemCode::Malformed, message));
                }
            }
        }
        (cells, unnamed)
    }
}
