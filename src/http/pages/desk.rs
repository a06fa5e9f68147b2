//! The editors' desk: a page that is the same for everybody. Who is signed in, and what they see, its script asks the public API.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{built::Built, missing, page::Frame, policy::Policy};

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    frame: Frame,
}

/// The desk. Nothing keeps it, so that nobody works with a script of yesterday.
pub async fn desk() -> Response {
    let built = Built::of("src/pages/desk/main.ts");
    let written = built.and_then(|built| {
        let frame = Frame { built, public_url: None, answer: String::new() };
        DeskPage { frame }.render().ok()
    });
    let Some(html) = written else {
        return missing("The pages have not been built into this server: run `make build`.");
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Policy::Reader.secured((headers, html).into_response())
}
