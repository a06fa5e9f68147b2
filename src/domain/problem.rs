//! What an editor can mend.

/// What is wrong with an entry, as a code that programs can rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum)]
pub enum ProblemCode {
    /// A required value is missing or blank.
    Required,
    /// The value is not written in the form that its field takes.
    Malformed,
    /// The value names something that does not exist.
    NotFound,
    /// A date lies in the future.
    FutureDate,
    /// A number, a date or an amount lies outside its allowed range.
    OutOfRange,
    /// A text or list is longer than its limit.
    TooLong,
    /// A text is shorter than it has to be.
    TooShort,
    /// Values that exclude each other were given together, or one was given where its kind has none.
    Contradiction,
    /// A Denial disputes a development of another country.
    OtherCountry,
    /// Somebody changed it in the meantime: `expectedRevision` is no longer the newest.
    Conflict,
    /// What is asked can't be done to it as it stands: it is published already, retracted, or not waiting for review.
    WrongState,
    /// Another person has to do this: who wrote it may not publish it.
    NeedsSecondPerson,
    /// E-mail address and password do not go together, or the account may not be used.
    WrongCredentials,
    /// There is an account with this e-mail address already.
    AlreadyExists,
    /// Somebody has to be left who may do this.
    LastAdmin,
    /// The idempotency key was used before, with another input.
    IdempotencyKeyReused,
}

/// One thing that is wrong with what an editor sent: which field, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: ProblemCode,
    /// The path of the field below the input, list positions included: `citations`, `0`, `source`, `url`.
    pub field: Vec<String>,
    /// A sentence that says what to do.
    pub message: String,
}

impl Problem {
    /// A problem at a dotted path such as `citations.0.source.url`.
    pub fn at(path: &str, code: ProblemCode, message: impl Into<String>) -> Self {
        let field = path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        Self { code, field, message: message.into() }
    }

    /// The same problem of a field that lies below others.
    #[must_use]
    pub fn below(self, path: &[&str]) -> Self {
        let above = path.iter().map(|step| (*step).to_owned());
        Self { field: above.chain(self.field).collect(), ..self }
    }
}
