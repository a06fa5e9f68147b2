use async_graphql::{
    Context, ID, Object, Result,
    connection::{Connection, EmptyFields},
};

use crate::{
    domain::{
        as_of::AsOf,
        cursor::{HistoryCursor, WorkingCursor, encode},
        development::State,
        id::{DevelopmentId, GlobalId},
        page::Window,
        review::ReviewPolicy,
        viewer::{Role, Staff},
    },
    graphql::{
        Services, access,
        error::{bad_input, store_error},
        page::{self, DEFAULT_ENTRIES, PageArguments},
        scalars::CountryCode,
        scope::Scope,
        types::{
            development::{Development, DevelopmentTotal},
            history::AuditEntry,
        },
    },
    store::{
        developments::WorkingFilter,
        history::{self, HistoryFilter},
    },
};

#[derive(Default)]
pub struct DeskQuery;

#[Object]
impl DeskQuery {
    /// What staff work on, and what they did. Only for those who are signed in.
    async fn desk(&self, context: &Context<'_>) -> Result<Desk> {
        let staff = access::staff(context)?.clone();
        Ok(Desk { scope: Scope::open(context, AsOf::Now).await?, staff })
    }
}

pub struct Desk {
    scope: Scope,
    staff: Staff,
}

/// What staff work on, and what they did.
#[Object]
impl Desk {
    /// Whether what one person wrote needs another to publish it.
    async fn review_policy(&self, context: &Context<'_>) -> Result<ReviewPolicy> {
        Ok(context.data::<Services>()?.ledger.review())
    }

    /// Working copies that are not handed in yet, the last written first; each as its newest revision.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a connection's arguments are the contract's")]
    async fn drafts(
        &self,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "True: only those that you wrote last. Null: everybody's.")] mine: Option<bool>,
        #[graphql(desc = "Only those of this country. Null: all.")] country: Option<CountryCode>,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let author = mine.unwrap_or(false).then_some(self.staff.id);
        let filter = WorkingFilter { states: vec![State::Draft], author, country: country.map(|code| code.0) };
        self.working_copies(filter, PageArguments { first, after, last, before }).await
    }

    /// Working copies that wait for an editor's decision, the last written first.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn waiting_for_review(
        &self,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let filter = WorkingFilter { states: vec![State::InReview], author: None, country: None };
        self.working_copies(filter, PageArguments { first, after, last, before }).await
    }

    /// Working copies that go before readers by themselves, the last written first; `publishAt` says when.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn scheduled(
        &self,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let filter = WorkingFilter { states: vec![State::Scheduled], author: None, country: None };
        self.working_copies(filter, PageArguments { first, after, last, before }).await
    }

    /// What was done to developments, newest first: of one of them its history, of all what changed recently.
    #[graphql(complexity = "page::complexity(first.or(last), DEFAULT_ENTRIES, child_complexity)")]
    async fn history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first so many; 20 where neither `first` nor `last` is given, 500 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many; 500 at most.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "The id of a development. Null: all.")] development: Option<ID>,
    ) -> Result<Connection<String, AuditEntry, EmptyFields>> {
        let development = development.as_ref().map(development_id).transpose()?;
        let filter = HistoryFilter { development, developments_only: true, ..HistoryFilter::default() };
        entries(context, &self.scope, &self.staff, filter, PageArguments { first, after, last, before }).await
    }
}

impl Desk {
    async fn working_copies(
        &self,
        filter: WorkingFilter,
        arguments: PageArguments,
    ) -> Result<Connection<String, Development, DevelopmentTotal>> {
        let window = arguments.window::<WorkingCursor>(DEFAULT_ENTRIES)?;
        let page = self.scope.reader().working_copies(&filter, &window).await.map_err(store_error)?;
        let total = DevelopmentTotal::Working(self.scope.clone(), filter);
        Ok(page::connection(page, total, |copy| {
            let cursor = WorkingCursor { written_at: copy.written_at.unwrap_or_default(), development: copy.id.0 };
            (encode(&cursor), Development::of(&self.scope, copy))
        }))
    }
}

/// A page of the audit log as a connection.
pub async fn entries(
    context: &Context<'_>,
    scope: &Scope,
    staff: &Staff,
    filter: HistoryFilter,
    arguments: PageArguments,
) -> Result<Connection<String, AuditEntry, EmptyFields>> {
    let window = arguments.window::<HistoryCursor>(DEFAULT_ENTRIES)?;
    let window = Window {
        after: window.after.map(|cursor| cursor.number),
        before: window.before.map(|cursor| cursor.number),
        limit: window.limit,
        from_end: window.from_end,
    };
    let page = history::page(&context.data::<Services>()?.pool, staff, &filter, &window).await.map_err(store_error)?;
    let for_admin = staff.role >= Role::Admin;
    Ok(page::connection(page, EmptyFields, |entry| {
        (encode(&HistoryCursor { number: entry.number }), AuditEntry::of(scope, entry, for_admin))
    }))
}

/// The development that an id names.
pub fn development_id(id: &ID) -> Result<DevelopmentId> {
    match id.parse() {
        Ok(GlobalId::Development(id)) => Ok(id),
        Ok(_) => Err(bad_input("`development` takes the id of a development; this is the id of something else.")),
        Err(error) => Err(bad_input(format!("`development`: {error}."))),
    }
}
