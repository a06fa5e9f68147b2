//! Subscriptions that many share: what they are told depends on the document, its variables, the role and the feed, and on nothing else.
//! So each event is executed once for all who ask the same.

use std::{convert::Infallible, panic::AssertUnwindSafe, sync::Arc, thread};

use async_graphql::{
    Name, Request, Response, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection},
};
use futures_util::{FutureExt, Stream, StreamExt, stream::FuturesUnordered};
use uuid::Uuid;

use crate::{
    domain::{
        change::Change,
        position::Position,
        viewer::{Role, Viewer},
    },
    graphql::{
        Caller, Engine,
        limits::{Began, selected},
        loads::Loads,
        scope::{RequestScope, Scope},
    },
    store::reader::Reader,
};

/// Where a shared subscription begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// With the state as it is; then each time that it changes.
    State,
    /// With the next change.
    Now,
    /// With the first change after a cursor.
    After(String),
}

/// A subscription that many share, ready to be executed at any moment.
pub struct Plan {
    query: String,
    document: ExecutableDocument,
    operation_name: Option<String>,
    variables: Variables,
    caller: Caller,
    /// The variable that says nothing but where to begin.
    cursor: Option<Name>,
    resumes: bool,
}

/// What tells one plan from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlanKey {
    query: String,
    operation_name: Option<String>,
    /// As JSON, without where to begin.
    variables: String,
    role: Option<Role>,
}

/// At what a plan is executed.
#[derive(Debug, Clone)]
pub enum Moment {
    /// At nothing: only to learn whether it can be.
    Never,
    /// At a change: what it has to tell of it, if anything.
    Change(Arc<Change>),
    /// At a position: the state there.
    State(Position),
}

/// A moment and the scope to read it in. With it among a request's data, a subscription tells of that moment alone.
pub(super) struct Told {
    pub moment: Moment,
    pub scope: Scope,
}

/// The outcome of executing a plan at a moment.
pub struct Outcome {
    /// `None` where there is nothing to tell; an error if it panicked.
    pub response: thread::Result<Option<Response>>,
    /// Whether execution began.
    pub began: bool,
}

impl PlanKey {
    /// Whether anyone may watch it, so that what it tells of a position is the same whenever it is executed.
    pub fn is_public(&self) -> bool {
        self.role.is_none()
    }
}

impl Plan {
    /// The plan of a subscription's request, and where it begins; `None` if it can't be shared. The request has been checked.
    pub fn of(request: &mut Request, caller: &Caller) -> Option<(Self, Start)> {
        let document = request.parsed_query().ok()?.clone();
        let operation = selected(&document, request.operation_name.as_deref()).ok()?;
        let field = root(operation)?;
        let (start, cursor) = match field.name.node.as_str() {
            "tally" => (Start::State, None),
            "changes" => begins(field, operation, request),
            _ => return None,
        };
        let plan = Self {
            query: request.query.clone(),
            document,
            operation_name: request.operation_name.clone(),
            variables: request.variables.clone(),
            caller: caller.clone(),
            cursor,
            resumes: start != Start::State,
        };
        Some((plan, start))
    }

    /// Whether it can be taken up again after a cursor.
    pub fn resumes(&self) -> bool {
        self.resumes
    }

    /// What tells it from other plans.
    pub fn key(&self) -> PlanKey {
        let mut variables = self.variables.clone();
        if let Some(cursor) = &self.cursor {
            variables.remove(cursor);
        }
        PlanKey {
            query: self.query.clone(),
            operation_name: self.operation_name.clone(),
            variables: serde_json::to_string(&variables).unwrap_or_default(),
            role: role(&self.caller.viewer),
        }
    }

    fn request(&self) -> Request {
        let mut request = Request::new(&self.query).variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.document.clone());
        request
    }
}

fn role(viewer: &Viewer) -> Option<Role> {
    match viewer {
        Viewer::Public => None,
        Viewer::Staff(staff) => Some(staff.role),
    }
}

/// The one field of a subscription, if nothing decides whether it is there.
fn root(operation: &OperationDefinition) -> Option<&Field> {
    match operation.selection_set.node.items.as_slice() {
        [item] => match &item.node {
            Selection::Field(field) if field.node.directives.is_empty() && operation.directives.is_empty() => {
                Some(&field.node)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Where `changes` begins, and the variable that says nothing else. Such a variable may hold any cursor or none, so that it does not
/// matter to whether the request is sound.
fn begins(field: &Field, operation: &OperationDefinition, request: &Request) -> (Start, Option<Name>) {
    let Some(given) = field.get_argument("after") else { return (Start::Now, None) };
    let mut named = None;
    let value = given.node.clone().into_const_with(|name| {
        let definition = operation.variable_definitions.iter().find(|definition| definition.node.name.node == name);
        let default = definition.and_then(|definition| definition.node.default_value.as_ref());
        let value = request.variables.get(&name).or(default.map(|value| &value.node)).cloned();
        let optional = definition.is_some_and(|definition| definition.node.var_type.node.nullable);
        named = (optional && is_used_once(&request.query, &name)).then_some(name);
        Ok::<_, Infallible>(value.unwrap_or_default())
    });
    match value {
        Ok(Value::String(cursor)) => (Start::After(cursor), named),
        Ok(Value::Null) => (Start::Now, named),
        _ => (Start::Now, None),
    }
}

/// Whether a variable stands in a document only where it is defined and at one more place.
fn is_used_once(query: &str, name: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
    query.split('$').skip(1).filter(|rest| rest.strip_prefix(name).is_some_and(|rest| !goes_on(rest))).count() == 2
}

impl Engine {
    /// Executes plans, each at a moment, all in one: what they read of the same positions is read once. Answers come as they are made.
    pub fn tell<'a, T: 'a>(
        &'a self,
        feed: Uuid,
        wanted: impl IntoIterator<Item = (T, &'a Plan, Moment)>,
    ) -> impl Stream<Item = (T, Outcome)> + 'a {
        let loads = Loads::default();
        let mut scopes: Vec<(Option<Role>, Scope)> = Vec::new();
        let executions = FuturesUnordered::new();
        for (tag, plan, moment) in wanted {
            let role = role(&plan.caller.viewer);
            let known = scopes.iter().find(|(known, _)| *known == role).map(|(_, scope)| scope.clone());
            let scope = known.unwrap_or_else(|| {
                let reader = Reader::of_feed(&self.pool, plan.caller.viewer.clone(), feed);
                let scope = Scope::of(reader, &loads);
                scopes.push((role, scope.clone()));
                scope
            });
            executions.push(self.told(tag, plan, Told { moment, scope }, loads.clone()));
        }
        loads.drive(executions)
    }

    async fn told<T>(&self, tag: T, plan: &Plan, told: Told, loads: Loads) -> (T, Outcome) {
        let began = Began::default();
        let request = plan
            .request()
            .data(RequestScope::of(told.scope.clone()))
            .data(plan.caller.clone())
            .data(loads)
            .data(began.clone())
            .data(told);
        let mut responses = self.schema.execute_stream(request);
        let response = AssertUnwindSafe(responses.next()).catch_unwind().await;
        (tag, Outcome { response, began: began.get() })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::viewer::Staff;

    fn plan(query: &str, variables: Value) -> Option<(PlanKey, Start)> {
        let mut request = Request::new(query).variables(Variables::from_json(variables));
        let caller = Caller { viewer: Viewer::Public, address: None, browser: None };
        Plan::of(&mut request, &caller).map(|(plan, start)| (plan.key(), start))
    }

    #[test]
    fn where_to_begin_does_not_tell_plans_apart() {
        let query = "subscription ($after: String, $kind: ChangeKind) { changes(after: $after, filter: { kinds: [$kind] }) { kind } }";
        let of = |variables| plan(query, variables).unwrap();
        let (key, start) = of(json!({ "after": "abc", "kind": "PUBLISHED" }));
        assert_eq!(start, Start::After("abc".to_owned()));
        for (variables, start) in [
            (json!({ "kind": "PUBLISHED" }), Start::Now),
            (json!({ "kind": "PUBLISHED", "after": null }), Start::Now),
            (json!({ "kind": "PUBLISHED", "after": "x" }), Start::After("x".to_owned())),
        ] {
            assert_eq!(of(variables), (key.clone(), start));
        }
        assert_ne!(of(json!({ "after": "abc", "kind": "CORRECTED" })).0, key);
        // What is no cursor is told apart, so that it is refused.
        assert_ne!(of(json!({ "after": 5, "kind": "PUBLISHED" })).0, key);
    }

    #[test]
    fn a_variable_that_says_more_than_where_to_begin_tells_plans_apart() {
        for query in [
            "subscription ($after: String) { changes(after: $after) { country { developments(after: $after) { totalCount } } } }",
            "subscription ($after: String!) { changes(after: $after) { kind } }",
        ] {
            let key = |cursor| plan(query, json!({ "after": cursor })).unwrap().0;
            assert_ne!(key("abc"), key("abd"), "{query}");
        }
        let prefix = "subscription ($after: String, $after2: Int) { changes(after: $after) { country { developments(first: $after2) { totalCount } } } }";
        let key = |cursor| plan(prefix, json!({ "after": cursor, "after2": 1 })).unwrap().0;
        assert_eq!(key("abc"), key("abd"));
    }

    #[test]
    fn only_what_the_feed_alone_decides_is_shared() {
        assert!(plan("subscription { history { act } }", json!({})).is_none());
        assert!(
            plan("subscription ($a: Boolean!) { tally @include(if: $a) { total } }", json!({ "a": true })).is_none()
        );
        assert_eq!(plan("subscription { tally { total } }", json!({})).unwrap().1, Start::State);
        let literal = plan("subscription { changes(after: \"abc\") { kind } }", json!({})).unwrap();
        assert_eq!(literal.1, Start::After("abc".to_owned()));
        let default = plan("subscription ($a: String = \"abc\") { changes(after: $a) { kind } }", json!({})).unwrap();
        assert_eq!(default.1, Start::After("abc".to_owned()));
    }

    #[test]
    fn roles_are_told_apart_and_people_are_not() {
        let key = |viewer| {
            let mut request = Request::new("subscription { tally { total } }");
            Plan::of(&mut request, &Caller { viewer, address: None, browser: None }).unwrap().0.key()
        };
        let staff = |id, role| Viewer::Staff(Staff { id: Uuid::from_u128(id), name: "desk".to_owned(), role });
        assert_ne!(key(Viewer::Public), key(staff(1, Role::Reporter)));
        assert_ne!(key(staff(1, Role::Admin)), key(staff(1, Role::Reporter)));
        assert_eq!(key(staff(1, Role::Editor)), key(staff(2, Role::Editor)));
    }
}
