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
/// was recorded.
pub fn effective_day<'a>(
    occurred: Option<&'a Edtf>,
    sources_published: impl IntoIterator<Item = &'a Edtf>,
    recorded: NaiveDate,
) -> NaiveDate {
    sources_published
        .into_iter()
        .chain(occurred)
        .filter_map(Edtf::latest)
        .fold(recorded, NaiveDate::min)
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
