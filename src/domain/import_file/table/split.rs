//! A table's text as rows of cells. The csv crate reads a quotation mark that is out of place as if nothing were wrong, and numbers
//! rows by lines; a desk has to be told of the first, and its spreadsheet does not do the second.

use super::super::{FileProblem, Place};
use crate::domain::problem::ProblemCode;

/// A row as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// As spreadsheets number it.
    pub number: u64,
    pub cells: Vec<String>,
}

impl RawRow {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A quotation mark out of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    number: u64,
    column: String,
    message: &'static str,
}

impl Stray {
    pub fn problem(&self) -> FileProblem {
        FileProblem::new(Place::Row(self.number), &self.column, ProblemCode::Malformed, self.message)
    }
}

/// How far the reading of a cell has come.
enum State {
    Start,
    Bare,
    Quoted,
    /// After a quotation mark in a quoted cell: it ends the cell, or is the first of two.
    Closed,
}

struct Splitter {
    rows: Vec<RawRow>,
    cells: Vec<String>,
    cell: String,
}

impl Splitter {
    fn end_cell(&mut self) -> State {
        self.cells.push(std::mem::take(&mut self.cell));
        State::Start
    }

    fn end_row(&mut self) -> State {
        self.end_cell();
        let number = self.number();
        self.rows.push(RawRow { number, cells: std::mem::take(&mut self.cells) });
        State::Start
    }

    fn keep(&mut self, letter: char, state: State) -> State {
        self.cell.push(letter);
        state
    }

    fn number(&self) -> u64 {
        self.rows.len() as u64 + 1
    }

    fn stray(&self, message: &'static str) -> Stray {
        let header = self.rows.iter().find(|row| !row.is_blank());
        let column = header.and_then(|row| row.cells.get(self.cells.len())).map(|name| name.trim().to_owned());
        Stray { number: self.number(), column: column.unwrap_or_default(), message }
    }
}

/// Splits a text at the separator that its first row uses: comma, semicolon or tab. A cell in quotation marks may hold all of these, line
/// breaks, and quotation marks written twice.
pub fn split(text: &str) -> Result<Vec<RawRow>, Stray> {
    let text = text.trim_start_matches('\u{FEFF}');
    let separator = separator(text);
    let mut splitter = Splitter { rows: Vec::new(), cells: Vec::new(), cell: String::new() };
    let mut state = State::Start;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let breaks = matches!(letter, '\n' | '\r') && !matches!(state, State::Quoted);
        if breaks && letter == '\r' {
            letters.next_if_eq(&'\n');
        }
        state = match (state, letter) {
            (State::Quoted, '"') => State::Closed,
            (State::Quoted, letter) => splitter.keep(letter, State::Quoted),
            (_, _) if breaks => splitter.end_row(),
            (_, letter) if letter == separator => splitter.end_cell(),
            (State::Start, '"') => State::Quoted,
            (State::Closed, '"') => splitter.keep('"', State::Quoted),
            (State::Closed, ' ') => State::Closed,
            (State::Closed, _) => {
                let message = "A quotation mark stands alone in a cell that begins with one: write it twice, and close the cell with one more.";
                return Err(splitter.stray(message));
            }
            (State::Start | State::Bare, letter) => splitter.keep(letter, State::Bare),
        };
    }
    match state {
        State::Quoted => {
            return Err(splitter
                .stray("The quotation mark that opens this cell is never closed: close the cell with one more."));
        }
        State::Start if splitter.cells.is_empty() => {}
        State::Start | State::Bare | State::Closed => {
            splitter.end_row();
        }
    }
    Ok(splitter.rows)
}

/// The separator that the first row uses most, outside quotation marks.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare: String = first.split('"').step_by(2).collect();
    let uses = |separator: &char| bare.matches(*separator).count();
    // Of equals the last is taken.
    ['\t', ';', ','].into_iter().max_by_key(uses).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        split(text).unwrap().into_iter().map(|row| row.cells).collect()
    }

    fn stray(text: &str) -> String {
        split(text).unwrap_err().problem().to_string()
    }

    #[test]
    fn the_header_tells_the_separator() {
        for text in ["a,b\n1;2,3\n", "a;b\r\n1;2,3\r\n", "\u{FEFF}a\tb\r1\t2,3", "\n\"a;;;\",b\n1,2"] {
            let rows: Vec<_> = cells(text).into_iter().filter(|row| row.len() > 1).collect();
            assert_eq!(rows.len(), 2, "{text:?} {rows:?}");
        }
        assert_eq!(cells("a;b\r\n1,0;\"2;\"\"x\"\"\r\ny\"\r\n"), [["a", "b"], ["1,0", "2;\"x\"\r\ny"]]);
        assert_eq!(cells("alone\nrow"), [["alone"], ["row"]]);
        assert_eq!(cells(""), [[""; 0]; 0]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let rows = split("a,b\r\n\"two\r\nlines\",\r\n\r\n3,\r\n").unwrap();
        let numbers: Vec<_> = rows.iter().map(|row| (row.number, row.is_blank())).collect();
        assert_eq!(numbers, [(1, false), (2, false), (3, true), (4, false)]);
    }

    #[test]
    fn a_quotation_mark_out_of_place_is_told_with_its_cell() {
        assert_eq!(cells("a,b\n5\" pipe,\"x\" \n"), [["a", "b"], ["5\" pipe", "x"]]);
        assert!(stray("a,b\n1,2\n3,\"We agreed,\" she said\n").starts_with("row 3, b: A quotation mark stands alone"));
        assert!(
            stray("a,b\n1,\"2\n3,4\n").starts_with("row 2, b: The quotation mark that opens this cell is never closed")
        );
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_as_it_was(
            rows in proptest::collection::vec(proptest::collection::vec("[a-c\"',;\t\r\n é]{0,6}", 3), 1..8),
            separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
            writer.write_record(["x", "y", "z"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(&cells(&text)[1..], &rows[..]);
        }

        #[test]
        fn no_text_is_too_strange(text in "[a\"',;\t\r\n ]{0,40}") {
            let _ = split(&text);
        }
    }
}
