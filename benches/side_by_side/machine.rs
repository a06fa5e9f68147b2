//! The machine that all runs on: what it is, and which of its processors does what.

use std::{fs, thread};

use rustix::process::{Resource, getrlimit, setrlimit};

use super::Outcome;

/// The processor of whoever serves: server and database.
pub const SERVING: &str = "0";

/// The processor of whoever asks.
pub const ASKING: &str = "1";

/// Both.
pub const ALL: &str = "0,1";

/// Lets this process, and those that it starts, have as many open files as the system allows: a socket is one.
pub fn raise_file_limit() -> Outcome {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    Ok(setrlimit(Resource::Nofile, limit)?)
}

/// Processor, memory and kernel, in a line.
pub fn describe() -> Outcome<String> {
    let processor = field("/proc/cpuinfo", "model name")?;
    let kibibytes: u64 = field("/proc/meminfo", "MemTotal")?.trim_end_matches(" kB").parse()?;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let processors = thread::available_parallelism()?;
    let gibibytes = (kibibytes + (1 << 19)) >> 20;
    Ok(format!("{processors} × {processor}, {gibibytes} GiB, Linux {}", kernel.trim()))
}

/// Bytes of memory that a process has resident.
pub fn resident(process: u32) -> Outcome<u64> {
    let kibibytes: u64 = field(&format!("/proc/{process}/status"), "VmRSS")?.trim_end_matches(" kB").parse()?;
    Ok(kibibytes * 1024)
}

fn field(file: &str, name: &str) -> Outcome<String> {
    let text = fs::read_to_string(file)?;
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split_once(':')).ok_or_else(|| format!("{file} has no {name}"))?;
    Ok(value.1.trim().to_owned())
}
