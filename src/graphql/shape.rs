//! The shape that the GraphQL specification gives to an answer, where async-graphql leaves it: a field that failed is null, or its parent
//! is where it can't be, and fields come in the order in which they were asked for, not in which they were found. Without the
//! latter, equal answers would differ in their bytes, and a cache would take them for different ones.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    Name, Positioned, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::{FragmentDefinition, Selection, SelectionSet},
};

/// What one request asks for, and what of it failed.
#[derive(Default)]
pub struct Shape {
    asked: Mutex<Asked>,
    failed: Mutex<Failed>,
    has_failed: AtomicBool,
}

/// The response names that a selection asks for, in order, and below each what is asked of it.
#[derive(Default)]
struct Asked(IndexMap<Name, Asked>);

#[derive(Default)]
struct Failed {
    errors: Vec<ServerError>,
    /// Paths of values that have to be null because something in them may not be.
    null: HashSet<Vec<String>>,
    /// Paths of lists in which an item has to be null, if it may be.
    item_null: HashSet<Vec<String>>,
}

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Shape {
    /// Takes down what a request asks for.
    pub fn ask(&self, selections: &SelectionSet, fragments: &Fragments) {
        let mut asked = Asked::default();
        asked.add(selections, fragments);
        *lock(&self.asked) = asked;
    }

    /// Settles what becomes of a field, or of an item of a list, once it has been resolved or has failed.
    pub fn settle(
        &self,
        path: &QueryPathNode<'_>,
        declared: &str,
        outcome: ServerResult<Option<Value>>,
    ) -> ServerResult<Option<Value>> {
        // What async-graphql says of an item's type leaves out that it may be null; its list knows better.
        let is_item = matches!(path.segment, QueryPathSegment::Index(_));
        let nullable = !declared.ends_with('!');
        match outcome {
            Err(error) if is_item => Err(error),
            Err(error) if nullable => {
                lock(&self.failed).errors.push(error);
                self.has_failed.store(true, Ordering::Release);
                Ok(Some(Value::Null))
            }
            Err(error) => {
                self.fail_parent(path, |failed| &mut failed.null);
                Err(error)
            }
            Ok(value) if !self.has_failed.load(Ordering::Acquire) => Ok(value),
            Ok(value) => Ok(self.settle_parent(path, declared, is_item, value)),
        }
    }

    /// Settles what becomes of a value in which something has failed.
    fn settle_parent(
        &self,
        path: &QueryPathNode<'_>,
        declared: &str,
        is_item: bool,
        value: Option<Value>,
    ) -> Option<Value> {
        let name = path.to_string_vec();
        let (null, item_null) = {
            let failed = lock(&self.failed);
            (failed.null.contains(&name), failed.item_null.contains(&name))
        };
        if is_item && (null || item_null) {
            self.fail_parent(path, |failed| &mut failed.item_null);
            return if null { Some(Value::Null) } else { value };
        }
        if null || item_null && declared.trim_end_matches('!').contains('!') {
            if declared.ends_with('!') {
                self.fail_parent(path, |failed| &mut failed.null);
            }
            return Some(Value::Null);
        }
        value
    }

    /// Gives an answer its shape.
    pub fn finish(&self, response: &mut Response) {
        if self.has_failed.swap(false, Ordering::AcqRel) {
            let failed = std::mem::take(&mut *lock(&self.failed));
            response.errors.extend(failed.errors);
            if failed.null.contains(&Vec::new()) {
                response.data = Value::Null;
            }
        } else if response.data == Value::Null && response.errors.is_empty() {
            response.data = Value::Object(IndexMap::new());
        }
        lock(&self.asked).order(&mut response.data);
    }

    fn fail_parent(&self, path: &QueryPathNode<'_>, kind: impl Fn(&mut Failed) -> &mut HashSet<Vec<String>>) {
        let parent = path.parent.map(|parent| parent.to_string_vec()).unwrap_or_default();
        kind(&mut lock(&self.failed)).insert(parent);
        self.has_failed.store(true, Ordering::Release);
    }
}

impl Asked {
    fn add(&mut self, selections: &SelectionSet, fragments: &Fragments) {
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => {
                    let below = self.0.entry(field.node.response_key().node.clone()).or_default();
                    below.add(&field.node.selection_set.node, fragments);
                }
                Selection::InlineFragment(inline) => self.add(&inline.node.selection_set.node, fragments),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                        self.add(&fragment.node.selection_set.node, fragments);
                    }
                }
            }
        }
    }

    fn order(&self, value: &mut Value) {
        match value {
            // A scalar that is an object has an order of its own.
            _ if self.0.is_empty() => {}
            Value::List(items) => items.iter_mut().for_each(|item| self.order(item)),
            Value::Object(found) if self.are_in_order(found) => {
                let mut asked = self.0.iter();
                for (name, value) in found {
                    if let Some((_, below)) = asked.find(|(asked, _)| *asked == name) {
                        below.order(value);
                    }
                }
            }
            Value::Object(found) => {
                let mut ordered = IndexMap::with_capacity(found.len());
                for (name, below) in &self.0 {
                    if let Some(mut value) = found.swap_remove(name) {
                        below.order(&mut value);
                        ordered.insert(name.clone(), value);
                    }
                }
                *found = ordered;
            }
            _ => {}
        }
    }

    /// Whether these come as they were asked for, of which some may be missing: mostly they do, and moving them costs more than
    /// looking.
    fn are_in_order(&self, found: &IndexMap<Name, Value>) -> bool {
        let mut asked = self.0.keys();
        found.keys().all(|name| asked.any(|asked| asked == name))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};

    use crate::graphql::limits::{guard, tests::limits};

    struct Query;
    struct Country {
        fails: bool,
    }

    #[Object]
    impl Query {
        async fn late(&self) -> &str {
            tokio::task::yield_now().await;
            "late"
        }
        async fn early(&self) -> &str {
            "early"
        }
        async fn optional(&self) -> Result<Option<i32>, Error> {
            Err(Error::new("No."))
        }
        async fn required(&self) -> Result<i32, Error> {
            Err(Error::new("No."))
        }
        async fn country(&self) -> Option<Country> {
            Some(Country { fails: true })
        }
        async fn countries(&self) -> Vec<Option<Country>> {
            vec![Some(Country { fails: false }), Some(Country { fails: true })]
        }
        async fn all_countries(&self) -> Option<Vec<Country>> {
            Some(vec![Country { fails: false }, Country { fails: true }])
        }
    }

    #[Object]
    impl Country {
        async fn name(&self) -> Result<&str, Error> {
            tokio::task::yield_now().await;
            if self.fails { Err(Error::new("No.")) } else { Ok("Ghana") }
        }
        async fn code(&self) -> &str {
            "GH"
        }
    }

    async fn answer(query: &str) -> (String, usize) {
        let schema = guard(Schema::build(Query, EmptyMutation, EmptySubscription), &limits()).finish();
        let response = schema.execute(query).await;
        (serde_json::to_string(&response.data).unwrap(), response.errors.len())
    }

    #[tokio::test]
    async fn fields_come_in_the_order_in_which_they_were_asked_for() {
        let query = "{ late a: early ...F countries { ... { code } } early } fragment F on Query { z: late early }";
        let (data, _) = answer(query).await;
        let expected =
            r#"{"late":"late","a":"early","z":"late","early":"early","countries":[{"code":"GH"},{"code":"GH"}]}"#;
        assert_eq!(data, expected);
        assert_eq!(
            answer("{ countries { name code } }").await.0,
            r#"{"countries":[{"name":"Ghana","code":"GH"},null]}"#
        );
    }

    #[tokio::test]
    async fn what_failed_is_null_and_so_is_its_parent_where_it_may_not_be() {
        for (query, data) in [
            ("{ optional early }", r#"{"optional":null,"early":"early"}"#),
            ("{ early required }", "null"),
            ("{ early country { code name } }", r#"{"early":"early","country":null}"#),
            ("{ countries { name } }", r#"{"countries":[{"name":"Ghana"},null]}"#),
            ("{ allCountries { code name } early }", r#"{"allCountries":null,"early":"early"}"#),
        ] {
            assert_eq!(answer(query).await, (data.to_owned(), 1), "{query}");
        }
        assert_eq!(answer("{ early @skip(if: true) }").await, ("{}".to_owned(), 0));
    }
}
