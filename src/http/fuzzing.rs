//! What holds of everything that the parsers of this room take, whatever they are given. The fuzzer looks for what breaks it (`fuzz/`), and
//! the tests hold each committed seed to it.

use std::{net::IpAddr, str::FromStr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use clap::{Args, FromArgMatches};

use super::{
    accept::{Accepted, Coding, Format},
    authenticate::{Secret, browser},
    exports,
    origin::Origin,
    pages, request,
    request::{Received, Sent},
    response_cache::is_known,
    scheme::Scheme,
    serve::ClientAddress,
    sse, trace, websocket,
};
use crate::{
    config::{Limits, Networks, Serve},
    domain::{as_of::AsOf, calendar, fuzzing::Target},
    graphql::limits,
};

/// All of this room.
pub const TARGETS: [Target; 8] = [
    ("negotiation", negotiation),
    ("forwarded", forwarded),
    ("proof", proof),
    ("request", request),
    ("document", document),
    ("socket_message", socket_message),
    ("address", address),
    ("settings", settings),
];

/// The lines of an input as values of headers. What can't be one is left out.
fn headers<const N: usize>(data: &[u8], names: [HeaderName; N]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (index, line) in data.split(|byte| *byte == b'\n').take(4 * N).enumerate() {
        if let (false, Ok(value)) = (line.is_empty(), HeaderValue::from_bytes(line)) {
            headers.append(names[index % N].clone(), value);
        }
    }
    headers
}

/// A client gets nothing that it did not name, and what it has already is known by its tag.
pub fn negotiation(data: &[u8]) {
    let names = [header::ACCEPT, header::ACCEPT_ENCODING, header::IF_NONE_MATCH, header::CONTENT_TYPE];
    let mut headers = headers(data, names);
    let all = |name: HeaderName| {
        let lines: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
        lines.join(&b","[..]).to_ascii_lowercase()
    };
    let has = |text: &[u8], part: &str| text.windows(part.len()).any(|window| window == part.as_bytes());
    let (accepts, codings) = (all(header::ACCEPT), all(header::ACCEPT_ENCODING));
    let accepted = Accepted::of(&headers);
    assert!(!accepted.event_stream || has(&accepts, "event-stream"));
    assert!(
        accepted.format != Some(Format::GraphqlResponse) || has(&accepts, "graphql-response") || has(&accepts, "*")
    );
    if let Some(coding) = Coding::of(&headers) {
        assert!(has(&codings, coding.name()) || has(&codings, "*"));
        assert!(Coding::among(&[coding], &headers).is_some());
    }
    if request::content_type(&headers).is_ok() {
        assert!(all(header::CONTENT_TYPE).trim_ascii().starts_with(b"application/json"));
    }
    let tag = HeaderValue::from_static("W/\"tag\"");
    let known = is_known(&headers, &tag);
    assert!(!known || has(&all(header::IF_NONE_MATCH), "tag\"") || has(&all(header::IF_NONE_MATCH), "*"));
    headers.append(header::IF_NONE_MATCH, tag.clone());
    assert!(is_known(&headers, &tag));
}

/// Who is no proxy of ours is who it is; who is meant otherwise was named by one.
pub fn forwarded(data: &[u8]) {
    let mut lines = data.splitn(3, |byte| *byte == b'\n');
    let mut text = || std::str::from_utf8(lines.next().unwrap_or_default()).unwrap_or_default().trim();
    let (proxies, peer) = (Networks::from_str(text()), text().parse::<IpAddr>());
    let said = headers(lines.next().unwrap_or_default(), [HeaderName::from_static("x-forwarded-for")]);
    let (Ok(proxies), Ok(peer)) = (proxies, peer) else { return };
    let peer = ClientAddress(peer.to_canonical());
    let meant = peer.behind(&proxies, &said);
    assert!(meant.0 == peer.0 || proxies.contain(peer.0), "{peer:?} is believed");
    assert_eq!(peer.behind(&Networks::default(), &said).0, peer.0);
    assert!(meant.0 == peer.0 || !said.is_empty());
    let mut distrusted = said.clone();
    distrusted.insert("traceparent", HeaderValue::from_static("00-1-1-00"));
    trace::distrust(peer, &proxies, &mut distrusted);
    assert_eq!(distrusted.contains_key("traceparent"), proxies.contain(peer.0));
}

/// The cookie of a session counts in nothing that another origin sends.
pub fn proof(data: &[u8]) {
    let names = [
        header::HOST,
        header::ORIGIN,
        header::COOKIE,
        header::AUTHORIZATION,
        HeaderName::from_static("sec-fetch-site"),
        HeaderName::from_static("last-event-id"),
    ];
    let headers = headers(data, names);
    let origin = Origin::of(&headers, &[]);
    for scheme in [Scheme::Https, Scheme::Http, Scheme::Unknown] {
        if let (Ok(Some(Secret::Session(_))), site) = (Secret::of(&headers, scheme), headers.get("sec-fetch-site")) {
            assert!(origin == Origin::Own && !headers.contains_key(header::AUTHORIZATION));
            assert!(site.is_some_and(|site| site == "same-origin") || headers.contains_key(header::ORIGIN));
        }
        assert_eq!(browser(&headers, scheme).is_some(), origin == Origin::Own);
    }
    if let (Origin::Own, Some(named)) = (origin, headers.get(header::ORIGIN)) {
        let text = named.to_str().expect("what is read as ours is text");
        assert!(text.trim().to_ascii_lowercase().starts_with("http"), "{text}");
    }
    assert_ne!(sse::last_event_id(&headers).as_deref(), Some(""));
}

/// A request has a document or the hash of one, and a document that came with a hash is that one.
pub fn request(data: &[u8]) {
    let is_sound = |sent: &Sent| {
        assert!(sent.query.is_some() || sent.hash.is_some());
        if let (Some(query), Some(hash)) = (&sent.query, sent.hash) {
            assert!(hash.verify(query).is_ok());
        }
    };
    let limits = defaults::<Limits>();
    match request::from_json(data, &limits) {
        Ok(Received::One(sent)) => is_sound(&sent),
        Ok(Received::Batch(batch)) => {
            assert!((1..=limits.max_batch).contains(&batch.len()));
            batch.iter().for_each(is_sound);
        }
        Err(refusal) => assert!(!refusal.message.is_empty()),
    }
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(sent) = request::from_query(Some(text))
    {
        is_sound(&sent);
    }
}

/// A document is measured and refused before anything recurses into it.
pub fn document(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = limits::check(&mut async_graphql::Request::new(text), &defaults::<Limits>());
}

/// A message of the protocol is read, or closes the socket with a code after which nobody comes back with the same.
pub fn socket_message(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Err(close) = websocket::read(text) {
        assert_eq!(close.code, 4400);
        assert!((1..=123).contains(&close.reason.len()));
    }
}

/// What an address asks for of the past is of a year that is read.
pub fn address(data: &[u8]) {
    let Ok(query) = std::str::from_utf8(data) else { return };
    if let Ok(AsOf::Instant(instant)) = exports::as_of(query) {
        assert!(calendar::instant(instant).is_ok());
    }
    if let Some(instant) = pages::asked_as_of(query) {
        assert!(calendar::instant(instant).is_ok());
    }
}

/// Settings are taken or refused, each as what it is.
pub fn settings(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    const NAMES: [&str; 6] =
        ["--listen", "--public-url", "--trusted-proxies", "--allowed-origins", "--log", "--otlp-endpoint"];
    for (name, value) in NAMES.iter().zip(text.split('\n')) {
        let given = ["tracker".to_owned(), format!("{name}={value}")];
        let Ok(matches) = Serve::augment_args(clap::Command::new("tracker")).try_get_matches_from(given) else {
            continue;
        };
        let Ok(serve) = Serve::from_arg_matches(&matches) else { continue };
        if let Some(url) = serve.public_url {
            let url = url::Url::parse(&url).expect("an address that was taken is one");
            assert!(url.has_host() && url.path() == "/" && url.query().is_none() && url.username().is_empty());
        }
    }
}

/// Arguments as they are where nobody says anything.
fn defaults<A: Args>() -> A {
    let matches = A::augment_args(clap::Command::new("tracker")).get_matches_from(["tracker"]);
    A::from_arg_matches(&matches).expect("every setting has a default")
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::domain;

    #[test]
    fn every_seed_holds_what_its_target_promises() {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        for (name, target) in TARGETS.into_iter().chain(domain::fuzzing::TARGETS) {
            assert!(fuzz.join(format!("fuzz_targets/{name}.rs")).exists(), "{name} is never fuzzed");
            let seeds: Vec<_> = fs::read_dir(fuzz.join("seeds").join(name)).expect(name).flatten().collect();
            assert!(seeds.len() >= 2, "{name} has no seeds");
            for seed in seeds {
                target(&fs::read(seed.path()).expect("a seed can be read"));
            }
        }
    }
}
