//! A country's page: its status, and the timeline of all that is on record about it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, json};

use super::{
    development::Development,
    not_found,
    page::{Frame, Page, Unmade},
    policy::Policy,
    words::{self, Date, Past, Status},
};
use crate::{domain::country::CountryCode, http::App};

const PAGE: Page = Page {
    name: "/country",
    entry: "src/pages/country/main.ts",
    document: include_str!("../../../web/src/pages/country/country.graphql"),
    operation: "CountryPage",
    policy: Policy::Reader,
};

#[derive(Deserialize)]
struct Answer {
    country: Option<Country>,
    changes: Changes,
    beginning: Changes,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Country {
    code: String,
    name: String,
    iso_name: String,
    other_names: Vec<String>,
    tracked: bool,
    region: Option<Named>,
    subregion: Option<Named>,
    status: Option<Status>,
    status_since: Option<Date>,
    disputed: bool,
    developments: Developments,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Developments {
    total_count: u32,
    page_info: PageInfo,
    nodes: Vec<Development>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Changes {
    nodes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    at: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "country.html")]
struct CountryPage {
    frame: Frame,
    past: Option<Past>,
    /// Whether this is not the beginning of the timeline.
    goes_on: bool,
    country: Country,
    latest: Option<DateTime<Utc>>,
    beginning: Option<DateTime<Utc>>,
}

impl CountryPage {
    /// In a sentence.
    fn standing(&self) -> String {
        let Country { name, status, status_since, .. } = &self.country;
        match (status, status_since.as_ref().map(Date::since)) {
            (None, _) => format!("{name} is not tracked: nothing about it has been published."),
            (Some(status), Some(since)) if !since.is_empty() => format!("{name}: {}. {since}.", status.label),
            (Some(status), _) => format!("{name}: {}.", status.label),
        }
    }

    /// Other names, where there are any.
    fn names(&self) -> String {
        let Country { name, iso_name, other_names, .. } = &self.country;
        let names: Vec<&str> =
            std::iter::once(iso_name).chain(other_names).filter(|each| *each != name).map(String::as_str).collect();
        names.join("; ")
    }

    fn place(&self) -> String {
        let of = |named: &Option<Named>| named.as_ref().map(|named| named.name.clone());
        of(&self.country.subregion).or_else(|| of(&self.country.region)).unwrap_or_default()
    }

    fn path(&self) -> String {
        format!("/country/{}", self.country.code)
    }

    /// Where it can be read for ever as it is now.
    fn lasting_path(&self) -> String {
        let instant = self.past.map(Past::parameter);
        let instant = instant.or_else(|| self.latest.map(|latest| Past::Instant(latest).parameter()));
        instant.map_or_else(|| self.path(), |instant| format!("{}?asOf={instant}", self.path()))
    }

    fn as_of(&self) -> String {
        let past = self.past.map(Past::words);
        past.or_else(|| self.latest.map(|latest| words::moment(&latest))).unwrap_or_default()
    }

    fn next(&self) -> Option<String> {
        let page = &self.country.developments.page_info;
        let cursor = page.end_cursor.as_ref().filter(|_| page.has_next_page)?;
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("after", cursor);
        if let Some(past) = self.past {
            query.append_pair("asOf", &past.parameter());
        }
        Some(format!("{}?{}#timeline", self.path(), query.finish()))
    }
}

/// The page of a country, by its code in capitals.
pub async fn country(State(app): State<Arc<App>>, Path(text): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(code) = text.parse::<CountryCode>() else {
        return not_found(&parts, "A country’s page stands under its two-letter code, such as /country/GH.");
    };
    let query = parts.uri.query().unwrap_or_default();
    if code.as_str() != text {
        let question = if query.is_empty() { "" } else { "?" };
        return Redirect::permanent(&format!("/country/{}{question}{query}", code.as_str())).into_response();
    }
    let parameter = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let past = parameter("asOf").and_then(|text| Past::parse(&text));
    // A day that is not over yet is no past: it would be kept as if it were.
    if past.is_some_and(|past| past.instant() >= app.clock.now()) {
        return Redirect::to(&format!("/country/{}", code.as_str())).into_response();
    }
    let after = parameter("after").filter(|after| !after.is_empty());
    let goes_on = after.is_some();
    let mut variables = Map::new();
    variables.insert("code".to_owned(), json!(code.as_str()));
    variables.insert("after".to_owned(), json!(after));
    variables.insert("asOf".to_owned(), json!(past.map(Past::instant)));
    let fill = |frame, Answer { country, changes, beginning }: Answer| {
        let at = |changes: Changes| changes.nodes.into_iter().next().map(|change| change.at);
        let country = country.ok_or(Unmade::NotThere)?;
        Ok(CountryPage { frame, past, goes_on, country, latest: at(changes), beginning: at(beginning) })
    };
    PAGE.serve(&app, &parts, variables, fill).await
}
