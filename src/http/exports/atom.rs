//! The latest changes as an Atom feed (RFC 4287), newest first.

use std::{collections::HashMap, iter};

use atom_syndication::{Entry, Feed, Generator, Link, Person, Text};
use axum::body::Bytes;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Snapshot;
use crate::{
    domain::{
        change::{Change, ChangeFilter, ChangeKind},
        country::{Country, CountryCode},
        development::{Development, Kind},
        page::Window,
        position::Position,
        status::Status,
    },
    store::error::StoreError,
};

/// How many changes the feed shows.
const SHOWN: i64 = 100;

/// What a change was about, as of the change.
#[derive(Default)]
struct About {
    country: Option<Country>,
    development: Option<Development>,
}

pub async fn feed(snapshot: &Snapshot) -> Result<Bytes, StoreError> {
    let reader = &snapshot.reader;
    let window = Window { after: None, before: None, limit: SHOWN, from_end: true };
    let mut changes = reader.changes(&ChangeFilter::default(), &window).await?.rows;
    changes.reverse();
    let mut about: HashMap<Position, About> = HashMap::new();
    let countries: Vec<_> = changes.iter().filter_map(|change| Some((change.position, change.country?))).collect();
    for (position, country) in reader.countries_at(&countries).await? {
        about.entry(position).or_default().country = Some(country);
    }
    let developments: Vec<_> =
        changes.iter().filter_map(|change| Some((change.position, change.development?.0))).collect();
    for (position, development) in reader.developments_at(&developments).await? {
        about.entry(position).or_default().development = Some(development);
    }
    let feed_id = snapshot.app.feed.id();
    // Without an address of our own, links are read from where the feed was found.
    let base = snapshot.app.config.public_url.as_deref().unwrap_or_default();
    let entries = changes
        .iter()
        .map(|change| entry((feed_id, base), change, about.remove(&change.position).unwrap_or_default()))
        .collect();
    let feed = Feed {
        title: Text::plain("Third-Country Tracker"),
        subtitle: Some(Text::plain(
            "What changed in the record of countries asked to take deportees who are not their citizens",
        )),
        id: urn(feed_id),
        updated: snapshot.changed_at.unwrap_or_default().fixed_offset(),
        authors: vec![Person { name: "Third-Country Tracker".to_owned(), ..Person::default() }],
        generator: Some(Generator {
            value: "tracker".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            uri: None,
        }),
        links: vec![
            link("self", &format!("{base}/feed.atom"), "application/atom+xml"),
            link("alternate", &format!("{base}/"), "text/html"),
        ],
        lang: Some("en".to_owned()),
        entries,
        ..Feed::default()
    };
    Ok(Bytes::from(feed.to_string()))
}

fn entry((feed_id, base): (Uuid, &str), change: &Change, about: About) -> Entry {
    let at = change.at.fixed_offset();
    let page = change.country.map_or_else(|| format!("{base}/"), |code| format!("{base}/country/{}", code.as_str()));
    Entry {
        title: Text::plain(title(change, about.country.as_ref())),
        id: urn(of_change(feed_id, change.position)),
        updated: at,
        published: Some(at),
        links: vec![link("alternate", &page, "text/html")],
        summary: summary(change, about.development).map(Text::plain),
        ..Entry::default()
    }
}

/// "Ghana: agreement corrected".
fn title(change: &Change, country: Option<&Country>) -> String {
    let what = match (change.kind, change.development) {
        (ChangeKind::CountriesRevised, _) => "Names of countries revised".to_owned(),
        (ChangeKind::SourceRevised, _) => "A source's details revised".to_owned(),
        (ChangeKind::StatusRevised, _) => "A status's words revised".to_owned(),
        (ChangeKind::Published, of) => of.map_or("", |(_, kind)| noun(kind)).to_owned(),
        (ChangeKind::Corrected, of) => format!("{} corrected", of.map_or("", |(_, kind)| noun(kind))),
        (ChangeKind::Retracted, of) => format!("{} retracted", of.map_or("", |(_, kind)| noun(kind))),
    };
    match (country, change.country) {
        (Some(country), _) => format!("{}: {what}", country.name),
        (None, Some(code)) => format!("{}: {what}", CountryCode::as_str(&code)),
        (None, None) => what,
    }
}

/// What happened, what was changed about it, and what became of the country's status.
fn summary(change: &Change, development: Option<Development>) -> Option<String> {
    let moved = (change.status_before != change.status_after).then(|| {
        let words = |status: Option<Status>| status.map_or("none", word);
        format!("Status: {}, before: {}.", words(change.status_after), words(change.status_before))
    });
    let development = development?;
    let parts: Vec<_> = iter::once(development.summary).chain(development.note).chain(moved).collect();
    Some(parts.join(" "))
}

const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Ask => "ask",
        Kind::Talks => "talks",
        Kind::Refusal => "refusal",
        Kind::Agreement => "agreement",
        Kind::Payment => "payment",
        Kind::Transfer => "transfer",
        Kind::CourtOrder => "court order",
        Kind::Denial => "denial",
        Kind::Termination => "end of an agreement",
    }
}

const fn word(status: Status) -> &'static str {
    match status {
        Status::Asked => "asked",
        Status::Declined => "declined",
        Status::Agreed => "agreed",
        Status::Ended => "ended",
    }
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn urn(id: Uuid) -> String {
    id.urn().to_string()
}

/// The same for ever: programs know by it what they have shown.
fn of_change(feed: Uuid, position: Position) -> Uuid {
    let digest = Sha256::new().chain_update(feed.as_bytes()).chain_update(position.0.to_be_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::new_v8(bytes)
}
