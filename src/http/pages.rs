//! The pages and what they are made of: built from `web/`, embedded in the binary, served under a policy that lets them
//! talk to nobody but us.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{accept::Format, answer::Refusal};
use crate::graphql::code::Code;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Pages;

/// A request that a page makes goes to us or nowhere. Styles set from script need `unsafe-inline`; scripts do not get it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

/// The explorer.
pub async fn graphiql(headers: HeaderMap) -> Response {
    page("graphiql", &headers)
}

/// A file that a page refers to. Its name changes with its content, so it is good for ever.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let path = format!("assets/{name}");
    match find(&path) {
        // A worker is held to the policies of its own file.
        Some(file) => secured(serve(&path, file, "public, max-age=31536000, immutable", &headers)),
        None => missing(&format!("There is no file named {name:?} among the pages' assets.")),
    }
}

/// What is served where there is nothing.
pub fn missing(sentence: &str) -> Response {
    Refusal::new(StatusCode::NOT_FOUND, Code::NotFound, sentence).into_http(Format::Json)
}

fn page(name: &str, headers: &HeaderMap) -> Response {
    let candidates = [format!("{name}.html"), format!("{name}/index.html")];
    match candidates.iter().find_map(|path| find(path).map(|file| (path, file))) {
        Some((path, file)) => secured(serve(path, file, "no-cache", headers)),
        None => secured(missing("The pages have not been built into this server: run `make build`.")),
    }
}

/// Names are compared with those of the embedded files, so a path can't lead anywhere else; the check is for debug builds, which
/// read from disk.
fn find(path: &str) -> Option<EmbeddedFile> {
    let plain = path.split('/').all(|step| !step.is_empty() && step != "." && step != ".." && !step.contains('\\'));
    if plain { Pages::get(path) } else { None }
}

fn serve(path: &str, file: EmbeddedFile, cache_control: &'static str, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || known.trim().trim_start_matches("W/") == tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(file.data.into_owned()));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        response
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
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

fn secured(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY));
    headers.insert(HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    response
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
