#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::proof;

fuzz_target!(|data: &[u8]| proof(data));
