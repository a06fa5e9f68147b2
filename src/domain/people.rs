//! Numbers of people, as exact as the sources are.

/// The largest number of people that is taken for a number of people.
pub const MAX_PEOPLE: i64 = 100_000_000;

/// How long a description in words may be, in characters.
pub const MAX_WORDS: usize = 100;

/// A number of people. Never a figure that the sources do not give.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum People {
    Exactly(i32),
    About(i32),
    AtLeast(i32),
    AtMost(i32),
    /// From the first to the second.
    Between(i32, i32),
    /// The sources' words: "dozens".
    InWords(String),
}

impl People {
    /// A number as it stands in columns. `None` where nothing is said.
    pub fn from_parts(
        exactly: Option<i32>,
        about: Option<i32>,
        at_least: Option<i32>,
        at_most: Option<i32>,
        in_words: Option<String>,
    ) -> Option<Self> {
        match (at_least, at_most) {
            (Some(least), Some(most)) => Some(Self::Between(least, most)),
            (Some(least), None) => Some(Self::AtLeast(least)),
            (None, Some(most)) => Some(Self::AtMost(most)),
            (None, None) => exactly.map(Self::Exactly).or(about.map(Self::About)).or(in_words.map(Self::InWords)),
        }
    }

    pub fn exactly(&self) -> Option<i32> {
        if let Self::Exactly(number) = self { Some(*number) } else { None }
    }

    pub fn about(&self) -> Option<i32> {
        if let Self::About(number) = self { Some(*number) } else { None }
    }

    pub fn at_least(&self) -> Option<i32> {
        if let Self::AtLeast(number) | Self::Between(number, _) = self { Some(*number) } else { None }
    }

    pub fn at_most(&self) -> Option<i32> {
        if let Self::AtMost(number) | Self::Between(_, number) = self { Some(*number) } else { None }
    }

    pub fn in_words(&self) -> Option<&str> {
        if let Self::InWords(words) = self { Some(words) } else { None }
    }

    /// The number for readers: "up to 50 people".
    pub fn label(&self) -> String {
        match self {
            Self::Exactly(1) => "1 person".to_owned(),
            Self::Exactly(number) => format!("{} people", grouped(*number)),
            Self::About(number) => format!("about {} people", grouped(*number)),
            Self::AtLeast(number) => format!("at least {}", counted(*number)),
            Self::AtMost(number) => format!("up to {}", counted(*number)),
            Self::Between(least, most) => format!("{} to {} people", grouped(*least), grouped(*most)),
            Self::InWords(words) => words.clone(),
        }
    }
}

fn counted(number: i32) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{} people", grouped(number)) }
}

/// A number with a comma between thousands.
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let mut text = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_a_newspaper_writes_it() {
        for (people, label) in [
            (People::Exactly(1), "1 person"),
            (People::Exactly(1_200), "1,200 people"),
            (People::About(300), "about 300 people"),
            (People::AtLeast(1), "at least 1 person"),
            (People::AtMost(50), "up to 50 people"),
            (People::Between(50, 100), "50 to 100 people"),
            (People::InWords("dozens".to_owned()), "dozens"),
        ] {
            assert_eq!(people.label(), label);
        }
    }

    #[test]
    fn a_number_comes_back_from_its_columns() {
        for people in [
            People::Exactly(1),
            People::About(300),
            People::AtLeast(3),
            People::AtMost(50),
            People::Between(50, 100),
            People::InWords("dozens".to_owned()),
        ] {
            let back = People::from_parts(
                people.exactly(),
                people.about(),
                people.at_least(),
                people.at_most(),
                people.in_words().map(str::to_owned),
            );
            assert_eq!(back, Some(people));
        }
        assert_eq!(People::from_parts(None, None, None, None, None), None);
    }

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
