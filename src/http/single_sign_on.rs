//! Single sign-on in a browser: to the provider, back from it, and out again. What goes wrong, the desk says in words.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use url::form_urlencoded;

use super::{App, pages, scheme::Scheme, serve::ClientAddress};
use crate::{
    graphql::cookie::{self, SameSite},
    single_sign_on::{Answer, DESK, Refusal, SingleSignOn},
    store::sessions,
};

/// The cookie that holds the secret of a sign-in that is under way.
const SIGN_ON: &str = "tracker_sign_on";

/// How long somebody may be away, in seconds.
const AWAY: i64 = 600;

/// Sends a browser to the provider.
pub async fn start(State(app): State<Arc<App>>, request: Parts) -> Response {
    let Some(single_sign_on) = &app.single_sign_on else { return nothing(&request) };
    let scheme = Scheme::of(&request);
    let (next, previous) = (parameter(&request, "next"), scheme.cookie(&request.headers, cookie::SESSION));
    let begun = single_sign_on.begin(next.as_deref(), previous.as_deref(), ClientAddress::of(&request)).await;
    match begun {
        Ok(begun) => {
            let kept = cookie::set(SIGN_ON, &begun.secret, AWAY, SameSite::Lax, scheme.is_secure());
            to(begun.to.as_str(), [kept])
        }
        Err(refusal) => refused(refusal, scheme),
    }
}

/// Lets in whoever comes back.
pub async fn callback(State(app): State<Arc<App>>, request: Parts) -> Response {
    let Some(single_sign_on) = &app.single_sign_on else { return nothing(&request) };
    let scheme = Scheme::of(&request);
    let secret = scheme.cookie(&request.headers, SIGN_ON);
    let answer = Answer {
        code: parameter(&request, "code"),
        state: parameter(&request, "state"),
        issuer: parameter(&request, "iss"),
        error: parameter(&request, "error"),
    };
    match single_sign_on.finish(answer, secret.as_deref(), ClientAddress::of(&request)).await {
        Ok(entered) => {
            let seconds = sessions::LIFE.num_seconds();
            let session = cookie::set_session(&entered.signed_in.secret, seconds, scheme.is_secure());
            to(&entered.next, [session, forgotten(scheme)])
        }
        Err(refusal) => refused(refusal, scheme),
    }
}

/// Sends a browser that has signed out here to sign out at the provider.
pub async fn end(State(app): State<Arc<App>>, request: Parts) -> Response {
    let Some(single_sign_on) = &app.single_sign_on else { return nothing(&request) };
    let place = single_sign_on.end().await;
    to(place.as_ref().map_or(DESK, |place| place.as_str()), [])
}

impl App {
    /// The same app, with single sign-on.
    #[must_use]
    pub fn with_single_sign_on(self, single_sign_on: Option<SingleSignOn>) -> Self {
        Self { single_sign_on, ..self }
    }
}

/// A parameter of the address, if it is there once.
fn parameter(request: &Parts, name: &str) -> Option<String> {
    let mut values =
        form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes()).filter(|(given, _)| given == name);
    match (values.next(), values.next()) {
        (Some((_, value)), None) => Some(value.into_owned()),
        _ => None,
    }
}

fn refused(refusal: Refusal, scheme: Scheme) -> Response {
    let place = format!("{DESK}?sign-in={}", refusal.code());
    // A sign-in that is under way goes on in its own window.
    if refusal == Refusal::NotBegun { to(&place, []) } else { to(&place, [forgotten(scheme)]) }
}

fn forgotten(scheme: Scheme) -> String {
    cookie::set(SIGN_ON, "", 0, SameSite::Lax, scheme.is_secure())
}

fn to<const N: usize>(place: &str, cookies: [String; N]) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Addresses are of ASCII letters: both kinds come from a parsed URL.
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static(DESK));
    headers.insert(header::LOCATION, place);
    for cookie in cookies.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

fn nothing(request: &Parts) -> Response {
    pages::not_found(request, "Single sign-on is not set up here: sign in at /desk with a password.")
}
