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
    /// Whether readers are told its attribution and nothing else.
    pub confidential: bool,
}

impl NewSource {
    /// What readers may know of it. Its date counts for no rule that they could check, either.
    #[must_use]
    pub fn for_readers(self) -> Self {
        if !self.confidential {
            return self;
        }
        Self {
            kind: SourceKind::Other,
            publisher: None,
            title: self.attribution.clone().unwrap_or_default(),
            url: None,
            archived_url: None,
            attribution: self.attribution,
            published_on: None,
            confidential: true,
        }
    }

    /// When readers could first have known of it.
    pub fn made_public_on(&self) -> Option<&Edtf> {
        self.published_on.as_ref().filter(|_| !self.confidential)
    }
}

/// What a citation points at: a source already stored, or one given with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitedSource {
    Stored(SourceId),
    New {
        source: NewSource,
        /// A note to colleagues. Confidential.
        note: Option<String>,
    },
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
    /// Counts from 1.
    pub version: i32,
    pub details: NewSource,
}

/// A citation as readers see it at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub source: Source,
    pub locator: Option<String>,
    pub quote: Option<String>,
}
