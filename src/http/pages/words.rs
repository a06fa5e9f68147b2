//! What templates need of dates, numbers and codes, in words.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;

use crate::domain::calendar;

/// The headline numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    pub total: u32,
    pub asked: u32,
    pub agreed: u32,
    pub by_status: Vec<StatusCount>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct StatusCount {
    pub count: u32,
    pub status: Status,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Status {
    pub code: String,
    pub label: String,
    #[serde(default)]
    pub definition: String,
}

/// A date as exactly as it is known.
#[derive(Debug, Clone, Deserialize)]
pub struct Date {
    pub edtf: Option<String>,
    pub label: String,
}

impl Date {
    /// Since when, if that is known.
    pub fn since(&self) -> String {
        match (&self.edtf, self.label.strip_prefix("by ")) {
            (None, _) => String::new(),
            (_, Some(day)) => format!("By {day}"),
            _ => format!("Since {}", self.label),
        }
    }

    /// The same within a sentence.
    pub fn after_status(&self) -> String {
        let since = self.since();
        let day = since.split_once(' ').map(|(word, day)| format!("{} {day}", word.to_lowercase()));
        day.unwrap_or_default()
    }
}

impl Tally {
    /// After the first number.
    pub fn asked_words(&self) -> &'static str {
        if self.asked == 1 {
            "country has been asked or will be asked"
        } else {
            "countries have been asked or will be asked"
        }
    }

    /// After the second number.
    pub fn agreed_words(&self) -> &'static str {
        if self.agreed == 1 { "has agreed" } else { "have agreed" }
    }

    /// Both, for where there are no typefaces.
    pub fn sentence(&self) -> String {
        let (asked, agreed) = (self.asked, self.agreed);
        format!(
            "{asked} {} to take deportees who are not their citizens; {agreed} {}.",
            self.asked_words(),
            self.agreed_words()
        )
    }
}

/// A day of the tracker's past that someone asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// The end of a day, in UTC.
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

impl Past {
    /// Reads `2025-09-01`, or an instant.
    pub fn parse(text: &str) -> Option<Self> {
        // What was not encoded has lost the plus of its time zone.
        let text = &text.replace(' ', "+");
        let instant = || calendar::instant(DateTime::parse_from_rfc3339(text).ok()?.to_utc()).ok().map(Self::Instant);
        calendar::day(text).map(Self::Day).or_else(instant)
    }

    /// The instant as of which to read.
    pub fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => {
                day.and_time(NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default()).and_utc()
            }
            Self::Instant(instant) => instant,
        }
    }

    /// As it stands in an address.
    pub fn parameter(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Instant(instant) => instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Day(day) => format!("the end of {}", day.format("%B %-d, %Y")),
            Self::Instant(instant) => moment(&instant),
        }
    }
}

/// "November 25, 2026, 14:05 UTC".
pub fn moment(instant: &DateTime<Utc>) -> String {
    instant.format("%B %-d, %Y, %H:%M UTC").to_string()
}

/// "November 25, 2026".
pub fn day(instant: &DateTime<Utc>) -> String {
    instant.format("%B %-d, %Y").to_string()
}

/// A code of the schema, as it is said: `COURT_ORDER` is "Court order".
pub fn spoken(code: &str) -> String {
    let words = match code {
        "ASK" => "Asked",
        "TRANSFER" => "People moved",
        "TERMINATION" => "End of an agreement",
        "TO_BE_ASKED" => "To be asked",
        _ => "",
    };
    if !words.is_empty() {
        return words.to_owned();
    }
    let lower = code.to_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A field of the schema, as it is said: `publishedOn` is "published on".
pub fn field(name: &str) -> String {
    let words = name.chars().flat_map(|letter| {
        let space = letter.is_uppercase().then_some(' ');
        space.into_iter().chain(letter.to_lowercase())
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_past_is_read_as_its_end() {
        let day = Past::parse("2025-09-01").unwrap();
        assert_eq!(day.instant().to_rfc3339(), "2025-09-01T23:59:59.999999+00:00");
        assert_eq!((day.parameter().as_str(), day.words().as_str()), ("2025-09-01", "the end of September 1, 2025"));
        let instant = Past::parse("2025-09-01T14:05:00 02:00").unwrap();
        assert_eq!(
            (instant.parameter().as_str(), instant.words().as_str()),
            ("2025-09-01T12:05:00Z", "September 1, 2025, 12:05 UTC")
        );
        for nonsense in ["", "yesterday", "2025-13-01", "2025"] {
            assert_eq!(Past::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn codes_and_fields_are_said_in_words() {
        assert_eq!(spoken("COURT_ORDER"), "Court order");
        assert_eq!(spoken("ASK"), "Asked");
        assert_eq!(field("affectsStatus"), "affects status");
    }
}
