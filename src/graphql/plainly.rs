//! Executing queries without a hook at each field. The hook puts nulls where the specification wants them when something failed, which is seldom, and
//! takes a good part of an execution's time.

use std::sync::{Mutex, PoisonError};

use async_graphql::{Request, Response, Value, parser::types::OperationType};

use super::{TrackerSchema, code::Code, limits};

/// A query that can be executed without hooks, once it is known to be within the limits.
pub struct Plainly {
    schema: TrackerSchema,
    request: Mutex<Option<Request>>,
}

impl Plainly {
    /// A copy of a request, if it is a query's: what changes something must not be begun twice.
    pub fn of(schema: &TrackerSchema, request: &mut Request, equip: impl FnOnce(Request) -> Request) -> Self {
        let copy = copy(request).map(equip);
        Self { schema: schema.clone(), request: Mutex::new(copy) }
    }

    /// The answer, if nothing of it failed, or all because the database was not there: who has waited for that need not wait again. Asked again,
    /// none.
    pub async fn answer(&self) -> Option<Response> {
        let request = self.request.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        // An execution within an execution: on the heap, as its stack is deep.
        let response = Box::pin(self.schema.execute(request)).await;
        let was_all_missing =
            response.data == Value::Null && response.errors.iter().all(|error| Code::Unavailable.is(error));
        (response.is_ok() || was_all_missing).then_some(response)
    }
}

fn copy(request: &mut Request) -> Option<Request> {
    let name = request.operation_name.clone();
    let document = request.parsed_query().ok()?;
    if limits::selected(document, name.as_deref()).ok()?.ty != OperationType::Query {
        return None;
    }
    let document = document.clone();
    let mut copy = Request::new("").variables(request.variables.clone());
    copy.operation_name = name;
    copy.set_parsed_query(document);
    Some(copy)
}
