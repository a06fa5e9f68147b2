//! What the files hold, for programs: made from the same columns as the files.

use serde_json::{Map, Value, json};

use super::{
    column::{self, Column},
    countries, developments,
};
use crate::domain::status::Status;

/// A Frictionless data package that describes the files.
pub fn package() -> Value {
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "third-country-tracker",
        "title": "Third-Country Tracker",
        "description":
            "Countries that the United States has asked, or plans to ask, to take deportees who are not their citizens, where each \
             stands, and the sourced ledger of developments from which that is derived. Every file takes asOf, a day or an instant, \
             and is then as it was known at that time. Texts that a spreadsheet would take for a formula begin with an apostrophe in \
             the CSV files.",
        "keywords": ["deportation", "third countries", "immigration", "United States"],
        "resources": [
            table("countries", "Tracked countries and where each stands.", "code", &[countries::COLUMNS]),
            table("developments", "The ledger, in the order in which it was published.", "id", &[developments::COLUMNS, developments::SOURCES]),
            {
                "name": "tracker",
                "path": "tracker.json",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
                "description": "All of it with every source, as tracker.schema.json describes it.",
            },
        ],
    })
}

fn table<R>(name: &str, description: &str, key: &str, columns: &[&[Column<R>]]) -> Value {
    let fields: Vec<_> = columns.iter().copied().flatten().map(Column::in_dictionary).collect();
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": description,
        "schema": { "fields": fields, "missingValues": [""], "primaryKey": [key] },
    })
}

/// The JSON Schema of `tracker.json`.
pub fn schema() -> Value {
    let mut citations = Map::new();
    let citation = column::schema(developments::CITATION, Map::new());
    citations.insert(
        "citations".to_owned(),
        json!({ "type": "array", "items": citation, "description": "What stands behind it." }),
    );
    let number = json!({ "type": "integer", "minimum": 0 });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Third-Country Tracker",
        "type": "object",
        "required": ["position", "changed_at", "tally", "statuses", "countries", "developments"],
        "properties": {
            "$schema": { "type": "string", "description": "Where this description stands." },
            "position": { "type": "integer", "minimum": 0, "description": "The position in the feed of changes at which all of it was read." },
            "changed_at": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "When that position was reached, in UTC. Null before the first change.",
            },
            "tally": {
                "type": "object",
                "description": "The numbers of the headline.",
                "required": ["total", "asked", "agreed"],
                "properties": { "total": number, "asked": number, "agreed": number },
            },
            "statuses": {
                "type": "array",
                "description": "The words of each status, and how many countries have it.",
                "items": {
                    "type": "object",
                    "required": ["code", "label", "definition", "headline", "countries"],
                    "properties": {
                        "code": { "enum": Status::ALL.map(Status::code) },
                        "label": { "type": "string" },
                        "definition": { "type": "string" },
                        "headline": { "enum": ["ASKED", "AGREED", null] },
                        "countries": number,
                    },
                },
            },
            "countries": {
                "type": "array",
                "description": "Tracked countries, in the order of their names.",
                "items": column::schema(countries::COLUMNS, Map::new()),
            },
            "developments": {
                "type": "array",
                "description": "The ledger, in the order in which it was published.",
                "items": column::schema(developments::COLUMNS, citations),
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own_and_a_meaning() {
        for table in package()["resources"].as_array().unwrap().iter().filter(|resource| resource["type"] == "table") {
            let fields = table["schema"]["fields"].as_array().unwrap();
            let names: HashSet<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names.len(), fields.len());
            for field in fields {
                assert!(field["description"].as_str().unwrap().ends_with('.'), "{field}");
            }
        }
    }
}
