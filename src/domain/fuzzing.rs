//! What holds of everything that the parsers of this room take, whatever they are given. The fuzzer looks for what breaks it (`fuzz/`), and
//! the tests hold each committed seed to it.

use std::str::FromStr;

use chrono::NaiveDate;
use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use super::{
    calendar,
    country::{CountryCode, fold},
    cursor::{self, CountryCursor, Cursor, DevelopmentCursor, FeedCursor, HistoryCursor, WorkingCursor},
    development::Kind,
    edtf::Edtf,
    entry::{CitationEntry, Entry, MAX_SUMMARY, MoneyEntry, SourceEntry},
    id::{DevelopmentId, GlobalId},
    import_file::{DevelopmentsFile, parse_countries, parse_developments, parse_table, write_countries},
    money::Money,
    source::SourceKind,
};

/// A name of the fuzzer's targets, and what holds of any input.
pub type Target = (&'static str, fn(&[u8]));

/// All of this room.
pub const TARGETS: [Target; 8] = [
    ("date", date),
    ("cursor", cursor),
    ("id", id),
    ("country", country),
    ("entry", entry),
    ("countries_file", countries_file),
    ("developments_file", developments_file),
    ("table", table),
];

/// How many rows a pasted table may have.
const MAX_ROWS: usize = 500;

/// A day on which all may be recorded that is of the past.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day of the calendar");

/// A date in EDTF says again what it was read from, and ends no earlier than it begins.
pub fn date(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(day) = calendar::day(text) {
        assert_eq!(day.format("%Y-%m-%d").to_string(), text);
    }
    let Ok(date) = text.parse::<Edtf>() else { return };
    assert_eq!(date.text(), text);
    assert_eq!(date.text().parse(), Ok(date.clone()));
    assert!(date.earliest().is_some() || date.latest().is_some());
    if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
        assert!(earliest <= latest, "{text}");
    }
    if let Some(latest) = date.latest() {
        assert_eq!(Edtf::until(latest).latest(), Some(latest));
    }
    assert!(!date.label().trim().is_empty());
}

/// A cursor comes back as what it was.
pub fn cursor(data: &[u8]) {
    // As a client sends it, and as what is inside of it.
    let texts = [std::str::from_utf8(data).ok().map(str::to_owned), Some(BASE64URL_NOPAD.encode(data))];
    for text in texts.iter().flatten() {
        comes_back::<FeedCursor>(text);
        comes_back::<CountryCursor>(text);
        comes_back::<DevelopmentCursor>(text);
        comes_back::<WorkingCursor>(text);
        comes_back::<HistoryCursor>(text);
    }
}

fn comes_back<C: Cursor + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(found) = cursor::decode::<C>(text) {
        assert!(found.is_possible());
        let written = cursor::encode(&found);
        assert_eq!(cursor::decode::<C>(&written), Ok(found));
    }
}

/// An id is written in one way only.
pub fn id(data: &[u8]) {
    let texts = [std::str::from_utf8(data).ok().map(str::to_owned), Some(BASE64URL_NOPAD.encode(data))];
    for text in texts.iter().flatten() {
        if let Ok(id) = text.parse::<GlobalId>() {
            assert_eq!(id.to_string(), *text);
        }
    }
}

/// A code has two capitals, and what is folded once is folded.
pub fn country(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(code) = text.parse::<CountryCode>() {
        assert_eq!(code.as_str(), text.to_ascii_uppercase());
    }
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "{text:?}");
}

/// What passes the check is within its limits; what does not is told with what to do about it.
pub fn entry(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut fields = text.split('\n');
    let mut next = || fields.next().map(str::to_owned);
    let kinds = <Kind as async_graphql::resolver_utils::EnumType>::items();
    let kind = next().and_then(|field| field.parse::<usize>().ok()).unwrap_or_default() % kinds.len();
    let mut entry = Entry::of(kinds[kind].value);
    entry.country = next().unwrap_or_default();
    entry.occurred = next();
    entry.summary = next().unwrap_or_default();
    entry.people = next().and_then(|field| serde_json::from_str(&field).ok());
    entry.amount = next().and_then(|field| amount(&field));
    entry.nationalities = next().map(|field| field.split(',').map(str::to_owned).collect()).unwrap_or_default();
    entry.disputes = next();
    entry.denied_by = next();
    entry.court = next();
    let title = next().unwrap_or_default();
    let source = SourceEntry {
        kind: SourceKind::NewsReport,
        publisher: next(),
        title,
        url: next(),
        archived_url: next(),
        attribution: next(),
        published_on: next(),
        confidential: next().is_some_and(|field| field == "confidential"),
        confidential_note: next(),
    };
    entry.citations = vec![CitationEntry { source_id: next(), source: Some(source), locator: next(), quote: next() }];
    let unfinished = entry.clone().check_unfinished(TODAY);
    match entry.check(TODAY) {
        Ok(draft) => {
            assert!(unfinished.is_ok(), "a draft needs less than what is published");
            let length = draft.summary.chars().count();
            assert!((1..=MAX_SUMMARY).contains(&length) && draft.summary.trim() == draft.summary);
            assert!(draft.occurred.iter().all(|date| date.earliest().is_none_or(|day| day <= TODAY)));
        }
        Err(problems) => {
            assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.message.is_empty()));
        }
    }
}

/// An amount and its currency. What is money is money when it is read again.
fn amount(text: &str) -> Option<MoneyEntry> {
    let (value, currency) = text.split_once(' ')?;
    let value = rust_decimal::Decimal::from_str(value).ok()?;
    if let Ok(money) = Money::new(value, currency) {
        assert!(money.label().starts_with(money.currency()));
        assert_eq!(Money::new(money.value(), money.currency()), Ok(money));
    }
    Some(MoneyEntry { value, currency: currency.to_owned() })
}

/// Countries that are read, written and read again are the same.
pub fn countries_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match parse_countries(text) {
        Ok(records) => {
            let written = write_countries(&records).expect("countries that were read can be written");
            assert_eq!(parse_countries(&written), Ok(records));
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
}

/// A file of developments is sound, or says at which place what is wrong with it.
pub fn developments_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    is_told(&parse_developments(text, TODAY));
}

/// The same of a pasted table.
pub fn table(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = parse_table(text, MAX_ROWS, TODAY);
    is_told(&file);
    assert!(file.developments.len() <= MAX_ROWS);
}

fn is_told(file: &DevelopmentsFile) {
    assert!(file.problems.iter().all(|problem| problem.place.number() > 0 && !problem.message.is_empty()));
    if file.problems.is_empty() {
        assert!(file.developments.iter().all(|listed| listed.record.is_some()));
    }
    for record in file.developments.iter().filter_map(|listed| listed.record.as_ref()) {
        assert!(record.draft(|_| Some(DevelopmentId(Uuid::nil()))).is_ok(), "what is sound becomes a draft");
    }
}
