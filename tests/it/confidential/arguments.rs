//! What a walk asks with: a few telling values for every argument and every field of an input.

use serde_json::{Value, json};
use tracker::domain::id::{DevelopmentId, GlobalId, SourceId};
use uuid::Uuid;

use super::{
    markers::start_of,
    schema::{Input, Schema, names},
};
use crate::newsroom::Newsroom;

/// How many ids `nodes` takes.
const MAX_IDS: usize = 100;

/// The id of something, and its type or an interface of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    pub text: String,
    pub of: String,
}

impl Id {
    pub fn development(id: Uuid) -> Self {
        Self { text: GlobalId::Development(DevelopmentId(id)).to_string(), of: "Development".to_owned() }
    }

    /// What it is the id of, and the identity that the database keeps. Nil where that is no such thing.
    pub fn uuid(&self) -> (&'static str, Uuid) {
        match self.text.parse() {
            Ok(GlobalId::Development(id)) => ("Development", id.0),
            Ok(GlobalId::Source(id)) => ("Source", id.0),
            _ => ("something else", Uuid::nil()),
        }
    }

    pub fn source(id: Uuid) -> Self {
        Self { text: GlobalId::Source(SourceId(id)).to_string(), of: "Source".to_owned() }
    }
}

/// What is known of what there is.
pub struct Known {
    /// Of what readers see: every id planted, and some of each type.
    pub public: Vec<Id>,
    /// Of what they don't.
    pub hidden: Vec<Id>,
    /// To search for.
    pub words: Vec<String>,
}

impl Known {
    /// What was planted since a position of the feed, and some of what was there before. Asks the database itself, so that nothing is left
    /// out that the API would not give out.
    pub async fn of(newsroom: &Newsroom, since: i64, words: Vec<String>) -> Self {
        let ids = async |query: &'static str| -> Vec<Uuid> {
            sqlx::query_scalar(query).bind(since).fetch_all(&newsroom.pool).await.unwrap()
        };
        let mut public = some_of_each_type(newsroom).await;
        let developments =
            ids("select distinct development_id from development_revision where lower(visible) > $1").await;
        let sources = ids("select distinct source_id from source_version where lower(visible) > $1").await;
        public.extend(developments.into_iter().map(Id::development).chain(sources.into_iter().map(Id::source)));
        let developments =
            ids("select development_id from development_revision group by 1 having count(visible) = 0 and $1 > 0")
                .await;
        let sources = ids("select source_id from source_version group by 1 having count(visible) = 0 and $1 > 0").await;
        let hidden = developments.into_iter().map(Id::development).chain(sources.into_iter().map(Id::source)).collect();
        Self { public, hidden, words }
    }

    /// The values to try for an argument, or for a field of an input. `owner` says whose it is.
    pub fn values(&self, schema: &Schema, owner: &str, input: &Input) -> Vec<Value> {
        let named = schema.get(input.of.named());
        let mut values: Vec<Value> = match (named.kind.as_str(), named.name.as_str()) {
            ("ENUM", _) => names(&named.enum_values).map(Value::from).collect(),
            ("INPUT_OBJECT", _) => self.objects(schema, &named.name),
            ("SCALAR", "ID") => return self.ids(input),
            ("SCALAR", "Boolean") => vec![json!(true), json!(false)],
            ("SCALAR", "CountryCode") => ["GH", "FR", "US"].map(Value::from).to_vec(),
            ("SCALAR", "Date") => ["2001-01-01", "2025-09-08", "2025-09-10", "2100-01-01"].map(Value::from).to_vec(),
            ("SCALAR", "DateTime") => ["2001-01-01T00:00:00Z", "2100-01-01T00:00:00Z"].map(Value::from).to_vec(),
            ("SCALAR", "Int") if ["first", "last"].contains(&input.name.as_str()) => vec![json!(10)],
            ("SCALAR", "String") => self.texts(owner, input),
            _ => teach(owner, input),
        };
        if input.of.is_list() {
            let all = (values.len() > 1).then(|| Value::Array(values.clone()));
            values = values.into_iter().map(|value| json!([value])).chain(all).collect();
        }
        if !input.of.is_required() && input.default_value.is_some() {
            values.push(Value::Null);
        }
        values
    }

    /// The type of what has an id.
    pub fn type_of(&self, id: &str) -> Option<&str> {
        let found = self.public.iter().chain(&self.hidden).find(|known| known.text == id)?;
        Some(&found.of)
    }

    fn ids(&self, input: &Input) -> Vec<Value> {
        let text = |id: &Id| json!(id.text);
        if !input.of.is_list() {
            return self.public.iter().chain(&self.hidden).map(text).collect();
        }
        let all = self.public.chunks(MAX_IDS).map(|ids| ids.iter().map(text).collect());
        all.chain(self.hidden.iter().map(|id| json!([id.text]))).collect()
    }

    fn texts(&self, owner: &str, input: &Input) -> Vec<Value> {
        let whole = || self.words.iter().cloned();
        let texts: Vec<String> = match input.name.as_str() {
            "search" => whole().chain(self.words.iter().map(|word| start_of(word).to_owned())).collect(),
            "actor" | "title" => whole().collect(),
            "publisher" | "attribution" | "confidentialNote" => whole().take(1).collect(),
            "archivedUrl" => whole().take(1).map(|word| format!("https://example.org/{word}")).collect(),
            "url" => whole().map(|word| format!("https://example.org/{word}")).collect(),
            "publishedOn" => vec!["2025-09-10".to_owned()],
            "regions" => vec!["002".to_owned(), "150".to_owned()],
            _ => teach(owner, input),
        };
        texts.into_iter().map(Value::from).collect()
    }

    /// An input with what it must have, then with each value of each further field.
    fn objects(&self, schema: &Schema, name: &str) -> Vec<Value> {
        let fields = &schema.get(name).input_fields;
        let mut least = json!({});
        for field in fields.iter().filter(|field| field.is_required()) {
            least[&field.name] = self.values(schema, name, field).swap_remove(0);
        }
        let mut objects = vec![least.clone()];
        for field in fields {
            objects.extend(self.values(schema, name, field).into_iter().map(|value| {
                let mut object = least.clone();
                object[&field.name] = value;
                object
            }));
        }
        objects
    }
}

fn teach(owner: &str, input: &Input) -> ! {
    panic!("teach the walk about `{}: {}` of {owner}: which values are worth a try?", input.name, input.of)
}

async fn some_of_each_type(newsroom: &Newsroom) -> Vec<Id> {
    let query = "{ country(code: \"GH\") { __typename id } untracked: country(code: \"FR\") { __typename id }
        status(code: AGREED) { __typename id } changes(last: 3) { nodes { __typename id } } developments(last: 1) { nodes { __typename id citations { source { __typename id } } } } }";
    let answer = newsroom.reader().ask(query, json!({})).await;
    let mut ids = Vec::new();
    gather(&answer, &mut ids);
    ids.sort();
    ids.dedup();
    ids
}

fn gather(value: &Value, ids: &mut Vec<Id>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, ids)),
        Value::Object(parts) => {
            if let (Some(id), Some(of)) = (value["id"].as_str(), value["__typename"].as_str()) {
                ids.push(Id { text: id.to_owned(), of: of.to_owned() });
            }
            parts.values().for_each(|part| gather(part, ids));
        }
        _ => {}
    }
}
