//! Compressing what is kept: once, and well.

use std::io::{self, Write};

use axum::body::Bytes;

use crate::http::accept::Coding;

/// How hard each tries: beyond these, more time buys little on answers of ours.
const BROTLI: u32 = 6;
const ZSTANDARD: i32 = 9;
const GZIP: flate2::Compression = flate2::Compression::new(6);

/// The window of brotli, as a power of two.
const WINDOW: u32 = 20;

/// Compresses bytes, away from the threads that answer.
pub async fn compress(coding: Coding, plain: Bytes) -> io::Result<Bytes> {
    tokio::task::spawn_blocking(move || now(coding, &plain)).await.map_err(io::Error::other)?.map(Bytes::from)
}

fn now(coding: Coding, plain: &[u8]) -> io::Result<Vec<u8>> {
    match coding {
        Coding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI, WINDOW);
            writer.write_all(plain)?;
            Ok(writer.into_inner())
        }
        Coding::Zstandard => zstd::bulk::compress(plain, ZSTANDARD),
        Coding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), GZIP);
            writer.write_all(plain)?;
            writer.finish()
        }
    }
}
