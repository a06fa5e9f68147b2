//! Words that nobody can guess, each planted in one place: where one turns up, what was there has got out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tracker::clock::{Surroundings, System};

/// What all words begin with.
const BEGINNING: &str = "mrk";

/// How much of a word, after its beginning, is enough to know it: a part of what is hidden is not for readers either.
const ENOUGH: usize = 8;

/// Who may see something; each sees what the ones before see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    Everyone,
    Staff,
    Admin,
    Nobody,
}

pub struct Marker {
    /// Which part of what: `draft Ask: citations.1.quote`.
    pub what: String,
    pub text: String,
    pub seen_by: Sees,
    /// Whether it would tell who a confidential source is.
    pub confidential: bool,
    /// Whether the API shows it to those who may see it. Some of what is kept is for nobody's eyes any more.
    pub shown: bool,
}

impl Marker {
    /// Whether it was made up, and is not a text that is there anyway.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(BEGINNING)
    }
}

#[derive(Default)]
pub struct Markers {
    all: Vec<Marker>,
    by_word: BTreeMap<String, usize>,
}

/// A new word, of letters only: it can stand in any text.
pub fn word() -> String {
    let letters = System.uuid().into_bytes().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    BEGINNING.chars().chain(letters.map(|half| char::from(b'a' + half))).collect()
}

/// As much of a word as is enough to know it.
pub fn start_of(word: &str) -> &str {
    &word[..BEGINNING.len() + ENOUGH]
}

/// A text with each of its words put in another's place.
pub fn replace_words(text: &str, by: impl Fn(&str) -> String) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(BEGINNING) {
        let tail = &rest[start + BEGINNING.len()..];
        let length = tail.bytes().take_while(|letter| (b'a'..=b'p').contains(letter)).count();
        let end = start + BEGINNING.len() + length;
        replaced.push_str(&rest[..start]);
        replaced.push_str(&if length < ENOUGH { rest[start..end].to_owned() } else { by(&rest[start..end]) });
        rest = &rest[end..];
    }
    replaced + rest
}

impl Markers {
    /// Makes a word for a place.
    pub fn plant(&mut self, what: &str, seen_by: Sees, confidential: bool) -> String {
        let text = word();
        self.by_word.insert(start_of(&text).to_owned(), self.all.len());
        let shown = seen_by < Sees::Nobody;
        self.all.push(Marker { what: what.to_owned(), text: text.clone(), seen_by, confidential, shown });
        text
    }

    /// Takes a text that is there anyway, such as an address, for a marker.
    pub fn add(&mut self, what: &str, text: &str, seen_by: Sees) {
        let (what, text) = (what.to_owned(), text.to_owned());
        self.all.push(Marker { what, text, seen_by, confidential: false, shown: seen_by < Sees::Nobody });
    }

    pub fn iter(&self) -> impl Iterator<Item = &Marker> {
        self.all.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Marker> {
        self.all.iter_mut()
    }

    /// The marker that a word, or enough of it, is.
    pub fn of_word(&self, word: &str) -> Option<&Marker> {
        self.by_word.get(word.get(..start_of_length())?).map(|index| &self.all[*index])
    }

    /// The markers in a text, by their places in `iter`.
    pub fn within(&self, text: &str) -> BTreeSet<usize> {
        let words = text
            .match_indices(BEGINNING)
            .filter_map(|(start, _)| self.by_word.get(text.get(start..start + start_of_length())?).copied());
        let others = self.all.iter().enumerate().filter(|(_, marker)| !marker.is_word());
        let others = others.filter(|(_, marker)| text.contains(&marker.text)).map(|(index, _)| index);
        words.chain(others).collect()
    }

    /// What stands in a text that its reader may not see: where, and what it is.
    pub fn misplaced(&self, text: &str, reader: Sees, except: impl Fn(&Marker) -> bool) -> Vec<String> {
        let found = self.within(text).into_iter().map(|index| &self.all[index]);
        let found = found.filter(|marker| marker.seen_by > reader && !except(marker));
        let answer = serde_json::from_str::<Value>(text).unwrap_or_default();
        let told = found.map(|marker| {
            let places = places(&answer, marker, "");
            let place = places.first().map_or("the text", String::as_str);
            format!("{place} shows `{}` ({}), which is for {:?}", marker.what, marker.text, marker.seen_by)
        });
        told.collect()
    }
}

fn start_of_length() -> usize {
    BEGINNING.len() + ENOUGH
}

/// The paths below which an answer holds a marker.
fn places(value: &Value, marker: &Marker, path: &str) -> Vec<String> {
    let known = if marker.is_word() { start_of(&marker.text) } else { &marker.text };
    match value {
        Value::String(text) if text.contains(known) => vec![path.trim_start_matches('.').to_owned()],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| places(item, marker, &format!("{path}.{index}"))).collect()
        }
        Value::Object(parts) => {
            parts.iter().flat_map(|(name, part)| places(part, marker, &format!("{path}.{name}"))).collect()
        }
        _ => Vec::new(),
    }
}
