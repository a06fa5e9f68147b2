use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::domain::{
    development::Details,
    id::{DevelopmentId, GlobalId, SourceId},
    money::Money,
    people::People,
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 9, 10).unwrap()
}

fn source() -> SourceEntry {
    SourceEntry {
        kind: SourceKind::NewsReport,
        publisher: Some("The Daily Record".to_owned()),
        title: "Ghana agrees".to_owned(),
        url: Some("https://example.org/ghana".to_owned()),
        archived_url: None,
        attribution: None,
        published_on: Some("2025-09-10".to_owned()),
        confidential: false,
        confidential_note: None,
    }
}

fn citation() -> CitationEntry {
    CitationEntry { source_id: None, source: Some(source()), locator: None, quote: None }
}

fn entry(kind: Kind) -> Entry {
    Entry {
        country: "GH".to_owned(),
        occurred: Some("2025-09".to_owned()),
        summary: "Agreed to take people from West Africa.".to_owned(),
        citations: vec![citation()],
        ..Entry::of(kind)
    }
}

/// The paths and codes of what is wrong with an entry.
fn wrong(entry: Entry) -> Vec<(String, ProblemCode)> {
    let problems = entry.check(today()).expect_err("something is wrong");
    assert!(problems.iter().all(|problem| problem.message.ends_with('.')), "{problems:?}");
    problems.into_iter().map(|problem| (problem.field.join("."), problem.code)).collect()
}

fn only(path: &str, code: ProblemCode) -> Vec<(String, ProblemCode)> {
    vec![(path.to_owned(), code)]
}

#[test]
fn a_sound_entry_becomes_a_draft_with_tidy_texts() {
    let mut agreement = entry(Kind::Agreement);
    agreement.summary = "  Agre\u{0301} to it. ".to_owned();
    agreement.terms = Some("  \n ".to_owned());
    agreement.people = Some(PeopleEntry { at_most: Some(14), ..PeopleEntry::default() });
    let draft = agreement.check(today()).unwrap();
    assert_eq!(draft.summary, "Agr\u{00E9} to it.");
    assert_eq!(draft.details, Details::Agreement { people: Some(People::AtMost(14)), terms: None, form: None });
    assert!(draft.affects_status);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut broken = entry(Kind::Transfer);
    broken.country = "Ghana".to_owned();
    broken.summary = " ".to_owned();
    broken.citations.clear();
    broken.nationalities = vec!["IQ".to_owned(), "x".to_owned(), "iq".to_owned()];
    assert_eq!(
        wrong(broken),
        [
            ("country".to_owned(), ProblemCode::Malformed),
            ("summary".to_owned(), ProblemCode::Required),
            ("citations".to_owned(), ProblemCode::Required),
            ("nationalities.1".to_owned(), ProblemCode::Malformed),
            ("nationalities.2".to_owned(), ProblemCode::Contradiction),
        ]
    );
}

#[test]
fn a_date_must_exist_and_have_begun() {
    for (occurred, code) in [
        ("2025-02-30", ProblemCode::Malformed),
        ("0225", ProblemCode::OutOfRange),
        ("last spring", ProblemCode::Malformed),
        ("2025-09-11", ProblemCode::FutureDate),
        ("2025-10", ProblemCode::FutureDate),
        ("../2025-12", ProblemCode::FutureDate),
    ] {
        let mut future = entry(Kind::Ask);
        future.occurred = Some(occurred.to_owned());
        assert_eq!(wrong(future), only("occurred", code), "{occurred}");
    }
    for occurred in ["2025-09-10", "2025-09", "2025-23", "2025", " "] {
        let mut begun = entry(Kind::Ask);
        begun.occurred = Some(occurred.to_owned());
        assert!(begun.check(today()).is_ok(), "{occurred}");
    }
}

#[test]
fn texts_have_limits_and_no_hidden_characters() {
    let mut long = entry(Kind::Ask);
    long.summary = "é".repeat(MAX_SUMMARY + 1);
    let problems = long.check(today()).unwrap_err();
    assert_eq!(problems[0].message, "500 characters at most; this has 501.");
    let mut fits = entry(Kind::Ask);
    fits.summary = "é".repeat(MAX_SUMMARY);
    assert!(fits.check(today()).is_ok());
    for hidden in ["a\u{0000}b", "a\nb", "a\u{202E}b", "a\u{2028}b", "a\tb", "a\u{7F}b", "\u{200B}"] {
        let mut entry = entry(Kind::Ask);
        entry.summary = hidden.to_owned();
        assert_eq!(wrong(entry), only("summary", ProblemCode::Malformed), "{hidden:?}");
    }
    let mut lines = entry(Kind::Agreement);
    lines.terms = Some("First.\r\nSecond.".to_owned());
    let Details::Agreement { terms, .. } = lines.check(today()).unwrap().details else { panic!("an agreement") };
    assert_eq!(terms.as_deref(), Some("First.\nSecond."));
}

#[test]
fn a_citation_names_one_source() {
    let id = GlobalId::Source(SourceId(Uuid::from_u128(1))).to_string();
    let cases = [
        (CitationEntry { source: None, ..citation() }, "citations.0", ProblemCode::Required),
        (CitationEntry { source_id: Some(id), ..citation() }, "citations.0", ProblemCode::Contradiction),
        (
            CitationEntry { source_id: Some("nonsense".to_owned()), source: None, ..citation() },
            "citations.0.sourceId",
            ProblemCode::Malformed,
        ),
        (
            CitationEntry {
                source_id: Some(GlobalId::Country("GH".parse().unwrap()).to_string()),
                source: None,
                ..citation()
            },
            "citations.0.sourceId",
            ProblemCode::Malformed,
        ),
    ];
    for (citation, path, code) in cases {
        let mut entry = entry(Kind::Ask);
        entry.citations = vec![citation];
        assert_eq!(wrong(entry), only(path, code));
    }
    let mut many = entry(Kind::Ask);
    many.citations = vec![citation(); MAX_CITATIONS + 1];
    assert_eq!(wrong(many), only("citations", ProblemCode::TooLong));
}

#[test]
fn a_source_has_a_title_and_a_whole_address() {
    for url in [
        "example.org",
        "/ghana",
        "ftp://example.org/x",
        "javascript:alert(1)",
        "https://",
        "https:example.org",
        "https://me:secret@example.org/",
        "https://example.org/a b",
        "https://.",
        r"https://example.org\@evil",
    ] {
        let mut entry = entry(Kind::Ask);
        entry.citations[0].source = Some(SourceEntry { url: Some(url.to_owned()), ..source() });
        assert_eq!(wrong(entry), only("citations.0.source.url", ProblemCode::Malformed), "{url}");
    }
    let mut untitled = entry(Kind::Ask);
    let published_on = Some("2025-09-12".to_owned());
    untitled.citations[0].source = Some(SourceEntry { title: String::new(), published_on, ..source() });
    assert_eq!(
        wrong(untitled),
        [
            ("citations.0.source.title".to_owned(), ProblemCode::Required),
            ("citations.0.source.publishedOn".to_owned(), ProblemCode::FutureDate),
        ]
    );
}

#[test]
fn a_number_of_people_is_said_in_one_way() {
    let none = PeopleEntry::default;
    for (people, path, code) in [
        (PeopleEntry { exactly: Some(-1), ..none() }, "people.exactly", ProblemCode::OutOfRange),
        (PeopleEntry { exactly: Some(0), ..none() }, "people.exactly", ProblemCode::OutOfRange),
        (PeopleEntry { at_most: Some(i64::MAX), ..none() }, "people.atMost", ProblemCode::OutOfRange),
        (PeopleEntry { exactly: Some(1), about: Some(1), ..none() }, "people", ProblemCode::Contradiction),
        (PeopleEntry { at_least: Some(5), at_most: Some(5), ..none() }, "people", ProblemCode::OutOfRange),
        (none(), "people", ProblemCode::Required),
        (PeopleEntry { described_as: Some(" ".to_owned()), ..none() }, "people", ProblemCode::Required),
    ] {
        let mut entry = entry(Kind::Transfer);
        entry.people = Some(people);
        assert_eq!(wrong(entry), only(path, code));
    }
    let mut range = entry(Kind::Transfer);
    range.people = Some(PeopleEntry { at_least: Some(50), at_most: Some(100), ..none() });
    let Details::Transfer { people, .. } = range.check(today()).unwrap().details else { panic!("a transfer") };
    assert_eq!(people, Some(People::Between(50, 100)));
}

#[test]
fn money_has_a_known_currency_and_a_positive_amount() {
    let amount = |value: i64, currency: &str| MoneyEntry { value: value.into(), currency: currency.to_owned() };
    let mut payment = entry(Kind::Payment);
    payment.amount = Some(amount(100_000, "USD"));
    let Details::Payment { amount: paid, .. } = payment.check(today()).unwrap().details else { panic!("a payment") };
    assert_eq!(paid, Some(Money::new(100_000.into(), "USD").unwrap()));
    for (given, path, code) in [
        (amount(1, "XYZ"), "amount.currency", ProblemCode::NotFound),
        (amount(-1, "USD"), "amount.value", ProblemCode::OutOfRange),
    ] {
        let mut payment = entry(Kind::Payment);
        payment.amount = Some(given);
        assert_eq!(wrong(payment), only(path, code));
    }
}

#[test]
fn a_denial_says_what_is_denied_and_by_whom() {
    assert_eq!(
        wrong(entry(Kind::Denial)),
        [("disputes".to_owned(), ProblemCode::Required), ("deniedBy".to_owned(), ProblemCode::Required)]
    );
    let mut denial = entry(Kind::Denial);
    denial.disputes = Some(GlobalId::Development(DevelopmentId(Uuid::from_u128(1))).to_string());
    denial.denied_by = Some("The government of Ghana".to_owned());
    assert!(denial.check(today()).is_ok());
}

#[test]
fn a_kind_says_only_what_is_its_own() {
    let mut refusal = entry(Kind::Refusal);
    refusal.terms = Some("None.".to_owned());
    refusal.stage = Some(AskStage::Asked);
    assert_eq!(
        wrong(refusal),
        [("stage".to_owned(), ProblemCode::Contradiction), ("terms".to_owned(), ProblemCode::Contradiction)]
    );
}
