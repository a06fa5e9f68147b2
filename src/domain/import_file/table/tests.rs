use super::*;
use crate::domain::{
    country::CountryCode,
    development::{AgreementForm, AskStage, Details},
    draft::Draft,
    id::{DevelopmentId, GlobalId},
    money::Money,
    people::People,
    source::{CitedSource, SourceKind},
};

const HEADER: &str = "key,country,kind,occurred,summary,sourceKind,title,publishedOn,locator,quote";

const MAX_ROWS: usize = 2_000;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 12, 1).unwrap()
}

/// The drafts of a sound table.
fn drafts(text: &str) -> Vec<Draft> {
    let file = parse_table(text, MAX_ROWS, today());
    assert_eq!(file.problems, [], "{text}");
    let records = file.developments.iter().map(|listed| listed.record.as_ref().unwrap());
    records.map(|record| record.draft(|_| None).unwrap()).collect()
}

fn keys(text: &str) -> Vec<String> {
    let file = parse_table(text, MAX_ROWS, today());
    assert_eq!(file.problems, [], "{text}");
    file.developments.into_iter().map(|listed| listed.key).collect()
}

/// What is wrong with a table.
fn told(text: &str) -> Vec<String> {
    parse_table(text, MAX_ROWS, today()).problems.iter().map(ToString::to_string).collect()
}

fn only(text: &str, place: &str, says: &str) {
    let told = told(text);
    assert!(told.len() == 1 && told[0].starts_with(place) && told[0].contains(says), "{text}\n{told:#?}");
}

/// What is wrong with one row, given by its columns and their cells beside what every row needs.
fn wrong(cells: &[(&str, &str)]) -> Vec<String> {
    let mut row =
        vec![("country", "GH"), ("kind", "ASK"), ("summary", "Asked."), ("sourceKind", "OTHER"), ("title", "A note")];
    for (column, cell) in cells {
        row.retain(|(name, _)| name != column);
        row.push((*column, *cell));
    }
    let line = |part: fn(&(&str, &str)) -> String| row.iter().map(part).collect::<Vec<_>>().join("\t");
    told(&format!("{}\n{}\n", line(|(column, _)| (*column).to_owned()), line(|(_, cell)| (*cell).to_owned())))
        .into_iter()
        .map(|told| told.strip_prefix("row 2, ").unwrap_or_else(|| panic!("{told}")).to_owned())
        .collect()
}

#[test]
fn a_row_of_each_kind_says_what_only_it_says() {
    let text = "Kind;Country;Summary;Affects status;stage;people_exactly;peopleAtLeast;peopleAtMost;peopleAbout;peopleDescribedAs;\
                nationalities;amount;currency;terms;form;court;disputes;deniedBy;endedBy;Source kind;title\n\
                ask;gh;Asked.;;to be asked;;;;300;;;;;;;;;;;news report;A\n\
                Agreement;GH;Agreed.;no;;;50;100;;;;;;\"Two\r\nlines; \"\"both\"\"\";memorandum;;;;;NEWS_REPORT;A\n\
                payment;GH;Paid.;yes;;;;;;dozens;IQ, XK;7500000.50;eur;;;;;;;Cable;A\n\
                CourtOrder;GH;Ordered.;;;;;;;;;;;;;A court;;;;court-filing;A\n\
                DENIAL;GH;Denied.;;;;;;;;;;;;;;{id};The government;;statement;A\n\
                Termination;GH;Ended.;;;;;;;;;;;;;;;;Ghana;other;A\n";
    let id = DevelopmentId(uuid::Uuid::from_u128(7));
    let drafts = drafts(&text.replace("{id}", &GlobalId::Development(id).to_string()));
    let ghana: CountryCode = "GH".parse().unwrap();
    assert!(drafts.iter().all(|draft| draft.country == ghana));
    let details: Vec<Details> = drafts.iter().map(|draft| draft.details.clone()).collect();
    assert_eq!(
        details,
        [
            Details::Ask { stage: Some(AskStage::ToBeAsked), people: Some(People::About(300)) },
            Details::Agreement {
                people: Some(People::Between(50, 100)),
                terms: Some("Two\nlines; \"both\"".to_owned()),
                form: Some(AgreementForm::Memorandum),
            },
            Details::Payment {
                amount: Some(Money::new("7500000.50".parse().unwrap(), "EUR").unwrap()),
                people: Some(People::InWords("dozens".to_owned())),
                nationalities: vec!["IQ".parse().unwrap(), "XK".parse().unwrap()],
            },
            Details::CourtOrder { court: Some("A court".to_owned()) },
            Details::Denial { disputes: id, denied_by: "The government".to_owned() },
            Details::Termination { ended_by: Some("Ghana".to_owned()) },
        ]
    );
    assert_eq!(
        drafts.iter().map(|draft| draft.affects_status).collect::<Vec<_>>(),
        [true, false, true, true, true, true]
    );
    let CitedSource::New { source, .. } = &drafts[3].citations[0].source else { panic!("a new source") };
    assert_eq!(source.kind, SourceKind::CourtFiling);
}

#[test]
fn the_same_rows_are_read_whatever_separates_them() {
    let comma = format!("{HEADER}\ng,GH,AGREEMENT,2025-09,\"Agreed, at last.\",CABLE,A cable,2025-09-10,p. 2,\n");
    let tab = comma.replace("\"Agreed, at last.\"", "Agreed; at last.").replace(',', "\t").replace(';', ",");
    let semicolon = comma.replace("\"Agreed, at last.\"", "Agreed. at last.").replace(',', ";").replace("d. a", "d, a");
    let windows = format!("\u{FEFF}{}", semicolon.replace('\n', "\r\n"));
    let reordered = "title,locator,publishedOn,sourceKind,summary,occurred,kind,country\n\
                     A cable,p. 2,2025-09-10,CABLE,\"Agreed, at last.\",2025-09,AGREEMENT,GH\n,,,,,,,\n\n";
    for text in [&tab, &semicolon, &windows, reordered] {
        assert_eq!(drafts(text), drafts(&comma), "{text}");
    }
}

#[test]
fn a_row_without_a_key_has_one_made_of_what_it_says() {
    let row = "GH,AGREEMENT,2025-09,Agreed.,CABLE,A cable,2025-09-10,,";
    let [key] = &keys(&format!("{HEADER}\n,{row}\n"))[..] else { panic!("one") };
    assert!(key.starts_with("row-") && key.len() == 68, "{key}");
    let reordered = "summary;kind;country;sourceKind;title;publishedOn;occurred\r\nAgreed.;AGREEMENT; GH ;CABLE;A cable;2025-09-10;2025-09\r\n";
    assert_eq!(keys(reordered)[0], *key, "columns, separator and blanks make no difference");
    assert_ne!(keys(&format!("{HEADER}\n,{}\n", row.replace("Agreed.", "Agreed!")))[0], *key);
    assert_eq!(keys(&format!("{HEADER}\n desk 7 ,{row}\n")), ["desk 7"]);
    only(&format!("{HEADER}\n,{row}\n\n,{row}\n"), "row 4: ", "the same as row 2");
}

#[test]
fn a_row_with_a_known_key_adds_a_source() {
    let first = "g,GH,AGREEMENT,2025-09,Agreed.,CABLE,A cable,2025-09-10,,";
    let text = format!(
        "{HEADER}\n{first}\nt,TG,ASK,,Asked.,CABLE,A cable,2025-09-10,,\ng,,,,,STATEMENT,A speech,,1:20,\n\
         g,GH,AGREEMENT,2025-09,Agreed.,INTERVIEW,A call,,,\n"
    );
    let titles: Vec<Vec<_>> =
        drafts(&text)
            .iter()
            .map(|draft| {
                let sources = draft.citations.iter().map(|citation| &citation.source);
                sources
                    .map(|source| {
                        if let CitedSource::New { source, .. } = source { source.title.clone() } else { String::new() }
                    })
                    .collect()
            })
            .collect();
    assert_eq!(titles, [vec!["A cable", "A speech", "A call"], vec!["A cable"]]);

    only(
        &format!("{HEADER}\n{first}\ng,,,,Refused.,CABLE,A note,,,\n"),
        "row 3, summary: ",
        "Row 2 says something else",
    );
    only(&format!("{HEADER}\n{first}\ng,,,,,,,,,\n"), "row 3: ", "adds no source to row 2");
    only(&format!("{HEADER}\n{first}\ng,,,,,CABLE,,,,\n"), "row 3, title: ", "title");
    only(&format!("{HEADER}\n{first}\n,,,,,CABLE,A note,,,\n"), "row 3, key: ", "no development");
    only(&format!("{HEADER}\n{first}\ng,,,,,CABLE,A note,2030,,\n"), "row 3, publishedOn: ", "future");
}

#[test]
fn a_header_is_refused_by_the_names_of_its_columns() {
    let row = "GH,ASK,Asked.,OTHER,A note";
    only(
        &format!("country,kind,summary,sourceKind,title,colour\n{row},\n"),
        "row 1, colour: ",
        "There is no column \"colour\"",
    );
    only(&format!("country,kind,summary,sourceKind,title,Title\n{row},\n"), "row 1, Title: ", "Two columns");
    only("country,summary,sourceKind\nGH,Asked.,OTHER\n", "row 1, kind: ", "needs a column \"kind\"");
    only("country,kind,summary\nGH,ASK,Asked.\n", "row 1, sourceKind: ", "needs a column");
    only("", "row 1: ", "empty");
    only("\u{FEFF}\r\n ; ;\r\n", "row 1: ", "empty");
    only(HEADER, "row 1: ", "no rows");
    only(&format!("{HEADER}\n,,,,,,,,,\n"), "row 1: ", "no rows");
    only(
        "country,kind,summary,sourceKind,title,\nGH,ASK,Asked.,OTHER,A note,!\n",
        "row 2: ",
        "Cell 6 stands under no column",
    );
    only(
        "country,kind,summary,sourceKind,title\nGH,ASK,Asked.,OTHER,A note,!\n",
        "row 2: ",
        "Cell 6 stands under no column",
    );
    only("country,kind,summary,sourceKind,title\nGH,ASK,\"Asked.,OTHER,A note\n", "row 2, summary: ", "never closed");
    assert_eq!(drafts("country,kind,summary,sourceKind,title,,\nGH,ASK,Asked.,OTHER,A note,,\n").len(), 1);
}

#[test]
fn a_table_has_so_many_rows_and_no_more() {
    let table = |rows: usize| {
        let mut text = "country,kind,summary,sourceKind,title\n".to_owned();
        (0..rows).for_each(|row| text.push_str(&format!("GH,ASK,Asked {row}.,OTHER,A note\n\n")));
        text
    };
    assert_eq!(drafts(&table(MAX_ROWS)).len(), MAX_ROWS);
    assert_eq!(
        told(&table(MAX_ROWS + 1)),
        ["row 1: A table has 2,000 rows at most; this one has 2,001. Send it in parts."]
    );
}

#[test]
fn what_is_wrong_with_a_row_is_told_at_its_column() {
    for (cells, says) in [
        (&[("kind", "plea")][..], "kind: Write one of ASK, TALKS, REFUSAL"),
        (&[("kind", ""), ("terms", "x"), ("disputes", "g")], "kind: Say of which kind it is: ASK, TALKS"),
        (&[("country", "Ghana")], "country: Give the country's ISO 3166-1"),
        (&[("summary", "")], "summary: Say in a sentence"),
        (&[("occurred", "Sep-25")], "occurred: Write the date as EDTF"),
        (&[("occurred", "2026")], "occurred: 2026 lies in the future"),
        (&[("affectsStatus", "maybe")], "affectsStatus: Write true or false, or yes or no; this is \"maybe\"."),
        (&[("stage", "soon")], "stage: Write one of ASKED, TO_BE_ASKED; this is \"soon\"."),
        (&[("terms", "x")], "terms: A development of this kind does not have this"),
        (
            &[("peopleExactly", "1,500")],
            "peopleExactly: Write a whole number in digits alone, such as 1500; this is \"1,500\".",
        ),
        (&[("peopleAtMost", "0")], "peopleAtMost: A number of people is from 1"),
        (&[("peopleAtMost", "5"), ("peopleAbout", "5")], "peopleAtMost: Say how many in one way"),
        (&[("kind", "TALKS"), ("peopleDescribedAs", "dozens")], "peopleDescribedAs: A development of this kind"),
        (&[("kind", "PAYMENT"), ("amount", "1e"), ("currency", "USD")], "amount: Write the amount in digits"),
        (&[("kind", "PAYMENT"), ("amount", "1")], "currency: Give the amount's currency"),
        (&[("kind", "PAYMENT"), ("currency", "USD")], "amount: Give the amount that goes"),
        (&[("kind", "PAYMENT"), ("amount", "1"), ("currency", "XYZ")], "currency: "),
        (&[("kind", "TRANSFER"), ("nationalities", "IQ Iraq")], "nationalities: Give the country's ISO 3166-1"),
        (&[("kind", "DENIAL"), ("disputes", "g")], "deniedBy: Say who disputes it."),
        (&[("sourceKind", "")], "sourceKind: Say what the source is: CABLE, DOCUMENT"),
        (&[("confidential", "perhaps")], "confidential: Write true or false"),
        (&[("confidential", "yes")], "attribution: Say how readers are told of this confidential source"),
        (&[("sourceKind", "blog")], "sourceKind: Write one of CABLE, DOCUMENT"),
        (&[("title", "")], "title: Give the source's title"),
        (&[("url", "example.org")], "url: Give a whole address"),
        (&[("sourceId", "x"), ("sourceKind", ""), ("title", "")], "sourceId: Give a source's id"),
        (&[("sourceId", "x"), ("sourceKind", "")], "title: Name the source by its id or describe it, not both"),
        (&[("sourceKind", ""), ("title", "")], "sourceKind: Cite at least one source"),
        (&[("key", &"k".repeat(101))], "key: A key has from 1 to 100 visible characters."),
    ] {
        let told = wrong(cells);
        assert!(told.iter().any(|told| told.starts_with(says)), "{cells:?}: {told:#?}");
        assert!(told.len() <= 2 && told.iter().all(|told| told.ends_with('.')), "{cells:?}: {told:#?}");
    }
}

#[test]
fn rows_that_are_wrong_leave_the_others_sound() {
    let file = parse_table(
        &format!("{HEADER}\na,GH,ASK,,Asked.,OTHER,A,,,\nb,GH,PLEA,,,OTHER,B,,,\nc,GH,ASK,,Asked.,OTHER,C,,,\n"),
        MAX_ROWS,
        today(),
    );
    let sound: Vec<_> =
        file.developments.iter().map(|listed| (listed.place, &*listed.key, listed.record.is_some())).collect();
    assert_eq!(sound, [(Place::Row(2), "a", true), (Place::Row(3), "b", false), (Place::Row(4), "c", true)]);
    assert_eq!(file.problems.len(), 2);
}

#[test]
fn a_table_is_told_from_a_file_of_countries() {
    assert!(is_table(HEADER) && is_table("\u{FEFF}Summary;Kind\n") && is_table("\nkey\tCountry"));
    assert!(!is_table(include_str!("../../../../data/countries.csv")) && !is_table("") && !is_table("name\nGhana"));
}
