//! What a receiver is told: what a subscriber of `changes` would hear, executed as anyone who is not signed in, so that it says nothing
//! that the public API does not say; a sentence for chats; and the paths that changed, for caches.

use async_graphql::{Request, Variables};
use serde_json::{Value, json};

use crate::{
    domain::{id::GlobalId, viewer::Viewer},
    graphql::{Caller, Engine},
    store::webhook_queue::Taken,
};

const DOCUMENT: &str = "query WebhookChange($id: ID!) {
    node(id: $id) { ... on Change {
        id cursor position kind at
        country { id code name }
        statusBefore { code label }
        statusAfter { code label }
        development {
            __typename id summary retracted disputed
            occurred { edtf label }
            citations { quote locator source { kind publisher title url attribution publishedOn { edtf } } }
        }
        tally { total asked agreed }
    } }
}";

/// Paths that show the whole of the record.
const WHOLE: [&str; 6] =
    ["/", "/embed", "/data/countries.csv", "/data/developments.csv", "/data/tracker.json", "/feed.atom"];

/// Makes bodies.
pub struct Telling<'a> {
    pub engine: &'a Engine,
    pub public_url: Option<&'a str>,
}

impl Telling<'_> {
    /// The body of a delivery, the same at each attempt. `None` if it can't be read now.
    pub async fn body(&self, taken: &Taken) -> Option<Vec<u8>> {
        let Some(position) = taken.position else {
            let text = "A test from the Third-Country Tracker: this webhook works.";
            let body =
                json!({ "type": "webhook.test", "timestamp": taken.created_at, "text": text, "paths": [], "data": {} });
            return serde_json::to_vec(&body).ok();
        };
        let variables = Variables::from_json(json!({ "id": GlobalId::Change(position).to_string() }));
        let caller = Caller { viewer: Viewer::Public, address: None, browser: None };
        let response = self.engine.execute(Request::new(DOCUMENT).variables(variables), caller, None).await;
        if !response.errors.is_empty() {
            return None;
        }
        let mut data = response.data.into_json().ok()?;
        let change = data.get_mut("node").map(Value::take).filter(Value::is_object)?;
        let kind = change["kind"].as_str()?.to_lowercase();
        let body = json!({
            "type": format!("change.{kind}"),
            "timestamp": change["at"],
            "text": sentence(&change),
            "paths": self.paths(&change),
            "allPaths": change["country"].is_null(),
            "data": { "change": change },
        });
        serde_json::to_vec(&body).ok()
    }

    /// What shows the change; whole addresses where it is known how readers reach us.
    fn paths(&self, change: &Value) -> Vec<String> {
        let base = self.public_url.unwrap_or_default();
        let country = change["country"]["code"].as_str().map(|code| format!("/country/{code}"));
        let paths = WHOLE.into_iter().map(str::to_owned).chain(country);
        paths.map(|path| format!("{base}{path}")).collect()
    }
}

/// A change in a sentence, for people in a chat.
fn sentence(change: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (country, summary) = (text(&change["country"]["name"]), text(&change["development"]["summary"]));
    let told = match change["kind"].as_str() {
        Some("PUBLISHED") => format!("{country}: {summary}"),
        Some("CORRECTED") => format!("Corrected: {country}: {summary}"),
        Some("RETRACTED") => format!("Retracted: {country}: {summary}"),
        Some("COUNTRIES_REVISED") => "Names or codes of countries were changed.".to_owned(),
        Some("SOURCE_REVISED") => "The details of a source were changed.".to_owned(),
        _ => "A status's label or definition was changed.".to_owned(),
    };
    if change["statusBefore"]["code"] == change["statusAfter"]["code"] {
        return told;
    }
    match change["statusAfter"]["label"].as_str() {
        Some(label) => format!("{told} ({country} is now: {label}.)"),
        None => format!("{told} ({country} now has no status.)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_and_what_it_did_to_the_status() {
        let change = |kind, before: Value, after: Value| {
            json!({
                "kind": kind, "country": { "name": "Ghana" }, "development": { "summary": "Agreed." },
                "statusBefore": before, "statusAfter": after,
            })
        };
        let agreed = || json!({ "code": "AGREED", "label": "Agreed" });
        assert_eq!(sentence(&change("PUBLISHED", Value::Null, agreed())), "Ghana: Agreed. (Ghana is now: Agreed.)");
        assert_eq!(sentence(&change("CORRECTED", agreed(), agreed())), "Corrected: Ghana: Agreed.");
        assert_eq!(
            sentence(&change("RETRACTED", agreed(), Value::Null)),
            "Retracted: Ghana: Agreed. (Ghana now has no status.)"
        );
    }
}
