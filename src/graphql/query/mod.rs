//! What can be asked, one file a field or a family of them.

mod accounts;
mod audit;
pub mod changes;
mod corrections;
mod countries;
mod desk;
mod developments;
mod node;
mod single_sign_on;
mod sources;
mod statuses;
mod tally;
mod tokens;
mod viewer;

use async_graphql::{MergedObject, Result};
use chrono::{DateTime, Utc};

pub use self::desk::development_id;
use crate::{
    domain::{as_of::AsOf, calendar},
    graphql::error::bad_input,
};

/// What can be asked. Everyone sees what is published; signed-in staff also see what is not, on the desk and where they ask for it
/// by id.
#[derive(MergedObject, Default)]
pub struct Query(
    tally::TallyQuery,
    countries::CountriesQuery,
    statuses::StatusesQuery,
    developments::DevelopmentsQuery,
    changes::ChangesQuery,
    corrections::CorrectionsQuery,
    sources::SourcesQuery,
    desk::DeskQuery,
    audit::AuditQuery,
    node::NodeQuery,
    viewer::ViewerQuery,
    single_sign_on::SingleSignOnQuery,
    accounts::AccountsQuery,
    tokens::TokensQuery,
);

fn as_of(given: Option<DateTime<Utc>>) -> Result<AsOf> {
    Ok(instant("asOf", given)?.map_or(AsOf::Now, AsOf::Instant))
}

/// An instant that was given under a name, if it is of the years that are read.
fn instant(name: &str, given: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>> {
    given.map(calendar::instant).transpose().map_err(|error| bad_input(format!("`{name}`: {error}.")))
}
