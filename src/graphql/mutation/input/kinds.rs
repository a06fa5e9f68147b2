//! What each kind of development says, and the input that records it.

use async_graphql::{ID, InputObject, OneofObject};
use rust_decimal::Decimal;

use super::{RecordInput, RecordWishInput, SharedContentInput};
use crate::domain::{
    development::{AgreementForm, AskStage, Kind},
    entry::{Entry, MoneyEntry, PeopleEntry},
};

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
        $name:ident, $(#[$content_doc:meta])+ $content:ident($kind:ident) { $($(#[$field_doc:meta])+ $field:ident: $type:ty => $into:expr,)* }
    ) => {
        $(#[$content_doc])+
        #[derive(InputObject)]
        pub struct $content {
            #[graphql(flatten)]
            shared: SharedContentInput,
            $($(#[$field_doc])+ $field: $type,)*
        }

        impl From<$content> for Entry {
            fn from(input: $content) -> Self {
                input.shared.complete(Self { $($field: $into(input.$field),)* ..Self::of(Kind::$kind) })
            }
        }

        $(#[$doc])+
        #[derive(InputObject)]
        pub struct $name {
            #[graphql(flatten)]
            wish: RecordWishInput,
            #[graphql(flatten)]
            content: $content,
        }

        impl RecordInput for $name {
            const KIND: Kind = Kind::$kind;

            fn split(self) -> (RecordWishInput, Entry) {
                let entry = Entry { country: self.wish.country.clone(), ..self.content.into() };
                (self.wish, entry)
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
    RecordAskInput,
    /// What an ask says.
    AskContentInput(Ask) {
        /// Whether the country has been asked or is yet to be. Null when the sources do not say.
        stage: Option<AskStage> => same,
        /// How many people it is asked to take. Null when the sources do not say.
        people: Option<PeopleInput> => people,
    }
}
input! {
    /// Talks to record.
    RecordTalksInput,
    /// What talks say.
    TalksContentInput(Talks) {}
}
input! {
    /// A refusal to record.
    RecordRefusalInput,
    /// What a refusal says.
    RefusalContentInput(Refusal) {}
}
input! {
    /// An agreement to record.
    RecordAgreementInput,
    /// What an agreement says.
    AgreementContentInput(Agreement) {
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
    RecordPaymentInput,
    /// What a payment says.
    PaymentContentInput(Payment) {
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
    RecordTransferInput,
    /// What a transfer says.
    TransferContentInput(Transfer) {
        /// How many people were moved. Null when the sources do not say.
        people: Option<PeopleInput> => people,
        /// Their citizenships, as country codes, 50 at most.
        nationalities: Option<Vec<String>> => list,
    }
}
input! {
    /// A court order to record.
    RecordCourtOrderInput,
    /// What a court order says.
    CourtOrderContentInput(CourtOrder) {
        /// The court that ordered it; 200 characters at most. Null when the sources do not say.
        court: Option<String> => same,
    }
}
input! {
    /// A denial to record.
    RecordDenialInput,
    /// What a denial says.
    DenialContentInput(Denial) {
        /// The id of the development that it disputes: a published one of the same country.
        disputes: ID => id,
        /// Who disputes it; 200 characters at most.
        denied_by: String => Some,
    }
}
input! {
    /// A termination to record.
    RecordTerminationInput,
    /// What a termination says.
    TerminationContentInput(Termination) {
        /// Who ended the agreement; 200 characters at most. Null when the sources do not say.
        ended_by: Option<String> => same,
    }
}

/// Defines the content of a development of any kind.
macro_rules! content {
    ($($(#[$doc:meta])+ $variant:ident($content:ident),)+) => {
        /// What a development says, all of it, under the name of its kind: exactly one of these.
        #[derive(OneofObject)]
        pub enum DevelopmentContentInput {
            $($(#[$doc])+ $variant($content),)+
        }

        impl From<DevelopmentContentInput> for Entry {
            fn from(input: DevelopmentContentInput) -> Self {
                match input {
                    $(DevelopmentContentInput::$variant(content) => content.into(),)+
                }
            }
        }
    };
}

content! {
    /// What an ask says.
    Ask(AskContentInput),
    /// What talks say.
    Talks(TalksContentInput),
    /// What a refusal says.
    Refusal(RefusalContentInput),
    /// What an agreement says.
    Agreement(AgreementContentInput),
    /// What a payment says.
    Payment(PaymentContentInput),
    /// What a transfer says.
    Transfer(TransferContentInput),
    /// What a court order says.
    CourtOrder(CourtOrderContentInput),
    /// What a denial says.
    Denial(DenialContentInput),
    /// What a termination says.
    Termination(TerminationContentInput),
}
