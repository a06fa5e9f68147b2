//! What a document may ask for. Checked before anything runs, in time linear in the document's length, so that a document
//! made to be expensive costs next to nothing.

mod document;
mod guard;
mod lexer;
mod rate;
mod variables;

pub use guard::{Began, guard};
pub use rate::is_of_the_internet;

use std::sync::Arc;

use async_graphql::{
    Request, ServerError,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};
use moka::sync::Cache;

use super::code::Code;
use crate::config::Limits;

/// Brackets within brackets, and fragments within fragments, that a document may have at most, whatever is configured:
/// parser, validation and execution recurse that deep.
pub const MAX_NESTING: usize = 64;

/// Bytes of text of the documents that are kept parsed at most. Parsed, one takes many times as many.
const KEPT_TEXT: u64 = 256 << 10;

/// Documents that were within the limits, parsed. Most requests ask what others have asked, and parsing takes longer than copying.
pub struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Default for Documents {
    fn default() -> Self {
        let weigh = |text: &String, _: &Arc<ExecutableDocument>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(KEPT_TEXT).weigher(weigh).build())
    }
}

impl Documents {
    /// As [`check`], without doing so again for a document that is known.
    pub fn check(&self, request: &mut Request, limits: &Limits) -> Result<OperationType, ServerError> {
        if let Some(document) = self.0.get(&request.query) {
            let kind = selected(&document, request.operation_name.as_deref())?.ty;
            request.set_parsed_query(ExecutableDocument::clone(&document));
            return Ok(kind);
        }
        let kind = check(request, limits)?;
        // What is written may hold secrets, and comes once.
        if kind != OperationType::Mutation
            && let Ok(document) = request.parsed_query()
        {
            let document = Arc::new(document.clone());
            self.0.insert(request.query.clone(), document);
        }
        Ok(kind)
    }
}

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
pub(super) fn selected<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, ServerError> {
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

#[cfg(test)]
pub mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Enum, InputObject, Object, Schema, Variables};
    use clap::{Args, FromArgMatches};
    use serde_json::json;

    use super::*;
    use crate::graphql::code;

    /// The limits as they are by default.
    pub fn limits() -> Limits {
        let command = Limits::augment_args(clap::Command::new("test"));
        Limits::from_arg_matches(&command.get_matches_from(["test"])).unwrap()
    }

    fn refusal(query: &str) -> (String, String) {
        let error = check(&mut Request::new(query), &limits()).expect_err(query);
        (code::of(&error).unwrap_or_default().to_owned(), error.message)
    }

    #[test]
    fn a_document_within_the_limits_says_what_it_is() {
        for (query, kind) in [
            ("{ a }", OperationType::Query),
            ("query A { a } mutation B { b }", OperationType::Mutation),
            ("subscription { a }", OperationType::Subscription),
        ] {
            let mut request = Request::new(query);
            request.operation_name = query.contains('B').then(|| "B".to_owned());
            assert_eq!(check(&mut request, &limits()), Ok(kind), "{query}");
        }
        let sixteen = format!("{}a{}", "{ a ".repeat(15) + "{ ", " }".repeat(16));
        assert_eq!(check(&mut Request::new(sixteen), &limits()), Ok(OperationType::Query));
    }

    #[test]
    fn a_document_that_is_known_is_checked_for_the_operation_that_is_asked_for() {
        let documents = Documents::default();
        let ask = |name: Option<&str>| {
            let mut request = Request::new("query A { a } mutation B { b }");
            request.operation_name = name.map(str::to_owned);
            documents.check(&mut request, &limits()).map_err(|error| error.message)
        };
        for _ in 0..2 {
            assert_eq!(ask(Some("A")), Ok(OperationType::Query));
            assert_eq!(ask(Some("B")), Ok(OperationType::Mutation));
            assert_eq!(ask(Some("C")), Err("The document has no operation named \"C\".".to_owned()));
        }
        assert!(documents.check(&mut Request::new("mutation { a }"), &limits()).is_ok());
        let many = "a ".repeat(4001);
        for _ in 0..2 {
            assert!(documents.check(&mut Request::new(&many), &limits()).is_err());
        }
        documents.0.run_pending_tasks();
        assert_eq!(documents.0.entry_count(), 1, "neither what writes is kept nor what is refused");
    }

    #[test]
    fn a_refusal_names_the_limit_and_what_was_sent() {
        let deep = format!("{}a{}", "{ a ".repeat(19) + "{ ", " }".repeat(20));
        assert_eq!(refusal(&deep).1, "The query nests 20 levels deep; at most 16 are allowed.");
        let through_fragments = format!(
            "{{ a {{ ...A }} }} fragment A on T {{ a {{ ...B }} }} fragment B on T {{ {}b {}",
            "a { ".repeat(16),
            "} ".repeat(17)
        );
        assert_eq!(refusal(&through_fragments).1, "The query nests 19 levels deep; at most 16 are allowed.");
        let aliases: String = (0..51).map(|number| format!("a{number}: a ")).collect();
        assert_eq!(refusal(&format!("{{ {aliases} }}")).1, "The document has 51 aliases; at most 50 are allowed.");
        assert_eq!(refusal(&"a ".repeat(4001)).1, "The document has 4001 tokens; at most 4000 are allowed.");
    }

    #[test]
    fn fragments_that_multiply_or_include_themselves_cost_nothing() {
        let bomb: String = (0..60).map(|n| format!("fragment F{n} on T {{ ...F{} ...F{} }} ", n + 1, n + 1)).collect();
        let (code, _) = refusal(&format!("{{ ...F0 }} {bomb} fragment F60 on T {{ a }}"));
        assert_eq!(code, "QUERY_TOO_COMPLEX");
        let chain: String = (0..300).map(|n| format!("fragment F{n} on T {{ ...F{} }} ", n + 1)).collect();
        assert_eq!(refusal(&format!("{{ ...F0 }} {chain} fragment F300 on T {{ a }}")).0, "QUERY_TOO_DEEP");
        for cycle in
            ["{ ...A } fragment A on T { ...A ...A }", "{ a } fragment A on T { b { ...B } } fragment B on T { ...A }"]
        {
            assert_eq!(refusal(cycle).0, "GRAPHQL_VALIDATION_FAILED", "{cycle}");
        }
        assert_eq!(refusal(&"[".repeat(3999)).0, "QUERY_TOO_DEEP");
    }

    #[test]
    fn the_schema_is_told_once_and_not_many_times_over() {
        let many: String = (0..20).map(|n| format!("a{n}: __schema {{ types {{ fields {{ name }} }} }} ")).collect();
        assert_eq!(
            refusal(&format!("{{ {many} }}")).1,
            "The introspection asks for 40 lists in all; at most 24 are allowed."
        );
        let within: String = (0..30).map(|n| format!("a{n}: enumValues {{ name }} ")).collect();
        assert_eq!(
            refusal(&format!("{{ __type(name: \"A\") {{ ...A }} }} fragment A on __Type {{ {within} }}")).0,
            "QUERY_TOO_COMPLEX"
        );
        let explorers = "{ __schema { types { ...A } directives { args { name } } } }
            fragment A on __Type { fields { args { name } } inputFields { name } interfaces { name } enumValues { name } possibleTypes { name } }";
        assert!(check(&mut Request::new(explorers), &limits()).is_ok());
        let ours: String = (0..30).map(|n| format!("a{n}: types {{ b }} ")).collect();
        assert!(check(&mut Request::new(format!("{{ {ours} }}")), &limits()).is_ok(), "they are not of the schema");
    }

    #[test]
    fn a_subscription_has_one_root_field() {
        assert_eq!(refusal("subscription { a b }").1, "A subscription has exactly one root field; this one has 2.");
        assert!(refusal("subscription { ...A } fragment A on Subscription { a }").1.contains("not through a fragment"));
    }

    #[derive(Enum, Clone, Copy, PartialEq, Eq)]
    enum Kind {
        Ask,
    }
    #[derive(InputObject)]
    struct Filter {
        kind: Kind,
        days: Option<Vec<i32>>,
    }
    struct Query;
    #[Object]
    impl Query {
        async fn count(&self, filter: Filter) -> usize {
            filter.days.unwrap_or_default().len() + usize::from(filter.kind == Kind::Ask)
        }
        #[graphql(complexity = "usize::try_from(first).unwrap_or(0).saturating_mul(child_complexity)")]
        async fn list(&self, first: i32) -> Vec<Query> {
            (0..first).map(|_| Query).collect()
        }
    }

    #[tokio::test]
    async fn variables_that_do_not_fit_are_errors_of_the_request() {
        let schema = guard(Schema::build(Query, EmptyMutation, EmptySubscription), &limits()).finish();
        for (variables, problem) in [
            (json!({}), "has no value"),
            (json!({ "filter": null }), "not null"),
            (json!({ "filter": 5 }), "expected an object"),
            (json!({ "filter": {} }), "the required field \"kind\""),
            (json!({ "filter": { "kind": "ASKED" } }), "no value \"ASKED\""),
            (json!({ "filter": { "kind": 1 } }), "expected a value of type \"Kind\""),
            (json!({ "filter": { "kind": "ASK", "days": [1, "2"] } }), "at \"filter.days.1\""),
            (json!({ "filter": { "kind": "ASK", "day": 1 } }), "no field \"day\""),
        ] {
            let began = Began::default();
            let request = Request::new("query($filter: Filter!) { count(filter: $filter) }")
                .variables(Variables::from_json(variables.clone()))
                .data(began.clone());
            let response = schema.execute(request).await;
            assert!(response.errors[0].message.contains(problem), "{variables}: {}", response.errors[0].message);
            assert_eq!(code::of(&response.errors[0]), Some("BAD_USER_INPUT"));
            assert!(!began.get());
        }
        let began = Began::default();
        let request = Request::new("query($filter: Filter!) { count(filter: $filter) }")
            .variables(Variables::from_json(json!({ "filter": { "kind": "ASK", "days": 1 } })))
            .data(began.clone());
        assert_eq!(schema.execute(request).await.data, async_graphql::value!({ "count": 2 }));
        assert!(began.get());
    }

    #[tokio::test]
    async fn an_answer_that_would_be_too_large_is_refused_before_it_is_made() {
        let schema = guard(Schema::build(Query, EmptyMutation, EmptySubscription), &limits()).finish();
        let response = schema.execute("{ list(first: 60000) { count(filter: { kind: ASK }) } }").await;
        assert_eq!(code::of(&response.errors[0]), Some("QUERY_TOO_COMPLEX"));
        assert!(response.errors[0].message.contains("60000 fields; at most 50000"), "{}", response.errors[0].message);
    }
}
