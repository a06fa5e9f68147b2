//! Where a webhook may be sent. A name is looked up here, every address that it has is checked, and nothing but those is connected to.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use url::{Host, Url};

use super::address::is_public;
use crate::config::Networks;

/// How long a URL may be.
const MAX_URL: usize = 2_000;

/// How long looking up a name may take.
const LOOK_UP: Duration = Duration::from_secs(5);

/// The ports that may be reached on the public internet.
const PORTS: [u16; 2] = [443, 8443];

/// Why a webhook can't be sent to a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("Give a whole URL of at most 2,000 characters, such as https://hooks.example.org/tracker.")]
    NoUrl,
    #[error("The URL has to begin with https://.")]
    NotHttps,
    #[error("Leave out user name and password: put what authorises into the path, or verify the signature.")]
    UserInfo,
    #[error("Only the ports 443 and 8443 are reached.")]
    Port,
    #[error("Its host name has no address.")]
    NoAddress,
    #[error(
        "Its host has an address that is not of the public internet; networks of your own are named in TRACKER_WEBHOOK_NETWORKS."
    )]
    NotPublic,
}

/// A URL with the addresses that were checked.
#[derive(Clone)]
pub struct Target {
    pub url: Url,
    pub host: String,
    pub addresses: Vec<SocketAddr>,
}

impl Target {
    /// Looks up and checks a URL. It is done before each attempt: what a name leads to changes.
    pub async fn check(text: &str, networks: &Networks) -> Result<Self, Refused> {
        let url = Url::parse(text).ok().filter(|_| text.len() <= MAX_URL).ok_or(Refused::NoUrl)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Refused::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::UserInfo);
        }
        let (host, port) = (url.host().ok_or(Refused::NoUrl)?, url.port_or_known_default().ok_or(Refused::NoUrl)?);
        let addresses = look_up(&host, port).await?;
        let is_own = addresses.iter().all(|address| networks.contain(address.ip().to_canonical()));
        if !is_own {
            if url.scheme() != "https" {
                return Err(Refused::NotHttps);
            }
            if !PORTS.contains(&port) {
                return Err(Refused::Port);
            }
            let admitted = |ip: IpAddr| is_public(ip) || networks.contain(ip.to_canonical());
            if !addresses.iter().all(|address| admitted(address.ip())) {
                return Err(Refused::NotPublic);
            }
        }
        Ok(Self { host: host.to_string(), addresses, url })
    }
}

async fn look_up(host: &Host<&str>, port: u16) -> Result<Vec<SocketAddr>, Refused> {
    let addresses: Vec<_> = match host {
        Host::Ipv4(address) => vec![SocketAddr::new((*address).into(), port)],
        Host::Ipv6(address) => vec![SocketAddr::new((*address).into(), port)],
        Host::Domain(name) => {
            let found = tokio::time::timeout(LOOK_UP, tokio::net::lookup_host((*name, port))).await;
            found.map_err(|_| Refused::NoAddress)?.map_err(|_| Refused::NoAddress)?.collect()
        }
    };
    if addresses.is_empty() { Err(Refused::NoAddress) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_https_to_public_addresses_and_what_is_named_are_reached() {
        let (none, own) = (Networks::default(), "127.0.0.0/8,::1".parse().unwrap());
        for (url, without, with) in [
            ("https://1.1.1.1/hook", None, None),
            ("https://1.1.1.1:8443/hook", None, None),
            ("https://1.1.1.1:25/hook", Some(Refused::Port), Some(Refused::Port)),
            ("http://1.1.1.1/hook", Some(Refused::NotHttps), Some(Refused::NotHttps)),
            ("ftp://1.1.1.1/hook", Some(Refused::NotHttps), Some(Refused::NotHttps)),
            ("https://ama@1.1.1.1/hook", Some(Refused::UserInfo), Some(Refused::UserInfo)),
            ("/hook", Some(Refused::NoUrl), Some(Refused::NoUrl)),
            ("https://nobody.invalid/", Some(Refused::NoAddress), Some(Refused::NoAddress)),
            ("https://169.254.169.254/latest", Some(Refused::NotPublic), Some(Refused::NotPublic)),
            ("https://127.0.0.1/", Some(Refused::NotPublic), None),
            ("https://2130706433/", Some(Refused::NotPublic), None),
            ("https://0x7f.1/", Some(Refused::NotPublic), None),
            ("https://[::ffff:127.0.0.1]/", Some(Refused::NotPublic), None),
            ("https://[::1]/", Some(Refused::NotPublic), None),
            ("https://localhost/", Some(Refused::NotPublic), None),
            ("http://localhost:8080/", Some(Refused::NotHttps), None),
        ] {
            assert_eq!(Target::check(url, &none).await.err(), without, "{url}");
            assert_eq!(Target::check(url, &own).await.err(), with, "{url} with networks of our own");
        }
    }
}
