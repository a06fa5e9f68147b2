//! What editors can do. Each mutation turns its input into an entry, gathers everything that is wrong with it, and hands it to the
//! one path behind them all.

mod import;
mod input;
mod payload;
mod record;

use async_graphql::{Context, Object, Result};

use self::{
    import::{ImportDevelopmentsInput, ImportDevelopmentsPayload},
    input::{
        RecordAgreementInput, RecordAskInput, RecordCourtOrderInput, RecordDenialInput, RecordPaymentInput,
        RecordRefusalInput, RecordTalksInput, RecordTerminationInput, RecordTransferInput,
    },
    payload::RecordPayload,
    record::record,
};

pub struct Mutation;

/// Defines the mutations, one a kind of development.
macro_rules! mutations {
    ($($(#[$doc:meta])+ $name:ident($input:ty);)+) => {
        /// What signed-in staff can do. Nothing is ever deleted or overwritten.
        #[Object]
        impl Mutation {
            $(
                $(#[$doc])+
                async fn $name(&self, context: &Context<'_>, #[graphql(desc = "What to record.")] input: $input) -> Result<RecordPayload> {
                    record(context, input).await
                }
            )+

            /// Records the developments of a table, all of them or none, in its order. It needs no idempotency key: what is there already
            /// under a row's key is left as it is, so that the same table sent again adds nothing.
            async fn import_developments(
                &self,
                context: &Context<'_>,
                #[graphql(desc = "The table, and what is to become of it.")] input: ImportDevelopmentsInput,
            ) -> Result<ImportDevelopmentsPayload> {
                import::import_developments(context, input).await
            }
        }
    };
}

mutations! {
    /// Records that a country was asked, or is to be asked.
    record_ask(RecordAskInput);
    /// Records that talks are held or planned.
    record_talks(RecordTalksInput);
    /// Records that a country said no.
    record_refusal(RecordRefusalInput);
    /// Records that a country agreed.
    record_agreement(RecordAgreementInput);
    /// Records that money was paid or promised.
    record_payment(RecordPaymentInput);
    /// Records that people were moved to a country, or are held there.
    record_transfer(RecordTransferInput);
    /// Records that a court ordered something.
    record_court_order(RecordCourtOrderInput);
    /// Records that a party disputes another development of the same country.
    record_denial(RecordDenialInput);
    /// Records that an agreement ended.
    record_termination(RecordTerminationInput);
}
