//! A development as a country's page tells it.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::words::{self, Date};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Development {
    pub id: String,
    kind: String,
    pub summary: String,
    pub occurred: Date,
    affects_status: bool,
    pub published_at: Option<DateTime<Utc>>,
    pub corrected: bool,
    pub retracted: bool,
    pub disputed: bool,
    pub denials: Vec<Denied>,
    pub citations: Vec<Citation>,
    revisions: Vec<Revision>,
    #[serde(flatten)]
    details: Details,
}

/// What only some kinds have.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Details {
    stage: Option<String>,
    people: Option<Labelled>,
    amount: Option<Labelled>,
    nationalities: Vec<Named>,
    terms: Option<String>,
    form: Option<String>,
    court: Option<String>,
    ended_by: Option<String>,
    denied_by: Option<String>,
    disputes: Option<Disputed>,
}

#[derive(Deserialize)]
struct Labelled {
    label: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
pub struct Disputed {
    pub id: String,
    pub summary: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Denied {
    pub id: String,
    #[serde(default)]
    pub denied_by: String,
}

#[derive(Deserialize)]
pub struct Citation {
    pub locator: Option<String>,
    pub quote: Option<String>,
    pub source: Source,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    kind: String,
    pub publisher: Option<String>,
    pub title: String,
    url: Option<String>,
    archived_url: Option<String>,
    pub attribution: Option<String>,
    pub published_on: Option<Date>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    cause: String,
    pub note: Option<String>,
    pub minor: bool,
    pub shown_from: Option<DateTime<Utc>>,
    pub changes: Vec<FieldChange>,
}

#[derive(Deserialize)]
pub struct FieldChange {
    field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Development {
    pub fn title(&self) -> String {
        words::spoken(&self.kind)
    }

    /// Whether an editor keeps it from setting the status that its kind would set.
    pub fn is_kept_from_status(&self) -> bool {
        !self.affects_status && ["ASK", "REFUSAL", "AGREEMENT", "TERMINATION"].contains(&self.kind.as_str())
    }

    pub fn disputes(&self) -> Option<&Disputed> {
        self.details.disputes.as_ref()
    }

    /// What its kind says besides, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let Details { stage, people, amount, nationalities, terms, form, court, ended_by, denied_by, .. } =
            &self.details;
        let label = |labelled: &Option<Labelled>| labelled.as_ref().map(|labelled| labelled.label.clone());
        let names: Vec<&str> = nationalities.iter().map(|country| country.name.as_str()).collect();
        let facts = [
            ("Stage", stage.as_deref().map(words::spoken)),
            ("People", label(people)),
            ("Amount", label(amount)),
            ("Nationalities", (!names.is_empty()).then(|| names.join(", "))),
            ("Form", form.as_deref().map(words::spoken)),
            ("Terms", terms.clone()),
            ("Court", court.clone()),
            ("Ended by", ended_by.clone()),
            ("Denied by", denied_by.clone()),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// What was changed since it was first published, the latest first.
    pub fn corrections(&self) -> Vec<&Revision> {
        self.revisions.iter().rev().filter(|revision| revision.cause != "FIRST_PUBLICATION").collect()
    }
}

impl Source {
    pub fn kind(&self) -> String {
        words::spoken(&self.kind)
    }

    pub fn url(&self) -> Option<&str> {
        linkable(self.url.as_deref())
    }

    pub fn archived_url(&self) -> Option<&str> {
        linkable(self.archived_url.as_deref())
    }
}

/// An address that a link may lead to: `javascript:` is none.
fn linkable(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

impl Revision {
    pub fn title(&self) -> &'static str {
        match (self.cause.as_str(), self.minor) {
            ("RETRACTION", _) => "Retracted",
            (_, true) => "Corrected, a trifle",
            _ => "Corrected",
        }
    }
}

impl FieldChange {
    pub fn name(&self) -> String {
        words::field(&self.field)
    }
}
