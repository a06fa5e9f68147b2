//! To come.
use std::path::Path;
#[derive(Debug, thiserror::Error)]
#[error("no embedded Postgres yet")]
pub struct EmbeddedError;
pub struct EmbeddedPostgres;
impl EmbeddedPostgres {
    pub async fn start(_data_dir: Option<&Path>) -> Result<Self, EmbeddedError> { Err(EmbeddedError) }
    pub fn url(&self, _database: &str) -> String { String::new() }
    pub async fn stop(self) -> Result<(), EmbeddedError> { Ok(()) }
}
