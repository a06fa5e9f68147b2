//! What a document may ask for. Checked before anything runs, in time linear in the document's length, so that a document
//! made to be expensive costs next to nothing.

mod document;
mod guard;
mod lexer;
mod variables;

pub use guard::{Began, guard};

use async_graphql::{
    Request, ServerError,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};

use super::code::Code;
use crate::config::Limits;

/// Brackets within brackets, and fragments within fragments, that a document may have at most, whatever is configured:
/// parser, validation and execution recurse that deep.
pub const MAX_NESTING: usize = 64;

/// Parses a request's document, once, and holds it against the limits on tokens, depth, aliases and fields. The parsed document stays
/// with the request. Answers with what kind of operation will run.
pub fn check(request: &mut Request, limits: &Limits) -> Result<OperationType, ServerError> {
    let size = lexer::measure(&request.query);
    if size.tokens > limits.max_tokens {
        return Err(Code::TooManyTokens
            .error(format!("The document has {} tokens; at most {} are allowed.", size.tokens, limits.max_tokens)));
    }
    if size.nesting > MAX_NESTING {
        return Err(Code::QueryTooDeep.error(format!(
            "The document nests brackets {} levels deep; at most {MAX_NESTING} are allowed.",
            size.nesting
        )));
    }
    let name = request.operation_name.clone();
    let document = request.parsed_query().map_err(|error| Code::GraphqlParseFailed.on(error))?;
    document::check(document, limits)?;
    Ok(selected(document, name.as_deref())?.ty)
}

/// The operation of a document that a request asks for.
fn selected<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition, ServerError> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(operation),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().ok_or_else(String::new)
        }
        (DocumentOperations::Multiple(operations), None) => {
            Err(format!("The document has {} operations; say which one to run in operationName.", operations.len()))
        }
        (DocumentOperations::Single(_), Some(name)) => {
            Err(format!("The document has no operation named {name:?}: its one operation has no name."))
        }
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).ok_or_else(|| format!("The document has no operation named {name:?}."))
        }
    };
    found.map(|operation| &operation.node).map_err(|message| Code::GraphqlValidationFailed.error(message))
}
