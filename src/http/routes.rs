//! Every address that the server answers.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use super::{
    App,
    accept::Format,
    answer::{OUR_FAULT, Refusal},
    exports, graphql, health, log, metrics, operation, pages, single_sign_on,
};
use crate::graphql::code::Code;

/// The table of routes.
pub fn routes(app: Arc<App>) -> Router {
    let compressed = CompressionLayer::new();
    Router::new()
        .route("/", get(pages::tracker))
        .route("/country/{code}", get(pages::country))
        .route("/embed", get(pages::embed))
        .route("/desk", get(pages::desk))
        .route("/auth/oidc/start", get(single_sign_on::start))
        .route("/auth/oidc/callback", get(single_sign_on::callback))
        .route("/auth/oidc/end", get(single_sign_on::end))
        .route("/graphql", any(graphql::handle))
        .route("/graphiql", get(pages::graphiql))
        .route("/assets/{*name}", get(pages::asset))
        .route("/favicon.svg", get(pages::file))
        .route("/card.png", get(pages::file))
        .route("/robots.txt", get(pages::file))
        .route("/schema.graphql", get(sdl))
        .route("/data/countries.csv", get(exports::countries).layer(compressed.clone()))
        .route("/data/developments.csv", get(exports::developments).layer(compressed.clone()))
        .route("/data/tracker.json", get(exports::whole).layer(compressed.clone()))
        .route("/data/tracker.schema.json", get(exports::schema).layer(compressed.clone()))
        .route("/data/datapackage.json", get(exports::dictionary).layer(compressed.clone()))
        .route("/feed.atom", get(exports::atom).layer(compressed))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::scrape))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(not_found)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::map_response_with_state(app.clone(), secured))
        .layer(middleware::from_fn_with_state(app.clone(), log::log))
        .with_state(app)
}

async fn sdl(State(app): State<Arc<App>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, app.engine.sdl()).into_response()
}

async fn not_found(request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let sentence =
        format!("There is nothing at {}. The API is at /graphql, its explorer at /graphiql.", parts.uri.path());
    pages::not_found(&parts, &sentence)
}

async fn method_not_allowed(method: Method) -> Response {
    let message = format!("{method} is not served here.");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message).into_http(Format::Json)
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    operation::log_panic(panic.as_ref());
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, OUR_FAULT).into_http(Format::Json)
}

/// What every answer says of how it may be used, whatever it is. Pages say more of it themselves (`pages/policy.rs`); what is no page may do
/// nothing, should somebody open it as one.
pub const SECURED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// That browsers come back over TLS only, for a year. Other names below ours are not ours to speak for.
const OVER_TLS: &str = "max-age=31536000";

async fn secured(State(app): State<Arc<App>>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SECURED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // TLS ends at a proxy: that readers come over it, only the public address tells.
    if app.config.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(OVER_TLS));
    }
    response
}
