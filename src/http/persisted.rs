//! Automatic persisted queries, by Apollo's protocol: a client first sends a document's hash alone, and sends the document along only
//! where the server does not know it. So a query fits into a URL, which caches between can keep.

use std::sync::Arc;

use async_graphql::ServerError;
use data_encoding::HEXLOWER_PERMISSIVE;
use moka::future::Cache;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::answer::Refusal;
use crate::graphql::code::Code;

/// Bytes of documents that are kept at most. Which is given up, and asked for again, is what was not used for the longest time.
const CAPACITY: u64 = 16 << 20;

/// The SHA-256 of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of a document.
    pub fn of(document: &str) -> Self {
        Self(Sha256::digest(document).into())
    }

    /// Reads `persistedQuery` of a request's extensions, where it is.
    pub fn within(extensions: &Map<String, Value>) -> Result<Option<Self>, Refusal> {
        let Some(given) = extensions.get("persistedQuery").filter(|given| !given.is_null()) else { return Ok(None) };
        if given["version"] != 1 {
            return Err(Refusal::bad_request(
                "Persisted queries are read in version 1: \"persistedQuery\": { \"version\": 1 }.",
            ));
        }
        let digest = given["sha256Hash"].as_str().and_then(|text| HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok());
        match digest.and_then(|digest| digest.try_into().ok()) {
            Some(digest) => Ok(Some(Self(digest))),
            None => Err(Refusal::bad_request("The \"sha256Hash\" of a persisted query must be 64 hexadecimal digits.")),
        }
    }

    /// Holds it against the document that came with it.
    pub fn verify(self, document: &str) -> Result<(), Refusal> {
        if self == Self::of(document) {
            return Ok(());
        }
        Err(Refusal::bad_request("The \"sha256Hash\" is not the SHA-256 of the \"query\" that was sent with it."))
    }

    /// The digest itself.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The documents that clients have sent with their hash. Each server keeps its own: a client whose next request meets another is asked
/// for the document again.
pub struct PersistedQueries(Cache<Hash, Arc<str>>);

impl Default for PersistedQueries {
    fn default() -> Self {
        let weigh = |_: &Hash, document: &Arc<str>| u32::try_from(document.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weigh).build())
    }
}

impl PersistedQueries {
    /// Keeps a document that is sound, under the hash that was held against it.
    pub async fn keep(&self, hash: Hash, document: String) {
        self.0.insert(hash, document.into()).await;
    }

    /// The document of a hash. The message of the error is what Apollo's clients look for.
    pub async fn find(&self, hash: Option<Hash>) -> Result<String, ServerError> {
        let found = match hash {
            Some(hash) => self.0.get(&hash).await,
            None => None,
        };
        found
            .map(|document| document.to_string())
            .ok_or_else(|| Code::PersistedQueryNotFound.error("PersistedQueryNotFound"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hash_is_read_only_as_the_protocol_writes_it() {
        let within = |given: Value| Hash::within(json!({ "persistedQuery": given }).as_object().unwrap());
        let right = "f0f95a8ce44e2bf6dc9b9d1d1ab8a5e0e2c0c1d1f3b6a4e6b6f8c9d0e1f2a3b4";
        assert!(within(json!({ "version": 1, "sha256Hash": right })).unwrap().is_some());
        assert!(within(json!({ "version": 1, "sha256Hash": right.to_uppercase() })).unwrap().is_some());
        assert!(within(Value::Null).unwrap().is_none());
        for wrong in [
            json!({ "version": 2, "sha256Hash": right }),
            json!({ "version": 1, "sha256Hash": &right[2..] }),
            json!({ "version": 1, "sha256Hash": "x".repeat(64) }),
            json!({ "version": 1 }),
            json!("text"),
        ] {
            assert!(within(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
