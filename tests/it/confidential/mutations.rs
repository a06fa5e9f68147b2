//! What mutations tell those who may not make them.

use serde_json::{Map, Value, json};
use tracker::clock::{Surroundings, System};

use super::{Id, Known, Planting, Schema, Sees, Walker, planting::far_ahead, schema::Field, walk::send, without};
use crate::newsroom::{Newsroom, Reader, story};

/// What needs the role of an editor.
const FOR_EDITORS: [&str; 6] = ["returnToDraft", "publish", "schedule", "unschedule", "retract", "reviseSource"];

/// What people do who are not signed in yet.
const AT_THE_DOOR: [&str; 2] = ["signIn", "setPassword"];

/// How deep the payload of a mutation is looked into.
const DEPTH: usize = 1;

/// An input for a mutation, with a thing that it is about.
fn input(planting: &mut Planting, schema: &Schema, mutation: &Field, about: &Id, revision: i64) -> Value {
    let name = mutation.args[0].of.named();
    let needed = [
        ("development", json!(about.text)),
        ("disputes", json!(about.text)),
        ("source", json!(about.text)),
        ("expectedRevision", json!(revision)),
        ("expectedVersion", json!(revision)),
        ("publishAt", far_ahead()),
        ("content", planting.content("Ask", "content that was refused", Sees::Staff)),
    ];
    let takes = |name: &str, input: &str| {
        schema.get(input).input_fields.iter().any(|field| field.name == name && field.is_required())
    };
    let given: Map<_, _> = needed
        .into_iter()
        .filter(|(field, _)| takes(field, name))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    planting.fill(name, &format!("input of {}", mutation.name), Sees::Staff, Value::Object(given))
}

/// What a mutation with an input is answered with, all of its payload asked for.
async fn answer(reader: &Reader, walker: &Walker<'_>, mutation: &Field, input: &Value) -> (String, String) {
    let root = walker.schema.get(&walker.schema.mutation);
    let document = walker.document("mutation", &[(root, mutation)], &[("input", input.clone())], DEPTH, None).unwrap();
    (send(reader, &document).await, document)
}

/// The newest revision of a development, or version of a source.
async fn newest(newsroom: &Newsroom, id: &Id) -> i64 {
    let (_, uuid) = id.uuid();
    let query = "select coalesce((select max(revision) from development_revision where development_id = $1),
        (select max(version) from source_version where source_id = $1))::bigint";
    sqlx::query_scalar(query).bind(uuid).fetch_one(&newsroom.pool).await.unwrap()
}

#[tokio::test]
async fn a_mutation_tells_nobody_whether_what_they_may_not_touch_is_there() {
    story(async |newsroom| {
        let schema = Schema::of(&newsroom.reader()).await;
        let start = newsroom.position().await;
        let mut planting = Planting::begin(newsroom, &schema, &newsroom.server).await;
        planting.publish().await;
        planting.keep_back().await;
        let known = Known::of(newsroom, start, Vec::new()).await;
        let walker = Walker { schema: &schema, known: &known };
        let unknown = [Id::development(System.uuid()), Id::source(System.uuid())];
        let acts = newsroom.number("select count(*) from audit_entry").await;

        let reporter = planting.reporter.clone();
        for mutation in &schema.get(&schema.mutation).fields {
            // What is about nobody but who asks.
            if mutation.args.is_empty() {
                continue;
            }
            let is_about_something = known.hidden.iter().any(|id| mutation.takes(&schema, id));
            // Those that are about nothing that is there already are tried once.
            let hidden = known.hidden.iter().filter(|id| !is_about_something || mutation.takes(&schema, id));
            for about in hidden.take(if is_about_something { usize::MAX } else { 1 }) {
                let nothing = unknown.iter().find(|unknown| unknown.of == about.of).unwrap();
                let mut input = input(&mut planting, &schema, mutation, about, newest(newsroom, about).await);
                let (told, document) = answer(&newsroom.reader(), &walker, mutation, &input).await;
                let refusal =
                    if AT_THE_DOOR.contains(&mutation.name.as_str()) { "\"viewer\":null" } else { "UNAUTHENTICATED" };
                assert!(told.contains(refusal), "{document}\n{told}");
                let misplaced = planting.markers.misplaced(&told, Sees::Everyone, |_| false);
                assert!(misplaced.is_empty(), "{misplaced:#?}\n{document}");
                replace(&mut input, &about.text, &nothing.text);
                let (of_nothing, _) = answer(&newsroom.reader(), &walker, mutation, &input).await;
                assert_eq!(without(&known.hidden, &unknown, &told), of_nothing, "{document}");
            }
            if !FOR_EDITORS.contains(&mutation.name.as_str()) {
                continue;
            }
            for about in known.public.iter().chain(&known.hidden).filter(|id| mutation.takes(&schema, id)) {
                let input = input(&mut planting, &schema, mutation, about, newest(newsroom, about).await);
                let (told, document) = answer(&reporter, &walker, mutation, &input).await;
                assert!(told.contains("FORBIDDEN"), "{document}\n{told}");
                let misplaced = planting.markers.misplaced(&told, Sees::Staff, |_| false);
                assert!(misplaced.is_empty(), "{misplaced:#?}\n{document}");
            }
        }
        assert_eq!(newsroom.number("select count(*) from audit_entry").await, acts, "nothing was done");
    })
    .await;
}

impl Field {
    /// Whether a mutation is about such a thing.
    fn takes(&self, schema: &Schema, id: &Id) -> bool {
        let fields = &schema.get(self.args[0].of.named()).input_fields;
        let is_about = |name: &str| fields.iter().any(|field| field.name == name && field.of.named() == "ID");
        match id.uuid().0 {
            "Development" => is_about("development") || is_about("disputes"),
            "Source" => is_about("source"),
            _ => false,
        }
    }
}

fn replace(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text == old => *text = new.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        Value::Object(parts) => parts.values_mut().for_each(|part| replace(part, old, new)),
        _ => {}
    }
}
