use async_graphql::Object;

use crate::domain::people;

pub struct People(pub people::People);

/// A number of people, as exactly as the sources say. At most one way of saying it is used; `atLeast` and `atMost` together are a
/// range.
#[Object(serial)]
impl People {
    /// Exactly this many. Null when the sources are less exact.
    async fn exactly(&self) -> Option<i32> {
        self.0.exactly()
    }

    /// This many or more. Null when no lower bound is reported.
    async fn at_least(&self) -> Option<i32> {
        self.0.at_least()
    }

    /// This many or fewer. Null when no upper bound is reported.
    async fn at_most(&self) -> Option<i32> {
        self.0.at_most()
    }

    /// About this many. Null when the sources say it otherwise.
    async fn about(&self) -> Option<i32> {
        self.0.about()
    }

    /// The sources' words where they give no figure, such as "dozens". Null where they give one.
    async fn described_as(&self) -> Option<&str> {
        self.0.in_words()
    }

    /// The number in words for readers: "up to 50 people".
    async fn label(&self) -> String {
        self.0.label()
    }
}
