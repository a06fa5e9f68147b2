//! Sources and citations, as they are sent.

use async_graphql::{ID, InputObject};

use crate::domain::{
    entry::{CitationEntry, SourceEntry},
    source::SourceKind,
};

/// A source given inline. One that is equal to a stored source in every part is stored once.
#[derive(InputObject)]
pub struct SourceInput {
    /// What the source is.
    kind: SourceKind,
    /// Who published or issued it; 200 characters at most. Null when not known.
    publisher: Option<String>,
    /// Its title, or what it is in a few words; 300 characters at most.
    title: String,
    /// Where it can be read: an absolute `http` or `https` address; 2,000 characters at most. Null when it is not online.
    url: Option<String>,
    /// A copy of it in a web archive; like `url`.
    archived_url: Option<String>,
    /// How readers are told where it comes from, where publisher and title do not say it; 300 characters at most.
    attribution: Option<String>,
    /// When it was published, as EDTF. Null when not known.
    published_on: Option<String>,
    /// True: readers are told its attribution and nothing else, and its date counts for no rule. Null: false.
    confidential: Option<bool>,
    /// A note to colleagues: who it is, how it was checked; 4,000 characters at most. Readers never see it.
    confidential_note: Option<String>,
}

/// What ties the development to a source: exactly one of `sourceId` and `source`.
#[derive(InputObject)]
pub struct CitationInput {
    /// The id of a stored source.
    source_id: Option<ID>,
    /// The source itself.
    source: Option<SourceInput>,
    /// Where in the source: a page, a paragraph, a time; 200 characters at most.
    locator: Option<String>,
    /// The source's own words; 2,000 characters at most.
    quote: Option<String>,
}

/// What is to be said of a stored source from now on, all of it.
#[derive(InputObject)]
pub struct ReviseSourceInput {
    /// The id of the source.
    pub source: ID,
    /// The version that you have before you: if it is no longer the newest, nothing is done.
    pub expected_version: i32,
    #[graphql(flatten)]
    pub details: SourceInput,
}

impl From<CitationInput> for CitationEntry {
    fn from(input: CitationInput) -> Self {
        Self {
            source_id: input.source_id.map(|id| id.0),
            source: input.source.map(SourceEntry::from),
            locator: input.locator,
            quote: input.quote,
        }
    }
}

impl From<SourceInput> for SourceEntry {
    fn from(input: SourceInput) -> Self {
        Self {
            kind: input.kind,
            publisher: input.publisher,
            title: input.title,
            url: input.url,
            archived_url: input.archived_url,
            attribution: input.attribution,
            published_on: input.published_on,
            confidential: input.confidential.unwrap_or(false),
            confidential_note: input.confidential_note,
        }
    }
}
