//! What the cells of a row say.

use std::{collections::BTreeMap, str::FromStr};

use async_graphql::resolver_utils::EnumType;
use rust_decimal::Decimal;

use super::columns::{OF_CITATIONS, OF_DEVELOPMENTS, OF_SOURCES, folded};
use crate::domain::{
    development::Kind,
    entry::{CitationEntry, Entry, MoneyEntry, PeopleEntry, SourceEntry},
    import_file::{FileProblem, Place},
    problem::ProblemCode,
    source::SourceKind,
};

/// A row's cells by their columns; blank ones are left out.
#[derive(Debug, Clone)]
pub struct Cells {
    pub place: Place,
    cells: BTreeMap<&'static str, String>,
}

impl Cells {
    pub fn at(place: Place) -> Self {
        Self { place, cells: BTreeMap::new() }
    }

    pub fn put(&mut self, column: &'static str, cell: String) {
        self.cells.insert(column, cell);
    }

    pub fn get(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// Every cell, in an order that does not depend on the header's.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.cells.iter().map(|(column, cell)| (*column, cell.as_str()))
    }

    /// What it says of a development.
    pub fn of_the_development(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.all().filter(|(column, _)| OF_DEVELOPMENTS.contains(column))
    }

    pub fn describe_a_development(&self) -> bool {
        self.of_the_development().next().is_some()
    }

    /// Whether it says anything of a citation.
    pub fn name_a_source(&self) -> bool {
        self.all().any(|(column, _)| OF_SOURCES.contains(&column) || OF_CITATIONS.contains(&column))
    }

    pub fn problem(&self, column: &str, code: ProblemCode, message: impl Into<String>) -> FileProblem {
        FileProblem::new(self.place, column, code, message)
    }

    fn text(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// Its kind, where it says one.
    pub fn kind(&self) -> Option<Kind> {
        self.get("kind").and_then(named)
    }

    /// The development, without its citations and what it disputes.
    pub fn entry(&self, problems: &mut Vec<FileProblem>) -> Entry {
        let kind = self.one_of::<Kind>("kind", problems);
        if self.get("kind").is_none() {
            let message = format!("Say of which kind it is: {}.", names::<Kind>());
            problems.push(self.problem("kind", ProblemCode::Required, message));
        }
        let shared = Entry {
            country: self.text("country").unwrap_or_default(),
            occurred: self.text("occurred"),
            summary: self.text("summary").unwrap_or_default(),
            affects_status: self.yes_or_no("affectsStatus", problems),
            // Without its kind, what only some kinds say can't be judged.
            ..Entry::of(kind.unwrap_or(Kind::Talks))
        };
        if kind.is_none() {
            return shared;
        }
        Entry {
            stage: self.one_of("stage", problems),
            people: self.people(problems),
            nationalities: self.nationalities(),
            amount: self.amount(problems),
            terms: self.text("terms"),
            form: self.one_of("form", problems),
            court: self.text("court"),
            denied_by: self.text("deniedBy"),
            ended_by: self.text("endedBy"),
            ..shared
        }
    }

    /// The row's citation.
    pub fn citation(&self, problems: &mut Vec<FileProblem>) -> CitationEntry {
        let described = OF_SOURCES.into_iter().find(|column| self.get(column).is_some());
        let source_id = self.text("sourceId");
        if let (Some(column), Some(_)) = (described, &source_id) {
            let message = "Name the source by its id or describe it, not both: leave one of them blank.";
            problems.push(self.problem(column, ProblemCode::Contradiction, message));
        }
        let source = source_id.is_none().then(|| self.source(problems));
        CitationEntry { source_id, source, locator: self.text("locator"), quote: self.text("quote") }
    }

    fn source(&self, problems: &mut Vec<FileProblem>) -> SourceEntry {
        let kind = self.one_of("sourceKind", problems);
        if self.get("sourceKind").is_none() {
            let message = format!("Say what the source is: {}.", names::<SourceKind>());
            problems.push(self.problem("sourceKind", ProblemCode::Required, message));
        }
        SourceEntry {
            kind: kind.unwrap_or(SourceKind::Other),
            publisher: self.text("publisher"),
            title: self.text("title").unwrap_or_default(),
            url: self.text("url"),
            archived_url: self.text("archivedUrl"),
            attribution: self.text("attribution"),
            published_on: self.text("publishedOn"),
            confidential: self.yes_or_no("confidential", problems).unwrap_or(false),
            confidential_note: self.text("confidentialNote"),
        }
    }

    fn people(&self, problems: &mut Vec<FileProblem>) -> Option<PeopleEntry> {
        let before = problems.len();
        let mut number =
            |column| self.parsed::<i64>(column, "Write a whole number in digits alone, such as 1500", problems);
        let people = PeopleEntry {
            exactly: number("peopleExactly"),
            at_least: number("peopleAtLeast"),
            at_most: number("peopleAtMost"),
            about: number("peopleAbout"),
            described_as: self.text("peopleDescribedAs"),
        };
        let said = PEOPLE.into_iter().any(|(_, column)| self.get(column).is_some());
        (said && problems.len() == before).then_some(people)
    }

    fn amount(&self, problems: &mut Vec<FileProblem>) -> Option<MoneyEntry> {
        let value = self.parsed::<Decimal>(
            "amount",
            "Write the amount in digits, with a point before cents: 100000.50",
            problems,
        );
        match (self.get("amount"), self.text("currency")) {
            (Some(_), None) => {
                let message = "Give the amount's currency by its ISO 4217 code, such as USD.";
                problems.push(self.problem("currency", ProblemCode::Required, message));
                None
            }
            (None, Some(_)) => {
                let message = "Give the amount that goes with this currency, or leave both blank.";
                problems.push(self.problem("amount", ProblemCode::Required, message));
                None
            }
            (_, currency) => Some(MoneyEntry { value: value?, currency: currency? }),
        }
    }

    fn nationalities(&self) -> Vec<String> {
        let codes = self.get("nationalities").unwrap_or_default().split(|letter: char| !letter.is_alphanumeric());
        codes.filter(|code| !code.is_empty()).map(str::to_owned).collect()
    }

    fn parsed<T: FromStr>(&self, column: &str, form: &str, problems: &mut Vec<FileProblem>) -> Option<T> {
        let cell = self.get(column)?;
        let value = cell.parse().ok();
        if value.is_none() {
            problems.push(self.problem(column, ProblemCode::Malformed, format!("{form}; this is {cell:?}.")));
        }
        value
    }

    fn one_of<T: EnumType>(&self, column: &str, problems: &mut Vec<FileProblem>) -> Option<T> {
        let cell = self.get(column)?;
        let found = named(cell);
        if found.is_none() {
            let message = format!("Write one of {}; this is {cell:?}.", names::<T>());
            problems.push(self.problem(column, ProblemCode::Malformed, message));
        }
        found
    }

    fn yes_or_no(&self, column: &str, problems: &mut Vec<FileProblem>) -> Option<bool> {
        let cell = self.get(column)?;
        match folded(cell).as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => {
                let message = format!("Write true or false, or yes or no; this is {cell:?}.");
                problems.push(self.problem(column, ProblemCode::Malformed, message));
                None
            }
        }
    }
}

fn named<T: EnumType>(text: &str) -> Option<T> {
    T::items().iter().find(|item| folded(item.name) == folded(text)).map(|item| item.value)
}

fn names<T: EnumType>() -> String {
    T::items().iter().map(|item| item.name).collect::<Vec<_>>().join(", ")
}

const PEOPLE: [(&str, &str); 5] = [
    ("exactly", "peopleExactly"),
    ("atLeast", "peopleAtLeast"),
    ("atMost", "peopleAtMost"),
    ("about", "peopleAbout"),
    ("describedAs", "peopleDescribedAs"),
];

/// The column of a part of a number of people; where it is the number as a whole, the first that says something.
pub fn people_column(part: Option<&str>, people: Option<&PeopleEntry>) -> &'static str {
    let given = |part: &str| {
        people.is_some_and(|people| match part {
            "exactly" => people.exactly.is_some(),
            "atLeast" => people.at_least.is_some(),
            "atMost" => people.at_most.is_some(),
            "about" => people.about.is_some(),
            _ => people.described_as.is_some(),
        })
    };
    let named = PEOPLE.into_iter().find(|(name, _)| part.map_or_else(|| given(name), |part| part == *name));
    named.map_or("peopleExactly", |(_, column)| column)
}
