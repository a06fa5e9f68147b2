#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::developments_file;

fuzz_target!(|data: &[u8]| developments_file(data));
