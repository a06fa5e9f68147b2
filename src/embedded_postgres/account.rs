//! Who runs Postgres, which refuses to run as root.

use std::{
    fs,
    future::Future,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};

use super::error::{EmbeddedError, file_error};

/// Accounts that root may hand Postgres to, by preference.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// The account that runs Postgres and owns its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Account {
    /// The one that runs the tracker.
    Own,
    /// An unprivileged one, because root runs the tracker.
    Other { name: String, uid: u32, gid: u32 },
}

impl Account {
    /// The account for a data directory: its owner if root runs the tracker and the directory has one already.
    pub(super) fn of(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let own_uid = rustix::process::geteuid().as_raw();
        let owner = fs::metadata(data_dir).ok().map(|metadata| (metadata.uid(), metadata.gid()));
        match owner {
            Some((uid, gid)) if own_uid == 0 && uid != 0 => Ok(Self::Other { name: name_of(uid), uid, gid }),
            _ if own_uid == 0 => unprivileged(),
            Some((uid, _)) if uid != own_uid => {
                Err(EmbeddedError::OthersData { path: data_dir.into(), owner: name_of(uid) })
            }
            _ => Ok(Self::Own),
        }
    }

    /// Makes a file or folder the account's, with all that is in it.
    pub(super) fn take_over(&self, path: &Path) -> Result<(), EmbeddedError> {
        let Self::Other { uid, gid, .. } = self else {
            return Ok(());
        };
        std::os::unix::fs::lchown(path, Some(*uid), Some(*gid)).map_err(file_error(path, "handed over"))?;
        let is_folder = fs::symlink_metadata(path).map_err(file_error(path, "read"))?.is_dir();
        if is_folder {
            for entry in fs::read_dir(path).map_err(file_error(path, "read"))? {
                self.take_over(&entry.map_err(file_error(path, "read"))?.path())?;
            }
        }
        Ok(())
    }

    /// Does work on a thread of its own that has only this account's rights, and waits for it. The rights belong to the thread
    /// alone: the rest of the program keeps its own, and every child process that the work starts inherits the account.
    pub(super) async fn run<T, F>(
        &self,
        folder: &Path,
        work: impl FnOnce() -> F + Send + 'static,
    ) -> Result<T, EmbeddedError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, EmbeddedError>>,
    {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        self.spawn(folder, work, move |result| drop(sender.send(result)))?;
        receiver.await.unwrap_or(Err(EmbeddedError::NotStopped("its thread ended early".into())))
    }

    /// As [`Account::run`], for where nothing can be awaited.
    pub(super) fn run_blocking<T, F>(
        &self,
        folder: &Path,
        work: impl FnOnce() -> F + Send + 'static,
    ) -> Result<T, EmbeddedError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, EmbeddedError>>,
    {
        let (sender, receiver) = mpsc::channel();
        self.spawn(folder, work, move |result| drop(sender.send(result)))?;
        receiver.recv().unwrap_or(Err(EmbeddedError::NotStopped("its thread ended early".into())))
    }

    fn spawn<T, F>(
        &self,
        folder: &Path,
        work: impl FnOnce() -> F + Send + 'static,
        done: impl FnOnce(Result<T, EmbeddedError>) + Send + 'static,
    ) -> Result<(), EmbeddedError>
    where
        F: Future<Output = Result<T, EmbeddedError>>,
    {
        let (account, folder) = (self.clone(), folder.to_path_buf());
        let run = move || {
            account.assume(&folder)?;
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(EmbeddedError::NoThread)?;
            runtime.block_on(work())
        };
        thread::Builder::new()
            .name("embedded-postgres".into())
            .spawn(move || done(run()))
            .map(drop)
            .map_err(EmbeddedError::NoThread)
    }

    /// Gives the calling thread the account's rights, for good, and makes `folder` its working directory: Postgres's programs
    /// fail in a working directory that they can't enter, such as root's home.
    fn assume(&self, folder: &Path) -> Result<(), EmbeddedError> {
        #[cfg(target_os = "linux")]
        let has_own_working_directory = unshare_working_directory();
        #[cfg(not(target_os = "linux"))]
        let has_own_working_directory = false;
        if let Self::Other { name, uid, gid } = self {
            drop_privileges(*uid, *gid)?;
            if let Some(closed) = first_closed_folder(folder) {
                return Err(EmbeddedError::CanNotEnter { path: closed, account: name.clone() });
            }
        }
        if has_own_working_directory {
            std::env::set_current_dir(folder).map_err(file_error(folder, "entered"))?;
        }
        Ok(())
    }
}

/// Lets the calling thread change its working directory without changing the whole program's. Some containers forbid it;
/// there the program's own must do.
#[cfg(target_os = "linux")]
fn unshare_working_directory() -> bool {
    use rustix::thread::UnshareFlags;
    #[expect(deprecated, reason = "what makes its successor unsafe is unsharing descriptors, and this unshares none")]
    rustix::thread::unshare(UnshareFlags::FS).is_ok()
}

#[cfg(target_os = "linux")]
fn drop_privileges(uid: u32, gid: u32) -> Result<(), EmbeddedError> {
    use rustix::process::{Gid, Uid};
    let (uid, gid) = (Uid::from_raw(uid), Gid::from_raw(gid));
    // Groups and group first: without root's user id they can't be changed any more.
    rustix::thread::set_thread_groups(&[gid])
        .and_then(|()| rustix::thread::set_thread_res_gid(gid, gid, gid))
        .and_then(|()| rustix::thread::set_thread_res_uid(uid, uid, uid))
        .map_err(|_| EmbeddedError::NoHandOver)
}

#[cfg(not(target_os = "linux"))]
fn drop_privileges(_uid: u32, _gid: u32) -> Result<(), EmbeddedError> {
    Err(EmbeddedError::NoHandOver)
}

/// The outermost folder on the way to `path`, itself included, that the calling thread may not enter.
fn first_closed_folder(path: &Path) -> Option<PathBuf> {
    let mut folders: Vec<&Path> = path.ancestors().collect();
    folders.reverse();
    folders.into_iter().find(|folder| fs::metadata(folder.join(".")).is_err()).map(Path::to_path_buf)
}

fn unprivileged() -> Result<Account, EmbeddedError> {
    let accounts = accounts();
    UNPRIVILEGED
        .iter()
        .find_map(|wanted| accounts.iter().find(|account| account.name == *wanted))
        .map(|account| Account::Other { name: account.name.clone(), uid: account.uid, gid: account.gid })
        .ok_or(EmbeddedError::NoAccount)
}

fn name_of(uid: u32) -> String {
    accounts().into_iter().find(|account| account.uid == uid).map_or_else(|| uid.to_string(), |account| account.name)
}

struct PasswdLine {
    name: String,
    uid: u32,
    gid: u32,
}

fn accounts() -> Vec<PasswdLine> {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    passwd.lines().filter_map(parse_passwd_line).collect()
}

fn parse_passwd_line(line: &str) -> Option<PasswdLine> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(PasswdLine { name, uid, gid })
}
