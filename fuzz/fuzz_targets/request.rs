#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::request;

fuzz_target!(|data: &[u8]| request(data));
