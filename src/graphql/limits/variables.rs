//! Whether the variables of a request have the types that its operation declares. async-graphql finds out only when a field uses one,
//! which would make an error of the request look like an error of the field.

use async_graphql::{
    Positioned, ServerError, Value, Variables,
    parser::types::VariableDefinition,
    registry::{MetaType, MetaTypeName, Registry},
};

use crate::graphql::code::Code;

/// An error for each variable whose value is missing or does not fit its declared type.
pub fn unfit(
    registry: &Registry,
    definitions: &[Positioned<VariableDefinition>],
    variables: &Variables,
) -> Vec<ServerError> {
    definitions.iter().filter_map(|definition| check(registry, definition, variables)).collect()
}

fn check(
    registry: &Registry,
    definition: &Positioned<VariableDefinition>,
    variables: &Variables,
) -> Option<ServerError> {
    let name = definition.node.name.node.as_str();
    let declared = definition.node.var_type.node.to_string();
    let message = match variables.get(&definition.node.name.node) {
        None if definition.node.default_value().is_some() => return None,
        None => format!("The variable \"${name}\" of the required type \"{declared}\" has no value."),
        Some(value) => {
            let (path, problem) = problem(registry, &declared, value, name.to_owned())?;
            format!("The variable \"${name}\" has a value that does not fit at \"{path}\": {problem}.")
        }
    };
    Some(Code::BadUserInput.on(ServerError::new(message, Some(definition.pos))))
}

/// Where a value does not fit a type, and why.
fn problem(registry: &Registry, declared: &str, value: &Value, path: String) -> Option<(String, String)> {
    let expected = || format!("expected a value of type \"{declared}\"");
    match (MetaTypeName::create(declared), value) {
        (MetaTypeName::NonNull(_), Value::Null) => Some((path, format!("{}, not null", expected()))),
        (MetaTypeName::NonNull(inner), value) => problem(registry, inner, value, path),
        (_, Value::Null) => None,
        (MetaTypeName::List(inner), Value::List(items)) => {
            items.iter().enumerate().find_map(|(index, item)| problem(registry, inner, item, format!("{path}.{index}")))
        }
        (MetaTypeName::List(inner), single) => problem(registry, inner, single, path),
        (MetaTypeName::Named(name), value) => match (registry.types.get(name)?, value) {
            (MetaType::Scalar { is_valid: Some(is_valid), .. }, value) => {
                (!is_valid(value)).then(|| (path, expected()))
            }
            (MetaType::Enum { enum_values, .. }, Value::String(choice)) => (!enum_values.contains_key(choice.as_str()))
                .then(|| (path, format!("the enum \"{declared}\" has no value \"{choice}\""))),
            (MetaType::Enum { enum_values, .. }, Value::Enum(choice)) => (!enum_values.contains_key(choice.as_str()))
                .then(|| (path, format!("the enum \"{declared}\" has no value \"{choice}\""))),
            (MetaType::Enum { .. }, _) => Some((path, expected())),
            (input @ MetaType::InputObject { .. }, value) => input_object(registry, input, value, path),
            _ => None,
        },
    }
}

fn input_object(registry: &Registry, input: &MetaType, value: &Value, path: String) -> Option<(String, String)> {
    let MetaType::InputObject { name, input_fields, oneof, .. } = input else { return None };
    let Value::Object(given) = value else {
        return Some((path, format!("expected an object of type \"{name}\"")));
    };
    if let Some(unknown) = given.keys().find(|key| !input_fields.contains_key(key.as_str())) {
        return Some((path, format!("the type \"{name}\" has no field \"{unknown}\"")));
    }
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Some((path, format!("the type \"{name}\" takes exactly one of its fields, and not null")));
    }
    input_fields.values().find_map(|field| match given.get(field.name.as_str()) {
        Some(value) => problem(registry, &field.ty, value, format!("{path}.{}", field.name)),
        None if field.default_value.is_none() && MetaTypeName::create(&field.ty).is_non_null() => {
            Some((path.clone(), format!("the required field \"{}\" of type \"{}\" is missing", field.name, field.ty)))
        }
        None => None,
    })
}
