//! Whatever editors do, in whatever order: the tracker says what a small model of it says.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::newsroom::{Editor, Newsroom, Reader, Server, entry, story};

const COUNTRIES: [&str; 3] = ["DE", "FR", "IT"];

/// Where the tally stands before any of it.
const ARTICLE: (i64, i64, i64) = (58, 51, 7);

/// What an editor does. Developments are numbered in the order in which they were recorded; a number beyond them counts round.
#[derive(Debug, Clone)]
enum Act {
    Record { country: usize, kind: &'static str, says: Says, publish: bool },
    Save { item: usize, says: Says, explained: bool },
    Correct { item: usize, says: Says, publish: bool },
    Submit(usize),
    Return(usize),
    Schedule(usize),
    Unschedule(usize),
    Publish(usize),
    Retract(usize),
    Discard(usize),
}

/// What matters of what a development says: on which day of 2025 it happened, and whether it sets the status.
#[derive(Debug, Clone, Copy)]
struct Says {
    day: u64,
    affects: bool,
}

fn says() -> impl Strategy<Value = Says> {
    (0..12_u64, prop::bool::weighted(0.8)).prop_map(|(day, affects)| Says { day, affects })
}

fn act() -> impl Strategy<Value = Act> {
    let kind = prop::sample::select(vec!["Ask", "Refusal", "Agreement", "Termination", "Talks"]);
    let item = 0..100_usize;
    prop_oneof![
        6 => (0..COUNTRIES.len(), kind, says(), any::<bool>())
            .prop_map(|(country, kind, says, publish)| Act::Record { country, kind, says, publish }),
        3 => (item.clone(), says(), any::<bool>())
            .prop_map(|(item, says, explained)| Act::Save { item, says, explained }),
        4 => (item.clone(), says(), any::<bool>()).prop_map(|(item, says, publish)| Act::Correct { item, says, publish }),
        2 => item.clone().prop_map(Act::Submit),
        1 => item.clone().prop_map(Act::Return),
        2 => item.clone().prop_map(Act::Schedule),
        1 => item.clone().prop_map(Act::Unschedule),
        5 => item.clone().prop_map(Act::Publish),
        2 => item.clone().prop_map(Act::Retract),
        1 => item.prop_map(Act::Discard),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Draft,
    InReview,
    Scheduled,
}

/// What is being worked at.
#[derive(Debug, Clone, Copy)]
struct Working {
    says: Says,
    state: State,
    explained: bool,
}

/// What readers see.
#[derive(Debug, Clone, Copy)]
struct Shown {
    says: Says,
    /// Its place among the developments, by first publication.
    place: usize,
    retracted: bool,
}

#[derive(Debug)]
struct Item {
    id: String,
    country: usize,
    kind: &'static str,
    revision: i64,
    working: Option<Working>,
    shown: Option<Shown>,
}

/// All that the tracker ought to know.
#[derive(Default)]
struct Model {
    items: Vec<Item>,
    /// What each change did, and to which country.
    feed: Vec<(&'static str, &'static str)>,
}

/// What an act comes to: the mutation, what it sends besides the target, and whether it is to succeed.
struct Step {
    mutation: &'static str,
    item: usize,
    parts: Value,
}

fn day(says: Says) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 8, 1).unwrap() + Days::new(says.day)
}

/// The part of an input that says what happened.
fn content(country: &str, says: Says) -> Value {
    entry(country, json!({ "occurred": day(says), "affectsStatus": says.affects }))
}

impl Model {
    /// Where a country stands.
    fn status(&self, country: usize) -> Value {
        let claims = self.items.iter().filter(|item| item.country == country).filter_map(|item| {
            let shown = item.shown.filter(|shown| !shown.retracted && shown.says.affects)?;
            let status = match item.kind {
                "Ask" => "ASKED",
                "Refusal" => "DECLINED",
                "Agreement" => "AGREED",
                "Termination" => "ENDED",
                _ => return None,
            };
            Some((shown.says.day, shown.place, status))
        });
        claims.max().map_or(Value::Null, |(.., status)| json!(status))
    }

    fn statuses(&self) -> Vec<Value> {
        (0..COUNTRIES.len()).map(|country| self.status(country)).collect()
    }

    fn tally(&self) -> (i64, i64, i64) {
        self.statuses().iter().fold(ARTICLE, |(total, asked, agreed), status| match status.as_str() {
            None => (total, asked, agreed),
            Some("ASKED" | "DECLINED") => (total + 1, asked + 1, agreed),
            Some("AGREED") => (total + 1, asked, agreed + 1),
            Some(_) => (total + 1, asked, agreed),
        })
    }

    /// Brings something before readers.
    fn show(&mut self, item: usize, says: Says, retracted: bool) {
        let place = self.feed.len();
        let item = &mut self.items[item];
        let change = match item.shown {
            None => "PUBLISHED",
            Some(_) if retracted => "RETRACTED",
            Some(_) => "CORRECTED",
        };
        let place = item.shown.map_or(place, |shown| shown.place);
        item.shown = Some(Shown { says, place, retracted });
        item.working = None;
        self.feed.push((change, COUNTRIES[item.country]));
    }

    /// Does the step, if the rules permit it, and says whether they did.
    fn take(&mut self, act: &Act, number: usize) -> bool {
        let item = &self.items[number];
        let (working, shown) = (item.working, item.shown);
        let is_in = |states: &[State]| working.is_some_and(|working| states.contains(&working.state));
        let permitted = match act {
            Act::Record { .. } => true,
            Act::Save { .. } => !shown.is_some_and(|shown| shown.retracted),
            Act::Correct { .. } | Act::Retract(_) => shown.is_some_and(|shown| !shown.retracted),
            Act::Submit(_) => is_in(&[State::Draft]) && (shown.is_none() || working.is_some_and(|it| it.explained)),
            Act::Return(_) => is_in(&[State::InReview, State::Scheduled]),
            Act::Unschedule(_) => is_in(&[State::Scheduled]),
            Act::Publish(_) | Act::Schedule(_) => working.is_some_and(|it| shown.is_none() || it.explained),
            Act::Discard(_) => working.is_some(),
        };
        if !permitted {
            return false;
        }
        let item = &mut self.items[number];
        let mut move_to = |state| item.working = working.map(|working| Working { state, ..working });
        match *act {
            Act::Record { .. } => {}
            Act::Save { says, explained, .. } => {
                item.revision += 1;
                item.working = Some(Working { says, state: State::Draft, explained });
            }
            Act::Correct { says, publish, .. } => {
                item.revision += 1;
                item.working = Some(Working { says, state: State::Draft, explained: true });
                if publish {
                    self.show(number, says, false);
                }
            }
            Act::Submit(_) => move_to(State::InReview),
            Act::Return(_) | Act::Unschedule(_) => move_to(State::Draft),
            Act::Schedule(_) => move_to(State::Scheduled),
            Act::Publish(_) => self.show(number, working.unwrap().says, false),
            Act::Retract(_) => {
                item.revision += 1;
                self.show(number, shown.unwrap().says, true);
            }
            Act::Discard(_) => item.working = None,
        }
        true
    }

    /// What an act sends, if there is anything to act upon.
    fn step(&self, act: &Act) -> Option<Step> {
        let at = |mutation, item: usize, parts| {
            let item = item.checked_rem(self.items.len())?;
            Some(Step { mutation, item, parts })
        };
        let written = |item: usize, says, explained: bool| {
            let item = &self.items[item.checked_rem(self.items.len())?];
            let mut content = content(COUNTRIES[item.country], says);
            for wish in ["country", "publish"] {
                content.as_object_mut().unwrap().remove(wish);
            }
            let note = (explained && item.shown.is_some()).then_some("It was another day.");
            Some(json!({ "content": { item.kind.to_lowercase(): content }, "note": note }))
        };
        match *act {
            Act::Record { .. } => None,
            Act::Save { item, says, explained } => at("saveDraft", item, written(item, says, explained)?),
            Act::Correct { item, says, publish } => {
                let mut parts = written(item, says, true)?;
                parts["publish"] = json!(publish);
                at("correct", item, parts)
            }
            Act::Submit(item) => at("submitForReview", item, json!({})),
            Act::Return(item) => at("returnToDraft", item, json!({ "reason": "Look again." })),
            Act::Schedule(item) => {
                use tracker::clock::{Surroundings, System};
                at("schedule", item, json!({ "publishAt": System.now() + chrono::TimeDelta::days(30) }))
            }
            Act::Unschedule(item) => at("unschedule", item, json!({})),
            Act::Publish(item) => at("publish", item, json!({})),
            Act::Retract(item) => at("retract", item, json!({ "reason": "It did not happen." })),
            Act::Discard(item) => at("discardDraft", item, json!({})),
        }
    }
}

/// Does an act, in the tracker and in the model.
async fn play(model: &mut Model, editor: &Editor, act: &Act) {
    if let Act::Record { country, kind, says, publish } = *act {
        let mut input = content(COUNTRIES[country], says);
        input["publish"] = json!(publish);
        let id = editor.recorded(kind, input).await;
        let working = Some(Working { says, state: State::Draft, explained: true });
        model.items.push(Item { id, country, kind, revision: 1, working, shown: None });
        if publish {
            model.show(model.items.len() - 1, says, false);
        }
        return;
    }
    let Some(step) = model.step(act) else { return };
    let mut input = step.parts;
    input["development"] = json!(model.items[step.item].id);
    input["expectedRevision"] = json!(model.items[step.item].revision);
    let payload = editor.act(step.mutation, input).await;
    let permitted = model.take(act, step.item);
    assert_eq!(payload["userErrors"].as_array().unwrap().is_empty(), permitted, "{act:?}: {payload:#}");
    if permitted {
        assert_eq!(payload["development"]["revision"], model.items[step.item].revision, "{act:?}");
    }
}

/// Statuses and tally at an instant, as readers are told.
async fn told(reader: &Reader, at: &Value) -> (Vec<Value>, (i64, i64, i64)) {
    let query = "query ($at: DateTime) { tally(asOf: $at) { total asked agreed }
        DE: country(code: \"DE\", asOf: $at) { status { code } } FR: country(code: \"FR\", asOf: $at) { status { code } }
        IT: country(code: \"IT\", asOf: $at) { status { code } } }";
    let answer = reader.ask(query, json!({ "at": at })).await;
    let number = |name: &str| answer["tally"][name].as_i64().unwrap();
    let statuses = COUNTRIES.iter().map(|code| answer[code]["status"]["code"].clone()).collect();
    (statuses, (number("total"), number("asked"), number("agreed")))
}

/// Where the countries stand after the feed from a position on, by the feed alone.
async fn replayed(reader: &Reader, model: &Model) -> Vec<Value> {
    let query = "query ($last: Int!) { changes(last: $last) { nodes {
        position kind country { code } statusBefore { code } statusAfter { code } } } }";
    let answer = reader.ask(query, json!({ "last": model.feed.len().max(1) })).await;
    let mut stand: BTreeMap<&str, Value> = COUNTRIES.iter().map(|code| (*code, Value::Null)).collect();
    let changes = answer["changes"]["nodes"].as_array().unwrap();
    let changes = if model.feed.is_empty() { &[] } else { changes.as_slice() };
    let said: Vec<_> =
        changes.iter().map(|it| (it["kind"].as_str().unwrap(), it["country"]["code"].as_str().unwrap())).collect();
    assert_eq!(said, model.feed);
    for (change, next) in changes.iter().zip(changes.iter().skip(1)) {
        assert_eq!(change["position"].as_i64().unwrap() + 1, next["position"].as_i64().unwrap());
    }
    for change in changes {
        let status = stand.get_mut(change["country"]["code"].as_str().unwrap()).unwrap();
        assert_eq!(change["statusBefore"]["code"], *status);
        *status = change["statusAfter"]["code"].clone();
    }
    stand.into_values().collect()
}

async fn play_all(newsroom: &Newsroom, acts: &[Act]) {
    let other = Server::start(&newsroom.database, &[]).await;
    let editor = newsroom.editor().await;
    // Who reads where it was written finds it at once; another server may hear of it later.
    let (editors, readers) = ([editor.clone(), editor.at(&other)], [newsroom.reader(), newsroom.reader().at(&other)]);
    let mut model = Model::default();
    let mut instants = Vec::new();
    for (turn, act) in acts.iter().enumerate() {
        let before = model.feed.len();
        let reader = &readers[turn % 2];
        play(&mut model, &editors[turn % 2], act).await;
        let now = (model.statuses(), model.tally());
        assert_eq!(told(reader, &Value::Null).await, now, "{act:?}");
        if model.feed.len() > before {
            let last = reader.ask("{ changes(last: 1) { nodes { at } } }", json!({})).await;
            instants.push((last["changes"]["nodes"][0]["at"].clone(), now));
        }
    }
    for (at, then) in &instants {
        assert_eq!(told(&readers[1], at).await, *then, "as of {at}");
    }
    assert_eq!(replayed(&readers[(acts.len() - 1) % 2], &model).await, model.statuses());
    for item in &model.items {
        let query = "query ($id: ID!) { node(id: $id) { ... on Development { revisions { number } } } }";
        let answer = editors[0].ask(query, json!({ "id": item.id })).await;
        let numbers: Vec<_> = answer["node"]["revisions"].as_array().unwrap().iter().map(|it| &it["number"]).collect();
        assert_eq!(json!(numbers), json!((1..=item.revision).collect::<Vec<_>>()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_editors_do_the_tracker_says_what_the_model_says(acts in prop::collection::vec(act(), 30..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(story(async |newsroom| play_all(newsroom, &acts).await));
    }
}
