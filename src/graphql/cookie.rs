//! Cookies that hold a secret: out of reach for scripts.

/// The cookie that holds the secret of a session.
pub const SESSION: &str = "tracker_session";

/// Begins the name of a cookie that was set over TLS: browsers take it from this very host alone, never from a sibling or over plain HTTP, so that nobody
/// else can plant one.
pub const HOST_PREFIX: &str = "__Host-";

/// With which requests that begin at other sites a browser sends a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSite {
    /// With none.
    Strict,
    /// When somebody follows a link, or is sent back by one.
    Lax,
}

/// Has a browser keep a cookie for so many seconds; 0 takes it away.
pub fn set(name: &str, secret: &str, seconds: i64, same_site: SameSite, is_secure: bool) -> String {
    let (prefix, secure) = if is_secure { (HOST_PREFIX, "; Secure") } else { ("", "") };
    format!("{prefix}{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site:?}{secure}")
}

/// The same of a session.
pub fn set_session(secret: &str, seconds: i64, is_secure: bool) -> String {
    set(SESSION, secret, seconds, SameSite::Strict, is_secure)
}
