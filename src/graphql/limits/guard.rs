//! What can only be held to the limits once the schema is known: complexity, and the values of variables. As the one extension of
//! the schema, it also gives answers their shape: every further one would cost time at every field.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{
    Request, Response, SchemaBuilder, ServerError, ServerResult, ValidationResult, Value, Variables,
    async_trait::async_trait,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextPrepareRequest, NextResolve,
        NextValidation, ResolveInfo,
    },
    parser::types::ExecutableDocument,
};

use super::{MAX_NESTING, document::too_complex, rate::Rate, selected, variables};
use crate::{
    config::Limits,
    graphql::{
        Caller,
        code::{self, Code},
        plainly::Plainly,
        shape::Shape,
    },
};

/// Puts the limits that need the schema into the schema.
pub fn guard<Q, M, S>(builder: SchemaBuilder<Q, M, S>, limits: &Limits) -> SchemaBuilder<Q, M, S> {
    builder.limit_recursive_depth(MAX_NESTING).extension(Factory {
        max_complexity: limits.max_complexity,
        rate: Arc::new(Rate::new(limits.fields_per_minute)),
    })
}

/// Whether the execution of a request began. A transport puts one among the request's data to tell an error of the request (no answer,
/// no `data`) from an error of a field (an answer with `data`, though it may be null).
#[derive(Debug, Clone, Default)]
pub struct Began(Arc<AtomicBool>);

impl Began {
    /// Whether any field was asked for its value.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

struct Factory {
    max_complexity: usize,
    rate: Arc<Rate>,
}

impl ExtensionFactory for Factory {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Guard {
            max_complexity: self.max_complexity,
            rate: self.rate.clone(),
            request: Mutex::default(),
            shape: Shape::default(),
        })
    }
}

struct Guard {
    max_complexity: usize,
    rate: Arc<Rate>,
    request: Mutex<Learned>,
    shape: Shape,
}

/// What one hook learns of a request and a later one needs.
#[derive(Default)]
struct Learned {
    operation_name: Option<String>,
    unfit_variables: Vec<ServerError>,
}

#[async_trait]
impl Extension for Guard {
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let request = next.run(context, request).await?;
        self.request.lock().unwrap_or_else(PoisonError::into_inner).operation_name = request.operation_name.clone();
        Ok(request)
    }

    async fn parse_query(
        &self,
        context: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(context, query, variables).await?;
        let mut learned = self.request.lock().unwrap_or_else(PoisonError::into_inner);
        let operation = selected(&document, learned.operation_name.as_deref())?;
        self.shape.ask(&operation.selection_set.node, &document.fragments);
        learned.unfit_variables =
            variables::unfit(&context.schema_env.registry, &operation.variable_definitions, variables);
        Ok(document)
    }

    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let unfit = std::mem::take(&mut self.request.lock().unwrap_or_else(PoisonError::into_inner).unfit_variables);
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let result = next.run(context).await.map_err(|errors| errors.into_iter().map(invalid).collect::<Vec<_>>())?;
        if result.complexity > self.max_complexity {
            return Err(vec![too_complex(result.complexity, self.max_complexity)]);
        }
        if let Some(caller) = context.data_opt::<Caller>() {
            self.rate.take(caller, result.complexity).map_err(|error| vec![error])?;
        }
        Ok(result)
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if let Some(began) = context.data_opt::<Began>() {
            began.0.store(true, Ordering::Release);
        }
        let plain = match context.data_opt::<Plainly>() {
            Some(plainly) => plainly.answer().await,
            None => None,
        };
        let mut response = match plain {
            Some(response) => response,
            None => next.run(context, operation_name).await,
        };
        self.shape.finish(&mut response);
        response
    }

    async fn resolve(
        &self,
        context: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let (path, declared) = (info.path_node, info.return_type);
        let outcome = next.run(context, info).await;
        self.shape.settle(path, declared, outcome)
    }
}

fn invalid(error: ServerError) -> ServerError {
    if code::of(&error).is_some() { error } else { Code::GraphqlValidationFailed.on(error) }
}
