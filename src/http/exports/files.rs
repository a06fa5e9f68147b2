//! The files, part by part: however long the ledger is, little of it is in memory.

use std::{collections::HashMap, sync::Arc};

use async_stream::try_stream;
use axum::body::Bytes;
use csv::Terminator;
use futures_util::Stream;
use serde_json::{Value, json};

use super::{
    Snapshot, code,
    column::{self, Column},
    countries, developments,
};
use crate::{
    domain::{
        country::{Country, CountryCode},
        cursor::CountryOrder,
        id::DevelopmentId,
        page::Window,
        position::Position,
        source::Citation,
        status::Headline,
    },
    store::{countries::CountryFilter, error::StoreError},
};

/// Developments that are read at a time.
const PART: i64 = 1_000;

/// More than there are countries.
const ALL_COUNTRIES: i64 = 1_000;

type Names = HashMap<CountryCode, String>;

pub fn countries_csv(snapshot: Arc<Snapshot>) -> impl Stream<Item = Result<Bytes, StoreError>> {
    try_stream! {
        let mut file = CsvPart::beginning(column::names(countries::COLUMNS))?;
        for country in tracked(&snapshot).await? {
            file.row(countries::COLUMNS, &[], &country)?;
        }
        yield file.end()?;
    }
}

pub fn developments_csv(snapshot: Arc<Snapshot>) -> impl Stream<Item = Result<Bytes, StoreError>> {
    try_stream! {
        let names = names(&snapshot).await?;
        let headings = column::names(developments::COLUMNS).chain(column::names(developments::SOURCES));
        let mut file = CsvPart::beginning(headings)?;
        let mut reached = Position::START;
        while let Some(part) = part(&snapshot, &names, &mut reached).await? {
            for row in &part {
                file.row(developments::COLUMNS, developments::SOURCES, row)?;
            }
            yield std::mem::replace(&mut file, CsvPart::further()).end()?;
        }
        // Where there is nothing, there are still the headings.
        yield file.end()?;
    }
}

pub fn tracker_json(snapshot: Arc<Snapshot>) -> impl Stream<Item = Result<Bytes, StoreError>> {
    try_stream! {
        let names = names(&snapshot).await?;
        let mut text = beginning(&snapshot).await?.to_string();
        // The object goes on with the ledger.
        text.pop();
        text.push_str(",\"developments\":[");
        let mut reached = Position::START;
        let mut before = "\n";
        while let Some(part) = part(&snapshot, &names, &mut reached).await? {
            for row in &part {
                text.push_str(before);
                text.push_str(&entry(row).to_string());
                before = ",\n";
            }
            yield Bytes::from(std::mem::take(&mut text));
        }
        text.push_str("\n]}\n");
        yield Bytes::from(text);
    }
}

/// All of the JSON file but the ledger.
async fn beginning(snapshot: &Snapshot) -> Result<Value, StoreError> {
    let position = snapshot.reader.position();
    let tally = snapshot.reader.tallies_at(&[position]).await?.remove(&position);
    let tally = tally.ok_or(StoreError::Corrupt("a position without statuses"))?;
    let countries = tracked(snapshot).await?;
    let countries: Vec<_> = countries.iter().map(|country| column::object(countries::COLUMNS, country)).collect();
    let statuses: Vec<_> = tally
        .by_status
        .iter()
        .map(|(status, count)| {
            json!({
                "code": status.code.code(),
                "label": status.label,
                "definition": status.definition,
                "headline": status.headline.map(code),
                "countries": count,
            })
        })
        .collect();
    Ok(json!({
        "$schema": "tracker.schema.json",
        "position": position.0,
        "changed_at": snapshot.changed_at,
        "tally": {
            "total": tally.total(),
            "asked": tally.headline(Headline::Asked),
            "agreed": tally.headline(Headline::Agreed),
        },
        "statuses": statuses,
        "countries": countries,
    }))
}

fn entry(row: &developments::Row) -> Value {
    let citations = row.citations.iter().map(|citation| column::object(developments::CITATION, citation));
    let mut object = column::object(developments::COLUMNS, row);
    object.insert("citations".to_owned(), citations.collect());
    object.into()
}

/// The countries with a status, in the order of their names.
async fn tracked(snapshot: &Snapshot) -> Result<Vec<Country>, StoreError> {
    let filter = CountryFilter { tracked: Some(true), ..CountryFilter::default() };
    let window = Window { after: None, before: None, limit: ALL_COUNTRIES, from_end: false };
    let listed = snapshot.reader.countries(&filter, CountryOrder::Name, &window).await?.rows;
    // Read one by one, they come with the number of their developments.
    let codes: Vec<_> = listed.iter().map(|(_, country)| (snapshot.reader.position(), country.code)).collect();
    let found = snapshot.reader.countries_at(&codes).await?.into_iter();
    let mut found: HashMap<_, _> = found.map(|(_, country)| (country.code, country)).collect();
    Ok(codes.iter().filter_map(|(_, code)| found.remove(code)).collect())
}

async fn names(snapshot: &Snapshot) -> Result<Names, StoreError> {
    let records = snapshot.reader.country_records().await?;
    Ok(records.into_iter().map(|record| (record.code, record.name)).collect())
}

/// The next developments in the order of the feed, with what stands behind them; `None` when all were read. Few are read at once, however
/// many exports there are, so that requests find a connection.
async fn part(
    snapshot: &Snapshot,
    names: &Names,
    reached: &mut Position,
) -> Result<Option<Vec<developments::Row>>, StoreError> {
    let _turn = snapshot.app.export_turns.acquire().await;
    let reader = &snapshot.reader;
    let developments = reader.developments_after(*reached, PART).await?;
    let Some(last) = developments.last().and_then(|development| development.first_position) else { return Ok(None) };
    *reached = last;
    let revisions: Vec<_> = developments.iter().map(|shown| (reader.position(), shown.id, shown.revision)).collect();
    let mut citations = HashMap::<DevelopmentId, Vec<Citation>>::new();
    for ((_, id, _), citation) in reader.citations_at(&revisions).await? {
        citations.entry(id).or_default().push(citation);
    }
    let rows = developments.into_iter().map(|development| developments::Row {
        country_name: names.get(&development.country).cloned().unwrap_or_default(),
        citations: citations.remove(&development.id).unwrap_or_default(),
        development,
    });
    Ok(Some(rows.collect()))
}

/// Some rows of a CSV file (RFC 4180).
struct CsvPart(csv::Writer<Vec<u8>>);

impl CsvPart {
    fn beginning(headings: impl Iterator<Item = &'static str>) -> Result<Self, StoreError> {
        let mut part = Self::further();
        part.0.write_record(headings).map_err(unwritable)?;
        Ok(part)
    }

    fn further() -> Self {
        Self(csv::WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new()))
    }

    fn row<R>(&mut self, columns: &[Column<R>], further: &[Column<R>], row: &R) -> Result<(), StoreError> {
        for column in columns.iter().chain(further) {
            self.0.write_field((column.value)(row).csv().as_bytes()).map_err(unwritable)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(unwritable)
    }

    fn end(self) -> Result<Bytes, StoreError> {
        let written = self.0.into_inner();
        written.map(Bytes::from).map_err(|_| StoreError::Corrupt("rows that can't be written as CSV"))
    }
}

fn unwritable(_: csv::Error) -> StoreError {
    StoreError::Corrupt("a row that can't be written as CSV")
}
