#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::settings;

fuzz_target!(|data: &[u8]| settings(data));
