//! A walk over the whole schema, made from the schema itself: every field of every type that a query reaches, with every argument.
//! What is added to the schema later is walked too, or the walk says what it has to be taught.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::{
    arguments::Known,
    schema::{Field, Schema, Type, names},
};
use crate::newsroom::Reader;

/// How many composite fields within each other are asked for at most; pages don't count.
const DEEPEST: usize = 4;

/// How deep what is asked for by its id is looked into, and what is asked for as it was at an instant.
const DEEP: usize = 3;
const DATED: usize = 2;

/// How many fields a document may ask for, as the server estimates them: of one thing, which is of one type and answers a small part of
/// them, and of many. And how many tokens it may have. All is less than the server allows.
const MOST_FIELDS: usize = 40_000;
const MOST_FIELDS_OF_MANY: usize = 12_000;
const MOST_TOKENS: usize = 3_800;

/// How many things a page has: of those that are asked for in depth, of those that are turned over one by one, and within other things.
const DEEP_PAGE: usize = 8;
const PAGE: usize = 10;
const INNER_PAGE: usize = 2;

/// How many pages are turned over at most.
const MOST_PAGES: usize = 60;

/// A field to ask for, with the fields that lead to it from the root, each with its type.
struct Site<'a> {
    way: Vec<(&'a Type, &'a Field)>,
}

type Arguments<'a> = Vec<(&'a str, Value)>;

/// A document with what it was answered with.
pub struct Answer {
    pub document: String,
    pub body: String,
}

pub struct Walker<'a> {
    pub schema: &'a Schema,
    pub known: &'a Known,
}

impl<'a> Walker<'a> {
    /// Asks for everything as someone, a few documents at a time.
    pub async fn walk(&self, reader: &Reader) -> Vec<Answer> {
        let sites = self.sites();
        let ask = async |document: String| Answer { body: send(reader, &document).await, document };
        let documents: BTreeSet<String> = sites.iter().flat_map(|site| self.documents(site)).collect();
        let mut answers: Vec<Answer> = stream::iter(documents).map(ask).buffered(6).collect().await;
        let turned = stream::iter(&sites).map(|site| self.turn_pages(reader, site)).buffered(4);
        answers.extend(turned.collect::<Vec<_>>().await.into_iter().flatten());
        answers
    }

    /// The root fields, and every field below with arguments of its own, each by its shortest way.
    fn sites(&self) -> Vec<Site<'a>> {
        let root = self.schema.get(&self.schema.query);
        let mut sites = Vec::new();
        let mut seen = BTreeSet::from([root.name.as_str()]);
        let mut ahead = VecDeque::from([(root, root.fields.iter().collect::<Vec<_>>(), Vec::new())]);
        while let Some((parent, fields, way)) = ahead.pop_front() {
            for field in fields {
                let way: Vec<_> = way.iter().copied().chain([(parent, field)]).collect();
                let child = self.schema.get(field.of.named());
                if way.len() == 1 || !field.args.is_empty() {
                    sites.push(Site { way: way.clone() });
                }
                if child.is_composite() && seen.insert(&child.name) {
                    ahead.push_back((child, child.fields.iter().collect(), way.clone()));
                    for (member, more) in self.schema.members(child) {
                        // Once is enough for what an interface has: any of its types answers for it.
                        if !member.possible_types.is_empty() || seen.insert(&member.name) {
                            ahead.push_back((member, more, way.clone()));
                        }
                    }
                }
            }
        }
        sites
    }

    /// A site with every value of every argument: the first in depth, then one argument at a time.
    fn documents(&self, site: &Site<'a>) -> Vec<String> {
        let (parent, field) = *site.way.last().unwrap();
        let owner = format!("{}.{}", parent.name, field.name);
        let mut all: Vec<Arguments<'a>> = vec![Vec::new()];
        for input in field.args.iter().filter(|input| input.is_required()) {
            let values = self.known.values(self.schema, &owner, input);
            let with = |one: &Arguments<'a>, value: &Value| {
                one.iter().cloned().chain([(input.name.as_str(), value.clone())]).collect()
            };
            all = all.iter().flat_map(|one| values.iter().map(move |value| with(one, value))).collect();
        }
        let Some(mut least) = all.first().cloned() else { return Vec::new() };
        least.extend(takes_pages(field).then(|| ("first", json!(PAGE))));
        let mut documents = Vec::new();
        for (index, arguments) in all.into_iter().enumerate() {
            let by_id = arguments.iter().find_map(|(_, value)| self.known.type_of(value.as_str()?));
            let depth = match by_id {
                Some(_) => DEEP,
                // Of many things, only a few are looked into: below.
                None if index > 0 || takes_pages(field) => 0,
                None => DEEPEST,
            };
            documents.extend(self.document("query", &site.way, &arguments, depth, by_id));
        }
        for input in field.args.iter().filter(|input| !input.is_required()) {
            let is_count = ["first", "last"].contains(&input.name.as_str());
            // The newest stands first in some lists and last in others.
            let (values, depth) = match input.name.as_str() {
                "after" | "before" => continue,
                _ if is_count => (vec![json!(DEEP_PAGE)], DEEPEST),
                _ if input.of.named() == "DateTime" => (self.known.values(self.schema, &owner, input), DATED),
                _ => (self.known.values(self.schema, &owner, input), 0),
            };
            for value in values {
                // Those that say how many exclude each other.
                let others = least.iter().filter(|(name, _)| *name != "first" || !is_count).cloned();
                let arguments: Vec<_> = others.chain([(input.name.as_str(), value)]).collect();
                documents.extend(self.document("query", &site.way, &arguments, depth, None));
            }
        }
        documents
    }

    /// Turns over the pages of a site from the front and from the back, if it has any.
    async fn turn_pages(&self, reader: &Reader, site: &Site<'a>) -> Vec<Answer> {
        let mut answers = Vec::new();
        if !takes_pages(site.way.last().unwrap().1) {
            return answers;
        }
        for (count, from, more, next) in
            [("first", "after", "hasNextPage", "endCursor"), ("last", "before", "hasPreviousPage", "startCursor")]
        {
            let mut cursor = Value::Null;
            for turned in 0.. {
                assert!(turned < MOST_PAGES, "there is no end to the pages of {}", site.way.last().unwrap().1.name);
                let arguments = vec![(count, json!(PAGE)), (from, cursor.take())];
                let Some(document) = self.document("query", &site.way, &arguments, 0, None) else { break };
                let body = send(reader, &document).await;
                let answer: Value = serde_json::from_str(&body).unwrap();
                answers.push(Answer { document, body });
                let page = page_info(&answer["data"]);
                if page.is_none_or(|page| page[more] != true) {
                    break;
                }
                cursor = page.map(|page| page[next].clone()).unwrap_or_default();
            }
        }
        answers
    }

    /// A document that asks for a field and for all that can be seen through it, as deep as fits; where the field can be of several types,
    /// and it is known of which, for what that one has. None where the way to it takes an id and none is known.
    pub fn document(
        &self,
        operation: &str,
        way: &[(&Type, &Field)],
        arguments: &[(&str, Value)],
        deepest: usize,
        known_type: Option<&str>,
    ) -> Option<String> {
        let (_, last) = way.last()?;
        let size = arguments.iter().map(|(name, value)| match value {
            Value::Array(items) => items.len(),
            value if ["first", "last"].contains(name) => usize::try_from(value.as_u64().unwrap_or(1)).unwrap(),
            _ => 1,
        });
        let size = size.max().unwrap_or(1).max(if takes_pages(last) { PAGE } else { 1 });
        let owner = way.last()?.0;
        for depth in (0..=deepest).rev() {
            let mut fragments = Fragments { walker: self, texts: BTreeMap::new(), costs: BTreeMap::new() };
            let child = self.schema.get(known_type.unwrap_or(last.of.named()));
            let below = if child.is_composite() { fragments.spread(child, depth) } else { String::new() };
            let mut text = format!("{}{} {below}", last.name, self.given(last, arguments));
            let mut inside = owner;
            for (parent, field) in way.iter().rev().skip(1) {
                let needed = self.needed(parent, field)?;
                text =
                    format!("{}{} {{ ... on {} {{ {text} }} }}", field.name, self.given(field, &needed), inside.name);
                inside = parent;
            }
            let document =
                fragments.texts.values().fold(format!("{operation} {{ {text} }}"), |all, one| all + "\n" + one);
            let cost = fragments.costs.get(&fragment_name(child, depth)).copied().unwrap_or(1);
            let most = if size == 1 { MOST_FIELDS } else { MOST_FIELDS_OF_MANY };
            if cost * size <= most && tokens(&document) <= MOST_TOKENS {
                return Some(document);
            }
        }
        panic!("{}.{} is too large to be asked for: split it", owner.name, last.name)
    }

    /// The first value for each argument that a field must have.
    fn needed<'b>(&self, parent: &Type, field: &'b Field) -> Option<Vec<(&'b str, Value)>> {
        let required = field.args.iter().filter(|input| input.is_required());
        let owner = format!("{}.{}", parent.name, field.name);
        let value = |input| self.known.values(self.schema, &owner, input).into_iter().next();
        required.map(|input| Some((input.name.as_str(), value(input)?))).collect()
    }

    fn given(&self, field: &Field, arguments: &[(&str, Value)]) -> String {
        let text = |(name, value): &(&str, Value)| {
            let input = field.args.iter().find(|input| input.name == *name).unwrap();
            format!("{name}: {}", self.schema.literal(&input.of, value))
        };
        let texts: Vec<_> = arguments.iter().map(text).collect();
        if texts.is_empty() { String::new() } else { format!("({})", texts.join(", ")) }
    }
}

/// The selections of a document: a fragment for each type at each depth.
struct Fragments<'w, 'a> {
    walker: &'w Walker<'a>,
    texts: BTreeMap<String, String>,
    /// How many fields each asks for.
    costs: BTreeMap<String, usize>,
}

fn fragment_name(of: &Type, depth: usize) -> String {
    format!("{}_{depth}", of.name)
}

impl Fragments<'_, '_> {
    /// A selection of all that a type has, so many composite fields deep.
    fn spread(&mut self, of: &Type, depth: usize) -> String {
        let name = fragment_name(of, depth);
        if !self.costs.contains_key(&name) {
            let mut cost = 1;
            let mut text = "__typename".to_owned();
            let mut claimed: BTreeMap<&str, String> = BTreeMap::new();
            for field in &of.fields {
                claimed.insert(&field.name, field.of.to_string());
                self.select(of, field, depth, "", &mut (&mut text, &mut cost));
            }
            for (member, fields) in self.walker.schema.members(of) {
                let mut within = String::new();
                if !member.possible_types.is_empty() {
                    within = self.spread(member, depth).trim_matches(['{', '}']).to_owned();
                    cost += self.costs[&fragment_name(member, depth)];
                }
                for field in fields {
                    // Two types may call two things the same.
                    let is_taken =
                        claimed.entry(&field.name).or_insert_with(|| field.of.to_string()) != &field.of.to_string();
                    let alias = if is_taken { format!("{}_{}: ", member.name, field.name) } else { String::new() };
                    if member.possible_types.is_empty() {
                        self.select(member, field, depth, &alias, &mut (&mut within, &mut cost));
                    }
                }
                text.push_str(&format!(" ... on {} {{ __typename {within} }}", member.name));
            }
            self.texts.insert(name.clone(), format!("fragment {name} on {} {{ {text} }}", of.name));
            self.costs.insert(name.clone(), cost);
        }
        format!("{{ ...{name} }}")
    }

    /// Adds a field to a selection, unless it lies too deep.
    fn select(
        &mut self,
        parent: &Type,
        field: &Field,
        depth: usize,
        alias: &str,
        into: &mut (&mut String, &mut usize),
    ) {
        let walker = self.walker;
        let child = walker.schema.get(field.of.named());
        let is_flat = |of: &Type| !of.fields.iter().any(|field| walker.schema.get(field.of.named()).is_composite());
        let below = match (parent.is_page(), child.is_page()) {
            _ if !child.is_composite() => None,
            _ if child.possible_types.is_empty() && is_flat(child) => Some(0),
            // The edges of a page hold what its nodes are.
            (true, true) => Some(0),
            (true, false) => Some(depth),
            (false, _) if depth == 0 => return,
            (false, _) => Some(depth - 1),
        };
        let mut arguments = walker.needed(parent, field).expect("a value for what a field within others takes");
        let mut times = 1;
        if takes_pages(field) {
            arguments.push(("first", json!(INNER_PAGE)));
            times = INNER_PAGE;
        }
        let selection = below.map(|depth| self.spread(child, depth)).unwrap_or_default();
        into.0.push_str(&format!(" {alias}{}{} {selection}", field.name, walker.given(field, &arguments)));
        *into.1 += 1 + below.map_or(0, |depth| times * self.costs[&fragment_name(child, depth)]);
    }
}

fn takes_pages(field: &Field) -> bool {
    ["first", "last", "after", "before"].iter().all(|name| field.args.iter().any(|input| input.name == *name))
}

/// Sends a document, and answers with the body as it came. The document must be one that the server takes.
pub async fn send(reader: &Reader, document: &str) -> String {
    let body = reader.post(json!({ "query": document })).await.text().await.unwrap();
    for refused in ["GRAPHQL_", "QUERY_TOO_", "TOO_MANY_", "TIMEOUT", "UNAVAILABLE", "INTERNAL"] {
        assert!(!body.contains(&format!("\"code\":\"{refused}")), "the walk stumbles: {body}\n{document}");
    }
    body
}

/// About as many tokens as the server counts, rather more.
fn tokens(document: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for letter in document.chars() {
        let is_word = letter.is_alphanumeric() || "_-:.\"".contains(letter);
        count += usize::from(is_word && !in_word) + usize::from(!is_word && !letter.is_whitespace() && letter != ',');
        in_word = is_word;
    }
    count
}

/// The first page in an answer.
fn page_info(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(parts) => parts.get("pageInfo").or_else(|| parts.values().find_map(page_info)),
        Value::Array(items) => items.iter().find_map(page_info),
        _ => None,
    }
}

/// The types and fields that answers hold, each as `Type.field`; null counts.
pub fn fields_answered(answers: &[Answer]) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for answer in answers {
        note_fields(&serde_json::from_str(&answer.body).unwrap(), &mut fields);
    }
    fields
}

fn note_fields(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| note_fields(item, fields)),
        Value::Object(parts) => {
            if let Some(name) = parts.get("__typename").and_then(Value::as_str) {
                let own = |key: &String| key.strip_prefix(&format!("{name}_")).unwrap_or(key).to_owned();
                fields.extend(parts.keys().map(|key| format!("{name}.{}", own(key))));
            }
            parts.values().for_each(|part| note_fields(part, fields));
        }
        _ => {}
    }
}

/// The types and fields that queries reach, each as `Type.field`, but for those of the root.
pub fn fields_within_reach(schema: &Schema) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut ahead = vec![schema.query.as_str()];
    let mut fields = BTreeSet::new();
    while let Some(name) = ahead.pop() {
        let of = schema.get(name);
        if !of.is_composite() || !seen.insert(name) {
            continue;
        }
        ahead.extend(names(&of.possible_types).chain(of.fields.iter().map(|field| field.of.named())));
        if of.kind == "OBJECT" && name != schema.query {
            fields.extend(of.fields.iter().map(|field| format!("{name}.{}", field.name)));
        }
    }
    fields
}
