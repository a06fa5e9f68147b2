use async_graphql::{ID, Object, Result};

use super::date::EdtfDate;
use crate::{
    domain::{
        id::{GlobalId, SourceId},
        source::{self, SourceKind},
    },
    graphql::scope::Scope,
};

pub struct Source(pub source::Source);

/// Where a fact comes from.
#[Object]
impl Source {
    /// The id by which `node` refetches it, and by which a citation names it.
    pub async fn id(&self) -> ID {
        GlobalId::Source(self.0.id).to_string().into()
    }

    /// What the source is.
    async fn kind(&self) -> SourceKind {
        self.0.details.kind
    }

    /// Who published or issued it. Null when not known or not said.
    async fn publisher(&self) -> Option<&str> {
        self.0.details.publisher.as_deref()
    }

    /// Its title, or what it is in a few words.
    async fn title(&self) -> &str {
        &self.0.details.title
    }

    /// Where it can be read: an absolute `http` or `https` address. Null when it is not online.
    async fn url(&self) -> Option<&str> {
        self.0.details.url.as_deref()
    }

    /// A copy of it in a web archive. Null when there is none.
    async fn archived_url(&self) -> Option<&str> {
        self.0.details.archived_url.as_deref()
    }

    /// How readers are told where it comes from, where publisher and title do not say it. Null otherwise.
    async fn attribution(&self) -> Option<&str> {
        self.0.details.attribution.as_deref()
    }

    /// When it was published. Null when not known.
    async fn published_on(&self) -> Option<EdtfDate> {
        self.0.details.published_on.clone().map(|date| EdtfDate(Some(date)))
    }
}

pub struct Citation(pub source::Citation);

/// What ties a development to a source.
#[Object]
impl Citation {
    /// The source that stands behind the development.
    async fn source(&self) -> Source {
        Source(self.0.source.clone())
    }

    /// Where in the source: a page, a paragraph, a time. Null when not said.
    async fn locator(&self) -> Option<&str> {
        self.0.locator.as_deref()
    }

    /// The source's own words. Null when not quoted.
    async fn quote(&self) -> Option<&str> {
        self.0.quote.as_deref()
    }
}

/// A source by its id. `None` if the viewer sees none with it.
pub async fn find(scope: &Scope, id: SourceId) -> Result<Option<Source>> {
    Ok(scope.load(id).await?.map(Source))
}
