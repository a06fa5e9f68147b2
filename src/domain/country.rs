//! Countries, by their code.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{edtf::Edtf, id::DevelopmentId, position::Position, status::StatusDefinition};

/// An ISO 3166-1 alpha-2 code, or the user-assigned `XK` for Kosovo: two capital letters. That such a country exists is
/// for the database to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// The text is not two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a country code is two letters of ISO 3166-1, such as GH")]
pub struct NotACountryCode;

impl FromStr for CountryCode {
    type Err = NotACountryCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotACountryCode),
        }
    }
}

impl CountryCode {
    /// A user-assigned code that no country has.
    pub(super) const STAND_IN: Self = Self(*b"ZZ");

    /// The two capital letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a country code is ASCII")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A region or subregion of UN M49.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Three digits.
    pub code: String,
    pub name: String,
}

/// A country as readers see it at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    pub code: CountryCode,
    /// The newsroom's style name.
    pub name: String,
    pub iso_name: String,
    pub alpha3: String,
    /// ISO 3166-1 numeric, three digits; Kosovo has none.
    pub numeric: Option<String>,
    pub region: Option<Region>,
    pub subregion: Option<Region>,
    pub other_names: Vec<String>,
    /// The name without accents and case, as lists are ordered.
    pub sort_key: String,
    /// Where it stands; `None` while nothing published sets a status.
    pub standing: Option<Standing>,
    pub disputed: bool,
    pub latest_development: Option<DevelopmentId>,
    /// The last position at which something was published, corrected or retracted about it.
    pub last_change: Option<Position>,
    /// How many developments are published about it; `None` where it was read in a list, which does not count them.
    pub developments: Option<i64>,
}

/// A country's status with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub status: StatusDefinition,
    /// When the development that sets the status occurred; `None` when unknown.
    pub occurred: Option<Edtf>,
    pub effective_day: NaiveDate,
}

/// A text without accents, case, full stops, hyphens and doubled spaces: what names are searched and ordered by.
pub fn fold(text: &str) -> String {
    let bare: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    bare.replace('’', "'")
        .replace('.', "")
        .replace('-', " ")
        .replace('&', " and ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spaces_do_not_matter_in_a_search() {
        assert_eq!(fold("São Tomé  and Príncipe"), "sao tome and principe");
        assert_eq!(fold("Côte d’Ivoire"), fold("COTE D'IVOIRE"));
        assert_eq!(fold("Åland"), "aland");
        assert_eq!(fold("St. Kitts & Nevis"), fold("st kitts and nevis"));
        assert_eq!(fold("Guinea-Bissau"), fold("guinea bissau"));
    }

    #[test]
    fn a_country_code_is_two_letters_in_either_case() {
        assert_eq!("gh".parse::<CountryCode>().unwrap().as_str(), "GH");
        for text in ["", "G", "GHA", "G1", "ÄB", "G "] {
            assert_eq!(text.parse::<CountryCode>(), Err(NotACountryCode), "{text}");
        }
    }
}
