//! What the browser may do on a page, as the page's headers tell it.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// A request that a page makes goes to us or nowhere. Styles set from script need `unsafe-inline`; scripts do not get it.
const EXPLORER: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const READER: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

const FRAMED: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors *";

const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
    magnetometer=(), microphone=(), payment=(), usb=()";

/// Who a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// GraphiQL, and the files that pages are made of.
    Explorer,
    /// The readers' pages.
    Reader,
    /// What other sites show within their own pages, also such as isolate themselves.
    Framed,
}

impl Policy {
    /// The answer under this policy.
    pub fn secured(self, mut response: Response) -> Response {
        let content = match self {
            Self::Explorer => EXPLORER,
            Self::Reader => READER,
            Self::Framed => FRAMED,
        };
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_SECURITY_POLICY, content);
        set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
        set(HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
        if self == Self::Framed {
            set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        }
        response
    }
}
