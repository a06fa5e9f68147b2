//! What editors send. Texts are checked past this point, so that what an editor can mend comes back in `userErrors`, all of it at
//! once.

use async_graphql::{ID, InputObject, InputType};
use rust_decimal::Decimal;

use crate::domain::{
    development::{AgreementForm, AskStage, Kind},
    entry::{CitationEntry, Entry, MoneyEntry, PeopleEntry, SourceEntry},
    source::SourceKind,
};

/// A source given inline. One that is equal to a stored source in every part is stored once.
#[derive(InputObject)]
pub struct SourceInput {
    /// What the source is.
    kind: SourceKind,
    /// Who published or issued it; 200 characters at most. Null when not known.
    publisher: Option<String>,
    /// Its title, or what it is in a few words; 300 characters at most.
    title: String,
    /// Where it can be read: an absolute `http` or `https` address; 2,000 characters at most. Null when it is not online.
    url: Option<String>,
    /// A copy of it in a web archive; like `url`.
    archived_url: Option<String>,
    /// How readers are told where it comes from, where publisher and title do not say it; 300 characters at most.
    attribution: Option<String>,
    /// When it was published, as EDTF. Null when not known.
    published_on: Option<String>,
}

/// What ties the development to a source: exactly one of `sourceId` and `source`.
#[derive(InputObject)]
pub struct CitationInput {
    /// The id of a stored source.
    source_id: Option<ID>,
    /// The source itself.
    source: Option<SourceInput>,
    /// Where in the source: a page, a paragraph, a time; 200 characters at most.
    locator: Option<String>,
    /// The source's own words; 2,000 characters at most.
    quote: Option<String>,
}

/// A number of people, as exactly as the sources say: one of these, or `atLeast` and `atMost` together for a range. Never invent a
/// figure.
#[derive(InputObject)]
pub struct PeopleInput {
    /// Exactly this many.
    exactly: Option<i64>,
    /// This many or more.
    at_least: Option<i64>,
    /// This many or fewer.
    at_most: Option<i64>,
    /// About this many.
    about: Option<i64>,
    /// The sources' words where they give no figure, such as "dozens"; 100 characters at most.
    described_as: Option<String>,
}

/// An amount of money.
#[derive(InputObject)]
pub struct MoneyInput {
    /// The amount in the currency's major unit, as a decimal: `"100000"`.
    value: Decimal,
    /// The ISO 4217 code of the currency: `USD`.
    currency: String,
}

/// What all kinds of development share.
#[derive(InputObject)]
pub struct SharedInput {
    /// The country that it happened to: its ISO 3166-1 alpha-2 code, or XK for Kosovo.
    country: String,
    /// When it happened, as EDTF (ISO 8601-2): `2025-03-12`, `2025-03`, `2025-21` for spring 2025, `2025`, with `~` when approximate
    /// and `?` when uncertain. Null when not known. Not in the future.
    occurred: Option<String>,
    /// What happened, in a sentence or two; 500 characters at most.
    summary: String,
    /// The sources that stand behind it, from 1 to 20.
    citations: Vec<CitationInput>,
    /// False where it must not set the country's status although its kind does; readers can see that. Null: true.
    affects_status: Option<bool>,
    /// True: readers see it at once; needs the role EDITOR. False, null or left out: a draft that staff see.
    publish: Option<bool>,
    /// Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the same.
    idempotency_key: Option<String>,
    /// True: everything is checked, nothing is written, and the answer says where country and tally would stand.
    dry_run: Option<bool>,
}

/// How a mutation's input becomes an entry.
pub trait RecordInput: InputType {
    const KIND: Kind;

    /// What all kinds share, and an entry with what only this kind has.
    fn split(self) -> (SharedInput, Entry);
}

/// What a shared input asks for besides its content.
pub struct Wish {
    pub publish: bool,
    pub dry_run: bool,
    pub idempotency_key: Option<String>,
}

impl SharedInput {
    /// Completes an entry of a kind.
    pub fn complete(self, entry: Entry) -> (Entry, Wish) {
        let wish = Wish {
            publish: self.publish.unwrap_or(false),
            dry_run: self.dry_run.unwrap_or(false),
            idempotency_key: self.idempotency_key,
        };
        let entry = Entry {
            country: self.country,
            occurred: self.occurred,
            summary: self.summary,
            affects_status: self.affects_status,
            citations: self.citations.into_iter().map(CitationEntry::from).collect(),
            ..entry
        };
        (entry, wish)
    }
}

impl From<CitationInput> for CitationEntry {
    fn from(input: CitationInput) -> Self {
        Self {
            source_id: input.source_id.map(|id| id.0),
            source: input.source.map(SourceEntry::from),
            locator: input.locator,
            quote: input.quote,
        }
    }
}

impl From<SourceInput> for SourceEntry {
    fn from(input: SourceInput) -> Self {
        Self {
            kind: input.kind,
            publisher: input.publisher,
            title: input.title,
            url: input.url,
            archived_url: input.archived_url,
            attribution: input.attribution,
            published_on: input.published_on,
        }
    }
}

impl From<PeopleInput> for PeopleEntry {
    fn from(input: PeopleInput) -> Self {
        Self {
            exactly: input.exactly,
            at_least: input.at_least,
            at_most: input.at_most,
            about: input.about,
            described_as: input.described_as,
        }
    }
}

impl From<MoneyInput> for MoneyEntry {
    fn from(input: MoneyInput) -> Self {
        Self { value: input.value, currency: input.currency }
    }
}

/// Defines the input of a kind: what all kinds share, and what only it has, with how each part goes into an entry.
macro_rules! input {
    (
        $(#[$doc:meta])+
        $name:ident($kind:ident) { $($(#[$field_doc:meta])+ $field:ident: $type:ty => $into:expr,)* }
    ) => {
        $(#[$doc])+
        #[derive(InputObject)]
        pub struct $name {
            #[graphql(flatten)]
            shared: SharedInput,
            $($(#[$field_doc])+ $field: $type,)*
        }

        impl RecordInput for $name {
            const KIND: Kind = Kind::$kind;

            fn split(self) -> (SharedInput, Entry) {
                (self.shared, Entry { $($field: $into(self.$field),)* ..Entry::of(Kind::$kind) })
            }
        }
    };
}

fn people(input: Option<PeopleInput>) -> Option<PeopleEntry> {
    input.map(PeopleEntry::from)
}

fn amount(input: Option<MoneyInput>) -> Option<MoneyEntry> {
    input.map(MoneyEntry::from)
}

fn list(input: Option<Vec<String>>) -> Vec<String> {
    input.unwrap_or_default()
}

fn id(input: ID) -> Option<String> {
    Some(input.0)
}

fn same<T>(input: T) -> T {
    input
}

input! {
    /// An ask to record.
    RecordAskInput(Ask) {
        /// Whether the country has been asked or is yet to be. Null when the sources do not say.
        stage: Option<AskStage> => same,
        /// How many people it is asked to take. Null when the sources do not say.
        people: Option<PeopleInput> => people,
    }
}
input! {
    /// Talks to record.
    RecordTalksInput(Talks) {}
}
input! {
    /// A refusal to record.
    RecordRefusalInput(Refusal) {}
}
input! {
    /// An agreement to record.
    RecordAgreementInput(Agreement) {
        /// How many people it agreed to take. Null when the sources do not say.
        people: Option<PeopleInput> => people,
        /// On what terms, in your own words; 4,000 characters at most. Null when the sources do not say.
        terms: Option<String> => same,
        /// The form that the agreement takes. Null when the sources do not say.
        form: Option<AgreementForm> => same,
    }
}
input! {
    /// A payment to record.
    RecordPaymentInput(Payment) {
        /// How much was paid or promised. Null when the sources do not say.
        amount: Option<MoneyInput> => amount,
        /// How many people it was paid for. Null when the sources do not say.
        people: Option<PeopleInput> => people,
        /// The citizenships of the people that it was paid for, as country codes, 50 at most.
        nationalities: Option<Vec<String>> => list,
    }
}
input! {
    /// A transfer to record.
    RecordTransferInput(Transfer) {
        /// How many people were moved. Null when the sources do not say.
        people: Option<PeopleInput> => people,
        /// Their citizenships, as country codes, 50 at most.
        nationalities: Option<Vec<String>> => list,
    }
}
input! {
    /// A court order to record.
    RecordCourtOrderInput(CourtOrder) {
        /// The court that ordered it; 200 characters at most. Null when the sources do not say.
        court: Option<String> => same,
    }
}
input! {
    /// A denial to record.
    RecordDenialInput(Denial) {
        /// The id of the development that it disputes: a published one of the same country.
        disputes: ID => id,
        /// Who disputes it; 200 characters at most.
        denied_by: String => Some,
    }
}
input! {
    /// A termination to record.
    RecordTerminationInput(Termination) {
        /// Who ended the agreement; 200 characters at most. Null when the sources do not say.
        ended_by: Option<String> => same,
    }
}
