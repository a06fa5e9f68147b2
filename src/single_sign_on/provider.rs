//! What the provider says of itself: its addresses and its keys, read when they are first needed and kept. One that is down holds up nobody but
//! who signs in by it.

use std::{sync::Arc, time::Duration};

use openidconnect::{IssuerUrl, ProviderMetadataWithLogout};
use tokio::{sync::Mutex, time::Instant};
use url::Url;

use super::transport::Transport;
use crate::config::is_trusted;

/// After how long it is asked anew. Until it answers, what it said before goes on.
const STALE: Duration = Duration::from_secs(60 * 60);

/// For how long one that did not answer is not asked again, so that those who come meanwhile do not wait for it one after the other.
const PAUSE: Duration = Duration::from_secs(2);

/// The provider, as it was last heard of.
pub struct Provider {
    issuer: IssuerUrl,
    pub transport: Transport,
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    metadata: Option<(Arc<ProviderMetadataWithLogout>, Instant)>,
    silent_at: Option<Instant>,
}

/// The provider can't be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent;

impl Provider {
    pub fn new(issuer: IssuerUrl) -> Self {
        Self { issuer, transport: Transport::new(), heard: Mutex::default() }
    }

    /// What it says of itself.
    pub async fn metadata(&self) -> Result<Arc<ProviderMetadataWithLogout>, Silent> {
        let mut heard = self.heard.lock().await;
        match &heard.metadata {
            Some((known, at)) if at.elapsed() < STALE => Ok(known.clone()),
            Some((known, _)) => {
                let known = known.clone();
                Ok(self.ask(&mut heard).await.unwrap_or(known))
            }
            None => self.ask(&mut heard).await,
        }
    }

    /// The same, read anew unless somebody has done so since: its keys are not those that are known.
    pub async fn metadata_after(
        &self,
        known: &Arc<ProviderMetadataWithLogout>,
    ) -> Result<Arc<ProviderMetadataWithLogout>, Silent> {
        let mut heard = self.heard.lock().await;
        match &heard.metadata {
            Some((newer, _)) if !Arc::ptr_eq(newer, known) => Ok(newer.clone()),
            _ => self.ask(&mut heard).await,
        }
    }

    async fn ask(&self, heard: &mut Heard) -> Result<Arc<ProviderMetadataWithLogout>, Silent> {
        if heard.silent_at.is_some_and(|at| at.elapsed() < PAUSE) {
            return Err(Silent);
        }
        match ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.transport).await {
            Ok(metadata) if !is_safe(&metadata) => {
                tracing::error!(issuer = %self.issuer.as_str(), "the provider of single sign-on names addresses without https");
                heard.silent_at = Some(Instant::now());
                Err(Silent)
            }
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *heard = Heard { metadata: Some((metadata.clone(), Instant::now())), silent_at: None };
                Ok(metadata)
            }
            Err(error) => {
                let error = with_causes(&error);
                tracing::warn!(issuer = %self.issuer.as_str(), error, "the provider of single sign-on does not answer");
                heard.silent_at = Some(Instant::now());
                Err(Silent)
            }
        }
    }
}

/// Whether nobody on the way sees what is sent to the addresses that it names.
fn is_safe(metadata: &ProviderMetadataWithLogout) -> bool {
    let logout = &metadata.additional_metadata().end_session_endpoint;
    let addresses: [Option<&Url>; 4] = [
        Some(metadata.authorization_endpoint().url()),
        metadata.token_endpoint().map(|address| address.url()),
        metadata.userinfo_endpoint().map(|address| address.url()),
        logout.as_ref().map(|address| address.url()),
    ];
    addresses.into_iter().flatten().all(is_trusted)
}

/// An error as one sentence.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |said, cause| format!("{said}: {cause}"))
}
