#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::negotiation;

fuzz_target!(|data: &[u8]| negotiation(data));
