//! Identities, and the opaque global ids that clients hold. An id carries its type, so that a wrong one is told apart from an
//! unknown one.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use super::{country::CountryCode, position::Position, status::Status};

/// The identity of a development.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct DevelopmentId(pub Uuid);

/// The identity of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct SourceId(pub Uuid);

/// Anything that `node(id)` refetches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GlobalId {
    Change(Position),
    Country(CountryCode),
    Development(DevelopmentId),
    Source(SourceId),
    Status(Status),
}

/// The text is not an id of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id that the tracker gave out")]
pub struct NotAnId;

impl fmt::Display for GlobalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(17);
        match self {
            Self::Change(position) => {
                bytes.push(b'c');
                bytes.extend(position.0.to_be_bytes());
            }
            Self::Country(code) => {
                bytes.push(b'n');
                bytes.extend(code.as_str().bytes());
            }
            Self::Development(id) => {
                bytes.push(b'd');
                bytes.extend(id.0.as_bytes());
            }
            Self::Source(id) => {
                bytes.push(b's');
                bytes.extend(id.0.as_bytes());
            }
            Self::Status(status) => {
                bytes.push(b't');
                bytes.extend(status.code().bytes());
            }
        }
        f.write_str(&BASE64URL_NOPAD.encode(&bytes))
    }
}

impl FromStr for GlobalId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAnId)?;
        let (tag, rest) = bytes.split_first().ok_or(NotAnId)?;
        let uuid = || Uuid::from_slice(rest).map_err(|_| NotAnId);
        let word = || std::str::from_utf8(rest).map_err(|_| NotAnId);
        let id = match tag {
            b'c' => {
                let position = Position(i64::from_be_bytes(rest.try_into().map_err(|_| NotAnId)?));
                (Position::START < position && position < Position::MAX)
                    .then_some(Self::Change(position))
                    .ok_or(NotAnId)
            }
            b'n' => word()?.parse().map(Self::Country).map_err(|_| NotAnId),
            b'd' => uuid().map(|id| Self::Development(DevelopmentId(id))),
            b's' => uuid().map(|id| Self::Source(SourceId(id))),
            b't' => Status::from_code(word()?).map(Self::Status).ok_or(NotAnId),
            _ => Err(NotAnId),
        }?;
        // What is not written as we write it would be a second id of the same.
        (id.to_string() == text).then_some(id).ok_or(NotAnId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_comes_back_as_what_it_was() {
        let uuid = Uuid::from_u128(7);
        for id in [
            GlobalId::Change(Position(58)),
            GlobalId::Country("GH".parse().unwrap()),
            GlobalId::Development(DevelopmentId(uuid)),
            GlobalId::Source(SourceId(uuid)),
            GlobalId::Status(Status::Declined),
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "GH", "====", "ZDEy", "💥", "bmdo", "Y3__________", &"A".repeat(10_000)] {
            assert_eq!(text.parse::<GlobalId>(), Err(NotAnId), "{text}");
        }
    }
}
