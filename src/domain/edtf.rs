//! Dates as journalists know them, in EDTF (ISO 8601-2): a day, a month, a season, a year, approximate or uncertain, or an
//! interval between two of them. Unknown is the absence of a date.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Month, Months, NaiveDate};

/// How long a date may be written, in characters.
pub const MAX_LENGTH: usize = 40;

/// The years that a date may lie in: a mistyped century is refused.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A date with the interval of days that it can mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    Point(Point),
    Between(Point, Point),
    /// Some time up to the end of a point.
    Until(Point),
    /// Some time from the beginning of a point on.
    Since(Point),
}

/// A calendar unit, as sure as the sources are of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Point {
    unit: Unit,
    approximate: bool,
    uncertain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Day(NaiveDate),
    /// By its first day.
    Month(NaiveDate),
    Season(i32, Season),
    Year(i32),
}

/// A season of the northern hemisphere, as U.S. newspapers use the word. Winter is the one that begins in December of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotEdtf {
    #[error(
        "Write the date as EDTF: 2025-03-12 for a day, 2025-03 for a month, 2025-21 to 2025-24 for spring to winter 2025, 2025 for \
         a year, with ~ behind it when approximate and ? when uncertain."
    )]
    Malformed,
    #[error("There is no such day in the calendar.")]
    NoSuchDay,
    #[error("The year must be from {} to {}.", YEARS.start(), YEARS.end())]
    YearOutOfRange,
    #[error("The interval ends before it begins.")]
    EndsBeforeItBegins,
}

impl FromStr for Edtf {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        if text.len() > MAX_LENGTH {
            return Err(NotEdtf::Malformed);
        }
        let shape = match text.split_once('/') {
            None => Shape::Point(text.parse()?),
            Some(("..", end)) => Shape::Until(end.parse()?),
            Some((start, "..")) => Shape::Since(start.parse()?),
            Some((start, end)) => Shape::Between(start.parse()?, end.parse()?),
        };
        if let Shape::Between(start, end) = shape
            && end.unit.last() < start.unit.first()
        {
            return Err(NotEdtf::EndsBeforeItBegins);
        }
        Ok(Self { text: shape.to_string(), shape })
    }
}

impl FromStr for Point {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        let (text, approximate, uncertain) = match text.strip_suffix(['~', '?', '%']) {
            None => (text, false, false),
            Some(bare) if text.ends_with('~') => (bare, true, false),
            Some(bare) if text.ends_with('?') => (bare, false, true),
            Some(bare) => (bare, true, true),
        };
        Ok(Self { unit: text.parse()?, approximate, uncertain })
    }
}

impl FromStr for Unit {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        let mut parts = text.split('-');
        let year = parts.next().ok_or(NotEdtf::Malformed).and_then(|part| number(part, 4))?;
        let second = parts.next().map(|part| number(part, 2)).transpose()?;
        let third = parts.next().map(|part| number(part, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(NotEdtf::Malformed);
        }
        let in_century = i32::try_from(year).map_err(|_| NotEdtf::Malformed)?;
        if !YEARS.contains(&in_century) {
            return Err(NotEdtf::YearOutOfRange);
        }
        match (second, third) {
            (None, _) => Ok(Self::Year(in_century)),
            (Some(month @ 1..=12), None) => {
                NaiveDate::from_ymd_opt(in_century, month, 1).map(Self::Month).ok_or(NotEdtf::NoSuchDay)
            }
            (Some(21), None) => Ok(Self::Season(in_century, Season::Spring)),
            (Some(22), None) => Ok(Self::Season(in_century, Season::Summer)),
            (Some(23), None) => Ok(Self::Season(in_century, Season::Fall)),
            (Some(24), None) => Ok(Self::Season(in_century, Season::Winter)),
            (Some(_), None) => Err(NotEdtf::Malformed),
            (Some(month), Some(day)) => {
                NaiveDate::from_ymd_opt(in_century, month, day).map(Self::Day).ok_or(NotEdtf::NoSuchDay)
            }
        }
    }
}

fn number(digits: &str, length: usize) -> Result<u32, NotEdtf> {
    if digits.len() != length || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotEdtf::Malformed);
    }
    digits.parse().map_err(|_| NotEdtf::Malformed)
}

impl Edtf {
    /// Some time up to a day.
    pub fn until(day: NaiveDate) -> Self {
        let shape = Shape::Until(Point { unit: Unit::Day(day), approximate: false, uncertain: false });
        Self { text: shape.to_string(), shape }
    }

    /// The date as EDTF text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first day that it can mean; `None` where it has no beginning.
    pub fn earliest(&self) -> Option<NaiveDate> {
        match self.shape {
            Shape::Point(point) | Shape::Between(point, _) | Shape::Since(point) => Some(point.unit.first()),
            Shape::Until(_) => None,
        }
    }

    /// The last day that it can mean; `None` where it has no end.
    pub fn latest(&self) -> Option<NaiveDate> {
        match self.shape {
            Shape::Point(point) | Shape::Between(_, point) | Shape::Until(point) => Some(point.unit.last()),
            Shape::Since(_) => None,
        }
    }

    /// The date as a newspaper writes it: "March 12, 2025", "spring 2025", "about March 2025".
    pub fn label(&self) -> String {
        match self.shape {
            Shape::Point(point) => point.label(),
            Shape::Between(start, end) => format!("{} to {}", start.label(), end.label()),
            Shape::Until(end) => format!("by {}", end.label()),
            Shape::Since(start) => format!("since {}", start.label()),
        }
    }
}

impl Point {
    fn label(self) -> String {
        let unit = self.unit.label();
        match (self.approximate, self.uncertain) {
            (false, false) => unit,
            (true, false) => format!("about {unit}"),
            (false, true) => format!("possibly {unit}"),
            (true, true) => format!("possibly about {unit}"),
        }
    }
}

impl Unit {
    fn first(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Month(day) => day,
            Self::Season(year, season) => first_of_month(year, season.first_month()),
            Self::Year(year) => first_of_month(year, 1),
        }
    }

    fn last(self) -> NaiveDate {
        let months = match self {
            Self::Day(day) => return day,
            Self::Month(_) => 1,
            Self::Season(..) => 3,
            Self::Year(_) => 12,
        };
        let next = self.first().checked_add_months(Months::new(months));
        next.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    fn label(self) -> String {
        match self {
            Self::Day(day) => format!("{} {}, {:04}", month_name(day), day.day(), day.year()),
            Self::Month(day) => format!("{} {:04}", month_name(day), day.year()),
            Self::Season(year, Season::Winter) => format!("winter {year}-{:02}", (year + 1) % 100),
            Self::Season(year, season) => format!("{} {year}", season.label()),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// Its month's English name. It stands in every answer: chrono would read a format each time.
fn month_name(day: NaiveDate) -> &'static str {
    u8::try_from(day.month()).ok().and_then(|month| Month::try_from(month).ok()).map_or("", |month| month.name())
}

fn first_of_month(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
}

impl Season {
    fn first_month(self) -> u32 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Fall => 9,
            Self::Winter => 12,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Fall => "fall",
            Self::Winter => "winter",
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => write!(f, "{point}"),
            Self::Between(start, end) => write!(f, "{start}/{end}"),
            Self::Until(end) => write!(f, "../{end}"),
            Self::Since(start) => write!(f, "{start}/.."),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Day(day) => write!(f, "{day}"),
            Unit::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Unit::Season(year, season) => write!(f, "{year:04}-{}", 20 + season.first_month() / 3),
            Unit::Year(year) => write!(f, "{year:04}"),
        }?;
        f.write_str(match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_means_its_first_to_its_last_day_and_reads_as_in_a_newspaper() {
        for (text, earliest, latest, label) in [
            ("2025-03-12", "2025-03-12", "2025-03-12", "March 12, 2025"),
            ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
            ("2025-21", "2025-03-01", "2025-05-31", "spring 2025"),
            ("2025-22", "2025-06-01", "2025-08-31", "summer 2025"),
            ("2025-23", "2025-09-01", "2025-11-30", "fall 2025"),
            ("2025-24", "2025-12-01", "2026-02-28", "winter 2025-26"),
            ("2025", "2025-01-01", "2025-12-31", "2025"),
            ("2025-03~", "2025-03-01", "2025-03-31", "about March 2025"),
            ("2025-03-12?", "2025-03-12", "2025-03-12", "possibly March 12, 2025"),
            ("2025%", "2025-01-01", "2025-12-31", "possibly about 2025"),
            ("2025-03-12/2025-03", "2025-03-12", "2025-03-31", "March 12, 2025 to March 2025"),
            ("2025-03/2025-05-10", "2025-03-01", "2025-05-10", "March 2025 to May 10, 2025"),
        ] {
            let date: Edtf = text.parse().unwrap();
            assert_eq!(date.earliest().unwrap().to_string(), earliest, "{text}");
            assert_eq!(date.latest().unwrap().to_string(), latest, "{text}");
            assert_eq!(date.label(), label);
            assert_eq!(date.text(), text);
        }
    }

    #[test]
    fn an_interval_may_be_open() {
        let until: Edtf = "../2025-06-25".parse().unwrap();
        assert_eq!((until.earliest(), until.latest()), (None, NaiveDate::from_ymd_opt(2025, 6, 25)));
        assert_eq!(until.label(), "by June 25, 2025");
        assert_eq!(until, Edtf::until(NaiveDate::from_ymd_opt(2025, 6, 25).unwrap()));
        let since: Edtf = "2025-06/..".parse().unwrap();
        assert_eq!((since.earliest(), since.latest()), (NaiveDate::from_ymd_opt(2025, 6, 1), None));
    }

    #[test]
    fn what_is_not_a_date_is_refused_with_what_to_write() {
        for (text, error) in [
            ("", NotEdtf::Malformed),
            ("March 12", NotEdtf::Malformed),
            ("2025-3-12", NotEdtf::Malformed),
            ("2025-13", NotEdtf::Malformed),
            ("2025-25", NotEdtf::Malformed),
            ("2025-03-12T10:00", NotEdtf::Malformed),
            ("2025-03-12-01", NotEdtf::Malformed),
            ("../..", NotEdtf::Malformed),
            ("/2025", NotEdtf::Malformed),
            ("２０２５", NotEdtf::Malformed),
            ("2025-02-29", NotEdtf::NoSuchDay),
            ("2025-04-31", NotEdtf::NoSuchDay),
            ("0225-03-12", NotEdtf::YearOutOfRange),
            ("2205", NotEdtf::YearOutOfRange),
            ("2025-05/2025-03", NotEdtf::EndsBeforeItBegins),
            ("2025-03-12/2025-03-11", NotEdtf::EndsBeforeItBegins),
        ] {
            assert_eq!(text.parse::<Edtf>(), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic_and_what_it_takes_comes_back(text in "[0-9./~?%-]{0,24}|\\PC{0,40}") {
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert_eq!(date.text().parse::<Edtf>().unwrap(), date.clone());
                if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
                    prop_assert!(earliest <= latest);
                }
            }
        }
    }
}
