//! Columns: what they are called, what they hold and what they mean. Files, data dictionary and JSON Schema are all made from the same
//! table, so that none can say what another does not.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// Several texts without spaces: a list in JSON, with spaces between them in CSV.
    Texts,
    Integer,
    /// An exact decimal number: a text in JSON, since programs read its numbers as floats.
    Decimal,
    Boolean,
    Day,
    Instant,
}

impl Holds {
    /// The type in a Frictionless Table Schema.
    fn in_dictionary(self) -> &'static str {
        match self {
            Self::Text | Self::Texts => "string",
            Self::Integer => "integer",
            Self::Decimal => "number",
            Self::Boolean => "boolean",
            Self::Day => "date",
            Self::Instant => "datetime",
        }
    }

    /// The type in a JSON Schema.
    fn in_schema(self) -> Value {
        match self {
            Self::Text => json!({ "type": ["string", "null"] }),
            Self::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Integer => json!({ "type": ["integer", "null"] }),
            Self::Decimal => json!({ "type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$" }),
            Self::Boolean => json!({ "type": ["boolean", "null"] }),
            Self::Day => json!({ "type": ["string", "null"], "format": "date" }),
            Self::Instant => json!({ "type": ["string", "null"], "format": "date-time" }),
        }
    }
}

/// A column of rows `R`.
pub struct Column<R> {
    /// Stable: programs find the column by it.
    pub name: &'static str,
    pub holds: Holds,
    /// A sentence for the dictionary.
    pub meaning: &'static str,
    pub value: fn(&R) -> Cell<'_>,
}

impl<R> Column<R> {
    /// The column as a field of a Frictionless Table Schema.
    pub fn in_dictionary(&self) -> Value {
        json!({ "name": self.name, "type": self.holds.in_dictionary(), "description": self.meaning })
    }
}

/// The names of columns, as a CSV file begins.
pub fn names<R>(columns: &[Column<R>]) -> impl Iterator<Item = &'static str> {
    columns.iter().map(|column| column.name)
}

/// A row as a JSON object.
pub fn object<R>(columns: &[Column<R>], row: &R) -> serde_json::Map<String, Value> {
    columns.iter().map(|column| (column.name.to_owned(), (column.value)(row).json())).collect()
}

/// The JSON Schema of such objects, some of which have further properties.
pub fn schema<R>(columns: &[Column<R>], further: serde_json::Map<String, Value>) -> Value {
    let properties = columns.iter().map(|column| {
        let mut property = column.holds.in_schema();
        property["description"] = column.meaning.into();
        (column.name.to_owned(), property)
    });
    let properties: serde_json::Map<_, _> = properties.chain(further).collect();
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Integer(i64),
    Decimal(Decimal),
    Boolean(bool),
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Cell<'_> {
    /// What stands in a CSV file.
    pub fn csv(&self) -> Cow<'_, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Text(text) => harmless(text),
            Self::Texts(texts) => harmless(&texts.join(" ")).into_owned().into(),
            Self::Integer(number) => number.to_string().into(),
            Self::Decimal(number) => number.to_string().into(),
            Self::Boolean(is) => Cow::Borrowed(if *is { "true" } else { "false" }),
            Self::Day(day) => day.to_string().into(),
            Self::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::Micros, true).into(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => text.as_ref().into(),
            Self::Texts(texts) => texts.iter().map(AsRef::as_ref).collect(),
            Self::Integer(number) => (*number).into(),
            Self::Boolean(is) => (*is).into(),
            Self::Decimal(_) | Self::Day(_) | Self::Instant(_) => self.csv().into(),
        }
    }
}

/// A text that a spreadsheet does not take for a formula: one that begins like a formula gets an apostrophe before it.
fn harmless(text: &str) -> Cow<'_, str> {
    const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(BEGINNINGS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i32> for Cell<'_> {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(is: bool) -> Self {
        Self::Boolean(is)
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Cell<'_> {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_takes_no_text_for_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(Cell::from(formula).csv(), format!("'{formula}"));
            assert_eq!(Cell::from(formula).json(), formula, "JSON is no spreadsheet");
        }
        for text in ["", "a=b", "'=1", "1-2", " =1"] {
            assert_eq!(Cell::from(text).csv(), text);
        }
        assert_eq!(Cell::from(-1).csv(), "-1", "a number is none");
    }

    #[test]
    fn what_is_not_known_is_empty_and_not_nought() {
        assert_eq!(Cell::from(None::<i32>).csv(), "");
        assert_eq!(Cell::from(None::<i32>).json(), Value::Null);
        assert_eq!(Cell::from(Some(0)).csv(), "0");
    }
}
