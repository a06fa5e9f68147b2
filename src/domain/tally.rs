//! The headline numbers.

#[cfg(doc)]
use super::status::Status;
use super::status::{Headline, StatusDefinition};

/// How many countries have each status, in the order of [`Status::ALL`], with each status's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub by_status: Vec<(StatusDefinition, u32)>,
}

impl Tally {
    /// Countries with a status.
    pub fn total(&self) -> u32 {
        self.by_status.iter().map(|(_, count)| count).sum()
    }

    /// Countries whose status counts towards a number in the headline.
    pub fn headline(&self, headline: Headline) -> u32 {
        self.by_status.iter().filter(|(status, _)| status.headline == Some(headline)).map(|(_, count)| count).sum()
    }
}
