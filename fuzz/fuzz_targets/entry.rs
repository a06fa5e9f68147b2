#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::entry;

fuzz_target!(|data: &[u8]| entry(data));
