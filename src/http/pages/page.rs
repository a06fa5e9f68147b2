//! What the readers' pages have in common: each is the answer to a document of the public API, put into a template, and kept like an
//! answer, until something is published.

use std::sync::Arc;

use askama::Template;
use async_graphql::Request;
use axum::{
    body::Bytes,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{built::Built, missing, not_found, policy::Policy};
use crate::{
    domain::viewer::Viewer,
    graphql::{Caller, code::Code},
    http::{
        App,
        answer::{Answer, OUR_FAULT, RETRY_AFTER},
        operation::{self, Operation},
        response_cache::{Kept, Question, ahead},
        serve::ClientAddress,
    },
};

const HTML: &str = "text/html; charset=utf-8";

/// A page, and what to ask for it.
pub struct Page {
    pub name: &'static str,
    /// Its script, by the name of its source in `web/`.
    pub entry: &'static str,
    pub document: &'static str,
    pub operation: &'static str,
    pub policy: Policy,
}

/// What every template is filled with.
pub struct Frame {
    pub built: Built,
    /// Where readers find the tracker, if it was told.
    pub public_url: Option<String>,
    /// The whole answer, from which the page's script begins.
    pub answer: String,
}

/// Why a page can't be made.
#[derive(Debug)]
pub enum Unmade {
    /// There is nothing of the kind.
    NotThere,
    /// The script and the styles are not there.
    NotBuilt,
    Unanswered(Box<Answer>),
    Unwritten(String),
}

impl Page {
    /// Serves it: as it was kept, or made from the answer to its document with these variables.
    pub async fn serve<A, T>(
        &self,
        app: &App,
        request: &Parts,
        variables: Map<String, Value>,
        fill: impl FnOnce(Frame, A) -> Result<T, Unmade>,
    ) -> Response
    where
        A: DeserializeOwned,
        T: Template,
    {
        let question = Question::of_page(self.name, &variables);
        let (feed, _) = ahead::feed(app, &request.extensions);
        let kept = match app.answers.get(question, feed).await {
            Some(kept) => Ok(kept),
            None => app.answers.make(question, feed, self.make(app, request, variables, fill)).await,
        };
        let response = match kept {
            Ok(kept) => self.send(&kept, request).await,
            Err(unmade) => match &*unmade {
                Unmade::Unanswered(answer) if answer.lacks_a_part() => match app.answers.old(question, feed).await {
                    Some(kept) => self.send(&kept, request).await,
                    None => refused(&unmade, request),
                },
                _ => refused(&unmade, request),
            },
        };
        self.policy.secured(response)
    }

    async fn send(&self, kept: &Kept, request: &Parts) -> Response {
        let mut response = kept.served_as(HTML, request).await;
        response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }

    async fn make<A: DeserializeOwned, T: Template>(
        &self,
        app: &App,
        request: &Parts,
        variables: Map<String, Value>,
        fill: impl FnOnce(Frame, A) -> Result<T, Unmade>,
    ) -> Result<Bytes, Unmade> {
        let built = Built::of(self.entry).ok_or(Unmade::NotBuilt)?;
        let answer = self.ask(app, request, variables).await?;
        let unwritten = |error: &dyn std::error::Error| Unmade::Unwritten(error.to_string());
        let read = async_graphql::from_value(answer.data().clone()).map_err(|error| unwritten(&error))?;
        let json = serde_json::to_string(answer.data()).map_err(|error| unwritten(&error))?;
        let frame = Frame { built, public_url: app.config.public_url.clone(), answer: in_script(&json) };
        let page = fill(frame, read)?.render().map_err(|error| unwritten(&error))?;
        Ok(Bytes::from(page))
    }

    /// Asks as anyone may, through the same limits.
    async fn ask(&self, app: &App, request: &Parts, variables: Map<String, Value>) -> Result<Answer, Unmade> {
        let question = Request::new(self.document)
            .operation_name(self.operation)
            .variables(async_graphql::Variables::from_json(Value::Object(variables)));
        let (_, upcoming) = ahead::feed(app, &request.extensions);
        let operation = Operation::prepare(app, question).map_err(Unmade::Unanswered)?.at(upcoming);
        let caller = Caller { viewer: Viewer::Public, address: ClientAddress::of(request), browser: None };
        let answer = operation.execute(app, caller, operation::deadline(app)).await;
        if answer.is_lasting() { Ok(answer) } else { Err(Unmade::Unanswered(Box::new(answer))) }
    }
}

/// JSON as it may stand in a `script` element: nothing in it can end the element.
pub fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn refused(unmade: &Arc<Unmade>, request: &Parts) -> Response {
    let (status, title, message) = match &**unmade {
        Unmade::NotThere => return not_found(request, "There is no such page."),
        Unmade::NotBuilt => return missing("The pages have not been built into this server: run `make build`."),
        Unmade::Unanswered(answer) => match answer.errors().first() {
            Some(error) if [Code::BadUserInput, Code::BadRequest].iter().any(|code| code.is(error)) => {
                (StatusCode::BAD_REQUEST, "This address can’t be read", error.message.as_str())
            }
            Some(error) if Code::Internal.is(error) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", OUR_FAULT)
            }
            _ => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Back in a moment",
                "The tracker’s database can’t be reached right now. Please try again shortly.",
            ),
        },
        Unmade::Unwritten(error) => {
            tracing::error!(error, "a page can't be written");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", OUR_FAULT)
        }
    };
    let mut response = notice(status, title, message);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
    }
    response
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    frame: Frame,
    title: &'a str,
    message: &'a str,
}

/// A page that says one thing, and leads back.
pub fn notice(status: StatusCode, title: &str, message: &str) -> Response {
    let built = Built::of("src/pages/country/main.ts").unwrap_or_default();
    let page = Notice { frame: Frame { built, public_url: None, answer: String::new() }, title, message };
    let mut response = Response::new(page.render().unwrap_or_else(|_| message.to_owned()).into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    Policy::Reader.secured(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_answer_ends_the_script_that_holds_it() {
        let hostile = r#"{"summary":"</script><!--<script>&"}"#;
        let written = in_script(hostile);
        assert!(!written.contains(['<', '>', '&']), "{written}");
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(read(&written), read(hostile));
    }
}
