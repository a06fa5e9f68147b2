//! The columns of countries.

use super::column::{Cell, Column, Holds};
use crate::domain::{
    country::{Country, Region, Standing},
    edtf::Edtf,
    id::GlobalId,
    status,
};

/// A tracked country.
pub const COLUMNS: &[Column<Country>] = &[
    Column {
        name: "code",
        holds: Holds::Text,
        meaning: "ISO 3166-1 alpha-2 code; XK for Kosovo, user-assigned. One row for each.",
        value: |country| country.code.as_str().into(),
    },
    Column {
        name: "name",
        holds: Holds::Text,
        meaning: "The newsroom's style name.",
        value: |country| (&country.name).into(),
    },
    Column {
        name: "iso_name",
        holds: Holds::Text,
        meaning: "English short name of ISO 3166-1.",
        value: |country| (&country.iso_name).into(),
    },
    Column {
        name: "alpha3",
        holds: Holds::Text,
        meaning: "ISO 3166-1 alpha-3 code; XKX for Kosovo, user-assigned.",
        value: |country| (&country.alpha3).into(),
    },
    Column {
        name: "numeric",
        holds: Holds::Text,
        meaning: "ISO 3166-1 numeric code of three digits, which maps join on. Empty for Kosovo, which has none.",
        value: |country| country.numeric.as_ref().into(),
    },
    Column {
        name: "region_code",
        holds: Holds::Text,
        meaning: "UN M49 code of the region, three digits.",
        value: |country| country.region.as_ref().map(|region| &region.code).into(),
    },
    Column {
        name: "region",
        holds: Holds::Text,
        meaning: "The UN's English name of the region.",
        value: |country| name(country.region.as_ref()),
    },
    Column {
        name: "subregion_code",
        holds: Holds::Text,
        meaning: "UN M49 code of the subregion, three digits.",
        value: |country| country.subregion.as_ref().map(|region| &region.code).into(),
    },
    Column {
        name: "subregion",
        holds: Holds::Text,
        meaning: "The UN's English name of the subregion.",
        value: |country| name(country.subregion.as_ref()),
    },
    Column {
        name: "status",
        holds: Holds::Text,
        meaning: "Where the country stands, derived from its developments: ASKED, DECLINED, AGREED or ENDED.",
        value: |country| country.standing.as_ref().map(|standing| standing.status.code.code()).into(),
    },
    Column {
        name: "status_label",
        holds: Holds::Text,
        meaning: "The status in words.",
        value: |country| country.standing.as_ref().map(|standing| &standing.status.label).into(),
    },
    Column {
        name: "headline",
        holds: Holds::Text,
        meaning: "The number in the headline that the status counts towards: ASKED or AGREED. Empty counts in the total only.",
        value: |country| {
            country.standing.as_ref().and_then(|standing| standing.status.headline).map(super::code).into()
        },
    },
    Column {
        name: "since",
        holds: Holds::Text,
        meaning: "When the development that sets the status occurred, in EDTF (ISO 8601-2); ../2025-06-25 is some time up to that day.",
        value: |country| since(country, |date| date.text().to_owned().into()),
    },
    Column {
        name: "since_earliest",
        holds: Holds::Day,
        meaning: "First day that the date can mean. Empty where it has no beginning.",
        value: |country| since(country, |date| date.earliest().into()),
    },
    Column {
        name: "since_latest",
        holds: Holds::Day,
        meaning: "Last day that the date can mean.",
        value: |country| since(country, |date| date.latest().into()),
    },
    Column {
        name: "disputed",
        holds: Holds::Boolean,
        meaning: "Whether a published denial disputes one of its developments.",
        value: |country| country.disputed.into(),
    },
    Column {
        name: "developments",
        holds: Holds::Integer,
        meaning: "How many published developments the ledger has about it, retracted ones included.",
        value: |country| country.developments.into(),
    },
    Column {
        name: "latest_development",
        holds: Holds::Text,
        meaning: "Id of its newest development that is not retracted, as in developments.csv.",
        value: |country| country.latest_development.map(|id| GlobalId::Development(id).to_string()).into(),
    },
];

fn name(region: Option<&Region>) -> Cell<'_> {
    region.map(|region| &region.name).into()
}

fn since<'a>(country: &'a Country, part: fn(&Edtf) -> Cell<'a>) -> Cell<'a> {
    let of = |standing: &Standing| part(&status::since(standing.occurred.as_ref(), standing.effective_day));
    country.standing.as_ref().map_or(Cell::Nothing, of)
}
