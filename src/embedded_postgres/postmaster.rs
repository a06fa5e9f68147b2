//! The running Postgres of a cluster, as its lock file names it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rustix::process::Pid;

use super::error::{EmbeddedError, file_error};

/// No process has this number on any system, so Postgres takes the lock file that names it for a dead one's.
const NO_PROCESS: &str = "2147483647";

/// A Postgres that runs on a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Postmaster {
    pub(super) pid: i32,
    pub(super) port: u16,
}

impl Postmaster {
    /// The Postgres that runs on a cluster, whoever has started it.
    pub(super) fn find(cluster: &Path) -> Result<Option<Self>, EmbeddedError> {
        let path = lock_file(cluster);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(file_error(path, "read")(error)),
        };
        Ok(parse(&text).filter(|postmaster| runs_on(postmaster.pid, cluster)))
    }

    /// Makes way for a start where a dead Postgres's number has gone to another process, which Postgres would take for itself.
    /// The lock file stays but for the number: by the rest of it Postgres makes sure that no child of the dead one lives on.
    pub(super) fn disown_stale(cluster: &Path) -> Result<(), EmbeddedError> {
        let path = lock_file(cluster);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(file_error(path, "read")(error)),
        };
        let Some((pid, rest)) = text.split_once('\n') else {
            // Cut off by a full disk or a lost machine: no child can have outlived that.
            return fs::remove_file(&path).map_err(file_error(path, "removed"));
        };
        let is_taken = pid.trim().parse().is_ok_and(is_alive);
        if is_taken && !pid.trim().parse().is_ok_and(|pid| runs_on(pid, cluster)) {
            fs::write(&path, format!("{NO_PROCESS}\n{rest}")).map_err(file_error(path, "written"))?;
        }
        Ok(())
    }
}

fn lock_file(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

/// Lines of the lock file: process, cluster, start, port, and more.
fn parse(text: &str) -> Option<Postmaster> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok()?;
    let port = lines.nth(2)?.trim().parse().ok()?;
    Some(Postmaster { pid, port })
}

fn is_alive(pid: i32) -> bool {
    Pid::from_raw(pid).is_some_and(|pid| rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
}

/// Whether a process is a Postgres on this cluster, and not another that got a dead one's number.
#[cfg(target_os = "linux")]
fn runs_on(pid: i32, cluster: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let mut arguments = arguments.split(|byte| *byte == 0);
    let program = arguments.next().unwrap_or_default();
    program.ends_with(b"postgres")
        && arguments.any(|argument| argument == b"-D")
        && arguments.next() == Some(cluster.as_os_str().as_bytes())
}

#[cfg(not(target_os = "linux"))]
fn runs_on(pid: i32, cluster: &Path) -> bool {
    let output = std::process::Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
    output.is_ok_and(|output| {
        let arguments = String::from_utf8_lossy(&output.stdout).into_owned();
        arguments.contains("postgres -D ") && arguments.contains(&*cluster.to_string_lossy())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_names_the_process_and_its_port() {
        let text = "4711\n/data/postgres\n1764000000\n45123\n\n127.0.0.1\n  1234 5\nready   \n";
        assert_eq!(parse(text), Some(Postmaster { pid: 4711, port: 45123 }));
    }

    #[test]
    fn a_lock_file_cut_off_names_nothing() {
        assert_eq!(parse("4711\n/data/postgres\n"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_living_process_that_is_no_postgres_is_not_taken_for_one() {
        let own = i32::try_from(std::process::id()).unwrap();
        assert!(is_alive(own));
        assert!(!runs_on(own, Path::new("/data/postgres")));
    }
}
