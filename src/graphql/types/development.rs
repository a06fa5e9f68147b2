use std::{mem, ops::Deref};

use async_graphql::{Context, ID, Interface, MergedObject, Object, Result, connection::Connection};
use chrono::{DateTime, Utc};

use super::{
    country::{self, Country},
    date::EdtfDate,
    kinds::{
        AgreementDetails, AskDetails, CourtOrderDetails, DenialDetails, PaymentDetails, TerminationDetails,
        TransferDetails,
    },
    revision::{self, Revision},
    source::Citation,
};
use crate::{
    domain::{
        cursor::{DevelopmentCursor, encode},
        development::{self, Details, Kind, State},
        id::{DevelopmentId, GlobalId},
    },
    graphql::{
        error::store_error,
        loaders::{CitationsOf, DenialsOf, TimelineLength, WorkingCopyOf},
        page::{self, DEFAULT_ENTRIES, PageArguments},
        scalars::Date,
        scope::Scope,
    },
    store::developments::{DevelopmentFilter, WorkingFilter},
};

/// What every kind of development has.
#[derive(Clone)]
pub struct Shared {
    scope: Scope,
    development: development::Development,
}

#[Object]
impl Shared {
    /// The id by which `node` refetches it.
    pub async fn id(&self) -> ID {
        GlobalId::Development(self.development.id).to_string().into()
    }

    /// Its kind, as a code; the type says the same.
    async fn kind(&self) -> Kind {
        self.development.details.kind()
    }

    /// The country that it happened to.
    async fn country(&self, _context: &Context<'_>) -> Result<Option<Country>> {
        match &self.development.referred.country {
            Some(name) => Ok(Some(Country::named(&self.scope, self.development.country, name.clone()))),
            None => country::find(&self.scope, self.development.country).await,
        }
    }

    /// What happened, in a sentence or two, in the newsroom's words.
    async fn summary(&self) -> &str {
        &self.development.summary
    }

    /// When it happened, as exactly as the sources say.
    async fn occurred(&self) -> EdtfDate {
        EdtfDate(self.development.occurred.clone())
    }

    /// The last day on which it can have happened: the end of its date's interval, but never after the earliest date on which one
    /// of its sources was published. The status rule compares these days.
    async fn effective_day(&self) -> Date {
        Date(self.development.effective_day)
    }

    /// Whether it may set the country's status. False where an editor knows better than the rule; kinds other than ask, refusal,
    /// agreement and termination never set it.
    async fn affects_status(&self) -> bool {
        self.development.affects_status
    }

    /// When readers first saw it. Null while it is not published.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.development.published_at
    }

    /// Which version of its content this is, counted from 1.
    async fn revision(&self) -> i32 {
        self.development.revision
    }

    /// How far this revision has come.
    async fn state(&self) -> State {
        self.development.state
    }

    /// When it is to go before readers by itself. Null unless it is scheduled, and for readers.
    async fn publish_at(&self) -> Option<DateTime<Utc>> {
        self.development.publish_at
    }

    /// The name of who wrote this revision. Null at the command line, and for readers.
    async fn author(&self) -> Option<&str> {
        self.development.author.as_deref()
    }

    /// When this revision was written. Null for readers.
    async fn written_at(&self) -> Option<DateTime<Utc>> {
        self.development.written_at
    }

    /// Every version of its content in their order: those that were before readers; for staff, all.
    async fn revisions(&self, _context: &Context<'_>) -> Result<Vec<Revision>> {
        revision::list(&self.scope, self.development.id).await
    }

    /// What staff are making of it: the draft, or the correction in preparation. Null where there is none, and for readers.
    async fn working_copy(&self, _context: &Context<'_>) -> Result<Option<Development>> {
        let copy = self.scope.load(WorkingCopyOf(self.development.id)).await?;
        Ok(copy.map(|copy| Development::of(&self.scope, copy)))
    }

    /// Whether what readers see differs from what was first published.
    async fn corrected(&self) -> bool {
        self.development.corrected
    }

    /// Whether it was taken out of the count; it stays in the record, marked.
    async fn retracted(&self) -> bool {
        self.development.retracted
    }

    /// Whether a published denial disputes it.
    async fn disputed(&self) -> bool {
        self.development.disputed
    }

    /// The published developments that dispute it, newest first; each is a `Denial`.
    async fn denials(&self, _context: &Context<'_>) -> Result<Vec<Development>> {
        let denials = self.scope.load(DenialsOf(self.development.id)).await?.unwrap_or_default();
        Ok(denials.into_iter().map(|denial| Development::of(&self.scope, denial)).collect())
    }

    /// The sources that stand behind it, at least one.
    async fn citations(&self, _context: &Context<'_>) -> Result<Vec<Citation>> {
        let key = CitationsOf(self.development.id, self.development.revision);
        let citations: Vec<_> = self.scope.load(key).await?.unwrap_or_default();
        Ok(citations.into_iter().map(|citation| Citation { scope: self.scope.clone(), citation }).collect())
    }
}

/// Defines the type of a kind: what all kinds share, and its own details.
macro_rules! kind {
    ($(#[$doc:meta])+ $name:ident, $($details:ty)?) => {
        $(#[$doc])+
        #[derive(MergedObject, Clone)]
        pub struct $name(pub Shared $(, $details)?);

        impl Deref for $name {
            type Target = Shared;

            fn deref(&self) -> &Shared {
                &self.0
            }
        }
    };
}

kind!(
    /// The country was asked, or is to be asked, to take deportees who are not its citizens. Sets the status ASKED.
    Ask, AskDetails
);
kind!(
    /// Talks are held or planned. Leaves the status as it is.
    Talks,
);
kind!(
    /// The country said no. Sets the status DECLINED, which still counts as asked.
    Refusal,
);
kind!(
    /// The country agreed. Sets the status AGREED.
    Agreement, AgreementDetails
);
kind!(
    /// Money was paid or promised. Leaves the status as it is.
    Payment, PaymentDetails
);
kind!(
    /// People were moved to the country, or are held there. Leaves the status as it is.
    Transfer, TransferDetails
);
kind!(
    /// A court ordered something. Leaves the status as it is.
    CourtOrder, CourtOrderDetails
);
kind!(
    /// A party disputes another development of the country, which is then marked as disputed. Leaves the status as it is.
    Denial, DenialDetails
);
kind!(
    /// An agreement ended. Sets the status ENDED.
    Termination, TerminationDetails
);

/// One dated, sourced thing that happened to a country. The ledger of developments is the truth; nothing is ever deleted from it.
#[derive(Interface, Clone)]
#[expect(clippy::duplicated_attributes, reason = "each field names its own type")]
#[graphql(
    field(name = "id", ty = "ID", desc = "The id by which `node` refetches it."),
    field(name = "kind", ty = "Kind", desc = "Its kind, as a code; the type says the same."),
    field(name = "country", ty = "Option<Country>", desc = "The country that it happened to."),
    field(name = "summary", ty = "&str", desc = "What happened, in a sentence or two, in the newsroom's words."),
    field(name = "occurred", ty = "EdtfDate", desc = "When it happened, as exactly as the sources say."),
    field(
        name = "effective_day",
        ty = "Date",
        desc = "The last day on which it can have happened: the end of its date's interval, but never after the earliest date on \
                which one of its sources was published. The status rule compares these days."
    ),
    field(
        name = "affects_status",
        ty = "bool",
        desc = "Whether it may set the country's status. False where an editor knows better than the rule; kinds other than ask, \
                refusal, agreement and termination never set it."
    ),
    field(
        name = "published_at",
        ty = "Option<DateTime<Utc>>",
        desc = "When readers first saw it. Null while it is not published."
    ),
    field(name = "revision", ty = "i32", desc = "Which version of its content this is, counted from 1."),
    field(name = "state", ty = "State", desc = "How far this revision has come."),
    field(
        name = "publish_at",
        ty = "Option<DateTime<Utc>>",
        desc = "When it is to go before readers by itself. Null unless it is scheduled, and for readers."
    ),
    field(
        name = "author",
        ty = "Option<&str>",
        desc = "The name of who wrote this revision. Null at the command line, and for readers."
    ),
    field(
        name = "written_at",
        ty = "Option<DateTime<Utc>>",
        desc = "When this revision was written. Null for readers."
    ),
    field(
        name = "revisions",
        ty = "Vec<Revision>",
        desc = "Every version of its content in their order: those that were before readers; for staff, all."
    ),
    field(
        name = "working_copy",
        ty = "Option<Development>",
        desc = "What staff are making of it: the draft, or the correction in preparation. Null where there is none, and for readers."
    ),
    field(name = "corrected", ty = "bool", desc = "Whether what readers see differs from what was first published."),
    field(
        name = "retracted",
        ty = "bool",
        desc = "Whether it was taken out of the count; it stays in the record, marked."
    ),
    field(name = "disputed", ty = "bool", desc = "Whether a published denial disputes it."),
    field(
        name = "denials",
        ty = "Vec<Development>",
        desc = "The published developments that dispute it, newest first; each is a `Denial`."
    ),
    field(name = "citations", ty = "Vec<Citation>", desc = "The sources that stand behind it, at least one.")
)]
pub enum Development {
    Ask(Ask),
    Talks(Talks),
    Refusal(Refusal),
    Agreement(Agreement),
    Payment(Payment),
    Transfer(Transfer),
    CourtOrder(CourtOrder),
    Denial(Denial),
    Termination(Termination),
}

impl Development {
    /// A development as an object of its kind.
    pub fn of(scope: &Scope, mut development: development::Development) -> Self {
        let details = development.details.clone();
        let nationalities = mem::take(&mut development.referred.nationalities).into_iter();
        let nationalities = nationalities.map(|(code, name)| Country::named(scope, code, name)).collect();
        let disputed = development.referred.disputed.take().map(|disputed| Box::new(Self::of(scope, *disputed)));
        let shared = Shared { scope: scope.clone(), development };
        match details {
            Details::Ask { stage, people } => Self::Ask(Ask(shared, AskDetails { stage, people })),
            Details::Talks => Self::Talks(Talks(shared)),
            Details::Refusal => Self::Refusal(Refusal(shared)),
            Details::Agreement { people, terms, form } => {
                Self::Agreement(Agreement(shared, AgreementDetails { people, terms, form }))
            }
            Details::Payment { amount, people, .. } => {
                Self::Payment(Payment(shared, PaymentDetails { amount, people, nationalities }))
            }
            Details::Transfer { people, .. } => {
                Self::Transfer(Transfer(shared, TransferDetails { people, nationalities }))
            }
            Details::CourtOrder { court } => Self::CourtOrder(CourtOrder(shared, CourtOrderDetails { court })),
            Details::Denial { disputes, denied_by } => {
                let details = DenialDetails { scope: scope.clone(), disputes, disputed, denied_by };
                Self::Denial(Denial(shared, details))
            }
            Details::Termination { ended_by } => {
                Self::Termination(Termination(shared, TerminationDetails { ended_by }))
            }
        }
    }
}

/// How many there are on all pages together.
pub enum DevelopmentTotal {
    Known(i64),
    Filtered(Scope, DevelopmentFilter),
    Timeline(Scope, TimelineLength),
    Working(Scope, WorkingFilter),
}

#[Object]
impl DevelopmentTotal {
    /// How many developments the filter admits, on all pages together.
    async fn total_count(&self) -> Result<i64> {
        match self {
            Self::Known(total) => Ok(*total),
            Self::Filtered(scope, filter) => scope.reader().count_developments(filter).await.map_err(store_error),
            Self::Working(scope, filter) => scope.reader().count_working_copies(filter).await.map_err(store_error),
            Self::Timeline(scope, key) => Ok(scope.load(*key).await?.unwrap_or_default()),
        }
    }
}

/// A development with its cursor.
pub fn edge(scope: &Scope, row: development::Development) -> (String, Development) {
    let cursor =
        DevelopmentCursor { effective_day: row.effective_day, first_position: row.first_position.unwrap_or_default() };
    (encode(&cursor), Development::of(scope, row))
}

/// A page of the ledger across countries.
pub async fn list(
    scope: &Scope,
    filter: DevelopmentFilter,
    arguments: &PageArguments,
) -> Result<Connection<String, Development, DevelopmentTotal>> {
    let window = arguments.window(DEFAULT_ENTRIES)?;
    let page = scope.reader().developments(&filter, &window).await.map_err(store_error)?;
    let total = match page.total {
        Some(total) => DevelopmentTotal::Known(total),
        None => DevelopmentTotal::Filtered(scope.clone(), filter),
    };
    Ok(page::connection(page, total, |row| edge(scope, row)))
}

/// A development by its id. `None` if the viewer sees none with it.
pub async fn find(scope: &Scope, id: DevelopmentId) -> Result<Option<Development>> {
    let development = scope.load(id).await?;
    Ok(development.map(|development| Development::of(scope, development)))
}
