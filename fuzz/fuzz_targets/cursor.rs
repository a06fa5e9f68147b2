#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::cursor;

fuzz_target!(|data: &[u8]| cursor(data));
