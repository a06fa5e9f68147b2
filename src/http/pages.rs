//! The pages and what they are made of: built from `web/`, embedded in the binary, served under a policy that lets them
//! talk to nobody but us.

mod built;
mod country;
mod desk;
mod development;
mod embed;
mod page;
mod policy;
mod tracker;
mod words;

use std::borrow::Cow;

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};

pub use country::country;
pub use desk::desk;
pub use embed::embed;
pub use tracker::tracker;

use self::policy::Policy;
use super::{
    accept::{Coding, Format},
    answer::Refusal,
    response_cache::is_known,
};
use crate::graphql::code::Code;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Pages;

/// The explorer.
pub async fn graphiql(headers: HeaderMap) -> Response {
    page("graphiql", &headers)
}

/// The instant as of which an address asks for a page.
#[cfg(any(test, fuzzing))]
pub fn asked_as_of(query: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    tracker::asked_as_of(query)
}

/// A file that a page refers to. Its name changes with its content, so it is good for ever.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let path = format!("assets/{name}");
    match serve(&path, "public, max-age=31536000, immutable", &headers) {
        // A worker is held to the policies of its own file.
        Some(response) => Policy::Explorer.secured(response),
        None => missing(&format!("There is no file named {name:?} among the pages' assets.")),
    }
}

/// A file that is found under a name of its own.
pub async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    serve(path, "public, max-age=86400", &headers)
        .unwrap_or_else(|| missing(&format!("There is no file named {path:?}.")))
}

/// The route of an address that may lead to a page which is kept whole.
pub fn kept_route(path: &str) -> Option<&'static str> {
    match path {
        "/" => Some("/"),
        "/embed" => Some("/embed"),
        _ => path.starts_with("/country/").then_some("/country/{code}"),
    }
}

/// What is served where there is nothing: to people in words.
pub fn not_found(request: &Parts, sentence: &str) -> Response {
    let accepts = request.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    if accepts.flat_map(|line| line.split(',')).any(|range| range.trim_start().starts_with("text/html")) {
        return page::notice(StatusCode::NOT_FOUND, "There is nothing here", sentence);
    }
    missing(sentence)
}

/// What is served where there is nothing.
pub fn missing(sentence: &str) -> Response {
    Refusal::new(StatusCode::NOT_FOUND, Code::NotFound, sentence).into_http(Format::Json)
}

fn page(name: &str, headers: &HeaderMap) -> Response {
    let response = serve(&format!("{name}.html"), "no-cache", headers);
    let missing = || missing("The pages have not been built into this server: run `make build`.");
    Policy::Explorer.secured(response.unwrap_or_else(missing))
}

/// Names are compared with those of the embedded files, so a path can't lead anywhere else; the check is for debug builds, which
/// read from disk.
fn find(path: &str) -> Option<EmbeddedFile> {
    let plain = path.split('/').all(|step| !step.is_empty() && step != "." && step != ".." && !step.contains('\\'));
    if plain { Pages::get(path) } else { None }
}

/// The file as the client takes it: compressed by the build, where that was worth it.
fn serve(path: &str, cache_control: &'static str, headers: &HeaderMap) -> Option<Response> {
    let plain = find(path)?;
    // Weak: the same file in another coding is the same.
    let tag = format!("W/\"{}\"", HEXLOWER.encode(&plain.metadata.sha256_hash()[..16]));
    let tag = HeaderValue::from_str(&tag).ok()?;
    let mut response = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (file, coding) = match coded(path, headers) {
            Some((file, coding)) => (file, Some(coding)),
            None => (plain, None),
        };
        let mut response = Response::new(match file.data {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        });
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        if let Some(coding) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, tag);
    Some(response)
}

fn coded(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Coding)> {
    let coding = Coding::among(&[Coding::Brotli, Coding::Gzip], headers)?;
    let ending = if coding == Coding::Gzip { "gz" } else { "br" };
    find(&format!("{path}.{ending}")).map(|file| (file, coding))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_nothing_but_the_pages() {
        for path in
            ["assets/../../../Cargo.toml", "assets//etc/passwd", "../../Cargo.toml", "/etc/passwd", "assets/..\\x", ""]
        {
            assert!(find(path).is_none(), "{path}");
        }
    }
}
