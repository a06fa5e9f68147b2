use async_graphql::Object;

use crate::{domain::edtf::Edtf, graphql::scalars::Date};

pub struct EdtfDate(pub Option<Edtf>);

/// When something happened, as exactly as the sources say: an EDTF date (ISO 8601-2) with the first and last day that it can
/// mean.
#[Object(serial)]
impl EdtfDate {
    /// The date as EDTF text: `2025-03-12` a day, `2025-03` a month, `2025-21` spring 2025, `2025` a year, `~` approximate, `?`
    /// uncertain, `../2025-06-25` some time up to a day. Null when the date is not known.
    async fn edtf(&self) -> Option<&str> {
        self.0.as_ref().map(Edtf::text)
    }

    /// The first day that it can mean. Null when it has no beginning or is not known.
    async fn earliest(&self) -> Option<Date> {
        self.0.as_ref().and_then(Edtf::earliest).map(Date)
    }

    /// The last day that it can mean. Null when it has no end or is not known.
    async fn latest(&self) -> Option<Date> {
        self.0.as_ref().and_then(Edtf::latest).map(Date)
    }

    /// The date in words, in American English: "March 12, 2025", "spring 2025", "date not known".
    async fn label(&self) -> String {
        self.0.as_ref().map_or_else(|| "date not known".to_owned(), Edtf::label)
    }
}
