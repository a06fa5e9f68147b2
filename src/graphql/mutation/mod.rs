//! What editors can do. Each mutation turns its input into an entry, gathers everything that is wrong with it, and hands it to the
//! one path behind them all.

mod call;
mod edit;
mod import;
mod input;
mod payload;
mod people;
mod record;
mod source;
mod tokens;

use async_graphql::{Context, MergedObject, Object, Result};

pub use self::input::SourceInput;
use self::{
    edit::edit,
    import::{ImportDevelopmentsInput, ImportDevelopmentsPayload},
    input::{
        CommentInput, CorrectInput, DiscardDraftInput, PublishInput, RecordAgreementInput, RecordAskInput,
        RecordCourtOrderInput, RecordDenialInput, RecordPaymentInput, RecordRefusalInput, RecordTalksInput,
        RecordTerminationInput, RecordTransferInput, RetractInput, ReturnToDraftInput, ReviseSourceInput,
        SaveDraftInput, ScheduleInput, SubmitForReviewInput, UnscheduleInput,
    },
    payload::DevelopmentPayload,
    people::PeopleMutation,
    record::record,
    source::SourcePayload,
    tokens::TokensMutation,
};

/// What signed-in staff can do. Nothing is ever deleted or overwritten.
#[derive(MergedObject, Default)]
pub struct Mutation(LedgerMutation, PeopleMutation, TokensMutation);

#[derive(Default)]
pub struct LedgerMutation;

/// Defines the mutations: one a kind of development that records it, and one an act upon a development that is there already.
macro_rules! mutations {
    (
        record { $($(#[$doc:meta])+ $name:ident($input:ty);)+ }
        edit { $($(#[$edit_doc:meta])+ $edit_name:ident($edit_input:ty);)+ }
    ) => {
        #[Object]
        impl LedgerMutation {
            $(
                $(#[$doc])+
                async fn $name(&self, context: &Context<'_>, #[graphql(desc = "What to record.")] input: $input) -> Result<DevelopmentPayload> {
                    record(context, input).await
                }
            )+
            $(
                $(#[$edit_doc])+
                async fn $edit_name(
                    &self,
                    context: &Context<'_>,
                    #[graphql(desc = "To which development, and what.")] input: $edit_input,
                ) -> Result<DevelopmentPayload> {
                    edit(context, input).await
                }
            )+

            /// Stores a source before anything cites it. One that is equal to a stored source in every part is answered with that.
            async fn add_source(
                &self,
                context: &Context<'_>,
                #[graphql(desc = "The source.")] input: SourceInput,
            ) -> Result<SourcePayload> {
                source::add(context, input).await
            }

            /// Changes what is said of a source; needs the role EDITOR. Where readers see the change, the feed says so, and what they saw
            /// before can still be asked for by `asOf`.
            async fn revise_source(
                &self,
                context: &Context<'_>,
                #[graphql(desc = "Which source, and what is to be said of it.")] input: ReviseSourceInput,
            ) -> Result<SourcePayload> {
                source::revise(context, input).await
            }

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
    record {
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
    edit {
        /// Saves a new revision of a working copy: of a draft, or of a correction of what is published, which it begins where there is
        /// none. It is a draft again then, also where it was in review or scheduled.
        save_draft(SaveDraftInput);
        /// Hands a draft to an editor for a decision.
        submit_for_review(SubmitForReviewInput);
        /// Hands a working copy that waits for review, or for its moment, back to its author; needs the role EDITOR.
        return_to_draft(ReturnToDraftInput);
        /// Brings a working copy before readers at once; needs the role EDITOR, and another person than its author where review is
        /// required.
        publish(PublishInput);
        /// Has a working copy go before readers by itself at a moment: once, on any number of servers, and as soon as one is back where
        /// all were down. Needs what `publish` needs.
        schedule(ScheduleInput);
        /// Takes a working copy off the schedule: it is a draft again. Needs the role EDITOR.
        unschedule(UnscheduleInput);
        /// Corrects what is published, in the open: readers see that, when and why, and every earlier revision. To publish it at once needs
        /// the role EDITOR, and that review is not required.
        correct(CorrectInput);
        /// Takes what is published out of the count and leaves it, marked, in the record, with the reason; needs the role EDITOR. What is
        /// wrong comes down at once: it needs no second person.
        retract(RetractInput);
        /// Gives a working copy up. It stays in the history.
        discard_draft(DiscardDraftInput);
        /// Says something to colleagues about a development.
        comment(CommentInput);
    }
}
