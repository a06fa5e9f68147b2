//! Subscribers, who come back whenever they are cut off: with the last cursor, and then they must see every change once and in order;
//! or without one, and then each connection must be an ordered run without a gap.

mod connection;

use std::sync::Arc;

use serde_json::Value;

pub use self::connection::Transport;
use self::connection::{Connection, Heard};
use crate::world::World;

/// Positions alone need no database; what else is selected is read from it.
const SHORT: &str = "subscription ($after: String) { changes(after: $after) { position cursor } }";
const RICH: &str = "subscription ($after: String) { changes(after: $after) {
    position cursor kind country { code name } development { id summary } tally { total asked agreed } } }";

/// How a subscriber goes about it.
#[derive(Clone, Copy)]
pub struct Habit {
    pub transport: Transport,
    pub resumes: bool,
    pub slow: bool,
    pub rich: bool,
}

/// A place in the feed.
#[derive(Clone)]
pub struct Place {
    pub position: i64,
    pub cursor: String,
}

/// Watches until the run is over and, if it resumes, until it has seen everything from a place on.
pub async fn watch(world: Arc<World>, habit: Habit, start: Place) {
    let mut place = habit.resumes.then_some(start);
    loop {
        watch_once(&world, habit, &mut place).await;
        if is_finished(habit, place.as_ref(), *world.goal.borrow()) {
            return;
        }
        world.count(if habit.resumes { "subscriptions taken up again" } else { "subscriptions begun anew" });
        if !habit.resumes {
            place = None;
        }
        world.chance.pause(20..300).await;
    }
}

/// Whether there is nothing more to wait for.
fn is_finished(habit: Habit, place: Option<&Place>, goal: Option<i64>) -> bool {
    goal.is_some_and(|goal| !habit.resumes || place.is_some_and(|place| place.position >= goal))
}

/// Watches until the connection ends.
async fn watch_once(world: &World, habit: Habit, place: &mut Option<Place>) {
    let query = if habit.rich { RICH } else { SHORT };
    let after = place.as_ref().map(|place| place.cursor.as_str());
    let Some(mut connection) = Connection::open(world, habit.transport, query, after).await else { return };
    let mut goal = world.goal.subscribe();
    loop {
        let heard = tokio::select! {
            biased;
            _ = goal.wait_for(|goal| is_finished(habit, place.as_ref(), *goal)) => return,
            heard = connection.next() => heard,
        };
        match heard {
            Heard::Change(change) => *place = Some(take(world, habit, place.take(), &change)),
            Heard::End => return,
            Heard::Wrong(what) => {
                world.violated(format!("a subscriber was told {what}"));
                return;
            }
        }
        // At the end, everyone may catch up.
        if habit.slow && world.goal.borrow().is_none() {
            world.chance.pause(50..400).await;
        }
    }
}

/// Holds a change against what was heard before.
fn take(world: &World, habit: Habit, before: Option<Place>, change: &Value) -> Place {
    let position = change["position"].as_i64().unwrap_or_default();
    world.count(if habit.resumes { "changes heard by those who resume" } else { "changes heard by those who do not" });
    if let Some(before) = before {
        world.hold(position == before.position + 1, || format!("after {} came {position}", before.position));
    }
    if habit.rich {
        let development = change["development"]["id"].clone();
        let known = world.seen.heard.lock().unwrap().insert(position, development.clone());
        world.hold(known.is_none_or(|known| known == development), || format!("position {position} was two changes"));
    }
    Place { position, cursor: change["cursor"].as_str().unwrap_or_default().to_owned() }
}
