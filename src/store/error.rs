//! What can go wrong between us and the database.

/// The store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database can't be reached, or no connection came free in time: trying again later may help.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// The database has lost changes that were told already: a standby took over that had not received them.
    #[error("the database has lost changes that were told already")]
    Rewound,
    /// What is stored breaks a rule that the program relies on: our own fault.
    #[error("the database holds what it should not: {0}")]
    Corrupt(&'static str),
    /// Our own fault.
    #[error("the database refused a statement: {0}")]
    Failed(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            // 57P: shutting down or starting up; 53: out of connections or disk; 08: connection lost; 25006: now a standby; 25P03: it heard
            // nothing of us for too long.
            sqlx::Error::Database(ref cause)
                if cause.code().is_some_and(|code| {
                    code.starts_with("57P")
                        || code.starts_with("53")
                        || code.starts_with("08")
                        || matches!(code.as_ref(), "25006" | "25P03")
                }) =>
            {
                Self::Unavailable(error)
            }
            other => Self::Failed(other),
        }
    }
}
