//! The headline numbers.

#[cfg(doc)]
use super::status::Status;
use super::status::{Headline, StatusDefinition};

/// How many countries have each status, in the order of [`Status::ALL`], with each status's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub by_status: Vec<(StatusDefinition, u32)>,
}

impl Tally {
    /// Countries with a status.
    pub fn total(&self) -> u32 {
        self.by_status.iter().map(|(_, count)| count).sum()
    }

    /// Countries whose status counts towards a number in the headline.
    pub fn headline(&self, headline: Headline) -> u32 {
        self.by_status.iter().filter(|(status, _)| status.headline == Some(headline)).map(|(_, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::status::Status, *};

    #[test]
    fn those_who_declined_count_as_asked_and_an_ended_agreement_in_the_total_only() {
        let line = |code: Status, headline: Option<Headline>, count: u32| {
            (StatusDefinition { code, label: String::new(), definition: String::new(), headline }, count)
        };
        let tally = Tally {
            by_status: vec![
                line(Status::Asked, Some(Headline::Asked), 50),
                line(Status::Declined, Some(Headline::Asked), 1),
                line(Status::Agreed, Some(Headline::Agreed), 7),
                line(Status::Ended, None, 2),
            ],
        };
        assert_eq!((tally.total(), tally.headline(Headline::Asked), tally.headline(Headline::Agreed)), (60, 51, 7));
    }
}
