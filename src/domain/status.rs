//! A country's status: derived from its developments, never typed in. This is the one place that knows the rule.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{development::Kind, edtf::Edtf, id::DevelopmentId, position::Position};

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

/// What the rule needs to know of a published development.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub development: DevelopmentId,
    pub kind: Kind,
    pub effective_day: NaiveDate,
    /// Where it was first published in the feed.
    pub published: Position,
    pub affects_status: bool,
    pub retracted: bool,
}

impl Claim {
    fn status(&self) -> Option<Status> {
        Status::set_by(self.kind).filter(|_| self.affects_status && !self.retracted)
    }
}

/// The status of a country from all of its published developments, with the one that sets it: of those that set a status, the
/// one with the latest effective day, then the later in the feed.
pub fn derive(claims: &[Claim]) -> Option<(Status, DevelopmentId)> {
    claims
        .iter()
        .filter_map(|claim| Some((claim.status()?, claim)))
        .min_by_key(|(_, claim)| Reverse((claim.effective_day, claim.published)))
        .map(|(status, claim)| (status, claim.development))
}

/// Since when a country has had its status: when the development that set it occurred, or, where that is unknown, some time up
/// to its effective day.
pub fn since(occurred: Option<&Edtf>, effective_day: NaiveDate) -> Edtf {
    occurred.cloned().unwrap_or_else(|| Edtf::until(effective_day))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

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
            ("a background report from before", Some("2025-09-08"), &["2025-06-25", "2025-09-10"], "2025-09-12", "2025-09-08"),
        ] {
            let occurred: Option<Edtf> = occurred.map(|text| text.parse().unwrap());
            let published: Vec<Edtf> = published.iter().map(|text| text.parse().unwrap()).collect();
            assert_eq!(effective_day(occurred.as_ref(), &published, day(recorded)), day(expected), "{what}");
        }
    }

    /// A published development: kind, effective day, position; with `!` retracted, with `-` without effect on the status.
    fn claims(told: &[(&str, Kind, &str)]) -> Vec<Claim> {
        let numbered = told.iter().zip(1..);
        numbered
            .map(|((marks, kind, effective_day), number)| Claim {
                development: DevelopmentId(Uuid::from_u128(number)),
                kind: *kind,
                effective_day: day(effective_day),
                published: Position(i64::try_from(number).unwrap()),
                affects_status: !marks.contains('-'),
                retracted: marks.contains('!'),
            })
            .collect()
    }

    #[test]
    fn the_latest_effective_day_wins_then_the_later_in_the_feed() {
        use Kind::{Agreement, Ask, Denial, Payment, Refusal, Termination};
        for (what, told, expected) in [
            ("nothing is known", &[][..], None),
            ("only a payment", &[("", Payment, "2025-06-01")], None),
            ("asked", &[("", Ask, "2025-06-25")], Some((Status::Asked, 1))),
            (
                "asked, and a refusal of the same article",
                &[("", Ask, "2025-06-25"), ("", Refusal, "2025-06-25")],
                Some((Status::Declined, 2)),
            ),
            (
                "an old ask found after an agreement",
                &[("", Agreement, "2025-09-08"), ("", Ask, "2025-06-25")],
                Some((Status::Agreed, 1)),
            ),
            (
                "an agreement that ended, and a denial of it",
                &[("", Agreement, "2025-09-08"), ("", Termination, "2025-10-01"), ("", Denial, "2025-11-01")],
                Some((Status::Ended, 2)),
            ),
            (
                "asked again after the end",
                &[("", Termination, "2025-10-01"), ("", Ask, "2025-11-01")],
                Some((Status::Asked, 2)),
            ),
            (
                "an agreement that was retracted",
                &[("", Ask, "2025-06-25"), ("!", Agreement, "2025-09-08")],
                Some((Status::Asked, 1)),
            ),
            (
                "an agreement of which the editor knows better",
                &[("", Ask, "2025-06-25"), ("-", Agreement, "2025-09-08")],
                Some((Status::Asked, 1)),
            ),
        ] {
            let expected = expected.map(|(status, number)| (status, DevelopmentId(Uuid::from_u128(number))));
            assert_eq!(derive(&claims(told)), expected, "{what}");
        }
    }
}
