//! Developments as a desk keeps them in a spreadsheet: a row each, the first row names the columns.

mod cells;
mod columns;
mod split;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{DevelopmentsFile, FileProblem, Listed, Place, record::Typed, too_large};
use crate::domain::{
    people::grouped,
    problem::{Problem, ProblemCode},
};
use cells::Cells;
use columns::Header;
use split::{RawRow, split};

/// Whether a text is a table of developments, by the columns that it names.
pub fn is_table(text: &str) -> bool {
    split(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default())
        .is_ok_and(|rows| rows.first().is_some_and(|row| columns::are_of_developments(&row.cells)))
}

/// Reads a table of developments, of so many rows at most, and checks each. `today` is the latest calendar day anywhere on Earth.
pub fn parse_table(text: &str, max_rows: usize, today: NaiveDate) -> DevelopmentsFile {
    let (header, rows) = match rows(text, max_rows) {
        Ok(read) => read,
        Err(problems) => return DevelopmentsFile { developments: Vec::new(), problems },
    };
    let mut table = Table::default();
    for row in &rows {
        table.add(&header, row);
    }
    let mut parsed = DevelopmentsFile::default();
    for mut development in table.developments {
        let (place, key) = (development.cells.place, development.key.clone());
        let mut problems = std::mem::take(&mut development.problems);
        let typed = development.typed(&mut problems);
        let checked = typed.check(today).map_err(|found| problems.extend(found)).ok();
        let record = checked.filter(|_| problems.is_empty());
        parsed.developments.push(Listed { place, key, record });
        parsed.problems.extend(problems);
    }
    parsed.problems.extend(table.stray);
    parsed.problems.sort_by_key(|problem| problem.place);
    parsed
}

/// The rows of a table below its header, blank ones left out.
fn rows(text: &str, max_rows: usize) -> Result<(Header, Vec<RawRow>), Vec<FileProblem>> {
    if let Some(problem) = too_large(text) {
        return Err(vec![problem]);
    }
    let mut rows = split(text).map_err(|stray| vec![stray.problem()])?.into_iter().filter(|row| !row.is_blank());
    let problem = |code, message: &str| vec![FileProblem::new(Place::Row(1), "", code, message)];
    let Some(header) = rows.next() else {
        return Err(problem(ProblemCode::Required, "The table is empty: its first row names the columns."));
    };
    let header = Header::of(&header)?;
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Err(problem(
            ProblemCode::Required,
            "The table has a header and no rows: add a row for each development.",
        ));
    }
    if rows.len() > max_rows {
        let (most, sent) = (grouped(max_rows), grouped(rows.len()));
        let message = format!("A table has {most} rows at most; this one has {sent}. Send it in parts.");
        return Err(problem(ProblemCode::TooLong, &message));
    }
    Ok((header, rows))
}

/// The developments of a table, gathered from its rows.
#[derive(Default)]
struct Table {
    developments: Vec<Development>,
    /// Where each is, by its key.
    by_key: BTreeMap<String, usize>,
    /// Problems of rows that belong to no development.
    stray: Vec<FileProblem>,
}

/// A development with the rows that belong to it.
struct Development {
    key: String,
    /// The row that describes it.
    cells: Cells,
    /// The rows that each add a citation.
    more: Vec<Cells>,
    problems: Vec<FileProblem>,
}

impl Table {
    fn add(&mut self, header: &Header, row: &RawRow) {
        let (cells, unnamed) = header.read(row);
        let given = cells.get("key").map(str::to_owned);
        let known = given.as_ref().and_then(|key| self.by_key.get(key)).copied();
        if let Some(first) = known.and_then(|index| self.developments.get_mut(index)) {
            first.problems.extend(unnamed);
            first.add_citation(cells);
            return;
        }
        if given.is_none() && !cells.describe_a_development() {
            let message = "This row has a source and no development: give the key of the one that it belongs to.";
            self.stray.push(cells.problem("key", ProblemCode::Required, message));
            return;
        }
        let key = given.unwrap_or_else(|| digest(&cells));
        if let Some(first) = self.by_key.get(&key).and_then(|index| self.developments.get(*index)) {
            let message = format!("This says the same as {}: leave one of them out.", first.cells.place);
            self.stray.push(cells.problem("", ProblemCode::Contradiction, message));
            return;
        }
        self.by_key.insert(key.clone(), self.developments.len());
        self.developments.push(Development { key, cells, more: Vec::new(), problems: Vec::from_iter(unnamed) });
    }
}

impl Development {
    /// Takes in a further row of the same key. Cells filled down from the first row say nothing new.
    fn add_citation(&mut self, cells: Cells) {
        for (column, cell) in cells.of_the_development() {
            if self.cells.get(column) != Some(cell) {
                let message = format!(
                    "{} says something else under this key: leave this blank to add a source, or give the row another key.",
                    capitalised(self.cells.place)
                );
                self.problems.push(cells.problem(column, ProblemCode::Contradiction, message));
            }
        }
        if cells.name_a_source() {
            self.more.push(cells);
        } else {
            let message = format!("This adds no source to {}: give one, or leave the row out.", self.cells.place);
            self.problems.push(cells.problem("", ProblemCode::Required, message));
        }
    }

    fn typed(self, problems: &mut Vec<FileProblem>) -> Typed {
        let mut entry = self.cells.entry(problems);
        let mut citation_rows = Vec::new();
        for cells in [&self.cells].into_iter().chain(&self.more).filter(|cells| cells.name_a_source()) {
            entry.citations.push(cells.citation(problems));
            citation_rows.push(cells.place.number());
        }
        // Without its kind, whether it can dispute anything can't be judged.
        let disputes = self.cells.kind().and(self.cells.get("disputes")).map(str::to_owned);
        let place = self.cells.place;
        Typed { key: self.key, place, entry, disputes, recorded_on: None, draft: false, retracted: None, citation_rows }
    }
}

fn capitalised(place: Place) -> String {
    place.to_string().replacen('r', "R", 1)
}

/// A key made of all that a row says, so that the same row pasted again is known.
fn digest(cells: &Cells) -> String {
    let mut digest = Sha256::new();
    for (column, cell) in cells.all() {
        for part in [column, &cell.nfc().collect::<String>()] {
            // Their lengths keep apart what stands in two cells.
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
    }
    format!("row-{}", data_encoding::HEXLOWER.encode(&digest.finalize()))
}

/// A problem of a development, at its row and column.
pub(super) fn problem(typed: &Typed, problem: &Problem) -> FileProblem {
    let path: Vec<&str> = problem.field.iter().map(String::as_str).collect();
    let row = |index: &str| {
        let row = index.parse().ok().and_then(|index: usize| typed.citation_rows.get(index));
        row.map_or(typed.place, |row| Place::Row(*row))
    };
    let (place, column) = match path.as_slice() {
        ["citations", index, "source", "kind"] | ["citations", index] => (row(index), "sourceKind"),
        ["citations", index, "source", column] | ["citations", index, column] => (row(index), *column),
        ["citations"] => (typed.place, "sourceKind"),
        ["people", ..] => (typed.place, cells::people_column(path.get(1).copied(), typed.entry.people.as_ref())),
        ["amount", "currency"] => (typed.place, "currency"),
        [column, ..] => (typed.place, *column),
        [] => (typed.place, ""),
    };
    FileProblem::new(place, column, problem.code, problem.message.clone())
}

#[cfg(test)]
mod tests;
