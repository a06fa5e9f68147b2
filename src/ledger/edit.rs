//! Acts upon a development that is there already: each is one transaction that begins with the newest revision under a lock, so that
//! two people can't overwrite each other.

use std::net::IpAddr;

use sqlx::PgConnection;

use super::{
    Ledger,
    outcome::{Conflict, Outcome, answer_again, preview},
    release::{REPORTERS_DRAFT, Release, may_publish, unexplained, what_is_missing},
    working::Done,
};
use crate::{
    domain::{
        act::Act,
        change::ChangeKind,
        development::State,
        draft::Draft,
        id::DevelopmentId,
        problem::{Problem, ProblemCode},
        viewer::Staff,
    },
    store::{
        append::Publication,
        audit::{Actor, NewEntry},
        error::StoreError,
        idempotency,
        revisions::{self, Head, NewRevision},
    },
};

/// A wish to do something with a development.
#[derive(Debug, Clone)]
pub struct Edit {
    pub development: DevelopmentId,
    /// The revision that the editor has before them: if it is not the newest, nothing is done. `None` where it does not matter.
    pub expected_revision: Option<i32>,
    pub step: Step,
    /// Validate all, write nothing, and answer with what would be.
    pub dry_run: bool,
    pub idempotency: Option<idempotency::Claim>,
    pub staff: Staff,
    pub address: Option<IpAddr>,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Step {
    /// Write a new revision of the working copy, or begin one.
    Save(Content),
    /// Hand the working copy to an editor, with a word if there is one to say.
    Submit { comment: Option<String> },
    /// Hand it back.
    Return { reason: String },
    /// Publish it at once, or at a moment.
    Release(Release),
    /// Take the moment back.
    Unschedule,
    /// Replace what readers see, with a note to them.
    Correct(Content, Release),
    /// Take it out of the count and leave it, marked, in the record.
    Retract { reason: String },
    /// Give the working copy up.
    Discard,
    /// Say something to colleagues.
    Comment { text: String },
}

/// A development's content, with what a correction says to readers.
#[derive(Debug, Clone)]
pub struct Content {
    pub draft: Draft,
    pub note: Option<String>,
    pub minor: bool,
}

/// What a step did, or why it did nothing.
struct Taken {
    act: Act,
    revision: i32,
    publication: Option<Publication>,
}

type Attempt = Result<Result<Taken, Outcome>, StoreError>;

/// An edit under way: who makes it, and where the development stood before.
struct Desk<'a> {
    ledger: &'a Ledger,
    id: DevelopmentId,
    head: &'a Head,
    staff: &'a Staff,
    actor: &'a Actor,
}

impl Ledger {
    /// Does one thing with a development, or nothing.
    pub async fn edit(&self, edit: Edit) -> Result<Outcome, StoreError> {
        let actor = Actor::staff(&edit.staff, edit.address);
        let _place = self.place(edit.step.publishes()).await;
        let mut transaction = self.pool.begin().await?;
        if let Some(claim) = edit.idempotency.as_ref().filter(|_| !edit.dry_run)
            && let Some(saved) = idempotency::claim(&mut transaction, claim).await?
        {
            return Ok(answer_again(claim, &saved));
        }
        let Some(head) = revisions::lock(&mut transaction, edit.development).await? else {
            let message = "There is no development with this id.";
            return Ok(Outcome::Refused(vec![Problem::at("development", ProblemCode::NotFound, message)]));
        };
        if let Some(expected) = edit.expected_revision.filter(|expected| *expected != head.revision) {
            return Ok(Outcome::Overtaken(Conflict::of(edit.development, expected, head)));
        }
        let desk = Desk { ledger: self, id: edit.development, head: &head, staff: &edit.staff, actor: &actor };
        let taken = match desk.take(&mut transaction, &edit.step).await? {
            Ok(taken) => taken,
            Err(refused) => return Ok(refused),
        };
        if edit.dry_run {
            return preview(&mut transaction, head.country, taken.publication).await;
        }
        let entry = NewEntry {
            development: Some(edit.development),
            revision_before: Some(head.revision),
            revision: Some(taken.revision),
            comment: edit.step.comment(),
            ..NewEntry::of(taken.act)
        };
        let done = Done { entry, publication: taken.publication };
        let position = self.conclude(&mut transaction, &actor, done, edit.idempotency.as_ref()).await?;
        transaction.commit().await?;
        let (development, revision, country) = (edit.development, taken.revision, head.country);
        Ok(Outcome::Done { development, revision, country, position })
    }
}

impl Step {
    /// Whether it brings something before readers, if nothing is in its way.
    fn publishes(&self) -> bool {
        matches!(self, Self::Release(Release::Now) | Self::Correct(_, Release::Now) | Self::Retract { .. })
    }

    /// What the history keeps of what was said to colleagues.
    fn comment(&self) -> Option<&str> {
        match self {
            Self::Submit { comment } => comment.as_deref(),
            Self::Return { reason } => Some(reason),
            Self::Comment { text } => Some(text),
            Self::Save(_)
            | Self::Release(_)
            | Self::Unschedule
            | Self::Correct(..)
            | Self::Retract { .. }
            | Self::Discard => None,
        }
    }
}

impl Desk<'_> {
    async fn take(&self, connection: &mut PgConnection, step: &Step) -> Attempt {
        if let Some(refused) = self.may_not(step) {
            return Ok(Err(refused));
        }
        match step {
            Step::Save(content) => {
                let stored = self.write(connection, content).await?;
                Ok(stored.map(|revision| Taken { act: Act::Save, revision, publication: None }))
            }
            Step::Submit { .. } => self.submit(connection).await,
            Step::Return { .. } => self.put_back(connection, &[State::InReview, State::Scheduled], Act::Return).await,
            Step::Release(release) => self.release(connection, *release).await,
            Step::Unschedule => self.put_back(connection, &[State::Scheduled], Act::Unschedule).await,
            Step::Correct(content, release) => self.correct(connection, content, *release).await,
            Step::Retract { reason } => self.retract(connection, reason).await,
            Step::Discard => self.discard(connection).await,
            Step::Comment { .. } => {
                Ok(Ok(Taken { act: Act::Comment, revision: self.head.revision, publication: None }))
            }
        }
    }

    /// Why the caller's role does not permit a step; `None` if it does.
    fn may_not(&self, step: &Step) -> Option<Outcome> {
        if may_publish(self.staff.role) {
            return None;
        }
        let is_own = self.head.author_id == Some(self.staff.id);
        let refused = match step {
            Step::Comment { .. } => None,
            // What is published may be taken up by anyone, as a draft.
            Step::Save(_) | Step::Correct(_, Release::Later) => (self.head.state.is_working() && !is_own)
                .then_some("A REPORTER changes their own drafts: comment on this one instead."),
            Step::Submit { .. } | Step::Discard => {
                (!is_own).then_some("A REPORTER submits and discards their own drafts: comment on this one instead.")
            }
            _ => Some(REPORTERS_DRAFT),
        };
        refused.map(Outcome::Forbidden)
    }

    /// Writes content as the next revision, in the place of the working copy if there is one.
    async fn write(
        &self,
        connection: &mut PgConnection,
        content: &Content,
    ) -> Result<Result<i32, Outcome>, StoreError> {
        if self.head.published.is_some_and(|published| published.retracted) {
            return Ok(Err(self.wrong_state("It is retracted, and stays in the record as it is: record it anew.")));
        }
        if content.draft.details.kind() != self.head.kind {
            let message =
                format!("This is a development of the kind {:?}: a development keeps its kind.", self.head.kind);
            return Ok(Err(refused("content", ProblemCode::Contradiction, message)));
        }
        let sources = match self.ledger.check_against_record(connection, self.id, &content.draft).await? {
            Ok(sources) => sources,
            Err(problems) => return Ok(Err(Outcome::Refused(problems))),
        };
        let revision = self.head.revision + 1;
        let new = NewRevision {
            id: self.id,
            identity: None,
            revision,
            effective_day: sources.effective_day(&content.draft, self.head.recorded_at),
            author: self.actor,
            note: content.note.as_deref(),
            minor: content.minor,
            corrected: self.head.published.is_some(),
            publish_at: None,
            now: self.ledger.clock.now(),
        };
        revisions::supersede(connection, self.id).await?;
        revisions::insert(connection, &new, &content.draft, &sources.ids, None).await?;
        Ok(Ok(revision))
    }

    async fn submit(&self, connection: &mut PgConnection) -> Attempt {
        if self.head.state != State::Draft {
            return Ok(Err(self.wrong_state("Only a draft can be submitted for review.")));
        }
        let missing = what_is_missing(self.head);
        if !missing.is_empty() {
            return Ok(Err(Outcome::Refused(missing)));
        }
        self.move_to(connection, State::InReview, Act::Submit).await
    }

    async fn put_back(&self, connection: &mut PgConnection, from: &[State], act: Act) -> Attempt {
        if !from.contains(&self.head.state) {
            let message = match act {
                Act::Return => "Only what waits for review or for its moment can be returned.",
                _ => "Only what is scheduled can be taken off the schedule.",
            };
            return Ok(Err(self.wrong_state(message)));
        }
        self.move_to(connection, State::Draft, act).await
    }

    async fn discard(&self, connection: &mut PgConnection) -> Attempt {
        if !self.head.state.is_working() {
            return Ok(Err(self.wrong_state("There is no working copy to discard.")));
        }
        self.move_to(connection, State::Discarded, Act::Discard).await
    }

    async fn move_to(&self, connection: &mut PgConnection, state: State, act: Act) -> Attempt {
        let revision = self.head.revision;
        revisions::set_state(connection, (self.id, revision), state, None).await?;
        Ok(Ok(Taken { act, revision, publication: None }))
    }

    async fn release(&self, connection: &mut PgConnection, release: Release) -> Attempt {
        if !self.head.state.is_working() {
            return Ok(Err(self.wrong_state("There is no working copy to publish.")));
        }
        if let Some(refused) = self.ledger.may_release(self.staff, self.head, release) {
            return Ok(Err(refused));
        }
        self.bring_out(connection, self.head.revision, release, (Act::Publish, Act::Schedule)).await
    }

    /// Publishes a working copy at once, or notes its moment.
    async fn bring_out(
        &self,
        connection: &mut PgConnection,
        revision: i32,
        release: Release,
        (at_once, later): (Act, Act),
    ) -> Attempt {
        let place = (self.id, revision);
        if let Release::At(moment) = release {
            revisions::set_state(connection, place, State::Scheduled, Some(moment)).await?;
        }
        if release != Release::Now {
            return Ok(Ok(Taken { act: later, revision, publication: None }));
        }
        let kind = if self.head.published.is_some() { ChangeKind::Corrected } else { ChangeKind::Published };
        let publication = Publication { kind, country: self.head.country, revision: place };
        Ok(Ok(Taken { act: at_once, revision, publication: Some(publication) }))
    }

    async fn correct(&self, connection: &mut PgConnection, content: &Content, release: Release) -> Attempt {
        if self.head.published.is_none() {
            return Ok(Err(self.wrong_state("It is not published: save the draft instead.")));
        }
        if let Some(refused) = self.ledger.may_release_own(self.staff, release) {
            return Ok(Err(refused));
        }
        if release != Release::Later && content.note.is_none() && !content.minor {
            return Ok(Err(Outcome::Refused(vec![unexplained()])));
        }
        let revision = match self.write(connection, content).await? {
            Ok(revision) => revision,
            Err(refused) => return Ok(Err(refused)),
        };
        self.bring_out(connection, revision, release, (Act::Correct, Act::Correct)).await
    }

    async fn retract(&self, connection: &mut PgConnection, reason: &str) -> Attempt {
        let Some(published) = self.head.published else {
            return Ok(Err(self.wrong_state("It is not published: discard the draft instead.")));
        };
        if published.retracted {
            return Ok(Err(self.wrong_state("It is retracted already.")));
        }
        let revision = self.head.revision + 1;
        let now = self.ledger.clock.now();
        revisions::supersede(connection, self.id).await?;
        revisions::insert_retraction(connection, (self.id, published.revision), revision, (self.actor, reason), now)
            .await?;
        let publication =
            Publication { kind: ChangeKind::Retracted, country: self.head.country, revision: (self.id, revision) };
        Ok(Ok(Taken { act: Act::Retract, revision, publication: Some(publication) }))
    }

    fn wrong_state(&self, message: &str) -> Outcome {
        let state = match (self.head.state, self.head.published) {
            (State::Draft, _) => "a draft",
            (State::InReview, _) => "in review",
            (State::Scheduled, _) => "scheduled",
            (_, Some(published)) if published.retracted => "retracted",
            (_, Some(_)) => "published",
            (_, None) => "discarded",
        };
        refused("", ProblemCode::WrongState, format!("{message} It is {state}, at revision {}.", self.head.revision))
    }
}

fn refused(path: &str, code: ProblemCode, message: impl Into<String>) -> Outcome {
    Outcome::Refused(vec![Problem::at(path, code, message)])
}
