use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    development::{AgreementForm, AskStage, Referred, State},
    draft::Draft,
    id::SourceId,
    import_file::{parse_countries, parse_developments},
    position::Position,
    source::{CitedSource, Source, SourceKind},
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 12, 1).unwrap()
}

fn source(title: &str) -> NewSource {
    NewSource {
        kind: SourceKind::NewsReport,
        publisher: Some(title.to_owned()),
        title: title.to_owned(),
        url: Some("https://example.org/a?b=c#d".to_owned()),
        archived_url: None,
        attribution: Some(title.to_owned()),
        published_on: Some("2025-09".parse().unwrap()),
        confidential: false,
    }
}

/// A published development, numbered, of which every text is the same.
fn entry(number: u128, text: &str, details: Details) -> LedgerEntry {
    let development = Development {
        id: DevelopmentId(Uuid::from_u128(number)),
        revision: 1,
        country: "NO".parse().unwrap(),
        state: State::Published,
        publish_at: None,
        author: None,
        written_at: None,
        note: None,
        minor: false,
        first_position: Some(Position(1)),
        published_at: None,
        occurred: Some("2025-09".parse().unwrap()),
        effective_day: NaiveDate::from_ymd_opt(2025, 9, 30).unwrap(),
        summary: text.to_owned(),
        affects_status: true,
        corrected: false,
        retracted: false,
        disputed: false,
        details,
        referred: Referred::default(),
    };
    let source = Source { id: SourceId(Uuid::from_u128(number)), version: 1, details: source(text) };
    let citation = Citation { source, locator: Some(text.to_owned()), quote: Some(text.to_owned()) };
    let key = format!("{number}: {text}").chars().take(60).collect();
    LedgerEntry { key: Some(key), development, citations: vec![citation] }
}

fn write(entries: &[LedgerEntry]) -> String {
    write_developments(entries, &BTreeMap::new()).unwrap()
}

fn drafts(text: &str) -> Vec<(String, Draft)> {
    let file = parse_developments(text, today());
    assert_eq!(file.problems, [], "{text}");
    let records = file.developments.iter().map(|listed| listed.record.as_ref().unwrap());
    records
        .map(|record| (record.key.clone(), record.draft(|_| Some(DevelopmentId(Uuid::from_u128(1)))).unwrap()))
        .collect()
}

/// That what is written is read as it was.
fn comes_back(entries: &[LedgerEntry]) {
    let text = write(entries);
    let drafts = drafts(&text);
    assert_eq!(drafts.len(), entries.len());
    for (entry, (key, draft)) in entries.iter().zip(drafts) {
        let development = &entry.development;
        assert_eq!(key, entry.key(), "{text}");
        assert_eq!(draft.details, development.details, "{text}");
        assert_eq!((draft.country, &draft.occurred), (development.country, &development.occurred), "{text}");
        assert_eq!(
            (&draft.summary, draft.affects_status),
            (&development.summary, development.affects_status),
            "{text}"
        );
        for (written, read) in entry.citations.iter().zip(&draft.citations) {
            assert_eq!(read.source, CitedSource::New { source: written.source.details.clone(), note: None }, "{text}");
            assert_eq!((&read.locator, &read.quote), (&written.locator, &written.quote), "{text}");
        }
    }
}

#[test]
fn every_kind_comes_back_with_all_that_it_says() {
    let said = || Some("Côte d’Ivoire: \"yes\"".to_owned());
    let codes = |codes: &[&str]| codes.iter().map(|code| code.parse().unwrap()).collect::<Vec<_>>();
    let details = [
        Details::Ask { stage: Some(AskStage::ToBeAsked), people: Some(People::AtLeast(5)) },
        Details::Talks,
        Details::Refusal,
        Details::Agreement {
            people: Some(People::Between(5, 7)),
            terms: Some("One.\n\n  Two:\n- three # four\n".trim().to_owned()),
            form: Some(AgreementForm::ExchangeOfNotes),
        },
        Details::Payment {
            amount: Some(Money::new("7500000.50".parse().unwrap(), "EUR").unwrap()),
            people: Some(People::Exactly(1)),
            nationalities: codes(&["NO", "XK"]),
        },
        Details::Transfer { people: Some(People::InWords("1e3".to_owned())), nationalities: codes(&["IQ"]) },
        Details::CourtOrder { court: said() },
        Details::Denial { disputes: DevelopmentId(Uuid::from_u128(1)), denied_by: "null".to_owned() },
        Details::Termination { ended_by: said() },
        Details::Ask { stage: None, people: Some(People::AtMost(5)) },
        Details::Ask { stage: None, people: Some(People::About(5)) },
    ];
    let entries = (1..).zip(details).map(|(number, details)| entry(number, "Happened.", details));
    comes_back(&entries.collect::<Vec<_>>());
}

#[test]
fn texts_that_yaml_would_take_for_something_else_come_back() {
    for text in [
        "no",
        "Yes",
        "on",
        "null",
        "~",
        "2025-09",
        "2025-09-08",
        "1e3",
        "0x1F",
        "0o7",
        "012",
        "12:30:45",
        ".inf",
        ".NaN",
        "1_000",
        "- a",
        "-",
        "? a",
        ": b",
        "a: b",
        "a #b",
        "#a",
        "@a",
        "`a`",
        "%a",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        ">",
        "|-",
        "[a",
        "{a}",
        "]",
        "'",
        "\"",
        "''",
        "\\",
        "\\n",
        "'a' b",
        "\"a\" b",
        "a'b\"c",
        "---",
        "--- a",
        "...",
        "=",
        "<<",
        "a,b",
        "y",
        "N",
        "\u{e9}\u{4e2d}\u{1f3f4}",
        "e\u{301}\u{327}x",
        "\u{a0}a",
        "a\u{2003}b",
        "\u{200d}a",
    ] {
        let text: String = unicode_normalization::UnicodeNormalization::nfc(text.trim()).collect();
        comes_back(&[entry(1, &text, Details::Talks)]);
    }
    let long = "Agreed: \"to take\" people, # and 'more'.  Twice  spaced. ".repeat(8);
    comes_back(&[entry(1, long.trim().get(..190).unwrap().trim(), Details::Talks)]);
    for terms in [
        "a\nb",
        "a\n\n\nb",
        "a\n  b\n c",
        "a \n b",
        "- a\n- b",
        "a: b\n# c",
        "---\na",
        "a\n...\nb",
        &format!("{long}\n {long}\n\n{long}"),
    ] {
        let terms = Some(terms.trim().to_owned());
        comes_back(&[entry(1, "Agreed.", Details::Agreement { people: None, terms, form: None })]);
    }
}

#[test]
fn what_is_disputed_comes_first() {
    let denial = |number, disputes| {
        let disputes = DevelopmentId(Uuid::from_u128(disputes));
        entry(number, "Denied.", Details::Denial { disputes, denied_by: "A minister".to_owned() })
    };
    let entries = [
        denial(1, 3),
        entry(2, "Held.", Details::Talks),
        denial(3, 4),
        entry(4, "Held.", Details::Talks),
        denial(5, 2),
    ];
    let text = write(&entries);
    let keys: Vec<_> = drafts(&text).into_iter().map(|(key, _)| key.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(keys, ["2", "4", "3", "1", "5"]);
}

#[test]
fn sources_are_named_by_what_they_say_and_written_once() {
    let mut entries = [entry(1, "a", Details::Talks), entry(2, "a", Details::Talks), entry(3, "b", Details::Talks)];
    let again = entries[0].citations[0].clone();
    entries[0].citations.push(again);
    let text = write(&entries);
    assert_eq!(text.matches("publisher:").count(), 2, "{text}");
    assert_eq!(drafts(&text)[0].1.citations.len(), 1, "what says the same twice is said once");
    let alone = write(&entries[2..]);
    let name = alone.lines().nth(1).unwrap();
    assert!(name.contains("source-") && text.contains(name), "{alone}");
}

#[test]
fn the_day_of_recording_is_written_where_nothing_else_dates_it() {
    let mut undated = entry(1, "Asked.", Details::Talks);
    undated.development.occurred = None;
    assert!(!write(&[undated.clone()]).contains("recordedOn"), "its source dates it");
    undated.citations[0].source.details.published_on = None;
    let text = write(&[undated]);
    let undated_day = NaiveDate::from_ymd_opt(2025, 9, 30).unwrap();
    assert!(text.contains("recordedOn: "), "{text}");
    let file = parse_developments(&text, today());
    assert_eq!(file.developments[0].record.as_ref().unwrap().recorded_at().unwrap().date_naive(), undated_day);
}

#[test]
fn what_is_confidential_is_written_for_colleagues_only() {
    let mut secret = entry(1, "Asked.", Details::Talks);
    secret.citations[0].source.details.confidential = true;
    secret.citations[0].source.details.attribution = Some("An official".to_owned());
    let notes = BTreeMap::from([(SourceId(Uuid::from_u128(1)), "It was Ada.\nNo doubt.".to_owned())]);
    let whole = write_developments(&[secret.clone()], &notes).unwrap();
    let CitedSource::New { source, note } = &drafts(&whole)[0].1.citations[0].source else { panic!("a new source") };
    assert_eq!((source, note.as_ref()), (&secret.citations[0].source.details, notes.values().next()));

    let text = write(&[secret.for_readers()]);
    let CitedSource::New { source, note } = &drafts(&text)[0].1.citations[0].source else { panic!("a new source") };
    assert_eq!((source.title.as_str(), source.kind, note), ("An official", SourceKind::Other, &None));
    for hidden in ["example.org", "publishedOn", "locator", "quote", "Ada"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

#[test]
fn the_countries_come_back() {
    let records = parse_countries(include_str!("../../../../data/countries.csv")).unwrap();
    let text = write_countries(&records).unwrap();
    assert_eq!(text, include_str!("../../../../data/countries.csv"));
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "[ -~é中\u{a0}\u{1f3f4}]{1,120}", lines in "[ -~é\n]{1,200}") {
        let tidy = |text: &str| unicode_normalization::UnicodeNormalization::nfc(text.trim()).collect::<String>();
        prop_assume!(!tidy(&text).is_empty());
        let terms = Some(tidy(&lines)).filter(|terms| !terms.is_empty());
        let mut entry = entry(1, &tidy(&text), Details::Agreement { people: None, terms: terms.clone(), form: None });
        entry.key = Some("key".to_owned());
        entry.citations[0].quote = terms;
        comes_back(&[entry]);
    }
}
