//! A development that has been checked and not yet stored.

use super::{country::CountryCode, development::Details, edtf::Edtf, source::NewCitation};

/// A development as an entry that passed every check which needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub country: CountryCode,
    /// When it happened; `None` when unknown.
    pub occurred: Option<Edtf>,
    pub summary: String,
    /// Whether it may set the country's status; only asks, refusals, agreements and terminations can.
    pub affects_status: bool,
    pub details: Details,
    /// At least one.
    pub citations: Vec<NewCitation>,
}
