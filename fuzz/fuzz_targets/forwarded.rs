#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::forwarded;

fuzz_target!(|data: &[u8]| forwarded(data));
