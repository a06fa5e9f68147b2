//! Who may bring what before readers, and when.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Ledger, outcome::Outcome};
use crate::{
    domain::{
        entry::NO_CITATION,
        problem::{Problem, ProblemCode},
        review::ReviewPolicy,
        viewer::{Role, Staff},
    },
    store::revisions::Head,
};

/// How far ahead an embargo may end, in days.
const MAX_EMBARGO_DAYS: i64 = 366;

/// When something is to come before readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Not yet: staff see it.
    Later,
    /// At once.
    Now,
    /// By itself at a moment.
    At(DateTime<Utc>),
}

/// Whether a role may bring something before readers.
pub fn may_publish(role: Role) -> bool {
    role >= Role::Editor
}

/// What a REPORTER is told.
pub(super) const REPORTERS_DRAFT: &str = "A REPORTER may not publish, schedule, return or retract: leave a draft (`publish: false`) and submit it for review.";

impl Ledger {
    /// Why what the caller writes with this same call may not be released as wished; `None` if it may.
    pub(super) fn may_release_own(&self, staff: &Staff, release: Release) -> Option<Outcome> {
        if release == Release::Later {
            return None;
        }
        if !may_publish(staff.role) {
            return Some(Outcome::Forbidden(REPORTERS_DRAFT));
        }
        let problem = match release {
            _ if self.review == ReviewPolicy::Required => Some(needs_another()),
            Release::At(moment) => self.wrong_moment(moment),
            Release::Now | Release::Later => None,
        };
        problem.map(|problem| Outcome::Refused(vec![problem]))
    }

    /// Why a stored working copy may not be released; `None` if it may.
    pub(super) fn may_release(&self, staff: &Staff, head: &Head, release: Release) -> Option<Outcome> {
        if !may_publish(staff.role) {
            return Some(Outcome::Forbidden(REPORTERS_DRAFT));
        }
        let mut problems = what_is_missing(head);
        if self.review == ReviewPolicy::Required && head.author_id == Some(staff.id) {
            problems.push(needs_another());
        }
        if let Release::At(moment) = release {
            problems.extend(self.wrong_moment(moment));
        }
        (!problems.is_empty()).then_some(Outcome::Refused(problems))
    }

    fn wrong_moment(&self, moment: DateTime<Utc>) -> Option<Problem> {
        let now = self.clock.now();
        let message = if moment <= now {
            format!(
                "This moment has passed; it is {} now. Choose a later one, or publish at once.",
                now.format("%Y-%m-%dT%H:%M:%SZ")
            )
        } else if moment > now + TimeDelta::days(MAX_EMBARGO_DAYS) {
            format!("An embargo ends within {MAX_EMBARGO_DAYS} days: choose an earlier moment.")
        } else {
            return None;
        };
        Some(Problem::at("publishAt", ProblemCode::OutOfRange, message))
    }
}

/// What a working copy lacks before it can go before readers.
pub(super) fn what_is_missing(head: &Head) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !head.cites {
        problems.push(Problem::at("citations", ProblemCode::Required, NO_CITATION));
    }
    if head.published.is_some() && !head.is_explained {
        problems.push(unexplained());
    }
    problems
}

pub(super) fn unexplained() -> Problem {
    let message = "Say to readers what you correct, or send `minor: true` if it is a trifle.";
    Problem::at("note", ProblemCode::Required, message)
}

fn needs_another() -> Problem {
    let message = "Nobody publishes what they wrote here: submit it for review, and another editor publishes it.";
    Problem::at("", ProblemCode::NeedsSecondPerson, message)
}
