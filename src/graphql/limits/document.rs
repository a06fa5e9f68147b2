//! How deep and how wide a document is once its fragments are spread: found without spreading them, each fragment measured once.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::MAX_NESTING;
use crate::{config::Limits, graphql::code::Code};

/// Lists of the schema within each other that an introspection query may ask for at most: each multiplies the answer by the schema's
/// size. The documentation explorers' own query has two.
const MAX_SCHEMA_LISTS: usize = 2;
const SCHEMA_LISTS: [&str; 4] = ["fields", "interfaces", "possibleTypes", "inputFields"];

/// Lists of the schema that a document may ask for in all, with aliases and fragments: each has the length of the schema, which the number of
/// fields does not tell. The explorers' own query has nine.
const MAX_SCHEMA_LISTS_IN_ALL: usize = 24;
const ALL_SCHEMA_LISTS: [&str; 8] =
    ["types", "fields", "args", "interfaces", "possibleTypes", "inputFields", "enumValues", "directives"];

/// Holds a document against the limits on depth, aliases and fields, and refuses what would recurse without end.
pub fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), ServerError> {
    let mut walk = Walk { document, measured: HashMap::new(), aliases: 0 };
    let mut whole = Extent::default();
    for (_, operation) in document.operations.iter() {
        if operation.node.ty == OperationType::Subscription {
            one_root_field(&operation.node)?;
        }
        let extent = walk.selections(&operation.node.selection_set, 1)?;
        whole = whole.beside(extent);
    }
    for name in document.fragments.keys() {
        walk.fragment(name, 1)?;
    }
    if whole.introspected > MAX_SCHEMA_LISTS_IN_ALL {
        return Err(Code::QueryTooComplex.error(format!(
            "The introspection asks for {} lists in all; at most {MAX_SCHEMA_LISTS_IN_ALL} are allowed.",
            whole.introspected
        )));
    }
    if whole.depth > limits.max_depth {
        return Err(Code::QueryTooDeep
            .error(format!("The query nests {} levels deep; at most {} are allowed.", whole.depth, limits.max_depth)));
    }
    if walk.aliases > limits.max_aliases {
        return Err(Code::TooManyAliases
            .error(format!("The document has {} aliases; at most {} are allowed.", walk.aliases, limits.max_aliases)));
    }
    if whole.fields > limits.max_complexity {
        return Err(too_complex(whole.fields, limits.max_complexity));
    }
    Ok(())
}

/// The refusal of a document whose answer would be too large.
pub fn too_complex(actual: usize, limit: usize) -> ServerError {
    Code::QueryTooComplex.error(format!(
        "The query asks for up to {actual} fields; at most {limit} are allowed. Ask for smaller pages or fewer fields."
    ))
}

/// GraphQL's rule for subscriptions, which async-graphql leaves open: it would merge several and skip fragments.
fn one_root_field(operation: &OperationDefinition) -> Result<(), ServerError> {
    let selections = &operation.selection_set.node.items;
    let message = match selections.as_slice() {
        [selection] if matches!(selection.node, Selection::Field(_)) => return Ok(()),
        [_] => "A subscription names its root field directly, not through a fragment.".to_owned(),
        several => format!("A subscription has exactly one root field; this one has {}.", several.len()),
    };
    Err(Code::GraphqlValidationFailed.on(ServerError::new(message, Some(operation.selection_set.pos))))
}

/// How far a selection reaches.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// Fields within fields.
    depth: usize,
    /// Fields in all, with fragments spread.
    fields: usize,
    /// Brackets and fragments within each other.
    nesting: usize,
    /// Lists of the schema within each other.
    schema_lists: usize,
    /// Lists of the schema in all, should this be part of an introspection.
    schema_lists_in_all: usize,
    /// Lists of the schema that are asked for in all.
    introspected: usize,
}

impl Extent {
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            nesting: self.nesting.max(other.nesting),
            schema_lists: self.schema_lists.max(other.schema_lists),
            schema_lists_in_all: self.schema_lists_in_all.saturating_add(other.schema_lists_in_all),
            introspected: self.introspected.saturating_add(other.introspected),
        }
    }
}

enum Measured {
    /// Being measured right now: to meet it again is a cycle.
    Open,
    Done(Extent),
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    measured: HashMap<&'a Name, Measured>,
    aliases: usize,
}

impl<'a> Walk<'a> {
    fn selections(&mut self, set: &'a Positioned<SelectionSet>, level: usize) -> Result<Extent, ServerError> {
        let mut whole = Extent::default();
        for selection in &set.node.items {
            let extent = match &selection.node {
                Selection::Field(field) => self.field(field, level)?,
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set, level + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, level + 1)?,
            };
            whole = whole.beside(extent);
        }
        Ok(Extent { nesting: whole.nesting + 1, ..whole })
    }

    fn field(&mut self, field: &'a Positioned<Field>, level: usize) -> Result<Extent, ServerError> {
        self.aliases += usize::from(field.node.alias.is_some());
        let below = self.selections(&field.node.selection_set, level + 1)?;
        let name = field.node.name.node.as_str();
        let introspects = matches!(name, "__schema" | "__type");
        if introspects && below.schema_lists > MAX_SCHEMA_LISTS {
            return Err(Code::QueryTooDeep.on(ServerError::new(
                format!(
                    "The introspection asks for {} lists within each other; at most {MAX_SCHEMA_LISTS} are allowed.",
                    below.schema_lists
                ),
                Some(field.pos),
            )));
        }
        Ok(Extent {
            depth: below.depth + 1,
            fields: below.fields.saturating_add(1),
            nesting: below.nesting,
            schema_lists: below.schema_lists + usize::from(SCHEMA_LISTS.contains(&name)),
            schema_lists_in_all: below.schema_lists_in_all.saturating_add(ALL_SCHEMA_LISTS.contains(&name).into()),
            introspected: if introspects { below.schema_lists_in_all } else { below.introspected },
        })
    }

    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<Extent, ServerError> {
        let invalid = |message: String| Err(Code::GraphqlValidationFailed.error(message));
        let extent = match self.measured.get(name) {
            Some(Measured::Done(extent)) => *extent,
            Some(Measured::Open) => return invalid(format!("The fragment {name:?} includes itself.")),
            None => {
                let Some(fragment) = self.document.fragments.get(name) else {
                    return invalid(format!("The document has no fragment named {name:?}."));
                };
                if level > MAX_NESTING {
                    return Err(too_nested());
                }
                self.measured.insert(name, Measured::Open);
                let extent = self.selections(&fragment.node.selection_set, level)?;
                self.measured.insert(name, Measured::Done(extent));
                extent
            }
        };
        if level + extent.nesting > MAX_NESTING + 1 { Err(too_nested()) } else { Ok(extent) }
    }
}

fn too_nested() -> ServerError {
    Code::QueryTooDeep.error(format!(
        "The document nests fragments too deep; at most {MAX_NESTING} levels of fragments and fields are allowed."
    ))
}
