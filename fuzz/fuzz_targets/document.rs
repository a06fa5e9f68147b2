#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::document;

fuzz_target!(|data: &[u8]| document(data));
