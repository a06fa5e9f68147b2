//! One entry of the public feed.

use chrono::{DateTime, Utc};

use super::{country::CountryCode, development::Kind, id::DevelopmentId, position::Position, status::Status};

/// What a change did to what readers can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "ChangeKind")]
pub enum ChangeKind {
    /// A development was published.
    Published,
    /// A published development was corrected.
    Corrected,
    /// A published development was retracted; it stays in the record, marked.
    Retracted,
    /// Names or codes of countries were loaded or changed.
    CountriesRevised,
    /// A source's public details were changed.
    SourceRevised,
    /// A status's label or definition was changed.
    StatusRevised,
}

/// One entry of the public feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub position: Position,
    pub at: DateTime<Utc>,
    pub kind: ChangeKind,
    /// `None` where the change is not about one country.
    pub country: Option<CountryCode>,
    pub development: Option<(DevelopmentId, Kind)>,
    /// The revision that it brought before readers.
    pub revision: Option<i32>,
    pub status_before: Option<Status>,
    pub status_after: Option<Status>,
}

/// Which changes are wanted; `None` and `false` ask for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ChangeFilter {
    pub countries: Option<Vec<CountryCode>>,
    pub kinds: Option<Vec<ChangeKind>>,
    pub development_kinds: Option<Vec<Kind>>,
    /// Only changes that changed a country's status.
    pub status_changed: bool,
}

impl ChangeFilter {
    pub fn admits(&self, change: &Change) -> bool {
        let country =
            self.countries.as_ref().is_none_or(|wanted| change.country.is_some_and(|code| wanted.contains(&code)));
        let kind = self.kinds.as_ref().is_none_or(|wanted| wanted.contains(&change.kind));
        let development = self
            .development_kinds
            .as_ref()
            .is_none_or(|wanted| change.development.is_some_and(|(_, kind)| wanted.contains(&kind)));
        let status = !self.status_changed || change.status_before != change.status_after;
        country && kind && development && status
    }
}
