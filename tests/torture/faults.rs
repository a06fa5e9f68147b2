//! What goes wrong in a run, one thing after another.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::time::{Duration, Instant};

use crate::{
    postgres::{Folder, Postgres},
    relay::Relay,
    replica::Replica,
    world::World,
};

#[derive(Clone, Copy)]
enum Fault {
    DatabaseKilled,
    ListenersTerminated,
    EverybodyTerminated,
    ServerKilled,
    ServerStopped,
    NetworkSilent,
    NetworkCut,
    FailedOver,
}

/// The more often something stands here, the more often it happens.
const FAULTS: [Fault; 11] = [
    Fault::DatabaseKilled,
    Fault::DatabaseKilled,
    Fault::ListenersTerminated,
    Fault::ListenersTerminated,
    Fault::EverybodyTerminated,
    Fault::ServerKilled,
    Fault::ServerKilled,
    Fault::ServerStopped,
    Fault::NetworkSilent,
    Fault::NetworkCut,
    Fault::FailedOver,
];

/// What can break: the servers reach the database through the relay.
pub struct Stage {
    pub folder: Folder,
    pub primary: Postgres,
    pub standby: Postgres,
    pub relay: Relay,
    pub replicas: Vec<Replica>,
    standbys: usize,
}

impl Stage {
    pub async fn new(folder: Folder, primary: Postgres, relay: Relay, replicas: Vec<Replica>) -> Self {
        let standby = Postgres::standby(&folder, &primary, "standby-1").await;
        Self { folder, primary, standby, relay, replicas, standbys: 1 }
    }

    /// Ends all processes.
    pub async fn end(mut self) {
        for replica in self.replicas {
            replica.end().await;
        }
        self.primary.kill().await;
        self.standby.kill().await;
    }

    /// Lets things go wrong for a while. A failover comes at the latest in the middle, however long the while.
    pub async fn break_things(&mut self, world: &World, duration: Duration) {
        let (began, mut failed_over) = (Instant::now(), false);
        while began.elapsed() < duration {
            let due = !failed_over && began.elapsed() > duration / 2;
            let fault = if due { Fault::FailedOver } else { *world.chance.of_these(&FAULTS) };
            failed_over |= matches!(fault, Fault::FailedOver);
            self.happens(world, fault).await;
            world.chance.pause(300..2_500).await;
        }
    }

    async fn happens(&mut self, world: &World, fault: Fault) {
        let replica = world.chance.of_these(&self.replicas);
        match fault {
            Fault::DatabaseKilled => {
                world.count("times Postgres was killed with -9 and restarted");
                self.primary.kill().await;
                world.chance.pause(0..1_500).await;
                self.primary.start_again().await;
            }
            Fault::ListenersTerminated => {
                world.count("times the listeners were terminated");
                self.terminate("and application_name = 'tracker feed'").await;
            }
            Fault::EverybodyTerminated => {
                world.count("times all connections to the database were terminated");
                self.terminate("").await;
            }
            Fault::ServerKilled => {
                world.count("times a server was killed with -9 and restarted");
                replica.kill();
            }
            Fault::ServerStopped => {
                world.count("times a server was stopped and restarted");
                replica.terminate();
            }
            Fault::NetworkSilent => {
                world.count("times the way to the database went silent");
                self.relay.silence();
                world.chance.pause(500..5_000).await;
                self.relay.lead_to(self.primary.port);
            }
            Fault::NetworkCut => {
                world.count("times the way to the database was cut");
                self.relay.close();
                world.chance.pause(0..2_000).await;
                self.relay.lead_to(self.primary.port);
            }
            Fault::FailedOver => self.fail_over(world).await,
        }
    }

    async fn terminate(&self, condition: &str) {
        let mut connection = PgConnection::connect(&self.primary.url("postgres")).await.unwrap();
        let terminate = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'tracker' and pid <> pg_backend_pid() {condition}"
        );
        sqlx::raw_sql(AssertSqlSafe(terminate)).execute(&mut connection).await.unwrap();
    }

    /// The primary dies for good, the standby takes over, and the address moves to it. A new standby follows.
    async fn fail_over(&mut self, world: &World) {
        world.count("times the standby was promoted");
        self.primary.is_followed().await;
        if world.chance.percent(50) {
            self.relay.silence();
        } else {
            self.relay.close();
        }
        self.primary.kill().await;
        self.standby.promote().await;
        world.chance.pause(0..1_000).await;
        self.relay.lead_to(self.standby.port);
        self.standbys += 1;
        let name = format!("standby-{}", self.standbys);
        let next = Postgres::standby(&self.folder, &self.standby, &name).await;
        self.primary = std::mem::replace(&mut self.standby, next);
    }
}
