use async_graphql::{Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use futures_util::future::try_join;

use super::development::Development;
use crate::{
    domain::{
        difference::{self, Content},
        id::DevelopmentId,
        revision::{self, RevisionCause},
    },
    graphql::{
        error::store_error,
        loaders::{CitationsOf, RevisionsOf},
        scope::Scope,
    },
};

/// One field of a development, before and after.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// The field by its name in the schema, such as `summary`, `people` or `citations`. A citation that was changed is told as one taken
    /// away and one added.
    field: &'static str,
    /// What it said, as text. Null where it said nothing.
    before: Option<String>,
    /// What it says, as text. Null where it says nothing.
    after: Option<String>,
}

pub struct Revision {
    scope: Scope,
    revision: revision::Revision,
}

/// One version of a development's content. Readers see those that were before them; staff see all.
#[Object]
impl Revision {
    /// Counted from 1. Readers may see gaps: what was never published.
    async fn number(&self) -> i32 {
        self.revision.development.revision
    }

    /// Why it came before readers; for what has not, why it would.
    async fn cause(&self) -> RevisionCause {
        self.revision.cause()
    }

    /// The development with this content.
    async fn development(&self) -> Development {
        Development::of(&self.scope, self.revision.development.clone())
    }

    /// What a correction changed, or why it was retracted, in words for readers. Null for a first publication, and for a trifle.
    async fn note(&self) -> Option<&str> {
        self.revision.development.note.as_deref()
    }

    /// Whether it corrects a trifle only: no fact, name or number.
    async fn minor(&self) -> bool {
        self.revision.development.minor
    }

    /// When readers first saw it. Null where they have not.
    async fn shown_from(&self) -> Option<DateTime<Utc>> {
        self.revision.shown.map(|shown| shown.from)
    }

    /// When the next revision took its place. Null where readers see it, or have not.
    async fn shown_until(&self) -> Option<DateTime<Utc>> {
        self.revision.shown.and_then(|shown| shown.until)
    }

    /// What changed, field by field, from the revision that readers saw before it; for a working copy, from what readers see now or
    /// else from the save before. Empty for the first.
    async fn changes(&self) -> Result<Vec<FieldChange>> {
        let development = &self.revision.development;
        let revisions = self.scope.load(RevisionsOf(development.id)).await?.unwrap_or_default();
        match revision::before(&revisions, development.revision) {
            Some(before) => difference(&self.scope, before, &self.revision).await,
            None => Ok(Vec::new()),
        }
    }
}

impl Revision {
    pub fn of(scope: &Scope, revision: revision::Revision) -> Self {
        Self { scope: scope.clone(), revision }
    }
}

/// The revisions of a development that the viewer sees, in their order.
pub async fn list(scope: &Scope, id: DevelopmentId) -> Result<Vec<Revision>> {
    let revisions = scope.load(RevisionsOf(id)).await?.unwrap_or_default();
    Ok(revisions.into_iter().map(|revision| Revision::of(scope, revision)).collect())
}

/// One revision of a development. `None` if the viewer sees none with this number.
pub async fn find(scope: &Scope, id: DevelopmentId, number: i32) -> Result<Option<Revision>> {
    let revisions = scope.load(RevisionsOf(id)).await?.unwrap_or_default();
    let found = revisions.into_iter().find(|revision| revision.development.revision == number);
    Ok(found.map(|revision| Revision::of(scope, revision)))
}

/// A development with the content of one of its revisions. `None` if the viewer sees none with this number.
pub async fn find_development(scope: &Scope, id: DevelopmentId, number: i32) -> Result<Option<Development>> {
    let found = scope.reader().revision_at(id, number).await.map_err(store_error)?;
    Ok(found.map(|found| Development::of(scope, found)))
}

/// What differs between two revisions of a development. Empty if the viewer does not see both.
pub async fn changes_between(scope: &Scope, id: DevelopmentId, before: i32, after: i32) -> Result<Vec<FieldChange>> {
    match try_join(find(scope, id, before), find(scope, id, after)).await? {
        (Some(before), Some(after)) => difference(scope, &before.revision, &after.revision).await,
        _ => Ok(Vec::new()),
    }
}

async fn difference(
    scope: &Scope,
    before: &revision::Revision,
    after: &revision::Revision,
) -> Result<Vec<FieldChange>> {
    let cited =
        |revision: &revision::Revision| scope.load(CitationsOf(revision.development.id, revision.development.revision));
    let (earlier, later) = try_join(cited(before), cited(after)).await?;
    let (earlier, later) = (earlier.unwrap_or_default(), later.unwrap_or_default());
    let changes = difference::between(
        Content { development: &before.development, citations: &earlier },
        Content { development: &after.development, citations: &later },
    );
    let told = |change: difference::FieldChange| FieldChange {
        field: change.field,
        before: change.before,
        after: change.after,
    };
    Ok(changes.into_iter().map(told).collect())
}
