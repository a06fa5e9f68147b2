//! A private Postgres of the tracker's own, for when no `DATABASE_URL` names another.
//!
//! It lives in the data directory, listens on loopback only, and keeps what it has acknowledged through any crash. Postgres
//! runs beside the tracker, not inside it: one that outlives a killed tracker is found and used by the next. Several trackers
//! on one data directory share one Postgres; whoever leaves last stops it.

mod account;
mod cluster;
mod data_dir;
mod error;
mod installation;
mod postmaster;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use self::{
    account::Account,
    data_dir::{DataDir, Hold},
    postmaster::Postmaster,
};
pub use self::{
    data_dir::default_data_dir,
    error::EmbeddedError,
    installation::{OLDEST_POSTGRES, client_program},
};

/// The tracker's database in its private Postgres.
pub const DATABASE: &str = "tracker";

/// This process's hold on the private Postgres of a data directory.
pub struct EmbeddedPostgres {
    dir: DataDir,
    account: Account,
    configuration: HashMap<String, String>,
    password: String,
    port: u16,
    /// Says to other processes that this one uses it; `None` once given up.
    presence: Arc<Mutex<Option<Hold>>>,
}

impl EmbeddedPostgres {
    /// Finds the running Postgres of a data directory or starts it, making all that is not there yet.
    pub async fn start(data_dir: &Path) -> Result<Self, EmbeddedError> {
        Self::start_with(data_dir, HashMap::new()).await
    }

    /// As [`EmbeddedPostgres::start`], with settings of Postgres, by name, that replace or add to the tracker's own if it has
    /// to be started.
    pub async fn start_with(data_dir: &Path, configuration: HashMap<String, String>) -> Result<Self, EmbeddedError> {
        let (dir, account) = DataDir::open(data_dir)?;
        let work = {
            let (dir, configuration) = (dir.clone(), configuration.clone());
            || async move {
                let _turn = dir.take_turn()?;
                let presence = dir.enter()?;
                let port = cluster::bring_up(&dir, &configuration, None).await?;
                Ok((presence, port, dir.password()?))
            }
        };
        let (presence, port, password) = account.run(dir.path(), work).await?;
        let presence = Arc::new(Mutex::new(Some(presence)));
        Ok(Self { dir, account, configuration, password, port, presence })
    }

    /// The URL of one of its databases, password included: not to be logged.
    pub fn url(&self, database: &str) -> String {
        cluster::url(&self.password, self.port, database)
    }

    /// Starts it again, at the same address, if it has died; answers whether it had. Cheap while it lives.
    pub async fn revive(&self) -> Result<bool, EmbeddedError> {
        if Postmaster::find(&self.dir.cluster())?.is_some() {
            return Ok(false);
        }
        let (dir, configuration, port) = (self.dir.clone(), self.configuration.clone(), self.port);
        let work = move || async move {
            let _turn = dir.take_turn()?;
            cluster::bring_up(&dir, &configuration, Some(port)).await?;
            Ok(true)
        };
        self.account.run(self.dir.path(), work).await
    }

    /// Gives it up, and stops it unless another process uses it.
    pub async fn stop(&self) -> Result<(), EmbeddedError> {
        let (dir, presence) = (self.dir.clone(), Arc::clone(&self.presence));
        self.account.run(self.dir.path(), move || leave(dir, presence)).await
    }
}

impl Drop for EmbeddedPostgres {
    fn drop(&mut self) {
        if is_present(&self.presence) {
            let (dir, presence) = (self.dir.clone(), Arc::clone(&self.presence));
            if let Err(error) = self.account.run_blocking(self.dir.path(), move || leave(dir, presence)) {
                tracing::error!("{error}");
            }
        }
    }
}

fn is_present(presence: &Mutex<Option<Hold>>) -> bool {
    presence.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

async fn leave(dir: DataDir, presence: Arc<Mutex<Option<Hold>>>) -> Result<(), EmbeddedError> {
    let _turn = dir.take_turn()?;
    presence.lock().unwrap_or_else(PoisonError::into_inner).take();
    if dir.is_left()? { cluster::shut_down(&dir).await } else { Ok(()) }
}
