#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::date;

fuzz_target!(|data: &[u8]| date(data));
