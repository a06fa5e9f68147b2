#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::table;

fuzz_target!(|data: &[u8]| table(data));
