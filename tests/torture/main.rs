//! The fault run: editors write and subscribers watch through several servers while everything beneath them is killed, cut, silenced and
//! failed over. Nothing that was acknowledged may be lost, and no subscriber may miss, repeat or swap a change.
//!
//! `make torture` plays the long run. `TORTURE_SEED` repeats the chances of a run; how tasks interleave is the machine's own.

#![expect(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod chance;
mod editor;
mod faults;
mod postgres;
#[path = "../it/newsroom/relay.rs"]
mod relay;
mod replica;
mod verdict;
mod watcher;
mod world;

use std::{env, sync::Arc, time::Duration};

use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::{
    process::Command,
    task::JoinSet,
    time::{sleep, timeout},
};
use tracker::clock::{Surroundings, System};

use self::{
    faults::Stage,
    postgres::{Folder, Postgres},
    relay::Relay,
    replica::Replica,
    watcher::{Habit, Place, Transport},
    world::World,
};

/// What a server is told: to find out soon, and to show signs of life often.
const SETTINGS: [&str; 4] = ["--database-wait-seconds", "2", "--keep-alive-seconds", "5"];

/// How long what is left may take when nothing goes wrong any more.
const END: Duration = Duration::from_secs(45);

/// How long a whole run may take.
const TEN_MINUTES: Duration = Duration::from_secs(600);

/// How much of everything.
struct Plan {
    servers: usize,
    editors: usize,
    /// Of each habit; there are sixteen.
    watchers: usize,
    faults: Duration,
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_in_half_a_minute_of_faults() {
    let plan = Plan { servers: 2, editors: 3, watchers: 1, faults: Duration::from_secs(25) };
    timeout(TEN_MINUTES, torture(plan)).await.expect("an end");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: make torture"]
async fn nothing_is_lost_in_minutes_of_faults() {
    let plan = Plan { servers: 3, editors: 6, watchers: 4, faults: Duration::from_secs(400) };
    timeout(TEN_MINUTES, torture(plan)).await.expect("an end");
}

async fn torture(plan: Plan) {
    let seed = env::var("TORTURE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| System.uuid().as_u64_pair().1);
    println!("TORTURE_SEED={seed}");
    let folder = Folder::new(&format!("tracker-torture-{}", System.uuid().simple()));
    let primary = Postgres::primary(&folder).await;
    let token = token(&primary).await;
    let relay = Relay::to(primary.port).await;
    let way = relay.by_way(&primary.url("tracker"));
    let replicas: Vec<_> = (0..plan.servers).map(|_| Replica::keep(&way, &SETTINGS)).collect();
    let world = World::new(seed, replicas.iter().map(|replica| replica.url.clone()).collect(), token);
    let world = Arc::new(world);
    timeout(END, all_are_ready(&world)).await.expect("the servers to be ready");
    let start = newest(&world).await;
    let mut stage = Stage::new(folder, primary, relay, replicas).await;

    let (mut editors, mut watchers) = (JoinSet::new(), JoinSet::new());
    for habit in habits().into_iter().flat_map(|habit| std::iter::repeat_n(habit, plan.watchers)) {
        watchers.spawn(watcher::watch(world.clone(), habit, start.clone()));
    }
    for number in 0..plan.editors {
        editors.spawn(editor::record(world.clone(), number));
    }
    stage.break_things(&world, plan.faults).await;

    // From here on nothing goes wrong, and everything has to come to its end.
    world.writing.send_replace(false);
    if timeout(END, all_are_ready(&world)).await.is_err() {
        world.violated("the servers are not ready again");
    }
    end(&world, editors, "editors").await;
    let pool = PgPool::connect(&stage.primary.url("tracker")).await.unwrap();
    let goal: i64 = sqlx::query_scalar("select position from feed").fetch_one(&pool).await.unwrap();
    world.goal.send_replace(Some(goal));
    end(&world, watchers, "subscribers").await;
    timeout(END, verdict::judge(&world, &pool)).await.expect("a verdict");
    // A verdict that fails ends the test: nothing may be left running by then.
    pool.close().await;
    stage.end().await;
    println!("{:>9}  changes in the feed", goal - start.position);
    world.hold(world.counted("mutations acknowledged") > 0, || "no editor got anything done".to_owned());
    world.conclude();
}

/// Every way of watching.
fn habits() -> Vec<Habit> {
    let both = [false, true];
    let transports = [Transport::Socket, Transport::Stream];
    let mut habits = Vec::new();
    for transport in transports {
        for (resumes, slow, rich) in both.iter().flat_map(|a| both.iter().flat_map(move |b| both.map(|c| (*a, *b, c))))
        {
            habits.push(Habit { transport, resumes, slow, rich });
        }
    }
    habits
}

/// Waits for tasks of a kind; those that do not end are hung.
async fn end(world: &World, mut tasks: JoinSet<()>, kind: &str) {
    let ending = async {
        while let Some(ended) = tasks.join_next().await {
            world.hold(ended.is_ok(), || format!("one of the {kind} failed: {ended:?}"));
        }
    };
    if timeout(END, ending).await.is_err() {
        world.violated(format!("{} of the {kind} did not come to their end", tasks.len()));
    }
}

async fn token(primary: &Postgres) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracker"));
    command.args(["token", "create", "--name", "torture", "--role", "editor"]);
    let output = command.env("DATABASE_URL", primary.url("tracker")).output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

async fn all_are_ready(world: &World) {
    for server in &world.servers {
        loop {
            let answer = world.http.get(format!("{server}/readyz")).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Where the feed stands.
async fn newest(world: &World) -> Place {
    let request = json!({ "query": "{ changes(last: 1) { nodes { position cursor } } }" });
    let answer = world.http.post(format!("{}/graphql", world.servers[0])).json(&request).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let change = &answer["data"]["changes"]["nodes"][0];
    Place { position: change["position"].as_i64().unwrap(), cursor: change["cursor"].as_str().unwrap().to_owned() }
}
