#![no_main]

use libfuzzer_sys::fuzz_target;
use tracker::domain::fuzzing::countries_file;

fuzz_target!(|data: &[u8]| countries_file(data));
