//! The readers' page: how things stand, as a headline, a map and a list.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    page::{Frame, Page, Unmade, in_script},
    policy::Policy,
    words::{self, Date, Past, Status, Tally},
};
use crate::http::App;

const PAGE: Page = Page {
    name: "/",
    entry: "src/pages/tracker/main.ts",
    document: include_str!("../../../web/src/pages/tracker/tracker.graphql"),
    operation: "TrackerPage",
    policy: Policy::Reader,
};

/// What is asked in the address. What can't be read in it counts as left out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    statuses: Vec<String>,
    region: Option<String>,
    search: Option<String>,
    sort: Sort,
    past: Option<Past>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Sort {
    #[default]
    Name,
    Status,
    Latest,
}

impl Asked {
    fn of(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match name.as_ref() {
                "status" => {
                    let code = value.to_uppercase();
                    let is_one = ["ASKED", "DECLINED", "AGREED", "ENDED"].contains(&code.as_str());
                    if is_one && !asked.statuses.contains(&code) {
                        asked.statuses.push(code);
                    }
                }
                "region" if value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    asked.region = Some(value.to_owned());
                }
                "q" if !value.is_empty() => asked.search = Some(value.chars().take(100).collect()),
                "sort" if value == "status" => asked.sort = Sort::Status,
                "sort" if value == "latest" => asked.sort = Sort::Latest,
                "asOf" => asked.past = Past::parse(value),
                _ => {}
            }
        }
        asked.statuses.sort();
        asked
    }

    fn variables(&self) -> Map<String, Value> {
        let mut filter = Map::new();
        if !self.statuses.is_empty() {
            filter.insert("statuses".to_owned(), json!(self.statuses));
        }
        if let Some(region) = &self.region {
            filter.insert("regions".to_owned(), json!([region]));
        }
        if let Some(search) = &self.search {
            filter.insert("search".to_owned(), json!(search));
        }
        let order = match self.sort {
            Sort::Name => "NAME",
            Sort::Status => "STATUS",
            Sort::Latest => "LAST_CHANGE",
        };
        let mut variables = Map::new();
        variables.insert("filter".to_owned(), filter.into());
        variables.insert("orderBy".to_owned(), order.into());
        if let Some(past) = self.past {
            variables.insert("asOf".to_owned(), json!(past.instant()));
        }
        variables
    }
}

#[derive(Deserialize)]
struct Answer {
    tally: Tally,
    countries: Nodes<Entry>,
    listed: Nodes<Listed>,
    changes: Nodes<Line>,
    beginning: Nodes<Beginning>,
}

#[derive(Deserialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    code: String,
    name: String,
    region: Option<Region>,
    status: Option<Status>,
    status_since: Option<Date>,
    disputed: bool,
    latest_development: Option<Latest>,
}

#[derive(Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Region {
    name: String,
    code: String,
}

#[derive(Deserialize)]
struct Latest {
    summary: String,
}

#[derive(Deserialize)]
struct Listed {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    kind: String,
    at: DateTime<Utc>,
    country: Option<Named>,
    status_before: Option<Status>,
    status_after: Option<Status>,
    development: Option<Told>,
}

#[derive(Deserialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Told {
    kind: String,
    summary: String,
}

#[derive(Deserialize)]
struct Beginning {
    at: DateTime<Utc>,
}

impl Line {
    /// What it did, in a few words.
    fn deed(&self) -> String {
        let code = |status: &Option<Status>| status.as_ref().map(|status| status.code.clone());
        match (&self.kind[..], &self.status_after, &self.development) {
            ("PUBLISHED", Some(after), _) if code(&self.status_before) != code(&self.status_after) => {
                after.label.clone()
            }
            ("PUBLISHED", _, Some(development)) => words::spoken(&development.kind),
            (kind, _, _) => words::spoken(kind),
        }
    }
}

#[derive(Template)]
#[template(path = "tracker.html")]
struct TrackerPage {
    frame: Frame,
    asked: Asked,
    tally: Tally,
    regions: Vec<Region>,
    listed: Vec<Entry>,
    changes: Vec<Line>,
    latest: Option<DateTime<Utc>>,
    beginning: Option<DateTime<Utc>>,
}

impl TrackerPage {
    fn of(frame: Frame, asked: Asked, answer: Answer) -> Self {
        let mut regions: Vec<Region> = answer.countries.nodes.iter().filter_map(|entry| entry.region.clone()).collect();
        regions.sort();
        regions.dedup();
        let mut entries: Vec<Option<Entry>> = answer.countries.nodes.into_iter().map(Some).collect();
        let mut take = |code: &str| {
            let entry = entries.iter_mut().find(|entry| entry.as_ref().is_some_and(|entry| entry.code == code));
            entry.and_then(Option::take)
        };
        let listed = answer.listed.nodes.iter().filter_map(|listed| take(&listed.code)).collect();
        let mut changes = answer.changes.nodes;
        changes.reverse();
        Self {
            frame,
            asked,
            tally: answer.tally,
            regions,
            listed,
            latest: changes.first().map(|change| change.at),
            changes,
            beginning: answer.beginning.nodes.first().map(|change| change.at),
        }
    }

    /// What search engines for data read.
    fn dataset(&self) -> String {
        let at = |path: &str| format!("{}{path}", self.frame.public_url.as_deref().unwrap_or_default());
        let download = |path: &str, format: &str| json!({ "@type": "DataDownload", "encodingFormat": format, "contentUrl": at(path) });
        let dataset = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": "Third-Country Tracker",
            "description": format!("{} Each status is derived from dated developments, each with its sources.", self.tally.sentence()),
            "url": at("/"),
            "isAccessibleForFree": true,
            "dateModified": self.latest,
            "spatialCoverage": "World",
            "variableMeasured": ["status", "since", "developments", "sources"],
            "distribution": [
                download("/data/countries.csv", "text/csv"),
                download("/data/developments.csv", "text/csv"),
                download("/data/tracker.json", "application/json"),
            ],
        });
        in_script(&dataset.to_string())
    }

    /// What leads to the data as of the same time.
    fn as_of_query(&self) -> String {
        self.asked.past.map_or_else(String::new, |past| format!("?asOf={}", past.parameter()))
    }

    fn has_status(&self, code: &str) -> bool {
        self.asked.statuses.iter().any(|status| status == code)
    }

    fn has_region(&self, code: &str) -> bool {
        self.asked.region.as_deref() == Some(code)
    }
}

/// The page, narrowed and turned back as its address says.
pub async fn tracker(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let asked = Asked::of(parts.uri.query().unwrap_or_default());
    // A day that is not over yet is no past: it would be kept as if it were.
    if asked.past.is_some_and(|past| past.instant() >= app.clock.now()) {
        return Redirect::to("/").into_response();
    }
    let variables = asked.variables();
    PAGE.serve(&app, &parts, variables, |frame, answer: Answer| Ok::<_, Unmade>(TrackerPage::of(frame, asked, answer)))
        .await
}

/// The instant as of which an address asks.
#[cfg(any(test, fuzzing))]
pub fn asked_as_of(query: &str) -> Option<DateTime<Utc>> {
    Asked::of(query).past.map(Past::instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_address_asks_is_read_and_nonsense_is_left_out() {
        let asked = Asked::of(
            "status=agreed&status=ASKED&status=x&region=002&q=+c%C3%B4te+&sort=latest&asOf=2025-09-01&more=1",
        );
        assert_eq!(asked.statuses, ["AGREED", "ASKED"]);
        assert_eq!((asked.region.as_deref(), asked.search.as_deref()), (Some("002"), Some("côte")));
        assert_eq!((asked.sort, asked.past), (Sort::Latest, Past::parse("2025-09-01")));
        assert_eq!(Asked::of("region=Africa&sort=size&q=&asOf=then"), Asked::default());
    }
}
