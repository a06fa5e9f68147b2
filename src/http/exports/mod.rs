//! The open data: files that anyone may take, each of one position, written while they are sent.

mod atom;
mod column;
mod countries;
mod developments;
mod dictionary;
mod files;

use std::{sync::Arc, time::SystemTime};

use async_graphql::resolver_utils::EnumType;
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use futures_util::{Stream, StreamExt, stream};
use url::form_urlencoded;

use super::{
    App,
    accept::Format,
    answer::{OUR_FAULT, RETRY_AFTER, Refusal},
    response_cache::{FRESH, is_known},
};
use crate::{
    domain::{as_of::AsOf, calendar, cursor, viewer::Viewer},
    graphql::code::Code,
    store::{error::StoreError, reader::Reader},
};

/// How the files are written. Counts up when the same position is written otherwise, so that nobody goes on with an older file.
const EDITION: u32 = 1;

/// The tracker at one position, as anyone may know it.
struct Snapshot {
    app: Arc<App>,
    reader: Reader,
    /// When the position was reached; `None` while nothing has been published.
    changed_at: Option<DateTime<Utc>>,
}

/// The countries with a status, as CSV.
pub async fn countries(State(app): State<Arc<App>>, request: Request) -> Response {
    serve(app, request, "text/csv; charset=utf-8; header=present", files::countries_csv).await
}

/// The ledger, as CSV.
pub async fn developments(State(app): State<Arc<App>>, request: Request) -> Response {
    serve(app, request, "text/csv; charset=utf-8; header=present", files::developments_csv).await
}

/// All of it, as JSON.
pub async fn whole(State(app): State<Arc<App>>, request: Request) -> Response {
    serve(app, request, "application/json", files::tracker_json).await
}

/// The latest changes, as an Atom feed.
pub async fn atom(State(app): State<Arc<App>>, request: Request) -> Response {
    serve(app, request, "application/atom+xml; charset=utf-8", |snapshot| {
        stream::once(async move { atom::feed(&snapshot).await })
    })
    .await
}

/// What the columns of the CSV files mean, as a Frictionless data package.
pub async fn dictionary() -> Response {
    public(description("application/json", dictionary::package().to_string()))
}

/// What the JSON file holds, as a JSON Schema.
pub async fn schema() -> Response {
    public(description("application/schema+json", dictionary::schema().to_string()))
}

fn description(media_type: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}

/// Any page may read it.
fn public(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}

async fn serve<S>(
    app: Arc<App>,
    request: Request,
    media_type: &'static str,
    write: impl FnOnce(Arc<Snapshot>) -> S,
) -> Response
where
    S: Stream<Item = Result<Bytes, StoreError>> + Send + 'static,
{
    let (parts, _) = request.into_parts();
    let response = match Snapshot::open(app, &parts).await {
        Ok(snapshot) => send(Arc::new(snapshot), &parts.headers, media_type, write).await,
        Err(refusal) => Err(refusal),
    };
    public(response.unwrap_or_else(|refusal| refusal.into_http(Format::Json)))
}

async fn send<S>(
    snapshot: Arc<Snapshot>,
    known: &HeaderMap,
    media_type: &'static str,
    write: impl FnOnce(Arc<Snapshot>) -> S,
) -> Result<Response, Refusal>
where
    S: Stream<Item = Result<Bytes, StoreError>> + Send + 'static,
{
    let tag = snapshot.tag();
    let mut response = if snapshot.is_known(known, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut parts = Box::pin(write(snapshot.clone()));
        // What fails at the beginning can still be told; later, all that is left is to break off.
        let first = parts.next().await.transpose().map_err(refusal)?;
        let rest = parts.inspect(|part| {
            if let Err(error) = part {
                tracing::warn!(%error, "an export was broken off");
            }
        });
        let body = stream::iter(first.map(Ok)).chain(rest);
        ([(header::CONTENT_TYPE, media_type)], Body::from_stream(body)).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
    if let Some(date) = snapshot.changed_at.and_then(http_date) {
        headers.insert(header::LAST_MODIFIED, date);
    }
    Ok(response)
}

impl Snapshot {
    /// Pins the position that a request asks for.
    async fn open(app: Arc<App>, parts: &Parts) -> Result<Self, Refusal> {
        let reader = match as_of(parts.uri.query().unwrap_or_default())? {
            AsOf::Now if app.feed.pulse().listening => {
                Reader::of_feed(&app.pool, Viewer::Public, app.feed.id()).at(app.feed.place().position)
            }
            as_of => Reader::open(&app.pool, Viewer::Public, as_of).await.map_err(refusal)?,
        };
        let changed_at = app.feed.made_at(reader.position()).await.map_err(refusal)?;
        Ok(Self { app, reader, changed_at })
    }

    /// Weak: the same in every coding.
    fn tag(&self) -> HeaderValue {
        let place = cursor::encode(&self.reader.cursor(self.reader.position(), self.changed_at));
        HeaderValue::from_str(&format!("W/\"{EDITION}.{place}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
    }

    /// Whether a client says that it has this already. A tag says more than a time, which is by the second.
    fn is_known(&self, headers: &HeaderMap, tag: &HeaderValue) -> bool {
        if headers.contains_key(header::IF_NONE_MATCH) {
            return is_known(headers, tag);
        }
        let since = headers.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
        let since = since.and_then(|text| httpdate::parse_http_date(text).ok());
        // Within the second in which something changed, more may change.
        let settled = |at: DateTime<Utc>| at + TimeDelta::seconds(1);
        since.zip(self.changed_at).is_some_and(|(since, at)| SystemTime::from(settled(at)) < since)
    }
}

/// The instant that `asOf` names; a day is read to its end, in UTC.
pub(super) fn as_of(query: &str) -> Result<AsOf, Refusal> {
    let mut as_of = AsOf::Now;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "asOf" {
            return Err(Refusal::bad_request(format!("There is no parameter {name:?} here, only asOf.")));
        }
        let end_of = |day: NaiveDate| day.checked_add_days(Days::new(1)).map(|next| next.and_time(NaiveTime::MIN));
        let instant = match calendar::day(&value) {
            Some(day) => end_of(day).map(|end| end.and_utc() - TimeDelta::microseconds(1)),
            None => DateTime::parse_from_rfc3339(&value).ok().map(|instant| instant.to_utc()),
        };
        let instant = instant.and_then(|instant| calendar::instant(instant).ok());
        as_of = AsOf::Instant(instant.ok_or_else(|| {
            Refusal::bad_request(format!(
                "asOf takes a day, such as 2025-09-01, or an instant, such as 2025-09-01T12:00:00Z, of the years 0000 to 9999; {value:?} is neither."
            ))
        })?);
    }
    Ok(as_of)
}

fn http_date(at: DateTime<Utc>) -> Option<HeaderValue> {
    HeaderValue::from_str(&httpdate::fmt_http_date(at.into())).ok()
}

fn refusal(error: StoreError) -> Refusal {
    match error {
        StoreError::Unavailable(_) => {
            tracing::warn!(%error, "an export can't be made");
            let sentence = "The database can't be reached right now. Try again in a moment.";
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, sentence)
                .with(header::RETRY_AFTER, RETRY_AFTER)
        }
        StoreError::Failed(_) | StoreError::Corrupt(_) | StoreError::Rewound => {
            tracing::error!(%error, "an export failed");
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, OUR_FAULT)
        }
    }
}

/// An enum's value by the name that it has in the API.
fn code<E: EnumType + PartialEq>(value: E) -> &'static str {
    E::items().iter().find(|item| item.value == value).map_or("", |item| item.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_to_its_end() {
        let instant = |query: &str| match as_of(query).map_err(|refusal| refusal.message) {
            Ok(AsOf::Instant(instant)) => instant.to_rfc3339(),
            other => format!("{other:?}"),
        };
        assert_eq!(instant("asOf=2025-09-01"), "2025-09-01T23:59:59.999999+00:00");
        assert_eq!(instant("asOf=2025-09-01T14%3A00%3A00%2B02:00"), "2025-09-01T12:00:00+00:00");
        assert_eq!(instant(""), "Ok(Now)");
        for wrong in [
            "asOf=yesterday",
            "asOf=",
            "asof=2025-09-01",
            "asOf=2025-13-01",
            "asOf=-4713-01-01",
            "asOf=%2B262142-01-01",
            "x=1",
        ] {
            assert!(instant(wrong).starts_with("Err"), "{wrong}");
        }
    }
}
