//! The years that instants and days are read in: those that ISO 8601 writes with four digits. The database's calendar is not endless.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// The first and the last year.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

/// The instant or day is of no year that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("instants and days are read from the year {:04} to {}", YEARS.start(), YEARS.end())]
pub struct OutOfYears;

/// The instant, if it is of a year that is read.
pub fn instant(instant: DateTime<Utc>) -> Result<DateTime<Utc>, OutOfYears> {
    if has_year(instant.year()) { Ok(instant) } else { Err(OutOfYears) }
}

/// Reads a day as it is written in four, two and two digits. `None` if it is none of the calendar.
pub fn day(text: &str) -> Option<NaiveDate> {
    // The calendar's own reader takes signs, spaces and missing zeros.
    let is_digit =
        |(place, byte): (usize, u8)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let is_plain = text.len() == 10 && text.bytes().enumerate().all(is_digit);
    is_plain.then(|| text.parse().ok()).flatten()
}

/// Whether a year is one that is read.
pub fn has_year(year: i32) -> bool {
    YEARS.contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_full() {
        assert_eq!(day("2025-06-25"), NaiveDate::from_ymd_opt(2025, 6, 25));
        assert_eq!(day("0000-01-01"), NaiveDate::from_ymd_opt(0, 1, 1));
        for text in
            ["", "2025-6-025", "-999-01-01", "+999-01-01", "-9999-1-01", "2025-02-30", "2025/06/25", " 025-06-25"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_instant_is_of_a_year_of_four_digits() {
        for (text, is_read) in [
            ("0000-01-01T00:00:00Z", true),
            ("9999-12-31T23:59:59.999999999Z", true),
            ("-0001-12-31T23:59:59Z", false),
            ("-4713-01-01T00:00:00Z", false),
            ("+10000-01-01T00:00:00Z", false),
            ("0000-01-01T00:00:00+01:00", false),
        ] {
            assert_eq!(instant(text.parse().unwrap()).is_ok(), is_read, "{text}");
        }
        assert_eq!(OutOfYears.to_string(), "instants and days are read from the year 0000 to 9999");
    }
}
