//! A small map for other sites' pages, in a frame of theirs.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Request, State},
    response::Response,
};
use serde::Deserialize;
use serde_json::Map;

use super::{
    page::{Frame, Page, Unmade},
    policy::Policy,
    words::Tally,
};
use crate::http::App;

const PAGE: Page = Page {
    name: "/embed",
    entry: "src/pages/embed/main.ts",
    document: include_str!("../../../web/src/pages/embed/embed.graphql"),
    operation: "EmbedPage",
    policy: Policy::Framed,
};

#[derive(Deserialize)]
struct Answer {
    tally: Tally,
}

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    frame: Frame,
    tally: Tally,
}

/// The page that others frame.
pub async fn embed(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let fill = |frame, Answer { tally }: Answer| Ok::<_, Unmade>(EmbedPage { frame, tally });
    PAGE.serve(&app, &parts, Map::new(), fill).await
}
