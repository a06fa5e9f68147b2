//! Answers to what anyone may ask, kept as the bytes that are sent. An answer holds for the place in the feed at which it was made: a
//! change moves the feed, and the next who asks gets a new one.

pub mod ahead;
mod asked;
mod compress;
pub mod front;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use moka::{future::Cache, policy::EvictionPolicy};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use self::compress::compress;
use super::{
    accept::{Coding, Format},
    answer::Answer,
    metrics,
    persisted::Hash,
    request::Sent,
};
use crate::feed::{Feed, Place};

/// How an answer was come by, as RFC 9211 tells it.
pub const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The status of an answer that was kept and is of the newest position.
pub const KEPT: &str = "tracker; hit";

/// What an answer weighs beside its bytes.
const OVERHEAD: usize = 512;

/// Shorter answers are not compressed: it would save less than a packet.
const WORTH_COMPRESSING: usize = 512;

/// How many positions back an answer is looked for when no new one can be made.
const OLDEST: i64 = 64;

/// Browsers ask each time and mostly hear that nothing has changed. What stands between may answer by itself for a second, somewhat
/// longer while it asks, and for a day while nobody answers.
pub const FRESH: &str = "public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=86400";

/// The same of an answer that may be old: it must not be passed on as if it were not.
const OLD: &str = "public, max-age=0, s-maxage=1, stale-if-error=86400";

/// What tells one request from another: a digest of document, operation and variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question([u8; 32]);

impl Question {
    /// What a request asks, as it was sent.
    pub fn of(sent: &Sent) -> Self {
        let document = sent.hash.unwrap_or_else(|| Hash::of(sent.query.as_deref().unwrap_or_default()));
        let name = sent.operation_name.as_deref();
        let mut digest = Sha256::new();
        digest.update(document.bytes());
        // With its length, so that no name can pass for the beginning of variables.
        digest.update(name.map_or(u64::MAX, |name| name.len() as u64).to_be_bytes());
        digest.update(name.unwrap_or_default());
        digest.update(serde_json::to_vec(&sent.variables).unwrap_or_default());
        Self(digest.finalize().into())
    }

    /// What a page is made of: the answer to its document.
    pub fn of_page(page: &str, variables: &Map<String, Value>) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"page");
        digest.update(page.len().to_be_bytes());
        digest.update(page);
        digest.update(serde_json::to_vec(variables).unwrap_or_default());
        Self(digest.finalize().into())
    }
}

/// How a request came by its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Made,
    /// It was made, and nothing is kept here.
    Passed,
    Kept,
    /// It was kept, and there may be a newer one.
    Old,
}

impl How {
    const fn label(self) -> &'static str {
        match self {
            Self::Made | Self::Passed => "miss",
            Self::Kept => "hit",
            Self::Old => "stale",
        }
    }

    /// As RFC 9211 tells it.
    const fn status(self) -> &'static str {
        match self {
            Self::Made => "tracker; fwd=miss; stored",
            Self::Passed => "tracker; fwd=miss",
            Self::Kept => KEPT,
            Self::Old => "tracker; hit; detail=stale",
        }
    }
}

/// An answer as bytes, each compressed form made at most once.
struct Bodies {
    plain: Bytes,
    compressed: [OnceCell<Bytes>; Coding::ALL.len()],
    etag: HeaderValue,
}

impl Bodies {
    fn of(plain: Bytes) -> Self {
        let digest = Sha256::digest(&plain);
        // Weak: the same answer in another coding is the same.
        let etag = format!("W/\"{}\"", BASE64URL_NOPAD.encode(&digest[..16]));
        Self {
            plain,
            compressed: Default::default(),
            etag: HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("W/\"\"")),
        }
    }

    /// At most what it will have in memory: the compressed forms of such text take together less than the text.
    fn weight(&self) -> u32 {
        u32::try_from(2 * self.plain.len() + OVERHEAD).unwrap_or(u32::MAX)
    }

    async fn coded(&self, coding: Option<Coding>) -> (Bytes, Option<Coding>) {
        let Some(coding) = coding.filter(|_| self.plain.len() >= WORTH_COMPRESSING) else {
            return (self.plain.clone(), None);
        };
        let plain = self.plain.clone();
        let made = self.compressed[coding as usize].get_or_try_init(|| compress(coding, plain)).await;
        match made {
            Ok(bytes) => (bytes.clone(), Some(coding)),
            Err(error) => {
                tracing::error!(%error, "an answer can't be compressed");
                (self.plain.clone(), None)
            }
        }
    }
}

/// An answer that can be sent, and how it was come by.
pub struct Kept {
    bodies: Arc<Bodies>,
    how: How,
    place: Place,
}

/// Goes with an answer over HTTP: the same request may get it again, as long as the feed stands at this place.
#[derive(Clone)]
pub struct Lasting {
    place: Place,
    body: Bytes,
    content: HeaderMap,
}

impl Kept {
    /// The answer as HTTP; short where the client has it already.
    pub async fn http(&self, format: Format, request: &Parts) -> Response {
        self.served_as(format.media_type(), request).await
    }

    /// The same of a page.
    pub async fn served_as(&self, media_type: &'static str, request: &Parts) -> Response {
        metrics::cached(self.how.label());
        let is_get = matches!(request.method, Method::GET | Method::HEAD);
        let (body, coding) = self.bodies.coded(Coding::of(&request.headers)).await;
        let mut content = HeaderMap::with_capacity(2);
        content.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        if let Some(coding) = coding {
            content.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        let mut response = if is_get && is_known(&request.headers, &self.bodies.etag) {
            not_modified()
        } else {
            let mut response = Response::new(Body::from(body.clone()));
            response.headers_mut().extend(content.clone());
            response
        };
        if matches!(self.how, How::Made | How::Kept) {
            response.extensions_mut().insert(Lasting { place: self.place, body, content });
        }
        let headers = response.headers_mut();
        headers.insert(CACHE_STATUS, HeaderValue::from_static(self.how.status()));
        if is_get {
            headers.insert(header::ETAG, self.bodies.etag.clone());
            let control = if self.how == How::Old { OLD } else { FRESH };
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
        }
        response
    }
}

fn not_modified() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response
}

/// Whether a client says that it has an answer with this tag.
pub fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().map(HeaderValue::as_bytes);
    let mut tags = lines.flat_map(|line| line.split(|byte| *byte == b',')).map(<[u8]>::trim_ascii);
    tags.any(|tag| tag == b"*" || opaque(tag) == opaque(etag.as_bytes()))
}

/// A tag without the mark that it is weak.
fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

/// The answers that are kept, bounded in bytes: which goes first is what was not asked for the longest time.
pub struct ResponseCache(Option<Cache<(Question, Place), Arc<Bodies>>>);

impl ResponseCache {
    /// A cache of so many megabytes; of 0, one that keeps nothing.
    pub fn new(megabytes: u32) -> Self {
        let build = || {
            Cache::builder()
                .max_capacity(u64::from(megabytes) << 20)
                .weigher(|_, bodies: &Arc<Bodies>| bodies.weight())
                // Not by how often: after each change the answers are new ones, which nobody has asked for yet.
                .eviction_policy(EvictionPolicy::lru())
                .build()
        };
        Self((megabytes > 0).then(build))
    }

    /// The answer at the feed's position, if it is there; while the database does not answer, also one of an earlier position.
    pub async fn get(&self, question: Question, feed: &Feed) -> Option<Kept> {
        let place = feed.place();
        if feed.pulse().current {
            let bodies = self.0.as_ref()?.get(&(question, place)).await?;
            return Some(Kept { bodies, how: How::Kept, place });
        }
        self.old(question, feed).await
    }

    /// Makes an answer and keeps it; who asks the same meanwhile waits for it. What has errors is not kept: it is sent as it is, unless the
    /// database can't be reached and an older answer is there.
    pub async fn fill(
        &self,
        question: Question,
        feed: &Feed,
        execution: impl Future<Output = Answer>,
    ) -> Result<Kept, Arc<Answer>> {
        if self.0.is_none() {
            return Err(Arc::new(execution.await));
        }
        let made = self.make(question, feed, async {
            let answer = execution.await;
            if answer.is_lasting() { Ok(Bytes::from(answer.json())) } else { Err(answer) }
        });
        match made.await {
            Err(answer) if answer.lacks_a_part() => self.old(question, feed).await.ok_or(answer),
            made => made,
        }
    }

    /// Makes what is served, whatever it is, and keeps it; who asks the same meanwhile waits for it. A failure is not kept.
    pub async fn make<E: Send + Sync + 'static>(
        &self,
        question: Question,
        feed: &Feed,
        making: impl Future<Output = Result<Bytes, E>>,
    ) -> Result<Kept, Arc<E>> {
        // Before it is made: what it says is of this position or of a later one.
        let place = feed.place();
        let Some(answers) = &self.0 else {
            let bodies = Arc::new(Bodies::of(making.await.map_err(Arc::new)?));
            return Ok(Kept { bodies, how: How::Passed, place });
        };
        let made =
            answers.try_get_with((question, place), async { making.await.map(|plain| Arc::new(Bodies::of(plain))) });
        Ok(Kept { bodies: made.await?, how: How::Made, place })
    }

    /// What is left of an earlier position, where nothing new can be made.
    pub async fn old(&self, question: Question, feed: &Feed) -> Option<Kept> {
        let place = feed.place();
        let bodies = self.newest(question, place).await?;
        Some(Kept { bodies, how: How::Old, place })
    }

    /// The newest answer up to a place.
    async fn newest(&self, question: Question, place: Place) -> Option<Arc<Bodies>> {
        let answers = self.0.as_ref()?;
        for back in 0..OLDEST {
            if let Some(bodies) = answers.get(&(question, place.back(back))).await {
                return Some(bodies);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::request::from_object;

    fn question(request: Value) -> Question {
        Question::of(&from_object(request.as_object().unwrap().clone()).unwrap())
    }

    #[test]
    fn whatever_differs_in_what_is_asked_is_another_question() {
        let requests = [
            json!({ "query": "{a}" }),
            json!({ "query": "{a} " }),
            json!({ "query": "{b}" }),
            json!({ "query": "{a}", "operationName": "" }),
            json!({ "query": "{a}", "operationName": "A" }),
            json!({ "query": "{a}", "operationName": "A{}" }),
            json!({ "query": "{a}", "variables": { "b": 1 } }),
            json!({ "query": "{a}", "variables": { "b": "1" } }),
            json!({ "query": "{a}", "variables": { "b": null } }),
            json!({ "query": "{a}", "variables": { "b": [1] } }),
        ];
        let questions: std::collections::HashSet<Question> = requests.iter().cloned().map(question).collect();
        assert_eq!(questions.len(), requests.len());
        assert_eq!(question(json!({ "query": "{a}" })), question(json!({ "query": "{a}", "variables": {} })));
    }

    #[test]
    fn a_tag_is_known_however_it_is_quoted() {
        let etag = HeaderValue::from_static("W/\"abc\"");
        for (given, known) in [
            ("W/\"abc\"", true),
            ("\"abc\"", true),
            ("\"x\", W/\"abc\"", true),
            ("*", true),
            ("\"abcd\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(given));
            assert_eq!(is_known(&headers, &etag), known, "{given}");
        }
    }
}
