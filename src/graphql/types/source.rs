use async_graphql::{Context, ID, Object, Result};

use super::date::EdtfDate;
use crate::{
    domain::{
        id::{GlobalId, SourceId},
        source::{self, SourceKind},
    },
    graphql::{loaders::NoteOn, scope::Scope},
};

pub struct Source {
    scope: Scope,
    source: source::Source,
}

/// Where a fact comes from.
#[Object]
impl Source {
    /// The id by which `node` refetches it, and by which a citation names it.
    pub async fn id(&self) -> ID {
        GlobalId::Source(self.source.id).to_string().into()
    }

    /// What the source is.
    async fn kind(&self) -> SourceKind {
        self.source.details.kind
    }

    /// Who published or issued it. Null when not known or not said.
    async fn publisher(&self) -> Option<&str> {
        self.source.details.publisher.as_deref()
    }

    /// Its title, or what it is in a few words.
    async fn title(&self) -> &str {
        &self.source.details.title
    }

    /// Where it can be read: an absolute `http` or `https` address. Null when it is not online.
    async fn url(&self) -> Option<&str> {
        self.source.details.url.as_deref()
    }

    /// A copy of it in a web archive. Null when there is none.
    async fn archived_url(&self) -> Option<&str> {
        self.source.details.archived_url.as_deref()
    }

    /// How readers are told where it comes from, where publisher and title do not say it. Null otherwise.
    async fn attribution(&self) -> Option<&str> {
        self.source.details.attribution.as_deref()
    }

    /// Which wording of it this is, counted from 1.
    async fn version(&self) -> i32 {
        self.source.version
    }

    /// Whether readers are told its attribution and nothing else: they then see the attribution as its title.
    async fn confidential(&self) -> bool {
        self.source.details.confidential
    }

    /// A note to colleagues: who it is, how it was checked. Null where there is none, and for readers.
    async fn confidential_note(&self, _context: &Context<'_>) -> Result<Option<String>> {
        self.scope.load(NoteOn(self.source.id)).await
    }

    /// When it was published. Null when not known.
    async fn published_on(&self) -> Option<EdtfDate> {
        self.source.details.published_on.clone().map(|date| EdtfDate(Some(date)))
    }
}

pub struct Citation {
    pub scope: Scope,
    pub citation: source::Citation,
}

/// What ties a development to a source.
#[Object]
impl Citation {
    /// The source that stands behind the development.
    async fn source(&self) -> Source {
        Source { scope: self.scope.clone(), source: self.citation.source.clone() }
    }

    /// Where in the source: a page, a paragraph, a time. Null when not said.
    async fn locator(&self) -> Option<&str> {
        self.citation.locator.as_deref()
    }

    /// The source's own words. Null when not quoted.
    async fn quote(&self) -> Option<&str> {
        self.citation.quote.as_deref()
    }
}

/// A source by its id. `None` if the viewer sees none with it.
pub async fn find(scope: &Scope, id: SourceId) -> Result<Option<Source>> {
    Ok(scope.load(id).await?.map(|source| Source { scope: scope.clone(), source }))
}
