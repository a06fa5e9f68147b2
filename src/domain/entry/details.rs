//! What only some kinds say.

use super::{Check, Entry, MAX_NATIONALITIES, MoneyEntry, PeopleEntry};
use crate::domain::{
    country::CountryCode,
    development::{Details, Kind},
    id::{DevelopmentId, GlobalId},
    money::{Money, NotMoney},
    people::{MAX_PEOPLE, MAX_WORDS, People, grouped},
    problem::ProblemCode,
};

const MAX_TERMS: usize = 4_000;
const MAX_NAME: usize = 200;

pub fn check(check: &mut Check, entry: &Entry) -> Option<Details> {
    refuse_what_is_foreign(check, entry);
    Some(match entry.kind {
        Kind::Ask => Details::Ask { stage: entry.stage, people: people(check, entry.people.as_ref()) },
        Kind::Talks => Details::Talks,
        Kind::Refusal => Details::Refusal,
        Kind::Agreement => Details::Agreement {
            people: people(check, entry.people.as_ref()),
            terms: check.lines("terms", entry.terms.as_deref(), MAX_TERMS),
            form: entry.form,
        },
        Kind::Payment => Details::Payment {
            amount: entry.amount.as_ref().and_then(|amount| money(check, amount)),
            people: people(check, entry.people.as_ref()),
            nationalities: nationalities(check, &entry.nationalities),
        },
        Kind::Transfer => Details::Transfer {
            people: people(check, entry.people.as_ref()),
            nationalities: nationalities(check, &entry.nationalities),
        },
        Kind::CourtOrder => Details::CourtOrder { court: check.line("court", entry.court.as_deref(), MAX_NAME) },
        Kind::Denial => {
            let disputes = disputes(check, entry.disputes.as_deref());
            let denied_by = check.line("deniedBy", entry.denied_by.as_deref(), MAX_NAME);
            if entry.denied_by.as_deref().unwrap_or_default().trim().is_empty() {
                check.add("deniedBy", ProblemCode::Required, "Say who disputes it.");
            }
            Details::Denial { disputes: disputes?, denied_by: denied_by? }
        }
        Kind::Termination => {
            Details::Termination { ended_by: check.line("endedBy", entry.ended_by.as_deref(), MAX_NAME) }
        }
    })
}

/// A kind says only what is its own.
fn refuse_what_is_foreign(check: &mut Check, entry: &Entry) {
    use Kind::{Agreement, Ask, CourtOrder, Denial, Payment, Termination, Transfer};
    let parts: [(&str, bool, &[Kind]); 10] = [
        ("stage", entry.stage.is_some(), &[Ask]),
        ("people", entry.people.is_some(), &[Ask, Agreement, Payment, Transfer]),
        ("nationalities", !entry.nationalities.is_empty(), &[Payment, Transfer]),
        ("amount", entry.amount.is_some(), &[Payment]),
        ("terms", entry.terms.is_some(), &[Agreement]),
        ("form", entry.form.is_some(), &[Agreement]),
        ("court", entry.court.is_some(), &[CourtOrder]),
        ("disputes", entry.disputes.is_some(), &[Denial]),
        ("deniedBy", entry.denied_by.is_some(), &[Denial]),
        ("endedBy", entry.ended_by.is_some(), &[Termination]),
    ];
    for (path, given, kinds) in parts {
        if given && !kinds.contains(&entry.kind) {
            check.add(path, ProblemCode::Contradiction, "A development of this kind does not have this: leave it out.");
        }
    }
}

fn people(check: &mut Check, entry: Option<&PeopleEntry>) -> Option<People> {
    let entry = entry?;
    let words = check.line("people.describedAs", entry.described_as.as_deref(), MAX_WORDS);
    let figures = [
        ("people.exactly", entry.exactly),
        ("people.atLeast", entry.at_least),
        ("people.atMost", entry.at_most),
        ("people.about", entry.about),
    ];
    let [exactly, at_least, at_most, about] = figures.map(|(path, figure)| figure.and_then(|it| number(check, path, it)));
    let range = entry.at_least.is_some() || entry.at_most.is_some();
    let described = entry.described_as.as_deref().is_some_and(|words| !words.trim().is_empty());
    let ways = [entry.exactly.is_some(), entry.about.is_some(), range, described];
    match ways.into_iter().filter(|given| *given).count() {
        0 => {
            check.add("people", ProblemCode::Required, "Say how many in one way, or leave `people` out.");
            None
        }
        1 => {
            if let (Some(least), Some(most)) = (at_least, at_most)
                && least >= most
            {
                let message = "`atLeast` must be less than `atMost`; where both are the same, say `exactly`.";
                check.add("people", ProblemCode::OutOfRange, message);
            }
            People::from_parts(exactly, about, at_least, at_most, words)
        }
        _ => {
            let message = "Say how many in one way: exactly, about, at least and at most, or described as.";
            check.add("people", ProblemCode::Contradiction, message);
            None
        }
    }
}

fn number(check: &mut Check, path: &str, figure: i64) -> Option<i32> {
    if !(1..=MAX_PEOPLE).contains(&figure) {
        let message = format!("A number of people is from 1 to {}; this is {}.", grouped(MAX_PEOPLE), grouped(figure));
        check.add(path, ProblemCode::OutOfRange, message);
    }
    i32::try_from(figure).ok()
}

fn money(check: &mut Check, entry: &MoneyEntry) -> Option<Money> {
    match Money::new(entry.value, entry.currency.trim()) {
        Ok(money) => Some(money),
        Err(error) => {
            let (path, code) = match error {
                NotMoney::UnknownCurrency(_) => ("amount.currency", ProblemCode::NotFound),
                NotMoney::OutOfRange(_) | NotMoney::TooPrecise { .. } => ("amount.value", ProblemCode::OutOfRange),
            };
            check.add(path, code, error.to_string());
            None
        }
    }
}

fn nationalities(check: &mut Check, entries: &[String]) -> Vec<CountryCode> {
    if entries.len() > MAX_NATIONALITIES {
        let message = format!("Name {MAX_NATIONALITIES} nationalities at most; {} were sent.", entries.len());
        check.add("nationalities", ProblemCode::TooLong, message);
        return Vec::new();
    }
    let mut codes = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let path = format!("nationalities.{index}");
        let Some(code) = check.country(&path, entry) else { continue };
        if codes.contains(&code) {
            check.add(&path, ProblemCode::Contradiction, format!("{code} is named twice: leave one of them out."));
        }
        codes.push(code);
    }
    codes
}

fn disputes(check: &mut Check, id: Option<&str>) -> Option<DevelopmentId> {
    match id.map(str::parse) {
        Some(Ok(GlobalId::Development(id))) => Some(id),
        None => {
            check.add("disputes", ProblemCode::Required, "Give the id of the development that is disputed.");
            None
        }
        Some(Ok(_)) => {
            check.add("disputes", ProblemCode::Malformed, "This is the id of something else: give a development's.");
            None
        }
        Some(Err(error)) => {
            check.add("disputes", ProblemCode::Malformed, format!("Give a development's id: {error}."));
            None
        }
    }
}
