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
    /// Written, seen by staff only.
    Draft,
    /// Seen by everyone.
    Published,
}

/// A development as a viewer sees it at a position: one revision of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Development {
    pub id: DevelopmentId,
    /// Counts from 1.
    pub revision: i32,
    pub country: CountryCode,
    pub state: State,
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
}
