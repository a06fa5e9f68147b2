//! The nine kinds of development, and what each says.

use chrono::{DateTime, NaiveDate, Utc};

use super::{country::CountryCode, edtf::Edtf, id::DevelopmentId, money::Money, people::People, position::Position};

/// The kind of a development.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum, serde::Serialize, serde::Deserialize,
)]
#[graphql(name = "DevelopmentKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// The country was asked, or is to be asked. Sets the status ASKED.
    Ask,
    /// Talks are held or planned. Leaves the status as it is.
    Talks,
    /// The country said no. Sets the status DECLINED.
    Refusal,
    /// The country agreed. Sets the status AGREED.
    Agreement,
    /// Money was paid or promised. Leaves the status as it is.
    Payment,
    /// People were moved. Leaves the status as it is.
    Transfer,
    /// A court ordered something. Leaves the status as it is.
    CourtOrder,
    /// A party disputes another development. Leaves the status as it is, and marks what it disputes.
    Denial,
    /// An agreement ended. Sets the status ENDED.
    Termination,
}

impl Kind {
    /// The name under which an input holds the content of a development of this kind.
    pub fn field_name(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Talks => "talks",
            Self::Refusal => "refusal",
            Self::Agreement => "agreement",
            Self::Payment => "payment",
            Self::Transfer => "transfer",
            Self::CourtOrder => "courtOrder",
            Self::Denial => "denial",
            Self::Termination => "termination",
        }
    }
}

/// How far an ask has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AskStage {
    /// The country has been asked.
    Asked,
    /// The U.S. plans to ask.
    ToBeAsked,
}

/// The form that an agreement takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgreementForm {
    /// A treaty or another agreement binding under international law.
    Treaty,
    /// A memorandum of understanding.
    Memorandum,
    /// An exchange of diplomatic notes or letters.
    ExchangeOfNotes,
    /// Agreed by word of mouth or in public statements only.
    Oral,
}

/// What a development of each kind says beyond what all kinds share. `None` is "the sources do not say".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Details {
    Ask { stage: Option<AskStage>, people: Option<People> },
    Talks,
    Refusal,
    Agreement { people: Option<People>, terms: Option<String>, form: Option<AgreementForm> },
    Payment { amount: Option<Money>, people: Option<People>, nationalities: Vec<CountryCode> },
    Transfer { people: Option<People>, nationalities: Vec<CountryCode> },
    CourtOrder { court: Option<String> },
    Denial { disputes: DevelopmentId, denied_by: String },
    Termination { ended_by: Option<String> },
}

impl Details {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Ask { .. } => Kind::Ask,
            Self::Talks => Kind::Talks,
            Self::Refusal => Kind::Refusal,
            Self::Agreement { .. } => Kind::Agreement,
            Self::Payment { .. } => Kind::Payment,
            Self::Transfer { .. } => Kind::Transfer,
            Self::CourtOrder { .. } => Kind::CourtOrder,
            Self::Denial { .. } => Kind::Denial,
            Self::Termination { .. } => Kind::Termination,
        }
    }
}

/// How far a revision has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "DevelopmentState")]
pub enum State {
    /// Being written; seen by staff only.
    Draft,
    /// Handed to an editor for a decision; seen by staff only.
    InReview,
    /// Goes before readers by itself at its moment; seen by staff only until then.
    Scheduled,
    /// Before readers, or was before a later revision took its place.
    Published,
    /// Replaced by a later revision before it was published; seen by staff only.
    Superseded,
    /// Given up before it was published; seen by staff only.
    Discarded,
}

impl State {
    /// Whether the revision is being worked on.
    pub fn is_working(self) -> bool {
        matches!(self, Self::Draft | Self::InReview | Self::Scheduled)
    }
}

/// A development as a viewer sees it at a position: one revision of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Development {
    pub id: DevelopmentId,
    /// Counts from 1.
    pub revision: i32,
    pub country: CountryCode,
    pub state: State,
    /// When it is to be published; only of what is scheduled.
    pub publish_at: Option<DateTime<Utc>>,
    /// Who wrote this revision; `None` at the command line, and for readers.
    pub author: Option<String>,
    /// When this revision was written; `None` for readers.
    pub written_at: Option<DateTime<Utc>>,
    /// What a correction changed, or why it was retracted, in words for readers.
    pub note: Option<String>,
    /// Whether it corrects a trifle only.
    pub minor: bool,
    /// Where in the feed it was first published; `None` while it is not.
    pub first_position: Option<Position>,
    pub published_at: Option<DateTime<Utc>>,
    /// When it happened; `None` when unknown.
    pub occurred: Option<Edtf>,
    pub effective_day: NaiveDate,
    pub summary: String,
    pub affects_status: bool,
    /// Whether what is seen differs from what was first published.
    pub corrected: bool,
    pub retracted: bool,
    /// Whether a published denial disputes it.
    pub disputed: bool,
    pub details: Details,
    pub referred: Referred,
}

/// What was read along with a development of that to which it refers, so that it need not be looked for. It depends on how the
/// development was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Referred {
    /// The style name of its country; `None` where that was not read.
    pub country: Option<String>,
    /// The codes and style names of its nationalities.
    pub nationalities: Vec<(CountryCode, String)>,
    /// What it disputes; `None` also where that was not read.
    pub disputed: Option<Box<Development>>,
}
