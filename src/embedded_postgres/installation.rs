//! Which Postgres programs to use: installed ones where there are any, else downloaded ones.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use postgresql_embedded::{PostgreSQL, Settings, VersionReq};
use tokio::process::Command;

use super::{
    data_dir::DataDir,
    error::{EmbeddedError, file_error},
};

/// The oldest Postgres that the tracker's SQL is written for.
pub const OLDEST_POSTGRES: u32 = 14;

const RELEASES_URL: &str = "https://github.com/theseus-rs/postgresql-binaries";

/// What an installation must have for us to run a cluster with it.
const PROGRAMS: [&str; 3] = ["postgres", "initdb", "pg_ctl"];

/// How long a program may take: recovery after a crash and slow disks included.
pub(super) const PROGRAM_TIMEOUT: Duration = Duration::from_secs(300);

/// A Postgres on this machine: the folder that holds `bin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Installation {
    pub(super) path: PathBuf,
    pub(super) major: u32,
}

impl Installation {
    /// The installation for a data directory: of the version that made its cluster, or, for a new one, the newest.
    pub(super) async fn find(dir: &DataDir) -> Result<Self, EmbeddedError> {
        let wanted = cluster_major(&dir.cluster())?;
        let mut installed = Vec::new();
        for folder in candidates(&PROGRAMS).await {
            if let Some(major) = major_of(&folder).await {
                installed.push(Self { path: folder, major });
            }
        }
        match choose(installed, wanted) {
            Some(installation) => Ok(installation),
            None => download(dir, wanted).await,
        }
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.path.join("bin").join(name)
    }

    /// What the crate is told of an installation and a cluster; whoever starts one completes it.
    pub(super) fn settings(&self, cluster: PathBuf) -> Settings {
        settings(self.path.clone(), cluster, VersionReq::STAR, true)
    }
}

/// Made field by field: the crate's own default leaves two folders in the system's temporary folder at each call.
fn settings(
    installation_dir: PathBuf,
    cluster: PathBuf,
    version: VersionReq,
    trust_installation_dir: bool,
) -> Settings {
    Settings {
        releases_url: RELEASES_URL.into(),
        version,
        installation_dir,
        password_file: PathBuf::new(),
        data_dir: cluster,
        host: "127.0.0.1".into(),
        port: 0,
        username: postgresql_embedded::BOOTSTRAP_SUPERUSER.into(),
        password: String::new(),
        temporary: false,
        timeout: Some(PROGRAM_TIMEOUT),
        configuration: HashMap::new(),
        trust_installation_dir,
        socket_dir: None,
    }
}

fn choose(mut installed: Vec<Installation>, wanted: Option<u32>) -> Option<Installation> {
    match wanted {
        Some(major) => installed.into_iter().find(|installation| installation.major == major),
        None => {
            installed.retain(|installation| installation.major >= OLDEST_POSTGRES);
            installed.sort_by_key(|installation| std::cmp::Reverse(installation.major));
            installed.into_iter().next()
        }
    }
}

/// The major version that made a cluster; `None` where there is none yet.
fn cluster_major(cluster: &Path) -> Result<Option<u32>, EmbeddedError> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(version) => Ok(leading_number(&version)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file_error(path, "read")(error)),
    }
}

/// Folders where installations are by the conventions of Debian, Red Hat and Homebrew, by `pg_config` and by the path.
async fn candidates(programs: &[&str]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ] {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        folders.extend(
            entries
                .filter(|entry| {
                    let name = entry.file_name();
                    let version = name.to_str().and_then(|name| name.strip_prefix(prefix));
                    version.is_some_and(|version| version.parse::<u32>().is_ok())
                })
                .map(|entry| entry.path()),
        );
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output().await {
        let bin = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        folders.extend(bin.parent().map(Path::to_path_buf));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(
        env::split_paths(&path).filter(|bin| bin.ends_with("bin")).filter_map(|bin| Some(bin.parent()?.into())),
    );
    folders.retain(|folder| programs.iter().all(|program| folder.join("bin").join(program).is_file()));
    folders.sort();
    folders.dedup();
    folders
}

/// One of Postgres's client programs, such as `pg_dump`, of the version of a server or the next later one that is here.
pub async fn client_program(name: &str, server: u32) -> Option<PathBuf> {
    let mut found = Vec::new();
    for folder in candidates(&[name]).await {
        let program = folder.join("bin").join(name);
        if let Some(major) = version_of(&program).await.filter(|major| *major >= server) {
            found.push((major, program));
        }
    }
    found.into_iter().min().map(|(_, program)| program)
}

/// What an installation says of its version; `None` if this account can't run it.
async fn major_of(installation: &Path) -> Option<u32> {
    version_of(&installation.join("bin/postgres")).await
}

async fn version_of(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().await.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    leading_number(text.split_once("(PostgreSQL) ")?.1)
}

fn leading_number(text: &str) -> Option<u32> {
    let digits: String = text.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

async fn download(dir: &DataDir, wanted: Option<u32>) -> Result<Installation, EmbeddedError> {
    let described = wanted.map_or_else(|| format!("{OLDEST_POSTGRES} or later"), |major| major.to_string());
    let missing = |reason: String| {
        let reason = one_line(&reason);
        match wanted {
            Some(major) => EmbeddedError::OtherVersion { dir: dir.cluster(), major, reason },
            None => EmbeddedError::NoInstallation { oldest: OLDEST_POSTGRES, reason },
        }
    };
    let requirement = wanted.map_or_else(|| format!(">={OLDEST_POSTGRES}"), |major| format!("={major}"));
    let version = VersionReq::parse(&requirement).map_err(|error| missing(error.to_string()))?;
    let folder = dir.installations();
    fs::create_dir_all(&folder).map_err(file_error(&folder, "made"))?;
    // The crate makes a cluster after installing, with passwords in clear text and the locale of the environment; it leaves
    // that out where a configuration stands already.
    let no_cluster = folder.join("no-cluster");
    fs::create_dir_all(&no_cluster).map_err(file_error(&no_cluster, "made"))?;
    let configuration = no_cluster.join("postgresql.conf");
    fs::write(&configuration, "").map_err(file_error(&configuration, "written"))?;
    tracing::info!("no PostgreSQL {described} is installed, looking for one to download");
    let mut postgres = PostgreSQL::new(settings(folder, no_cluster, version, false));
    tokio::time::timeout(PROGRAM_TIMEOUT, postgres.setup())
        .await
        .map_err(|_| missing(format!("it took more than {} s", PROGRAM_TIMEOUT.as_secs())))?
        .map_err(|error| missing(error.to_string()))?;
    let path = postgres.settings().installation_dir.clone();
    let major = major_of(&path).await.ok_or_else(|| missing("what was downloaded does not run here".into()))?;
    Ok(Installation { path, major })
}

/// A program's or a crate's words, fit for a sentence.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(majors: &[u32]) -> Vec<Installation> {
        majors.iter().map(|major| Installation { path: PathBuf::from(format!("/{major}")), major: *major }).collect()
    }

    #[test]
    fn a_new_database_gets_the_newest_postgres_that_is_new_enough() {
        assert_eq!(choose(installed(&[15, 17, 9]), None).map(|chosen| chosen.major), Some(17));
        assert_eq!(choose(installed(&[13]), None), None);
    }

    #[test]
    fn an_existing_database_keeps_the_version_that_made_it() {
        assert_eq!(choose(installed(&[15, 17]), Some(15)).map(|chosen| chosen.major), Some(15));
        assert_eq!(choose(installed(&[17]), Some(15)), None);
    }

    #[test]
    fn versions_are_read_as_postgres_writes_them() {
        assert_eq!(leading_number("15.14 (Debian 15.14-0+deb12u1)"), Some(15));
        assert_eq!(leading_number("18beta1"), Some(18));
        assert_eq!(leading_number("15\n"), Some(15));
        assert_eq!(leading_number("devel"), None);
    }
}
