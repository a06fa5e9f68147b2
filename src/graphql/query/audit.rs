use async_graphql::{
    Context, ID, InputObject, Object, Result,
    connection::{Connection, EmptyFields},
};
use chrono::{DateTime, Utc};

use super::{
    desk::{development_id, entries},
    instant,
};
use crate::{
    domain::{act::Act, as_of::AsOf},
    graphql::{
        access,
        error::bad_input,
        page::{self, DEFAULT_ENTRIES, PageArguments},
        scope::Scope,
        types::history::AuditEntry,
    },
    store::history::HistoryFilter,
};

/// Which entries of the audit log are wanted. Conditions that are left out or null admit all.
#[derive(InputObject, Default)]
pub struct AuditFilter {
    /// Only acts upon this development, by its id.
    development: Option<ID>,
    /// Only acts of these kinds.
    acts: Option<Vec<Act>>,
    /// Only acts by the actor of this name.
    actor: Option<String>,
    /// Only acts at or after this instant.
    since: Option<DateTime<Utc>>,
    /// Only acts before this instant.
    until: Option<DateTime<Utc>>,
}

#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Every act of staff, of tokens and of the tracker itself, newest first. Only for an ADMIN.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn audit_log(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries. Null: all.")] filter: Option<AuditFilter>,
    ) -> Result<Connection<String, AuditEntry, EmptyFields>> {
        let staff = access::admin(context)?;
        let filter = filter.unwrap_or_default();
        if filter.actor.as_deref().is_some_and(|actor| actor.contains('\0')) {
            return Err(bad_input("`actor` must not hold the character U+0000."));
        }
        let filter = HistoryFilter {
            development: filter.development.as_ref().map(development_id).transpose()?,
            developments_only: false,
            acts: filter.acts,
            actor: filter.actor,
            since: instant("since", filter.since)?,
            until: instant("until", filter.until)?,
        };
        let scope = Scope::open(context, AsOf::Now).await?;
        entries(context, &scope, staff, filter, PageArguments { first, after, last, before }).await
    }
}
