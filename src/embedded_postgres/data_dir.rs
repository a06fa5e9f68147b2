//! The data directory: what is in it, whose it is, and who uses it now.

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;

use super::{
    account::Account,
    error::{EmbeddedError, file_error},
};
use crate::clock::{Surroundings, System};

const MARKER: &str = "THIRD-COUNTRY-TRACKER";
const MARKER_TEXT: &str = "\
The data directory of a Third-Country Tracker.

postgres/           its database; belongs to the Postgres that the tracker runs; what that says is in start.log
postgresql/         a Postgres that the tracker has downloaded, if none was installed
password            of that database
in-use, starting    locks of running trackers; empty
";

/// A lock on a file, given up when dropped and by the death of the process.
#[derive(Debug)]
pub(super) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing the file would not do: a process that we start has it open too until it becomes another program.
        if let Err(error) = self.0.unlock() {
            tracing::error!("the lock of the private Postgres could not be given up: {error}");
        }
    }
}

/// Found in empty file systems; does not make a folder somebody else's.
const LOST_AND_FOUND: &str = "lost+found";

/// A data directory that is ours.
#[derive(Debug, Clone)]
pub(super) struct DataDir {
    path: PathBuf,
}

/// Where the data directory is by the platform's convention.
pub fn default_data_dir() -> Result<PathBuf, EmbeddedError> {
    if rustix::process::geteuid().is_root() {
        return Ok("/var/lib/third-country-tracker".into());
    }
    let home = || env::home_dir().filter(|home| home.is_absolute());
    let base = if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        // The specification says to ignore a relative path.
        let named = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        named.or_else(|| home().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("third-country-tracker")).ok_or(EmbeddedError::NoHome)
}

impl DataDir {
    /// Opens a data directory, or makes one of an absent or empty folder, for the account that is to run Postgres.
    pub(super) fn open(path: &Path) -> Result<(Self, Account), EmbeddedError> {
        if !path.exists() {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(file_error(parent, "made"))?;
            }
            match DirBuilder::new().mode(0o700).create(path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(file_error(path, "made")(error));
                }
                _ => {}
            }
        }
        let path = path.canonicalize().map_err(file_error(path, "opened"))?;
        let account = Account::of(&path)?;
        let marker = path.join(MARKER);
        if !marker.exists() {
            if !is_empty(&path)? {
                return Err(EmbeddedError::NotOurs(path));
            }
            fs::write(&marker, MARKER_TEXT).map_err(file_error(&marker, "written"))?;
        }
        if matches!(account, Account::Other { .. }) && owner(&path)? == 0 {
            account.take_over(&path)?;
        }
        if matches!(account, Account::Other { .. }) && owner(&marker)? == 0 {
            account.take_over(&marker)?;
        }
        Ok((Self { path }, account))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The cluster: what Postgres calls its data directory.
    pub(super) fn cluster(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// Where a cluster is made before it takes its place, so that one half made is never taken for whole.
    pub(super) fn new_cluster(&self) -> PathBuf {
        self.path.join("postgres.new")
    }

    /// Where downloaded installations are.
    pub(super) fn installations(&self) -> PathBuf {
        self.path.join("postgresql")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.cluster().join("start.log")
    }

    pub(super) fn password_file(&self) -> PathBuf {
        self.path.join("password")
    }

    /// The database's password, made the first time.
    pub(super) fn password(&self) -> Result<String, EmbeddedError> {
        let path = self.password_file();
        match fs::read_to_string(&path) {
            Ok(password) => Ok(password.trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let password = HEXLOWER.encode(&System.secret());
                let unfinished = self.path.join("password.new");
                write_private(&unfinished, &password).map_err(file_error(&unfinished, "written"))?;
                fs::rename(&unfinished, &path).map_err(file_error(&path, "written"))?;
                Ok(password)
            }
            Err(error) => Err(file_error(&path, "read")(error)),
        }
    }

    /// Waits for its turn to start or stop Postgres.
    pub(super) fn take_turn(&self) -> Result<Hold, EmbeddedError> {
        let path = self.path.join("starting");
        let file = lock_file(&path)?;
        file.lock().map_err(file_error(path, "locked"))?;
        Ok(Hold(file))
    }

    /// Says that this process uses the running Postgres, until dropped. To be called in one's turn.
    pub(super) fn enter(&self) -> Result<Hold, EmbeddedError> {
        let path = self.path.join("in-use");
        let file = lock_file(&path)?;
        file.lock_shared().map_err(file_error(path, "locked"))?;
        Ok(Hold(file))
    }

    /// Whether nobody uses the running Postgres. To be called in one's turn, after dropping what [`DataDir::enter`] gave.
    pub(super) fn is_left(&self) -> Result<bool, EmbeddedError> {
        let path = self.path.join("in-use");
        let file = lock_file(&path)?;
        match file.try_lock() {
            Ok(()) => {
                drop(Hold(file));
                Ok(true)
            }
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(file_error(path, "locked")(error)),
        }
    }
}

fn owner(path: &Path) -> Result<u32, EmbeddedError> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::symlink_metadata(path).map_err(file_error(path, "read"))?.uid())
}

fn is_empty(path: &Path) -> Result<bool, EmbeddedError> {
    for entry in fs::read_dir(path).map_err(file_error(path, "read"))? {
        if entry.map_err(file_error(path, "read"))?.file_name() != LOST_AND_FOUND {
            return Ok(false);
        }
    }
    Ok(true)
}

fn lock_file(path: &Path) -> Result<File, EmbeddedError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options.open(path).map_err(file_error(path, "opened"))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_is_left_though_a_starting_process_has_the_file_open_still() {
        let path = env::temp_dir().join(format!("tracker-data-dir-{}", System.uuid()));
        fs::create_dir(&path).unwrap();
        let dir = DataDir { path };
        let (first, second) = (dir.enter().unwrap(), dir.enter().unwrap());
        let inherited = [first.0.try_clone().unwrap(), second.0.try_clone().unwrap()];
        drop(first);
        assert!(!dir.is_left().unwrap());
        drop(second);
        assert!(dir.is_left().unwrap());
        drop(inherited);
        fs::remove_dir_all(&dir.path).unwrap();
    }
}
