//! The columns of developments, and of the citations that stand behind one.

use super::{
    code,
    column::{Cell, Column, Holds},
};
use crate::domain::{
    country::CountryCode,
    development::{Details, Development},
    edtf::Edtf,
    id::GlobalId,
    money::Money,
    people::People,
    source::Citation,
};

/// A development with what stands behind it.
pub struct Row {
    pub development: Development,
    pub country_name: String,
    pub citations: Vec<Citation>,
}

impl Row {
    fn details(&self) -> &Details {
        &self.development.details
    }

    fn people(&self) -> Option<&People> {
        match self.details() {
            Details::Ask { people, .. }
            | Details::Agreement { people, .. }
            | Details::Payment { people, .. }
            | Details::Transfer { people, .. } => people.as_ref(),
            _ => None,
        }
    }

    fn amount(&self) -> Option<&Money> {
        if let Details::Payment { amount, .. } = self.details() { amount.as_ref() } else { None }
    }

    fn nationalities(&self) -> &[CountryCode] {
        match self.details() {
            Details::Payment { nationalities, .. } | Details::Transfer { nationalities, .. } => nationalities,
            _ => &[],
        }
    }
}

/// A published development.
pub const COLUMNS: &[Column<Row>] = &[
    Column {
        name: "id",
        holds: Holds::Text,
        meaning: "Stable id of the development, as in the API. One row for each.",
        value: |row| GlobalId::Development(row.development.id).to_string().into(),
    },
    Column {
        name: "country",
        holds: Holds::Text,
        meaning: "ISO 3166-1 alpha-2 code of the country that it happened to, as in countries.csv.",
        value: |row| row.development.country.as_str().into(),
    },
    Column {
        name: "country_name",
        holds: Holds::Text,
        meaning: "The newsroom's style name of that country.",
        value: |row| (&row.country_name).into(),
    },
    Column {
        name: "kind",
        holds: Holds::Text,
        meaning: "ASK, TALKS, REFUSAL, AGREEMENT, PAYMENT, TRANSFER, COURT_ORDER, DENIAL or TERMINATION.",
        value: |row| code(row.development.details.kind()).into(),
    },
    Column {
        name: "occurred",
        holds: Holds::Text,
        meaning: "When it happened, in EDTF (ISO 8601-2): a day, a month, a season (2025-21 is spring 2025) or a year, with ~ when approximate, ? when uncertain. Empty when not known.",
        value: |row| row.development.occurred.as_ref().map(Edtf::text).into(),
    },
    Column {
        name: "occurred_earliest",
        holds: Holds::Day,
        meaning: "First day that the date can mean. Empty when not known or open.",
        value: |row| row.development.occurred.as_ref().and_then(Edtf::earliest).into(),
    },
    Column {
        name: "occurred_latest",
        holds: Holds::Day,
        meaning: "Last day that the date can mean. Empty when not known or open.",
        value: |row| row.development.occurred.as_ref().and_then(Edtf::latest).into(),
    },
    Column {
        name: "effective_day",
        holds: Holds::Day,
        meaning: "Last day on which it can have happened, never after the earliest date of its sources: the status rule compares these.",
        value: |row| row.development.effective_day.into(),
    },
    Column {
        name: "summary",
        holds: Holds::Text,
        meaning: "What happened, in the newsroom's words.",
        value: |row| (&row.development.summary).into(),
    },
    Column {
        name: "affects_status",
        holds: Holds::Boolean,
        meaning: "Whether it may set the country's status. False where an editor knows better than the rule.",
        value: |row| row.development.affects_status.into(),
    },
    Column {
        name: "published_at",
        holds: Holds::Instant,
        meaning: "When readers first saw it, in UTC.",
        value: |row| row.development.published_at.into(),
    },
    Column {
        name: "revision",
        holds: Holds::Integer,
        meaning: "Which version of its content this is, counted from 1; drafts count.",
        value: |row| row.development.revision.into(),
    },
    Column {
        name: "corrected",
        holds: Holds::Boolean,
        meaning: "Whether it differs from what was first published.",
        value: |row| row.development.corrected.into(),
    },
    Column {
        name: "retracted",
        holds: Holds::Boolean,
        meaning: "Whether it was taken out of the count. It stays in the record, marked.",
        value: |row| row.development.retracted.into(),
    },
    Column {
        name: "disputed",
        holds: Holds::Boolean,
        meaning: "Whether a published denial disputes it.",
        value: |row| row.development.disputed.into(),
    },
    Column {
        name: "note",
        holds: Holds::Text,
        meaning: "What the last correction changed, or why it was retracted. Empty where neither is.",
        value: |row| row.development.note.as_ref().into(),
    },
    Column {
        name: "stage",
        holds: Holds::Text,
        meaning: "Of an ask: ASKED or TO_BE_ASKED. Empty when the sources do not say.",
        value: |row| match row.details() {
            Details::Ask { stage, .. } => stage.map(code).into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "people_exactly",
        holds: Holds::Integer,
        meaning: "Number of people, exactly.",
        value: |row| row.people().and_then(People::exactly).into(),
    },
    Column {
        name: "people_about",
        holds: Holds::Integer,
        meaning: "Number of people, about.",
        value: |row| row.people().and_then(People::about).into(),
    },
    Column {
        name: "people_at_least",
        holds: Holds::Integer,
        meaning: "Number of people, at least.",
        value: |row| row.people().and_then(People::at_least).into(),
    },
    Column {
        name: "people_at_most",
        holds: Holds::Integer,
        meaning: "Number of people, at most.",
        value: |row| row.people().and_then(People::at_most).into(),
    },
    Column {
        name: "people_in_words",
        holds: Holds::Text,
        meaning: "Number of people where the sources give only words: dozens.",
        value: |row| row.people().and_then(People::in_words).into(),
    },
    Column {
        name: "amount",
        holds: Holds::Decimal,
        meaning: "Of a payment: how much, exactly.",
        value: |row| row.amount().map(Money::value).into(),
    },
    Column {
        name: "currency",
        holds: Holds::Text,
        meaning: "Of a payment: ISO 4217 code of the currency.",
        value: |row| row.amount().map(Money::currency).into(),
    },
    Column {
        name: "terms",
        holds: Holds::Text,
        meaning: "Of an agreement: its terms in words.",
        value: |row| match row.details() {
            Details::Agreement { terms, .. } => terms.as_ref().into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "form",
        holds: Holds::Text,
        meaning: "Of an agreement: TREATY, MEMORANDUM, EXCHANGE_OF_NOTES or ORAL.",
        value: |row| match row.details() {
            Details::Agreement { form, .. } => form.map(code).into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "nationalities",
        holds: Holds::Texts,
        meaning: "Of a payment or a transfer: ISO 3166-1 alpha-2 codes of the people's nationalities.",
        value: |row| Cell::Texts(row.nationalities().iter().map(|code| code.as_str().into()).collect()),
    },
    Column {
        name: "court",
        holds: Holds::Text,
        meaning: "Of a court order: the court.",
        value: |row| match row.details() {
            Details::CourtOrder { court } => court.as_ref().into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "disputes",
        holds: Holds::Text,
        meaning: "Of a denial: id of the development that it disputes.",
        value: |row| match row.details() {
            Details::Denial { disputes, .. } => GlobalId::Development(*disputes).to_string().into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "denied_by",
        holds: Holds::Text,
        meaning: "Of a denial: who disputes.",
        value: |row| match row.details() {
            Details::Denial { denied_by, .. } => denied_by.into(),
            _ => Cell::Nothing,
        },
    },
    Column {
        name: "ended_by",
        holds: Holds::Text,
        meaning: "Of a termination: who ended the agreement.",
        value: |row| match row.details() {
            Details::Termination { ended_by } => ended_by.as_ref().into(),
            _ => Cell::Nothing,
        },
    },
];

/// What a CSV file says of a development's sources: it has one row for each development, however many there are.
pub const SOURCES: &[Column<Row>] = &[
    Column {
        name: "sources",
        holds: Holds::Text,
        meaning: "Where it comes from: publisher and title, or the attribution, of each source, a line each. tracker.json has all about each.",
        value: |row| row.citations.iter().map(told).collect::<Vec<_>>().join("\n").into(),
    },
    Column {
        name: "source_urls",
        holds: Holds::Texts,
        meaning: "Addresses of the sources that are online.",
        value: |row| {
            Cell::Texts(
                row.citations
                    .iter()
                    .filter_map(|citation| citation.source.details.url.as_deref())
                    .map(Into::into)
                    .collect(),
            )
        },
    },
];

/// What ties a development to a source, with what readers may know of the source.
pub const CITATION: &[Column<Citation>] = &[
    Column {
        name: "source",
        holds: Holds::Text,
        meaning: "Stable id of the source, as in the API.",
        value: |citation| GlobalId::Source(citation.source.id).to_string().into(),
    },
    Column {
        name: "kind",
        holds: Holds::Text,
        meaning: "CABLE, DOCUMENT, COURT_FILING, STATEMENT, INTERVIEW, NEWS_REPORT or OTHER.",
        value: |citation| code(citation.source.details.kind).into(),
    },
    Column {
        name: "publisher",
        holds: Holds::Text,
        meaning: "Who published or issued the source.",
        value: |citation| citation.source.details.publisher.as_ref().into(),
    },
    Column {
        name: "title",
        holds: Holds::Text,
        meaning: "The source's title, or what it is in a few words.",
        value: |citation| (&citation.source.details.title).into(),
    },
    Column {
        name: "url",
        holds: Holds::Text,
        meaning: "Where it can be read.",
        value: |citation| citation.source.details.url.as_ref().into(),
    },
    Column {
        name: "archived_url",
        holds: Holds::Text,
        meaning: "A copy of it in a web archive.",
        value: |citation| citation.source.details.archived_url.as_ref().into(),
    },
    Column {
        name: "attribution",
        holds: Holds::Text,
        meaning: "How readers are told where it comes from, where publisher and title do not say it.",
        value: |citation| citation.source.details.attribution.as_ref().into(),
    },
    Column {
        name: "published_on",
        holds: Holds::Text,
        meaning: "When it was published, in EDTF.",
        value: |citation| citation.source.details.published_on.as_ref().map(Edtf::text).into(),
    },
    Column {
        name: "locator",
        holds: Holds::Text,
        meaning: "Where in the source: a page, a paragraph, a time.",
        value: |citation| citation.locator.as_ref().into(),
    },
    Column {
        name: "quote",
        holds: Holds::Text,
        meaning: "The source's own words.",
        value: |citation| citation.quote.as_ref().into(),
    },
];

/// A source in a line.
fn told(citation: &Citation) -> String {
    let source = &citation.source.details;
    if source.confidential {
        return source.title.clone();
    }
    source.publisher.iter().chain([&source.title]).map(String::as_str).collect::<Vec<_>>().join(": ")
}
