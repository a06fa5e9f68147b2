#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::country;

fuzz_target!(|data: &[u8]| country(data));
