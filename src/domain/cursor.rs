//! Opaque places in lists and in the feed, the same on every replica and after a restart.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{calendar, position::Position};

/// A place in the public feed. It names its feed, so that a cursor of another database is refused instead of misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedCursor {
    #[serde(rename = "f")]
    pub feed: Uuid,
    #[serde(rename = "p")]
    pub position: Position,
    /// When the change at the position was made, in microseconds. A feed that has lost changes gives their positions to others: this
    /// tells them apart. `None` where it was not at hand.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
}

/// A country's place in an ordered list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CountryCursor {
    /// The order that it is a place in: a cursor of one order means nothing in another.
    #[serde(rename = "o")]
    pub order: CountryOrder,
    #[serde(rename = "r")]
    pub rank: String,
    #[serde(rename = "s")]
    pub sort_key: String,
    #[serde(rename = "c")]
    pub code: String,
}

/// The order of a list of countries; ties fall back to the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, async_graphql::Enum, Serialize, Deserialize)]
pub enum CountryOrder {
    /// By the newsroom's style name, accents and case ignored.
    #[default]
    #[serde(rename = "n")]
    Name,
    /// By status in the order AGREED, ASKED, DECLINED, ENDED, none.
    #[serde(rename = "s")]
    Status,
    /// The most recently changed first.
    #[serde(rename = "c")]
    LastChange,
}

/// A development's place in the ledger, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DevelopmentCursor {
    #[serde(rename = "d")]
    pub effective_day: NaiveDate,
    #[serde(rename = "p")]
    pub first_position: Position,
}

/// A working copy's place in the lists of the desk, the last written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkingCursor {
    #[serde(rename = "w")]
    pub written_at: DateTime<Utc>,
    #[serde(rename = "i")]
    pub development: Uuid,
}

/// A place in the history of what staff did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HistoryCursor {
    #[serde(rename = "h")]
    pub number: i64,
}

/// What clients hold as a cursor. They can send anything that has its form.
pub trait Cursor: Serialize + DeserializeOwned {
    /// Whether a list can have given it out. What can't be meets no database.
    fn is_possible(&self) -> bool;
}

impl Cursor for FeedCursor {
    fn is_possible(&self) -> bool {
        is_possible(self.position)
    }
}

impl Cursor for CountryCursor {
    fn is_possible(&self) -> bool {
        ![&self.rank, &self.sort_key, &self.code].iter().any(|key| key.contains('\0'))
    }
}

impl Cursor for DevelopmentCursor {
    fn is_possible(&self) -> bool {
        calendar::has_year(self.effective_day.year()) && is_possible(self.first_position)
    }
}

impl Cursor for WorkingCursor {
    fn is_possible(&self) -> bool {
        calendar::instant(self.written_at).is_ok()
    }
}

impl Cursor for HistoryCursor {
    fn is_possible(&self) -> bool {
        is_possible(Position(self.number))
    }
}

/// Whether something can have been given this number, or can be given the one after it.
fn is_possible(position: Position) -> bool {
    (Position::START..Position::MAX).contains(&position)
}

/// The text is not a cursor of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a cursor that this list gave out")]
pub struct NotACursor;

/// Writes a cursor as text that clients keep and never read.
pub fn encode(cursor: &impl Cursor) -> String {
    let json = serde_json::to_vec(cursor).expect("a cursor is plain text and numbers");
    BASE64URL_NOPAD.encode(&json)
}

/// Reads a cursor back.
pub fn decode<C: Cursor>(text: &str) -> Result<C, NotACursor> {
    let json = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotACursor)?;
    serde_json::from_slice(&json).ok().filter(C::is_possible).ok_or(NotACursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_what_it_was() {
        let cursor = FeedCursor { feed: Uuid::from_u128(1), position: Position(58), at: Some(1_750_000_000_000_000) };
        assert_eq!(decode(&encode(&cursor)), Ok(cursor));
        let short = FeedCursor { at: None, ..cursor };
        assert_eq!(decode(&encode(&short)), Ok(short));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let feed = encode(&FeedCursor { feed: Uuid::from_u128(1), position: Position(58), at: None });
        assert_eq!(decode::<DevelopmentCursor>(&feed), Err(NotACursor));
        for text in ["", "58", "e30", "💥"] {
            assert_eq!(decode::<FeedCursor>(text), Err(NotACursor), "{text}");
        }
    }
    #[test]
    fn a_cursor_that_nothing_can_have_given_out_is_refused() {
        let forged = |json: &str| BASE64URL_NOPAD.encode(json.as_bytes());
        for position in [i64::MIN, -1, i64::MAX] {
            let feed = forged(&format!(r#"{{"f":"00000000-0000-0000-0000-000000000001","p":{position}}}"#));
            assert_eq!(decode::<FeedCursor>(&feed), Err(NotACursor), "{position}");
            assert_eq!(decode::<HistoryCursor>(&forged(&format!(r#"{{"h":{position}}}"#))), Err(NotACursor));
            let development = forged(&format!(r#"{{"d":"2025-06-25","p":{position}}}"#));
            assert_eq!(decode::<DevelopmentCursor>(&development), Err(NotACursor));
        }
        for day in ["-262143-01-01", "-4714-01-01", "+10000-01-01", "+262142-12-31"] {
            assert_eq!(decode::<DevelopmentCursor>(&forged(&format!(r#"{{"d":"{day}","p":1}}"#))), Err(NotACursor));
            let written = format!(r#"{{"w":"{day}T00:00:00Z","i":"00000000-0000-0000-0000-000000000001"}}"#);
            assert_eq!(decode::<WorkingCursor>(&forged(&written)), Err(NotACursor), "{day}");
        }
        let country = forged(r#"{"o":"n","r":"","s":"gh\u0000ana","c":"GH"}"#);
        assert_eq!(decode::<CountryCursor>(&country), Err(NotACursor));
        assert!(decode::<HistoryCursor>(&forged(r#"{"h":0}"#)).is_ok(), "before the first");
    }
}
