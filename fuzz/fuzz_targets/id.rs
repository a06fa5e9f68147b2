#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::id;

fuzz_target!(|data: &[u8]| id(data));
