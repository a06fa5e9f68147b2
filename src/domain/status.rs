//! A country's status: derived from its developments, never typed in. The rule: of those that set a status, the one with the latest effective
//! day counts, then the later in the feed. What sets which status and which day is a development's effective one is told here; the
//! database finds the one that counts, under the feed's lock (`publish()` in `migrations/`).

use chrono::NaiveDate;

use super::{development::Kind, edtf::Edtf};

/// Where a country stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum)]
#[graphql(name = "StatusCode")]
pub enum Status {
    /// Has been asked or will be asked.
    Asked,
    /// Has said no; still counts among those asked.
    Declined,
    /// Has agreed.
    Agreed,
    /// Had agreed, and the agreement ended.
    Ended,
}

/// The number in the headline that a status counts towards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum)]
pub enum Headline {
    /// "Have been asked or will be asked."
    Asked,
    /// "Have agreed."
    Agreed,
}

/// A status in the words that readers see at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusDefinition {
    pub code: Status,
    pub label: String,
    pub definition: String,
    /// The number in the headline that it counts towards; `None` counts in the total only.
    pub headline: Option<Headline>,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Asked, Self::Declined, Self::Agreed, Self::Ended];

    /// The code as clients and the database write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "ASKED",
            Self::Declined => "DECLINED",
            Self::Agreed => "AGREED",
            Self::Ended => "ENDED",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The status that a development of a kind sets, if it sets one.
    pub fn set_by(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Ask => Some(Self::Asked),
            Kind::Refusal => Some(Self::Declined),
            Kind::Agreement => Some(Self::Agreed),
            Kind::Termination => Some(Self::Ended),
            Kind::Talks | Kind::Payment | Kind::Transfer | Kind::CourtOrder | Kind::Denial => None,
        }
    }
}

/// The last day on which a development can have happened: the end of its date's interval, but never after the earliest date on
/// which one of its sources was published (what was reported in June did not happen in July), nor after the day on which it
/// was recorded. Nor is it before the date's own first day: a background report from before it does not move it there.
pub fn effective_day<'a>(
    occurred: Option<&'a Edtf>,
    sources_published: impl IntoIterator<Item = &'a Edtf>,
    recorded: NaiveDate,
) -> NaiveDate {
    let last = sources_published.into_iter().chain(occurred).filter_map(Edtf::latest).fold(recorded, NaiveDate::min);
    occurred.and_then(Edtf::earliest).map_or(last, |first| last.max(first))
}

/// Since when a country has had its status: when the development that set it occurred, or, where that is unknown, some time up
/// to its effective day.
pub fn since(occurred: Option<&Edtf>, effective_day: NaiveDate) -> Edtf {
    occurred.cloned().unwrap_or_else(|| Edtf::until(effective_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_effective_day_is_the_last_day_on_which_it_can_have_happened() {
        for (what, occurred, published, recorded, expected) in [
            ("undated, from the June article", None, &["2025-06-25"][..], "2025-09-01", "2025-06-25"),
            ("a day", Some("2025-03-12"), &["2025-06-25"], "2025-09-01", "2025-03-12"),
            ("a month", Some("2025-03"), &["2025-06-25"], "2025-09-01", "2025-03-31"),
            ("a season", Some("2025-21"), &["2025-06-25"], "2025-09-01", "2025-05-31"),
            ("a year, reported before it ends", Some("2025"), &["2025-06-25"], "2025-09-01", "2025-06-25"),
            ("a month, reported before it ends", Some("2025-09"), &["2025-09-10"], "2025-09-12", "2025-09-10"),
            ("approximate", Some("2025-03~"), &["2025-06-25"], "2025-09-01", "2025-03-31"),
            ("uncertain", Some("2025-03-12?"), &["2025-06-25"], "2025-09-01", "2025-03-12"),
            ("an interval", Some("2025-03/2025-05"), &["2025-06-25"], "2025-09-01", "2025-05-31"),
            ("open towards the end", Some("2025-03/.."), &["2025-06-25"], "2025-09-01", "2025-06-25"),
            ("several sources: the earliest counts", None, &["2025-07-01", "2025-06-25"], "2025-09-01", "2025-06-25"),
            ("a source dated by its month", None, &["2025-06"], "2025-09-01", "2025-06-30"),
            ("no source has a date", None, &[], "2025-09-01", "2025-09-01"),
            ("a month that still runs when it is recorded", Some("2025-09"), &[], "2025-09-12", "2025-09-12"),
            (
                "a background report from before",
                Some("2025-09-08"),
                &["2025-06-25", "2025-09-10"],
                "2025-09-12",
                "2025-09-08",
            ),
        ] {
            let occurred: Option<Edtf> = occurred.map(|text| text.parse().unwrap());
            let published: Vec<Edtf> = published.iter().map(|text| text.parse().unwrap()).collect();
            assert_eq!(effective_day(occurred.as_ref(), &published, day(recorded)), day(expected), "{what}");
        }
    }
}
