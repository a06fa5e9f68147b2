//! Where a fact comes from.

use super::{edtf::Edtf, id::SourceId};

/// What a source is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SourceKind {
    /// A diplomatic cable.
    Cable,
    /// A document of a government or another body, other than a cable or a court filing.
    Document,
    /// A filing with, or a ruling of, a court.
    CourtFiling,
    /// A public statement by a party: a speech, a press release, a post.
    Statement,
    /// An interview with a person who knows.
    Interview,
    /// A report by a news organisation.
    NewsReport,
    /// Anything else; the title says what.
    Other,
}

/// What a source says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub kind: SourceKind,
    pub publisher: Option<String>,
    pub title: String,
    /// An absolute `http` or `https` address.
    pub url: Option<String>,
    pub archived_url: Option<String>,
    /// How readers are told where it comes from, when publisher and title do not say it.
    pub attribution: Option<String>,
    pub published_on: Option<Edtf>,
}

/// What a citation points at: a source already stored, or one given with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitedSource {
    Stored(SourceId),
    New(NewSource),
}

/// A checked citation, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCitation {
    pub source: CitedSource,
    /// Where in the source: a page, a paragraph, a time.
    pub locator: Option<String>,
    /// The source's own words.
    pub quote: Option<String>,
}

/// A source as readers see it at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: SourceId,
    pub details: NewSource,
}

/// A citation as readers see it at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub source: Source,
    pub locator: Option<String>,
    pub quote: Option<String>,
}
