//! Dates as journalists know them, in EDTF (ISO 8601-2).
use chrono::NaiveDate;
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf { text: String, earliest: Option<NaiveDate>, latest: Option<NaiveDate> }
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not EDTF")]
pub struct NotEdtf;
impl std::str::FromStr for Edtf { type Err = NotEdtf; fn from_str(_: &str) -> Result<Self, NotEdtf> { todo!() } }
impl Edtf {
    pub fn until(_day: NaiveDate) -> Self { todo!() }
    pub fn text(&self) -> &str { &self.text }
    pub fn earliest(&self) -> Option<NaiveDate> { self.earliest }
    pub fn latest(&self) -> Option<NaiveDate> { self.latest }
    pub fn label(&self) -> String { todo!() }
}
