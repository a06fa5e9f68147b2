//! GraphQL over HTTP, to the letter of the specification: `GET` and `POST` on `/graphql`.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use tokio::time::Instant;

use super::{
    App,
    accept::{Accepted, Format},
    answer::{Answer, Refusal, json},
    authenticate::{self, Secret},
    operation::{self, Operation},
    origin::{self, Origin},
    request::{self, Received, Sent},
    response_cache::{Question, ahead},
    scheme::Scheme,
    serve::ClientAddress,
    sse, websocket,
};
use crate::{
    domain::viewer::Viewer,
    graphql::{Caller, code::Code},
};

/// Everything that `/graphql` serves, over HTTP and over WebSocket.
pub async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let origins = &app.config.allowed_origins;
    let origin = match Origin::of(request.headers(), origins) {
        Origin::Allowed(origin) => Some(origin.clone()),
        Origin::Own | Origin::Foreign => None,
    };
    let accepted = Accepted::of(request.headers());
    let mut response = match answer(app, accepted, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_http(accepted.format_or_json()),
    };
    origin::allow(origin.as_ref(), &mut response);
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept, accept-encoding, authorization"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn answer(app: Arc<App>, accepted: Accepted, request: Request) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    if websocket::is_upgrade(&parts) {
        return upgrade(app, &mut parts);
    }
    let deadline = operation::deadline(&app);
    match parts.method {
        Method::GET | Method::HEAD => {
            let caller = admit(&app, accepted, &parts).await?;
            let sent = request::from_query(parts.uri.query())?;
            one(&app, Call { accepted, caller, deadline, parts: &parts }, sent).await
        }
        Method::POST => {
            let caller = admit(&app, accepted, &parts).await?;
            request::content_type(&parts.headers)?;
            let received = receive(&app, &parts.headers, body, deadline).await?;
            let call = Call { accepted, caller, deadline, parts: &parts };
            match received {
                Received::One(sent) => one(&app, call, *sent).await,
                Received::Batch(batch) => many(&app, call, batch).await,
            }
        }
        Method::OPTIONS if parts.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) => {
            origin::preflight(&parts.headers, &app.config.allowed_origins)
        }
        Method::OPTIONS => Ok((StatusCode::NO_CONTENT, [(header::ALLOW, "GET, HEAD, POST, OPTIONS")]).into_response()),
        other => Err(method_not_allowed(
            format!("{other} is not served here; send GraphQL with GET or POST."),
            "GET, HEAD, POST, OPTIONS",
        )),
    }
}

/// One HTTP request with all that answering it needs to know.
struct Call<'a> {
    accepted: Accepted,
    caller: Caller,
    deadline: Instant,
    parts: &'a Parts,
}

/// Refuses clients that can't be answered, and tells who the others are.
async fn admit(app: &App, accepted: Accepted, parts: &Parts) -> Result<Caller, Refusal> {
    if accepted.format.is_none() && !accepted.event_stream {
        return Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            Code::NotAcceptable,
            "Accept application/graphql-response+json, application/json or, for subscriptions, text/event-stream.",
        ));
    }
    let scheme = Scheme::of(parts);
    let secret = Secret::of(&parts.headers, scheme).map_err(authenticate::Failure::refusal)?;
    let viewer = authenticate::viewer(app, secret.as_ref()).await.map_err(authenticate::Failure::refusal)?;
    Ok(Caller { viewer, address: ClientAddress::of(parts), browser: authenticate::browser(&parts.headers, scheme) })
}

async fn receive(app: &App, headers: &HeaderMap, body: Body, deadline: Instant) -> Result<Received, Refusal> {
    let limits = &app.config.limits;
    let reading = tokio::time::timeout_at(deadline, request::body(headers, body, limits));
    let bytes = reading.await.map_err(|_| {
        let message = format!("The body took longer than the {} seconds that are allowed.", limits.request_seconds);
        Refusal::new(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message)
    })??;
    request::from_json(&bytes, limits)
}

async fn one(app: &Arc<App>, call: Call<'_>, sent: Sent) -> Result<Response, Refusal> {
    let Accepted { format, event_stream } = call.accepted;
    let (feed, upcoming) = ahead::feed(app, &call.parts.extensions);
    let question = match (&call.caller.viewer, format) {
        (Viewer::Public, Some(format)) => Some((Question::of(&sent), format)),
        _ => None,
    };
    if let Some((question, format)) = question
        && let Some(kept) = app.answers.get(question, feed).await
    {
        return Ok(kept.http(format, call.parts).await);
    }
    let operation = match prepare(app, sent).await {
        Ok(operation) => operation,
        Err(refused) => return Ok(single(format, &refused)),
    };
    if operation.kind() == OperationType::Mutation && call.parts.method != Method::POST {
        return Err(method_not_allowed("Mutations must be sent with POST; GET serves queries.", "POST"));
    }
    if operation.kind() == OperationType::Subscription {
        if event_stream {
            let resume_after = sse::last_event_id(&call.parts.headers);
            let seat = app.crowd.enter(call.caller.address)?;
            let secret = Secret::of(&call.parts.headers, Scheme::of(call.parts)).ok().flatten();
            return Ok(sse::stream(app, operation, call.caller, (secret, seat), resume_after));
        }
        return Ok(single(format, &Answer::refused(vec![needs_a_stream()])));
    }
    let is_query = operation.kind() == OperationType::Query;
    let execution = operation.at(upcoming).execute(app, call.caller, call.deadline);
    match question.filter(|_| is_query) {
        None => Ok(single(format, &execution.await)),
        Some((question, format)) => match app.answers.fill(question, feed, execution).await {
            Ok(kept) => Ok(kept.http(format, call.parts).await),
            Err(answer) => Ok(answer.http(format)),
        },
    }
}

/// Finds the document, where a request names it by its hash, and checks it. A document that is sent with its hash is kept.
async fn prepare(app: &App, mut sent: Sent) -> Result<Operation, Box<Answer>> {
    let hash = sent.hash;
    let query = match (sent.query.take(), hash) {
        (Some(query), Some(hash)) => {
            let operation = Operation::prepare(app, sent.with_document(query.as_str()))?;
            app.persisted.keep(hash, query).await;
            return Ok(operation);
        }
        (Some(query), None) => query,
        (None, hash) => app.persisted.find(hash).await.map_err(|error| Box::new(Answer::refused(vec![error])))?,
    };
    Operation::prepare(app, sent.with_document(query))
}

/// The answer of a query or a mutation, in what the client accepts.
fn single(format: Option<Format>, answer: &Answer) -> Response {
    match format {
        Some(format) => answer.http(format),
        None => sse::single(answer),
    }
}

fn needs_a_stream() -> async_graphql::ServerError {
    Code::BadRequest.error(
        "A subscription needs a connection that stays open: send it with \"Accept: text/event-stream\", or over \
         WebSocket with the subprotocol graphql-transport-ws.",
    )
}

/// Answers a batch, one request after the other, all within the time of one.
async fn many(app: &Arc<App>, call: Call<'_>, batch: Vec<Sent>) -> Result<Response, Refusal> {
    let Some(format) = call.accepted.format else {
        return Err(Refusal::bad_request("A batch is answered as JSON: accept application/json."));
    };
    // Of several answers, none can set a cookie.
    let caller = Caller { browser: None, ..call.caller };
    let mut answers = Vec::with_capacity(batch.len());
    for sent in batch {
        let answer = match prepare(app, sent).await {
            Err(refused) => *refused,
            Ok(operation) if operation.kind() == OperationType::Subscription => Answer::refused(vec![needs_a_stream()]),
            Ok(operation) => operation.execute(app, caller.clone(), call.deadline).await,
        };
        answers.push(answer.json());
    }
    Ok(json(StatusCode::OK, format, format!("[{}]", answers.join(","))))
}

fn upgrade(app: Arc<App>, parts: &mut Parts) -> Result<Response, Refusal> {
    if Origin::of(&parts.headers, &app.config.allowed_origins) == Origin::Foreign {
        return Err(origin::refusal());
    }
    websocket::accept(app, parts)
}

fn method_not_allowed(message: impl Into<String>, allow: &'static str) -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message).with(header::ALLOW, allow)
}
