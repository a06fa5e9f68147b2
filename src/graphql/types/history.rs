use async_graphql::{Object, Result};
use chrono::{DateTime, Utc};

use super::{
    development::Development,
    revision,
    source::{self, Source},
};
use crate::{
    domain::{
        act::Act,
        cursor::{HistoryCursor, encode},
    },
    graphql::scope::Scope,
    store::history,
};

pub struct AuditEntry {
    scope: Scope,
    entry: history::AuditEntry,
    /// Whether the viewer is an ADMIN.
    for_admin: bool,
}

impl AuditEntry {
    pub fn of(scope: &Scope, entry: history::AuditEntry, for_admin: bool) -> Self {
        Self { scope: scope.clone(), entry, for_admin }
    }
}

/// One entry of the audit log: who did what, and when. Entries are never changed or deleted. Only staff see them.
#[Object]
impl AuditEntry {
    /// Its number: 1, 2, 3 … without a gap.
    async fn number(&self) -> i64 {
        self.entry.number
    }

    /// Its place in the log: `after` goes on from it.
    async fn cursor(&self) -> String {
        encode(&HistoryCursor { number: self.entry.number })
    }

    /// When it was done.
    async fn at(&self) -> DateTime<Utc> {
        self.entry.at
    }

    /// What was done.
    async fn act(&self) -> Act {
        self.entry.act
    }

    /// Who did it, by the name of the person or token at the time; `command line`, `schedule` where an embargo ended, or `single sign-on`.
    async fn actor(&self) -> &str {
        &self.entry.actor
    }

    /// From which address. Null at the command line, and for who is not an ADMIN.
    async fn address(&self) -> Option<String> {
        self.entry.address.filter(|_| self.for_admin).map(|address| address.to_string())
    }

    /// The development that it was about, with the content of the revision that it left. Null for other acts.
    async fn development(&self) -> Result<Option<Development>> {
        match (self.entry.development, self.entry.revision) {
            (Some(id), Some(number)) => revision::find_development(&self.scope, id, number).await,
            _ => Ok(None),
        }
    }

    /// The newest revision before it. Null where there was none.
    async fn revision_before(&self) -> Option<i32> {
        self.entry.revision_before
    }

    /// The revision that it made or was about. Null where it was not about a development.
    async fn revision(&self) -> Option<i32> {
        self.entry.revision
    }

    /// The position of the change that it brought before readers. Null where it brought none.
    async fn position(&self) -> Option<i64> {
        self.entry.position.map(|position| position.0)
    }

    /// What was said to colleagues: a comment, or why something was returned; of single sign-on, the provider, or from which role to which. Null where
    /// nothing was.
    async fn comment(&self) -> Option<&str> {
        self.entry.comment.as_deref()
    }

    /// The source that was stored or changed. Null for other acts.
    async fn source(&self) -> Result<Option<Source>> {
        match self.entry.source {
            Some(id) => source::find(&self.scope, id).await,
            None => Ok(None),
        }
    }

    /// The name of the person or the token that it was about. Null for other acts.
    async fn subject(&self) -> Option<&str> {
        self.entry.subject.as_deref()
    }
}
