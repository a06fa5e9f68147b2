//! Whether a client speaks over TLS: with a proxy before us, as we see none ourselves.

use axum::http::{HeaderMap, HeaderValue, header, request::Parts};

use super::{origin::Origin, serve::ClientAddress};
use crate::{config::Serve, graphql::cookie};

/// How a client speaks with us, or with what is before us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Https,
    Http,
    /// Nobody has said.
    Unknown,
}

impl Scheme {
    /// What is known of a request: by a proxy that is trusted, by the address under which readers find us, or by the browser of a page of ours.
    pub fn told(config: &Serve, peer: ClientAddress, headers: &HeaderMap) -> Self {
        let forwarded =
            Some(peer).filter(|peer| config.trusted_proxies.contain(peer.0)).and_then(|_| forwarded(headers));
        let public = config.public_url.as_deref().and_then(|url| url.split_once("://"));
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let public = public.filter(|(_, public)| public.eq_ignore_ascii_case(host)).map(|(scheme, _)| scheme);
        let origin = headers.get(header::ORIGIN).filter(|_| Origin::of(headers, &[]) == Origin::Own);
        let origin = origin.and_then(|origin| origin.to_str().ok()?.split_once("://")).map(|(scheme, _)| scheme);
        let said = [forwarded, public, origin];
        if said.contains(&Some("https")) {
            Self::Https
        } else if said.iter().any(Option::is_some) {
            Self::Http
        } else {
            Self::Unknown
        }
    }

    /// What was told of a request when it came.
    pub fn of(parts: &Parts) -> Self {
        parts.extensions.get().copied().unwrap_or(Self::Unknown)
    }

    /// Whether cookies are for TLS alone.
    pub fn is_secure(self) -> bool {
        self != Self::Http
    }

    /// The value of a cookie of ours. Over TLS, only one counts that nobody but us can have set.
    pub fn cookie(self, headers: &HeaderMap, name: &str) -> Option<String> {
        let of_host = find(headers, |given| given.strip_prefix(cookie::HOST_PREFIX) == Some(name));
        let plain = || find(headers, |given| given == name);
        let value = if self == Self::Https { of_host } else { of_host.or_else(plain) };
        value.filter(|value| !value.is_empty())
    }
}

/// What the last proxy says.
fn forwarded(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get_all("x-forwarded-proto").iter().next_back()?.to_str().ok()?;
    said.rsplit(',').next().map(str::trim).filter(|said| !said.is_empty())
}

/// The value of a cookie. Another site of our domain can set a second one, and have it sent before ours: of two that differ, none counts.
fn find(headers: &HeaderMap, is_it: impl Fn(&str) -> bool) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line: &HeaderValue| line.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let mut values = cookies.filter(|(name, _)| is_it(name)).map(|(_, value)| value);
    let value = values.next()?;
    values.all(|other| other == value).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_a_cookie_counts_that_nobody_else_can_have_planted() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; tracker_session=planted"));
        assert_eq!(Scheme::Https.cookie(&headers, "tracker_session"), None);
        assert_eq!(Scheme::Http.cookie(&headers, "tracker_session").as_deref(), Some("planted"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-tracker_session=own"));
        for scheme in [Scheme::Https, Scheme::Http, Scheme::Unknown] {
            assert_eq!(scheme.cookie(&headers, "tracker_session").as_deref(), Some("own"), "{scheme:?}");
        }
        let planted = "tracker_session=planted; tracker_session=own; tracker_sign_on=own; tracker_sign_on=own";
        headers.insert(header::COOKIE, HeaderValue::from_static(planted));
        assert_eq!(Scheme::Http.cookie(&headers, "tracker_session"), None, "one of two was planted");
        assert_eq!(Scheme::Http.cookie(&headers, "tracker_sign_on").as_deref(), Some("own"));
    }
}
