//! The schema, as a running server tells it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::newsroom::Reader;

const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name } types {
    kind name enumValues(includeDeprecated: true) { name } possibleTypes { name }
    fields(includeDeprecated: true) { name args { ...Input } type { ...Type } }
    inputFields { ...Input } } } }
    fragment Input on __InputValue { name defaultValue type { ...Type } }
    fragment Type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The types by their names, and where operations begin.
pub struct Schema {
    pub query: String,
    pub mutation: String,
    pub subscription: String,
    types: BTreeMap<String, Type>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub kind: String,
    pub name: String,
    #[serde(default, deserialize_with = "or_none")]
    pub fields: Vec<Field>,
    #[serde(default, deserialize_with = "or_none")]
    pub input_fields: Vec<Input>,
    #[serde(default, deserialize_with = "or_none")]
    pub enum_values: Vec<Named>,
    #[serde(default, deserialize_with = "or_none")]
    pub possible_types: Vec<Named>,
}

#[derive(Deserialize)]
pub struct Named {
    pub name: String,
}

#[derive(Deserialize)]
pub struct Field {
    pub name: String,
    pub args: Vec<Input>,
    #[serde(rename = "type")]
    pub of: TypeRef,
}

/// An argument, or a field of an input.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    pub name: String,
    pub default_value: Option<String>,
    #[serde(rename = "type")]
    pub of: TypeRef,
}

/// A type with what is wrapped around it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRef {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<TypeRef>>,
}

fn or_none<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl Schema {
    /// Asks a server for its schema.
    pub async fn of(reader: &Reader) -> Self {
        let mut told = reader.ask(INTROSPECTION, json!({})).await["__schema"].take();
        let root = |name: &str| told[name]["name"].as_str().unwrap().to_owned();
        let (query, mutation, subscription) = (root("queryType"), root("mutationType"), root("subscriptionType"));
        let types: Vec<Type> = serde_json::from_value(told["types"].take()).unwrap();
        let types = types.into_iter().map(|one| (one.name.clone(), one)).collect();
        Self { query, mutation, subscription, types }
    }

    pub fn get(&self, name: &str) -> &Type {
        &self.types[name]
    }

    /// What an abstract type adds to its own fields: for each type that it may be, or each group of them with an interface of their own,
    /// the fields that it does not have itself.
    pub fn members<'a>(&'a self, of: &'a Type) -> Vec<(&'a Type, Vec<&'a Field>)> {
        let possible: BTreeSet<&str> = names(&of.possible_types).collect();
        let narrower = self.types.values().filter(|other| {
            let theirs: BTreeSet<&str> = names(&other.possible_types).collect();
            !theirs.is_empty() && theirs.len() < possible.len() && theirs.is_subset(&possible)
        });
        let mut covered = BTreeSet::new();
        let mut members = Vec::new();
        for member in narrower {
            covered.extend(names(&member.possible_types));
            members.push(member);
        }
        members.extend(possible.into_iter().filter(|name| !covered.contains(name)).map(|name| self.get(name)));
        let new = |member: &'a Type| {
            let fields = member.fields.iter();
            fields.filter(|field| of.fields.iter().all(|own| own.name != field.name)).collect::<Vec<_>>()
        };
        members.into_iter().map(|member| (member, new(member))).collect()
    }

    /// A value as it is written in a document.
    pub fn literal(&self, of: &TypeRef, value: &Value) -> String {
        match value {
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.literal(of.item(), item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(parts) => {
                let input = self.get(of.named());
                let part = |(name, part): (&String, &Value)| {
                    let field = input.input_fields.iter().find(|field| field.name == *name).unwrap();
                    format!("{name}: {}", self.literal(&field.of, part))
                };
                format!("{{ {} }}", parts.iter().map(part).collect::<Vec<_>>().join(", "))
            }
            Value::String(word) if self.get(of.named()).kind == "ENUM" => word.clone(),
            scalar => scalar.to_string(),
        }
    }
}

impl Type {
    pub fn is_composite(&self) -> bool {
        ["OBJECT", "INTERFACE", "UNION"].contains(&self.kind.as_str())
    }

    /// A page of things, or a thing on one.
    pub fn is_page(&self) -> bool {
        self.name.ends_with("Connection") || self.name.ends_with("Edge")
    }
}

impl TypeRef {
    /// The type without what is wrapped around it.
    pub fn named(&self) -> &str {
        self.of_type.as_ref().map_or_else(|| self.name.as_deref().unwrap(), |of| of.named())
    }

    pub fn is_required(&self) -> bool {
        self.kind == "NON_NULL"
    }

    pub fn is_list(&self) -> bool {
        match self.kind.as_str() {
            "NON_NULL" => self.of_type.as_ref().unwrap().is_list(),
            kind => kind == "LIST",
        }
    }

    fn item(&self) -> &TypeRef {
        match self.kind.as_str() {
            "NON_NULL" => self.of_type.as_ref().unwrap().item(),
            "LIST" => self.of_type.as_ref().unwrap(),
            _ => self,
        }
    }
}

impl fmt::Display for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.of_type.as_deref();
        match (self.kind.as_str(), inner) {
            ("NON_NULL", Some(inner)) => write!(f, "{inner}!"),
            ("LIST", Some(inner)) => write!(f, "[{inner}]"),
            _ => f.write_str(self.named()),
        }
    }
}

impl Input {
    /// Whether it can't be left out.
    pub fn is_required(&self) -> bool {
        self.of.is_required() && self.default_value.is_none()
    }
}

pub fn names(list: &[Named]) -> impl Iterator<Item = &str> {
    list.iter().map(|named| named.name.as_str())
}
