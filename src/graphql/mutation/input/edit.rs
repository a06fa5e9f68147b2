//! What is sent to do something with a development that is there already.

use async_graphql::{ID, InputObject, InputType};
use chrono::{DateTime, Utc};

use super::DevelopmentContentInput;

/// Which development, as the editor knows it.
pub struct Target {
    pub development: ID,
    /// `None` where it does not matter.
    pub expected_revision: Option<i32>,
    pub idempotency_key: Option<String>,
    pub dry_run: bool,
}

/// What is to be done with it, unchecked.
pub enum StepWish {
    Save(ContentWish),
    Submit { comment: Option<String> },
    Return { reason: String },
    Publish,
    Schedule { publish_at: DateTime<Utc> },
    Unschedule,
    Correct { content: ContentWish, publish: bool, publish_at: Option<DateTime<Utc>> },
    Retract { reason: String },
    Discard,
    Comment { text: String },
}

/// Content with what a correction says to readers, unchecked.
pub struct ContentWish {
    pub content: DevelopmentContentInput,
    pub note: Option<String>,
    pub minor: bool,
}

/// How a mutation's input becomes a target and a wish.
pub trait EditInput: InputType {
    fn split(self) -> (Target, StepWish);
}

/// Defines the input of an act upon a development: which, and what each act takes besides.
macro_rules! edit {
    (
        $(#[$doc:meta])+
        $name:ident { $($(#[$field_doc:meta])+ $field:ident: $type:ty,)* } $self:ident => $wish:expr, dry run: $dry_run:expr
    ) => {
        $(#[$doc])+
        #[derive(InputObject)]
        pub struct $name {
            /// The id of the development.
            development: ID,
            /// The revision that you have before you: if it is no longer the newest, nothing is done, and you are told who changed
            /// what.
            expected_revision: i32,
            /// Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the
            /// same.
            idempotency_key: Option<String>,
            $($(#[$field_doc])+ $field: $type,)*
        }

        impl EditInput for $name {
            fn split($self) -> (Target, StepWish) {
                let target = Target {
                    development: $self.development,
                    expected_revision: Some($self.expected_revision),
                    idempotency_key: $self.idempotency_key,
                    dry_run: $dry_run,
                };
                (target, $wish)
            }
        }
    };
}

edit! {
    /// A working copy to save: of a draft, or the beginning of a correction of what is published.
    SaveDraftInput {
        /// What it says from now on, all of it.
        content: DevelopmentContentInput,
        /// For a correction: what it corrects, in words for readers; 500 characters at most.
        note: Option<String>,
        /// For a correction: true where it corrects a trifle, no fact, name or number; then it needs no note. Null: false.
        minor: Option<bool>,
    }
    self => StepWish::Save(ContentWish { content: self.content, note: self.note, minor: self.minor.unwrap_or(false) }),
    dry run: false
}
edit! {
    /// A draft to submit for review.
    SubmitForReviewInput {
        /// A word to the editor; 4,000 characters at most. Readers never see it.
        comment: Option<String>,
    }
    self => StepWish::Submit { comment: self.comment }, dry run: false
}
edit! {
    /// A working copy to return to draft.
    ReturnToDraftInput {
        /// Why, in words for its author; 4,000 characters at most. Readers never see it.
        reason: String,
    }
    self => StepWish::Return { reason: self.reason }, dry run: false
}
edit! {
    /// A working copy to publish.
    PublishInput {
        /// True: everything is checked, nothing is written, and the answer says where country and tally would stand.
        dry_run: Option<bool>,
    }
    self => StepWish::Publish, dry run: self.dry_run.unwrap_or(false)
}
edit! {
    /// A working copy to schedule.
    ScheduleInput {
        /// The moment at which it goes before readers by itself, within a year.
        publish_at: DateTime<Utc>,
    }
    self => StepWish::Schedule { publish_at: self.publish_at }, dry run: false
}
edit! {
    /// A working copy to take off the schedule.
    UnscheduleInput {}
    self => StepWish::Unschedule, dry run: false
}
edit! {
    /// What is published, corrected.
    CorrectInput {
        /// What it says from now on, all of it.
        content: DevelopmentContentInput,
        /// What is corrected, in words for readers; 500 characters at most. Needed to publish it, unless it is `minor`.
        note: Option<String>,
        /// True where it corrects a trifle, no fact, name or number. It is listed all the same. Null: false.
        minor: Option<bool>,
        /// True: readers see it at once. False, null or left out: a working copy that staff see.
        publish: Option<bool>,
        /// The moment at which it goes before readers by itself, within a year.
        publish_at: Option<DateTime<Utc>>,
        /// True: everything is checked, nothing is written, and the answer says where country and tally would stand.
        dry_run: Option<bool>,
    }
    self => StepWish::Correct {
        content: ContentWish { content: self.content, note: self.note, minor: self.minor.unwrap_or(false) },
        publish: self.publish.unwrap_or(false),
        publish_at: self.publish_at,
    },
    dry run: self.dry_run.unwrap_or(false)
}
edit! {
    /// What is published, to retract.
    RetractInput {
        /// Why, in words for readers; 500 characters at most.
        reason: String,
        /// True: everything is checked, nothing is written, and the answer says where country and tally would stand.
        dry_run: Option<bool>,
    }
    self => StepWish::Retract { reason: self.reason }, dry run: self.dry_run.unwrap_or(false)
}
edit! {
    /// A working copy to give up.
    DiscardDraftInput {}
    self => StepWish::Discard, dry run: false
}

/// Something to say to colleagues about a development.
#[derive(InputObject)]
pub struct CommentInput {
    /// The id of the development.
    development: ID,
    /// What to say; 4,000 characters at most. Readers never see it.
    text: String,
    /// Your own name for this call, 200 characters at most: sent again with the same input it writes nothing and answers the same.
    idempotency_key: Option<String>,
}

impl EditInput for CommentInput {
    fn split(self) -> (Target, StepWish) {
        let target = Target {
            development: self.development,
            expected_revision: None,
            idempotency_key: self.idempotency_key,
            dry_run: false,
        };
        (target, StepWish::Comment { text: self.text })
    }
}
