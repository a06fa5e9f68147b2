#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::address;

fuzz_target!(|data: &[u8]| address(data));
