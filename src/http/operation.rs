//! One GraphQL operation, whichever transport brought it: checked, executed within its time, and counted.

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use async_graphql::{Request, Response as Executed, parser::types::OperationType};
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use tokio::time::Instant;

use super::{
    App,
    answer::{Answer, OUR_FAULT},
    metrics,
    trace::Traced,
};
use crate::{
    domain::position::Position,
    graphql::{
        Caller,
        code::Code,
        limits::Began,
        subscription::shared::{Plan, Start},
    },
};

/// What a mutation is told that was not begun.
const NOTHING_RECORDED: &str = "The database can't be reached right now, and nothing was recorded. It is safe to send this again in a \
                                moment, with the same `idempotencyKey`.";

/// What a mutation is told whose transaction was cut short.
const GONE: &str = "The database can't be reached right now.";

/// An operation that is within its limits and ready to run.
pub struct Operation {
    request: Request,
    kind: OperationType,
    began: Began,
    upcoming: Option<Position>,
}

/// One answer of a subscription.
pub struct Next {
    /// Where in the feed it stands, for a subscription that can resume.
    pub cursor: Option<String>,
    pub answer: Answer,
}

impl Operation {
    /// Checks a request. What can't run is answered at once.
    pub fn prepare(app: &App, mut request: Request) -> Result<Self, Box<Answer>> {
        let checked = app.documents.check(&mut request, &app.config.limits);
        let kind = checked.map_err(|error| Box::new(Answer::refused(vec![error])))?;
        let began = Began::default();
        Ok(Self { request: request.data(began.clone()), kind, began, upcoming: None })
    }

    /// Whether it is a query, a mutation or a subscription.
    pub fn kind(&self) -> OperationType {
        self.kind
    }

    /// Has it answered at a position that is not shown yet.
    #[must_use]
    pub fn at(self, upcoming: Option<Position>) -> Self {
        Self { upcoming, ..self }
    }

    /// What others may share of a subscription, and where it begins; `None` if it has to run by itself.
    pub fn plan(&mut self, caller: &Caller) -> Option<(Plan, Start)> {
        Plan::of(&mut self.request, caller)
    }

    /// Executes a query or a mutation, until the deadline of the request that brought it.
    pub async fn execute(self, app: &App, caller: Caller, deadline: Instant) -> Answer {
        let measured = metrics::Operation::begin(self.kind);
        let traced = Traced::operation(measured.kind(), self.request.operation_name.as_deref());
        let is_mutation = self.kind == OperationType::Mutation;
        if is_mutation && !app.pool.presence().is_there() {
            let answer = Answer::refused(vec![Code::Unavailable.error(NOTHING_RECORDED)]);
            measured.end(&answer);
            return answer;
        }
        let execution =
            AssertUnwindSafe(traced.during(app.engine.execute(self.request, caller, self.upcoming))).catch_unwind();
        let execution = tokio::time::timeout_at(deadline, execution);
        let answer = tokio::select! {
            biased;
            outcome = execution => match outcome {
                Ok(Ok(response)) => Answer::new(response, self.began.get()),
                Ok(Err(panic)) => {
                    log_panic(panic.as_ref());
                    Answer::refused(vec![Code::Internal.error(OUR_FAULT)])
                }
                Err(_) => Answer::refused(vec![timeout(app)]),
            },
            // A query's statements are given up by themselves; a transaction's would wait for a server that is silent.
            () = app.pool.presence().lost(), if is_mutation => Answer::refused(vec![Code::Unavailable.error(GONE)]),
        };
        let answer = if is_mutation { answer.of_mutation() } else { answer };
        if answer.request_errors().is_some() {
            traced.refused();
        }
        measured.end(&answer);
        answer
    }

    /// Executes a subscription, from after a cursor where the transport brings one. It has no deadline.
    pub fn subscribe(self, app: &App, caller: Caller, resume_after: Option<String>) -> BoxStream<'static, Next> {
        let measured = metrics::Operation::begin(self.kind);
        let events = app.engine.subscribe(self.request, caller, resume_after);
        let events = AssertUnwindSafe(events).catch_unwind();
        events
            .map(move |event| {
                let _counted_while_it_runs = &measured;
                let began = self.began.get();
                match event {
                    Ok(event) => Next { cursor: event.cursor, answer: Answer::new(event.response, began) },
                    Err(panic) => {
                        log_panic(panic.as_ref());
                        let response = Executed::from_errors(vec![Code::Internal.error(OUR_FAULT)]);
                        Next { cursor: None, answer: Answer::new(response, began) }
                    }
                }
            })
            .boxed()
    }
}

/// When a request that arrives now has to be answered.
pub fn deadline(app: &App) -> Instant {
    Instant::now() + Duration::from_secs(app.config.limits.request_seconds)
}

/// The error of a request that took too long.
pub fn timeout(app: &App) -> async_graphql::ServerError {
    let seconds = app.config.limits.request_seconds;
    Code::Timeout
        .error(format!("The request took longer than the {seconds} seconds that are allowed. Ask for less at once."))
}

/// Records a panic; the panic hook has already said where.
pub fn log_panic(panic: &(dyn Any + Send)) {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(message = message.unwrap_or("no message"), "a request panicked");
}
