#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::http::fuzzing::socket_message;

fuzz_target!(|data: &[u8]| socket_message(data));
