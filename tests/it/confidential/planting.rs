//! What is planted: people, and developments, sources and words between colleagues in every state, with a marker in each of their texts.

use serde_json::{Value, json};
use tracker::clock::{Surroundings, System};

use super::{
    markers::{Markers, Sees},
    schema::{Input, Schema},
};
use crate::newsroom::{Editor, Newsroom, Server, tracker};

pub struct Planting<'a> {
    newsroom: &'a Newsroom,
    schema: &'a Schema,
    pub markers: Markers,
    pub reporter: Editor,
    pub editor: Editor,
    pub admin: Editor,
    /// What is published, and what else is done to it.
    pub published: Vec<String>,
}

/// For whom the texts of an input are, and what they are part of.
#[derive(Clone)]
struct Mark {
    what: String,
    seen_by: Sees,
    confidential: bool,
}

impl Mark {
    fn below(&self, name: &str) -> Self {
        Self { what: format!("{}.{name}", self.what), ..self.clone() }
    }

    fn for_staff(self) -> Self {
        Self { seen_by: self.seen_by.max(Sees::Staff), confidential: true, ..self }
    }
}

/// A moment long after any test.
pub fn far_ahead() -> Value {
    json!(System.now() + chrono::TimeDelta::days(300))
}

impl<'a> Planting<'a> {
    /// Signs people on under names and with tokens that nobody else knows; they work at a server.
    pub async fn begin(newsroom: &'a Newsroom, schema: &'a Schema, server: &Server) -> Self {
        let mut markers = Markers::default();
        markers.add("an address of staff", "127.0.0.1", Sees::Admin);
        let mut people = Vec::new();
        for role in ["reporter", "editor", "admin"] {
            let name = markers.plant(&format!("name of the {role}"), Sees::Staff, false);
            let token = server.token(&["create", "--name", &name, "--role", role]).await;
            markers.add(&format!("token of the {role}"), token.trim_start_matches("tct_"), Sees::Nobody);
            people.push(Editor::of(server, token));
        }
        let [reporter, editor, admin] = people.try_into().ok().unwrap();
        Self { newsroom, schema, markers, reporter, editor, admin, published: Vec::new() }
    }

    /// What readers see, with all of it that they don't.
    pub async fn publish(&mut self) {
        let agreed = self.record("Agreement", "published", Sees::Everyone, json!({ "publish": true })).await;
        let denied = json!({ "publish": true, "disputes": agreed });
        let denied = self.record("Denial", "published", Sees::Everyone, denied).await;

        // What was drafted differently before it was published.
        let drafted = self.record("Ask", "draft, later rewritten and published", Sees::Staff, json!({})).await;
        let content = self.content("Ask", "published in the end", Sees::Everyone);
        let comment = self.plant("comment on handing in", Sees::Staff);
        let key = self.plant("idempotency key of an edit", Sees::Nobody);
        let saved = json!({ "development": drafted, "expectedRevision": 1, "content": content, "idempotencyKey": key });
        self.reporter.done("saveDraft", saved).await;
        let submitted = json!({ "development": drafted, "expectedRevision": 2, "comment": comment });
        self.reporter.done("submitForReview", submitted).await;
        self.editor.done("publish", json!({ "development": drafted, "expectedRevision": 2 })).await;

        let corrected = self.record("Transfer", "corrected later", Sees::Everyone, json!({ "publish": true })).await;
        let content = self.content("Transfer", "correction", Sees::Everyone);
        let note = self.plant("note of a correction", Sees::Everyone);
        let correction = json!({ "development": corrected, "expectedRevision": 1, "content": content, "note": note, "publish": true });
        self.editor.done("correct", correction).await;

        let retracted = self.record("Talks", "retracted later", Sees::Everyone, json!({ "publish": true })).await;
        let reason = self.plant("reason of a retraction", Sees::Everyone);
        let retraction = json!({ "development": retracted, "expectedRevision": 1, "reason": reason });
        self.editor.done("retract", retraction).await;
        self.published = vec![agreed, denied, drafted, corrected, retracted];
    }

    /// What readers see nothing of.
    pub async fn keep_back(&mut self) {
        let [agreed, _, _, corrected, _] = self.published.clone().try_into().unwrap();
        let mut drafts = Vec::new();
        for kind in self.kinds() {
            let given = match kind.as_str() {
                "Denial" => json!({ "disputes": agreed }),
                // A country that nothing published is about.
                _ => json!({ "country": "FR" }),
            };
            drafts.push(self.record(&kind, "draft", Sees::Staff, given).await);
        }
        let of = |kind: &str| drafts[self.kinds().iter().position(|one| one == kind).unwrap()].clone();
        let (returned, waiting, discarded, rewritten) = (of("Ask"), of("Talks"), of("Payment"), of("Refusal"));
        for id in [&returned, &waiting] {
            let comment = self.plant("comment on handing in what waits", Sees::Staff);
            self.reporter
                .done("submitForReview", json!({ "development": id, "expectedRevision": 1, "comment": comment }))
                .await;
        }
        let reason = self.plant("reason of a return", Sees::Staff);
        self.editor
            .done("returnToDraft", json!({ "development": returned, "expectedRevision": 1, "reason": reason }))
            .await;
        self.reporter.done("discardDraft", json!({ "development": discarded, "expectedRevision": 1 })).await;
        let content = self.content("Refusal", "draft, rewritten", Sees::Staff);
        self.reporter
            .done("saveDraft", json!({ "development": rewritten, "expectedRevision": 1, "content": content }))
            .await;
        self.editor.act("publish", json!({ "development": rewritten, "expectedRevision": 2, "dryRun": true })).await;

        let scheduled = json!({ "publishAt": far_ahead(), "country": "ES" });
        self.record("Agreement", "scheduled", Sees::Staff, scheduled).await;
        self.keep_corrections_back(&agreed, &corrected).await;
        self.keep_sources_back().await;
        let name = self.plant("name of a token that did nothing", Sees::Admin);
        self.newsroom.server.token(&["create", "--name", &name, "--role", "reporter"]).await;
        let name = self.plant("name of somebody invited", Sees::Admin);
        let email = format!("{}@example.org", self.plant("e-mail address of somebody invited", Sees::Admin));
        let invite = ["account", "invite", "--email", &email, "--name", &name, "--role", "editor"];
        let invited = tracker(&self.newsroom.database).args(invite).output().await.unwrap();
        let link = String::from_utf8(invited.stdout).unwrap();
        self.markers.add("link of an invitation", link.trim_end(), Sees::Nobody);
    }

    async fn keep_corrections_back(&mut self, agreed: &str, corrected: &str) {
        let content = self.content("Agreement", "correction in preparation", Sees::Staff);
        let note = self.plant("note of a correction in preparation", Sees::Staff);
        let prepared = json!({ "development": agreed, "expectedRevision": 1, "content": content, "note": note });
        self.editor.done("saveDraft", prepared).await;
        let content = self.content("Transfer", "scheduled correction", Sees::Staff);
        let note = self.plant("note of a scheduled correction", Sees::Staff);
        let scheduled = json!({ "development": corrected, "expectedRevision": 2, "content": content, "note": note, "publishAt": far_ahead() });
        self.editor.done("correct", scheduled).await;
        let text = self.plant("comment to colleagues", Sees::Staff);
        self.admin.done("comment", json!({ "development": agreed, "text": text })).await;
    }

    async fn keep_sources_back(&mut self) {
        let add = "mutation ($input: SourceInput!) { done: addSource(input: $input) { source { id } userErrors { field message } } }";
        let input = self.source("source that nothing cites", Sees::Staff, false);
        let answer = self.editor.ask(add, json!({ "input": input })).await;
        assert_eq!(answer["done"]["userErrors"], json!([]));
        // How it was worded before, nobody saw but who wrote it.
        self.hide("source that nothing cites");
        let mut input = self.source("source that nothing cites, reworded", Sees::Staff, true);
        input["source"] = answer["done"]["source"]["id"].clone();
        input["expectedVersion"] = json!(1);
        self.revise(&self.editor, input).await;

        self.reword_in_secret().await;
        let key = self.plant("key of a row", Sees::Staff);
        self.hide("key of a row");
        let (summary, title) = (self.plant("row: summary", Sees::Staff), self.plant("row: title", Sees::Staff));
        let table = format!(
            "Key,Country,Kind,Summary,Source kind,Title,Published on\n{key},IT,Ask,{summary},Cable,{title},2025-09-10\n"
        );
        let import = "mutation ($table: String!) { done: importDevelopments(input: { table: $table }) { added userErrors { message } } }";
        let answer = self.editor.ask(import, json!({ "table": table })).await;
        assert_eq!(answer["done"], json!({ "added": 1, "userErrors": [] }));
    }

    /// Changes of a confidential source that readers see cited what is for staff.
    async fn reword_in_secret(&mut self) {
        let cited = "query ($id: ID!) { node(id: $id) { ... on Denial { citations { source { id version attribution confidential } } } } }";
        let answer = self.editor.ask(cited, json!({ "id": self.published[1] })).await;
        let citations = answer["node"]["citations"].as_array().unwrap();
        let source = &citations.iter().find(|citation| citation["source"]["confidential"] == true).unwrap()["source"];
        self.hide("published Denial.citations.confidential.source");
        let mut input = self.source("source, reworded in secret", Sees::Staff, true);
        input["source"] = source["id"].clone();
        input["expectedVersion"] = source["version"].clone();
        input["attribution"] = source["attribution"].clone();
        self.hide("source, reworded in secret.attribution");
        self.revise(&self.editor, input).await;
    }

    async fn revise(&self, editor: &Editor, input: Value) {
        let revise = "mutation ($input: ReviseSourceInput!) { done: reviseSource(input: $input) { userErrors { field message } } }";
        let answer = editor.ask(revise, json!({ "input": input })).await;
        assert_eq!(answer["done"]["userErrors"], json!([]));
    }

    /// The kinds of developments, as the mutations that record them are called.
    pub fn kinds(&self) -> Vec<String> {
        let mutations = self.schema.get(&self.schema.mutation).fields.iter();
        mutations.filter_map(|field| field.name.strip_prefix("record").map(str::to_owned)).collect()
    }

    /// Records something: at once before readers as an editor, else as a reporter, or on a schedule.
    pub async fn record(&mut self, kind: &str, state: &str, seen_by: Sees, given: Value) -> String {
        let of_reporter = given.get("publish").or(given.get("publishAt")).is_none();
        let input = self.fill(&format!("Record{kind}Input"), &format!("{state} {kind}"), seen_by, given);
        let person = if of_reporter { &self.reporter } else { &self.editor };
        person.recorded(kind, input).await
    }

    fn plant(&mut self, what: &str, seen_by: Sees) -> String {
        self.markers.plant(what, seen_by, false)
    }

    /// Notes that the API shows something to nobody, though staff might see it.
    fn hide(&mut self, beginning: &str) {
        for marker in self.markers.iter_mut().filter(|marker| marker.what.starts_with(beginning)) {
            marker.shown = false;
        }
    }

    pub fn content(&mut self, kind: &str, what: &str, seen_by: Sees) -> Value {
        let field = format!("{}{}", kind[..1].to_lowercase(), &kind[1..]);
        json!({ field: self.fill(&format!("{kind}ContentInput"), what, seen_by, json!({})) })
    }

    pub fn source(&mut self, what: &str, seen_by: Sees, confidential: bool) -> Value {
        let given = if confidential { json!({ "confidential": true }) } else { json!({}) };
        self.fill("SourceInput", what, seen_by, given)
    }

    /// An input with a marker in every text that takes any words, and with what is given.
    pub fn fill(&mut self, input: &str, what: &str, seen_by: Sees, given: Value) -> Value {
        let mut filling = Filling { schema: self.schema, markers: &mut self.markers };
        filling.fill(input, &Mark { what: what.to_owned(), seen_by, confidential: false }, given)
    }
}

struct Filling<'a> {
    schema: &'a Schema,
    markers: &'a mut Markers,
}

impl Filling<'_> {
    fn fill(&mut self, input: &str, mark: &Mark, mut given: Value) -> Value {
        for field in &self.schema.get(input).input_fields {
            if given.get(&field.name).is_some() {
                continue;
            }
            let below = mark.below(&field.name);
            // Of a confidential source, readers learn the attribution alone; notes to colleagues are not for them whatever the source.
            let hides = input == "SourceInput" && given["confidential"] == true && field.name != "attribution";
            let below = if hides || field.name == "confidentialNote" { below.for_staff() } else { below };
            if let Some(value) = self.value(input, field, &below) {
                given[&field.name] = value;
            }
        }
        // Fields that were only looked at.
        given.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        given
    }

    fn value(&mut self, owner: &str, field: &Input, mark: &Mark) -> Option<Value> {
        let named = self.schema.get(field.of.named());
        let mut word = |seen_by: Sees| self.markers.plant(&mark.what, seen_by, mark.confidential);
        Some(match (named.kind.as_str(), named.name.as_str(), field.name.as_str()) {
            ("SCALAR", "String", "country") => json!("GH"),
            ("SCALAR", "String", "occurred") => json!("2025-09-08"),
            ("SCALAR", "String", "publishedOn") => json!("2025-09-10"),
            ("SCALAR", "String", "nationalities") => json!(["SY"]),
            ("SCALAR", "String", "currency") => json!("EUR"),
            ("SCALAR", "String", "url" | "archivedUrl") => json!(format!("https://example.org/{}", word(mark.seen_by))),
            ("SCALAR", "String", "idempotencyKey") => json!(word(Sees::Nobody)),
            ("SCALAR", "String", _) => json!(word(mark.seen_by)),
            ("SCALAR", "Decimal", _) => json!("7500000"),
            ("ENUM", ..) => json!(named.enum_values[0].name),
            ("INPUT_OBJECT", "PeopleInput", _) => json!({ "describedAs": word(mark.seen_by) }),
            ("INPUT_OBJECT", "CitationInput", _) => json!([self.citation(mark, false), self.citation(mark, true)]),
            ("INPUT_OBJECT", name, _) => self.fill(name, mark, json!({})),
            _ if !field.is_required() => return None,
            _ => panic!("teach the planting about `{}: {}` of {owner}", field.name, field.of),
        })
    }

    /// A citation, all of it for staff where the source is confidential but for the source's attribution.
    fn citation(&mut self, mark: &Mark, confidential: bool) -> Value {
        let mark = mark.below(if confidential { "confidential" } else { "open" });
        let source = if confidential { json!({ "confidential": true }) } else { json!({}) };
        let source = self.fill("SourceInput", &mark.below("source"), source);
        let around = if confidential { mark.for_staff() } else { mark };
        self.fill("CitationInput", &around, json!({ "source": source, "sourceId": null }))
    }
}
