use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{FileProblem, Place, too_large};
use crate::domain::{country::CountryCode, problem::ProblemCode};

/// The columns, in the order in which they must stand.
pub(super) const COLUMNS: [&str; 10] = [
    "code",
    "alpha3",
    "numeric",
    "name",
    "iso_name",
    "region_code",
    "region",
    "subregion_code",
    "subregion",
    "other_names",
];

/// A country as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryRecord {
    pub code: CountryCode,
    pub alpha3: String,
    pub numeric: Option<String>,
    /// The newsroom's style name.
    pub name: String,
    pub iso_name: String,
    pub region_code: Option<String>,
    pub region: Option<String>,
    pub subregion_code: Option<String>,
    pub subregion: Option<String>,
    /// In the file separated by `|`.
    pub other_names: Vec<String>,
}

/// Reads a file of countries.
pub fn parse_countries(text: &str) -> Result<Vec<CountryRecord>, Vec<FileProblem>> {
    if let Some(problem) = too_large(text) {
        return Err(vec![problem]);
    }
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let header = reader.headers().map_err(|error| vec![malformed(&error)])?;
    if header != COLUMNS.as_slice() {
        let message = format!("The first line must name the columns: {}.", COLUMNS.join(","));
        return Err(vec![FileProblem::new(Place::Line(1), "", ProblemCode::Malformed, message)]);
    }
    let (mut records, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                problems.push(malformed(&error));
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let problem = |column: &str, code, message| FileProblem::new(Place::Line(line), column, code, message);
        match country(&row) {
            Ok(record) => {
                let keys = [
                    ("code", Some(record.code.to_string())),
                    ("alpha3", Some(record.alpha3.clone())),
                    ("numeric", record.numeric.clone()),
                ];
                for (column, key) in keys {
                    let Some(key) = key else { continue };
                    let message = |first: u64| format!("{key} stands in line {first} already: leave one of them out.");
                    if let Some(first) = seen.insert((column, key.clone()), line) {
                        problems.push(problem(column, ProblemCode::Contradiction, message(first)));
                    }
                }
                records.push(record);
            }
            Err(found) => problems
                .extend(found.into_iter().map(|(column, message)| problem(column, ProblemCode::Malformed, message))),
        }
    }
    if problems.is_empty() { Ok(records) } else { Err(problems) }
}

fn malformed(error: &csv::Error) -> FileProblem {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("A line has {expected_len} columns; this one has {len}.")
        }
        _ => "This is not CSV in UTF-8.".to_owned(),
    };
    FileProblem::new(Place::Line(line), "", ProblemCode::Malformed, message)
}

fn country(row: &StringRecord) -> Result<CountryRecord, Vec<(&'static str, String)>> {
    let mut problems = Vec::new();
    let cell = |column: &str| {
        let index = COLUMNS.iter().position(|name| *name == column).unwrap_or_default();
        row.get(index).unwrap_or_default().to_owned()
    };
    for column in COLUMNS {
        if cell(column).chars().any(char::is_control) {
            problems.push((column, "Take out the control characters.".to_owned()));
        }
    }
    let mut required = |column: &'static str| {
        let text = cell(column);
        if text.is_empty() {
            problems.push((column, "This must be given.".to_owned()));
        }
        text
    };
    let (name, iso_name) = (required("name"), required("iso_name"));
    let mut coded = |column: &'static str, sound: fn(u8) -> bool, length: usize, form: &str| {
        let text = cell(column);
        if !text.is_empty() && (text.len() != length || !text.bytes().all(sound)) {
            problems.push((column, format!("This must be {form}; it is {text:?}.")));
        }
        Some(text).filter(|text| !text.is_empty())
    };
    let alpha3 = coded("alpha3", |byte| byte.is_ascii_uppercase(), 3, "three capital letters");
    let numeric = coded("numeric", |byte| byte.is_ascii_digit(), 3, "three digits");
    let region_code = coded("region_code", |byte| byte.is_ascii_digit(), 3, "three digits");
    let subregion_code = coded("subregion_code", |byte| byte.is_ascii_digit(), 3, "three digits");
    let given = |column: &str| Some(cell(column)).filter(|text| !text.is_empty());
    let (region, subregion) = (given("region"), given("subregion"));
    for (column, code, name) in [("region", &region_code, &region), ("subregion", &subregion_code, &subregion)] {
        if code.is_some() != name.is_some() {
            problems.push((column, "Code and name must be given together, or neither.".to_owned()));
        }
    }
    if alpha3.is_none() {
        problems.push(("alpha3", "This must be given.".to_owned()));
    }
    let code = cell("code").parse::<CountryCode>();
    if let Err(error) = &code {
        problems.push(("code", format!("{error}.")));
    }
    match (code, alpha3) {
        (Ok(code), Some(alpha3)) if problems.is_empty() => {
            let names = cell("other_names");
            let other_names =
                names.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
            Ok(CountryRecord {
                code,
                alpha3,
                numeric,
                name,
                iso_name,
                region_code,
                region,
                subregion_code,
                subregion,
                other_names,
            })
        }
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "code,alpha3,numeric,name,iso_name,region_code,region,subregion_code,subregion,other_names\n";

    #[test]
    fn the_file_of_countries_holds_all_of_iso_3166_1_and_kosovo() {
        let records = parse_countries(include_str!("../../../data/countries.csv")).unwrap();
        assert_eq!(records.len(), 250);
        let named = |code: &str| records.iter().find(|record| record.code.as_str() == code).unwrap();
        assert_eq!(named("CI").name, "Ivory Coast");
        assert_eq!((named("XK").alpha3.as_str(), &named("XK").numeric), ("XKX", &None));
        assert_eq!(named("KN").name, "St. Kitts and Nevis");
        assert_eq!(named("LY").region.as_deref(), Some("Africa"));
    }

    #[test]
    fn a_bad_file_is_refused_with_every_line_and_field() {
        let text = format!(
            "{HEADER}GH,GHA,288,Ghana,Ghana,002,Africa,202,Sub-Saharan Africa,\n\
             GHA,gha,28,,Ghana,002,,,,\n\
             GH,GHA,288,Ghana,Ghana,002,Africa,202,Sub-Saharan Africa,\n\
             TG,TGO\n"
        );
        let problems = parse_countries(&text).unwrap_err();
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "line 3, name: This must be given.",
                "line 3, alpha3: This must be three capital letters; it is \"gha\".",
                "line 3, numeric: This must be three digits; it is \"28\".",
                "line 3, region: Code and name must be given together, or neither.",
                "line 3, code: a country code is two letters of ISO 3166-1, such as GH.",
                "line 4, code: GH stands in line 2 already: leave one of them out.",
                "line 4, alpha3: GHA stands in line 2 already: leave one of them out.",
                "line 4, numeric: 288 stands in line 2 already: leave one of them out.",
                "line 5: A line has 10 columns; this one has 2.",
            ]
        );
    }

    #[test]
    fn a_file_with_other_columns_is_refused() {
        let problems = parse_countries("code,name\nGH,Ghana\n").unwrap_err();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("line 1: The first line must name the columns: code,alpha3,"));
    }
}
