//! A year of the newsroom, in the order in which its editors learned of things. What readers see is worked out by hand.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::newsroom::{Editor, EventStream, Newsroom, Reader, entry, story};

/// What the tracker says at an instant: the three numbers of the headline, the countries that stand elsewhere than at `ASKED`, those with
/// something disputed, and how many developments the ledger has.
struct Moment {
    tally: [i64; 3],
    agreed: &'static str,
    declined: &'static str,
    ended: &'static str,
    disputed: &'static str,
    developments: i64,
}

const AT_AN_INSTANT: &str = r#"query ($at: DateTime) {
    tally(asOf: $at) { total asked agreed byStatus { status { code } count } }
    asked: countries(asOf: $at, first: 200, filter: { statuses: [ASKED] }) { totalCount }
    agreed: countries(asOf: $at, first: 200, filter: { statuses: [AGREED] }) { nodes { code } }
    declined: countries(asOf: $at, first: 200, filter: { statuses: [DECLINED] }) { nodes { code } }
    ended: countries(asOf: $at, first: 200, filter: { statuses: [ENDED] }) { nodes { code } }
    disputed: countries(asOf: $at, first: 200, filter: { disputed: true }) { nodes { code } }
    developments(asOf: $at) { totalCount }
}"#;

impl Moment {
    /// Holds what a reader is told of an instant, or of now, against this.
    async fn is_told(&self, reader: &Reader, at: &Value) {
        let told = reader.ask(AT_AN_INSTANT, json!({ "at": at })).await;
        let codes = |part: &str| {
            let nodes = told[part]["nodes"].as_array().unwrap().iter();
            let mut codes: Vec<_> = nodes.map(|country| country["code"].as_str().unwrap()).collect();
            codes.sort_unstable();
            codes.join(" ")
        };
        let [total, asked, agreed] = self.tally;
        let declined = i64::try_from(self.declined.split(' ').count()).unwrap();
        assert_eq!(
            (&told["tally"]["total"], &told["tally"]["asked"], &told["tally"]["agreed"]),
            (&json!(total), &json!(asked), &json!(agreed)),
            "{at}"
        );
        assert_eq!((codes("agreed").as_str(), codes("declined").as_str()), (self.agreed, self.declined), "{at}");
        assert_eq!((codes("ended").as_str(), codes("disputed").as_str()), (self.ended, self.disputed), "{at}");
        assert_eq!(told["asked"]["totalCount"], asked - declined, "{at}");
        assert_eq!(told["developments"]["totalCount"], self.developments, "{at}");
    }
}

/// The desk through the year: who works at it, what it published, and what it may be held to.
struct Desk {
    reporter: Editor,
    editor: Editor,
    reader: Reader,
    subscriber: EventStream,
    /// The developments by a name of the story's own.
    ids: HashMap<&'static str, String>,
    /// The feed as it ought to be.
    feed: Vec<&'static str>,
    moments: Vec<(Value, Moment)>,
}

/// An input from a line such as `Ask GH 2025-07-02, reported 2025-07-03`.
fn told(line: &str, summary: &str, parts: Value) -> (String, Value) {
    let (what, reported) = line.split_once(", reported ").unwrap();
    let [kind, country, occurred] = what.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let mut input = entry(country, parts);
    input["occurred"] = if occurred == "undated" { Value::Null } else { json!(occurred) };
    input["summary"] = json!(summary);
    let source = &mut input["citations"][0]["source"];
    source["title"] = json!(summary);
    source["url"] = json!(format!("https://example.org/{reported}/{}", summary.replace(' ', "-")));
    source["publishedOn"] = json!(reported);
    (kind.to_owned(), input)
}

/// A change in a line: what it did, to which country, from which status to which, and the tally after it.
fn line(change: &Value) -> String {
    let status = |name: &str| change[name]["code"].as_str().unwrap_or("nothing").to_owned();
    let tally = &change["tally"];
    format!(
        "{} {} {} to {}: {}, {}, {}",
        change["kind"].as_str().unwrap(),
        change["country"]["code"].as_str().unwrap(),
        status("statusBefore"),
        status("statusAfter"),
        tally["total"],
        tally["asked"],
        tally["agreed"]
    )
}

impl Desk {
    async fn open(newsroom: &Newsroom) -> Self {
        let reader = newsroom.reader();
        let subscription = "subscription { changes { kind country { code } statusBefore { code } statusAfter { code }
                            tally { total asked agreed } } }";
        Self {
            reporter: newsroom.staff("reporter").await,
            editor: newsroom.editor().await,
            subscriber: reader.events(subscription, None).await,
            reader,
            ids: HashMap::new(),
            feed: Vec::new(),
            moments: Vec::new(),
        }
    }

    /// The subscriber hears this next, and nothing before it.
    async fn hears(&mut self, change: &'static str) {
        let event = self.subscriber.next().await;
        assert_eq!(line(&event.data["data"]["changes"]), change);
        self.feed.push(change);
    }

    /// An editor publishes what has just been learned.
    async fn learns(&mut self, line: &str, summary: &'static str, parts: Value, change: &'static str) {
        let (kind, input) = told(line, summary, parts);
        self.ids.insert(summary, self.editor.recorded(&kind, input).await);
        self.hears(change).await;
    }

    /// A reporter files it, an editor publishes it.
    async fn is_brought(&mut self, line: &str, summary: &'static str, parts: Value, change: &'static str) {
        let (kind, mut input) = told(line, summary, parts);
        input["publish"] = json!(false);
        let id = self.reporter.recorded(&kind, input).await;
        let step = json!({ "development": id, "expectedRevision": 1 });
        assert_eq!(self.reporter.done("submitForReview", step.clone()).await, (1, "IN_REVIEW".into()));
        assert_eq!(self.editor.done("publish", step).await, (1, "PUBLISHED".into()));
        self.ids.insert(summary, id);
        self.hears(change).await;
    }

    /// An editor corrects what was published: what it says from now on, and the note to readers.
    async fn corrects(&mut self, summary: &str, (line, parts): (&str, Value), note: &str, change: &'static str) {
        let (kind, mut content) = told(line, summary, parts);
        for wish in ["country", "publish"] {
            content.as_object_mut().unwrap().remove(wish);
        }
        let input = json!({
            "development": self.ids[summary], "expectedRevision": 1, "content": { kind.to_lowercase(): content },
            "note": note, "publish": true,
        });
        assert_eq!(self.editor.done("correct", input).await, (2, "PUBLISHED".into()));
        self.hears(change).await;
    }

    async fn retracts(&mut self, summary: &str, reason: &str, change: &'static str) {
        let input = json!({ "development": self.ids[summary], "expectedRevision": 1, "reason": reason });
        assert_eq!(self.editor.done("retract", input).await, (2, "PUBLISHED".into()));
        self.hears(change).await;
    }

    /// What has been published up to here is what readers are told now. It is looked at again at the end of the year.
    async fn stands(&mut self, moment: Moment) {
        moment.is_told(&self.reader, &Value::Null).await;
        let last = self.reader.ask("{ changes(last: 1) { nodes { at } } }", json!({})).await;
        self.moments.push((last["changes"]["nodes"][0]["at"].clone(), moment));
    }

    /// Notes of all corrections, newest first.
    async fn corrections(&self) -> Value {
        let list = self.reader.ask("{ corrections { nodes { cause note } } }", json!({})).await;
        list["corrections"]["nodes"].clone()
    }
}

#[tokio::test]
async fn a_year_of_the_tracker() {
    story(async |newsroom| {
        let mut desk = Desk::open(newsroom).await;
        summer(&mut desk).await;
        autumn(&mut desk).await;
        winter(&mut desk).await;
        spring(&mut desk).await;

        assert_eq!(desk.moments.len(), 10);
        for (at, moment) in &desk.moments {
            moment.is_told(&desk.reader, at).await;
        }
        assert_eq!(desk.feed.len(), 46, "43 developments, 2 corrections and a retraction");
        let query = "query ($last: Int!) { changes(last: $last) { nodes { kind country { code } statusBefore { code }
                     statusAfter { code } tally { total asked agreed } } } }";
        let feed = desk.reader.ask(query, json!({ "last": desk.feed.len() })).await;
        let feed: Vec<_> = feed["changes"]["nodes"].as_array().unwrap().iter().map(line).collect();
        assert_eq!(feed, desk.feed, "the feed, read again");
        assert_eq!(
            desk.corrections().await,
            json!([
                { "cause": "RETRACTION", "note": "The ministry had been misquoted: nothing was signed." },
                { "cause": "CORRECTION", "note": "It refused on December 5, not on November 28." },
                { "cause": "CORRECTION", "note": "It agreed to take 100 people at most, not 1,000." },
            ])
        );
        the_country_tells_its_year(&desk).await;
    })
    .await;
}

/// July and August 2025.
async fn summer(desk: &mut Desk) {
    desk.is_brought(
        "Ask GH 2025-07-02, reported 2025-07-03",
        "Ghana was asked again.",
        json!({ "stage": "ASKED" }),
        "PUBLISHED GH ASKED to ASKED: 58, 51, 7",
    )
    .await;
    desk.is_brought(
        "Agreement SZ 2025-07-14, reported 2025-07-15",
        "Eswatini agreed to take up to 160 people.",
        json!({ "people": { "atMost": 160 } }),
        "PUBLISHED SZ ASKED to AGREED: 58, 50, 8",
    )
    .await;
    desk.is_brought(
        "Transfer SZ 2025-07-15, reported 2025-07-16",
        "Five people were flown to Eswatini.",
        json!({ "people": { "exactly": 5 } }),
        "PUBLISHED SZ AGREED to AGREED: 58, 50, 8",
    )
    .await;
    desk.learns(
        "Transfer SS 2025-07-04, reported 2025-07-05",
        "Eight people were flown to Juba.",
        json!({ "people": { "exactly": 8 } }),
        "PUBLISHED SS ASKED to ASKED: 58, 50, 8",
    )
    .await;
    desk.stands(Moment {
        tally: [58, 50, 8],
        agreed: "CR GT MX PA RW SV SZ XK",
        declined: "PE",
        ended: "",
        disputed: "",
        developments: 68,
    })
    .await;

    desk.learns(
        "Agreement UG 2025-08-20, reported 2025-08-21",
        "Uganda agreed.",
        json!({ "people": { "atMost": 1000 } }),
        "PUBLISHED UG ASKED to AGREED: 58, 49, 9",
    )
    .await;
    desk.learns(
        "Agreement RW 2025-08-05, reported 2025-08-05",
        "Rwanda agreed to take up to 250 more.",
        json!({ "people": { "atMost": 250 } }),
        "PUBLISHED RW AGREED to AGREED: 58, 49, 9",
    )
    .await;
    desk.learns(
        "Transfer RW 2025-08, reported 2025-08-28",
        "Seven people were flown to Kigali.",
        json!({ "people": { "exactly": 7 } }),
        "PUBLISHED RW AGREED to AGREED: 58, 49, 9",
    )
    .await;
    desk.learns(
        "Ask PW 2025-07, reported 2025-08-22",
        "Palau had been asked in July.",
        json!({}),
        "PUBLISHED PW nothing to ASKED: 59, 50, 9",
    )
    .await;
    desk.learns(
        "Refusal PW 2025-08-21, reported 2025-08-22",
        "Palau's senate said no.",
        json!({}),
        "PUBLISHED PW ASKED to DECLINED: 59, 50, 9",
    )
    .await;
    desk.stands(Moment {
        tally: [59, 50, 9],
        agreed: "CR GT MX PA RW SV SZ UG XK",
        declined: "PE PW",
        ended: "",
        disputed: "",
        developments: 73,
    })
    .await;
}

/// September to November 2025: a denial, a correction of a figure, an embargo.
async fn autumn(desk: &mut Desk) {
    desk.learns(
        "Agreement GH 2025-09-08, reported 2025-09-10",
        "Ghana agreed to take people from West Africa.",
        json!({ "people": { "atMost": 14 } }),
        "PUBLISHED GH ASKED to AGREED: 59, 49, 10",
    )
    .await;
    desk.learns(
        "Transfer GH 2025-09-06, reported 2025-09-11",
        "Fourteen people had been flown to Accra already.",
        json!({ "people": { "exactly": 14 } }),
        "PUBLISHED GH AGREED to AGREED: 59, 49, 10",
    )
    .await;
    desk.learns(
        "Ask GH 2025-21, reported 2025-09-15",
        "An ask of the spring became known.",
        json!({}),
        "PUBLISHED GH AGREED to AGREED: 59, 49, 10",
    )
    .await;
    desk.learns(
        "Refusal NG 2025-07-10, reported 2025-09-12",
        "Nigeria had said no in July.",
        json!({}),
        "PUBLISHED NG ASKED to DECLINED: 59, 49, 10",
    )
    .await;
    let denial = json!({ "disputes": desk.ids["Ghana agreed to take people from West Africa."], "deniedBy": "The opposition in Accra" });
    desk.learns(
        "Denial GH 2025-09-16, reported 2025-09-16",
        "The opposition says that parliament agreed to nothing.",
        denial,
        "PUBLISHED GH AGREED to AGREED: 59, 49, 10",
    )
    .await;
    desk.stands(Moment {
        tally: [59, 49, 10],
        agreed: "CR GH GT MX PA RW SV SZ UG XK",
        declined: "NG PE PW",
        ended: "",
        disputed: "GH",
        developments: 78,
    })
    .await;

    desk.learns(
        "Agreement BZ 2025-10-20, reported 2025-10-20",
        "Belize agreed.",
        json!({ "form": "MEMORANDUM" }),
        "PUBLISHED BZ nothing to AGREED: 60, 49, 11",
    )
    .await;
    desk.learns(
        "Agreement PY 2025-08-14, reported 2025-10-21",
        "Paraguay had agreed in August.",
        json!({}),
        "PUBLISHED PY nothing to AGREED: 61, 49, 12",
    )
    .await;
    desk.learns(
        "Transfer SZ 2025-10-06, reported 2025-10-06",
        "Ten more people were flown to Eswatini.",
        json!({ "people": { "exactly": 10 } }),
        "PUBLISHED SZ AGREED to AGREED: 61, 49, 12",
    )
    .await;
    desk.learns(
        "Payment SZ 2025-09, reported 2025-10-08",
        "Eswatini was paid.",
        json!({ "amount": { "value": "5100000", "currency": "USD" } }),
        "PUBLISHED SZ AGREED to AGREED: 61, 49, 12",
    )
    .await;
    let figure = ("Agreement UG 2025-08-20, reported 2025-08-21", json!({ "people": { "atMost": 100 } }));
    desk.corrects(
        "Uganda agreed.",
        figure,
        "It agreed to take 100 people at most, not 1,000.",
        "CORRECTED UG AGREED to AGREED: 61, 49, 12",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 49, 12],
        agreed: "BZ CR GH GT MX PA PY RW SV SZ UG XK",
        declined: "NG PE PW",
        ended: "",
        disputed: "GH",
        developments: 82,
    })
    .await;

    embargo(desk).await;
    desk.learns(
        "Payment GQ 2025-11, reported 2025-11-10",
        "Equatorial Guinea was paid.",
        json!({ "amount": { "value": "7500000", "currency": "USD" } }),
        "PUBLISHED GQ AGREED to AGREED: 61, 48, 13",
    )
    .await;
    desk.learns(
        "Ask LR 2025-10-24, reported 2025-11-12",
        "Liberia was asked to take one man.",
        json!({ "people": { "exactly": 1 } }),
        "PUBLISHED LR ASKED to ASKED: 61, 48, 13",
    )
    .await;
    desk.learns(
        "Talks CM 2025-11, reported 2025-11-20",
        "Cameroon is talking.",
        json!({}),
        "PUBLISHED CM ASKED to ASKED: 61, 48, 13",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 48, 13],
        agreed: "BZ CR GH GQ GT MX PA PY RW SV SZ UG XK",
        declined: "NG PE PW",
        ended: "",
        disputed: "GH",
        developments: 86,
    })
    .await;
}

/// What is told under an embargo goes before readers at its moment, and they see nothing of it until then.
async fn embargo(desk: &mut Desk) {
    use tracker::clock::{Surroundings, System};
    let parts = json!({ "publish": false, "publishAt": System.now() + chrono::TimeDelta::seconds(3) });
    let (kind, input) = told("Agreement GQ 2025-11-05, reported 2025-11-06", "Equatorial Guinea agreed.", parts);
    let id = desk.editor.recorded(&kind, input).await;
    let position = "query ($id: ID!) { changes(last: 1) { nodes { country { code } } } node(id: $id) { id } }";
    let seen = desk.reader.ask(position, json!({ "id": id })).await;
    assert_eq!((&seen["changes"]["nodes"][0]["country"]["code"], &seen["node"]), (&json!("UG"), &Value::Null));
    desk.hears("PUBLISHED GQ ASKED to AGREED: 61, 48, 13").await;
}

/// December 2025 to February 2026: a corrected date that changes a status, a retraction that changes one back, the end of an agreement.
async fn winter(desk: &mut Desk) {
    desk.learns(
        "Agreement MR 2025-12-01, reported 2025-12-02",
        "Mauritania agreed.",
        json!({}),
        "PUBLISHED MR ASKED to AGREED: 61, 47, 14",
    )
    .await;
    desk.learns(
        "Refusal MR 2025-11-28, reported 2025-12-06",
        "Mauritania's minister said no.",
        json!({}),
        "PUBLISHED MR AGREED to AGREED: 61, 47, 14",
    )
    .await;
    let later = ("Refusal MR 2025-12-05, reported 2025-12-06", json!({}));
    desk.corrects(
        "Mauritania's minister said no.",
        later,
        "It refused on December 5, not on November 28.",
        "CORRECTED MR AGREED to DECLINED: 61, 48, 13",
    )
    .await;
    desk.learns(
        "CourtOrder EG 2025-12-11, reported 2025-12-12",
        "A court stopped a flight to Cairo.",
        json!({ "court": "A U.S. district court" }),
        "PUBLISHED EG ASKED to ASKED: 61, 48, 13",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 48, 13],
        agreed: "BZ CR GH GQ GT MX PA PY RW SV SZ UG XK",
        declined: "MR NG PE PW",
        ended: "",
        disputed: "GH",
        developments: 89,
    })
    .await;

    desk.learns(
        "Agreement ET 2026-01-12, reported 2026-01-13",
        "Ethiopia agreed.",
        json!({}),
        "PUBLISHED ET ASKED to AGREED: 61, 47, 14",
    )
    .await;
    desk.learns(
        "Transfer ET 2026-01-15, reported 2026-01-16",
        "Dozens were flown to Addis Ababa.",
        json!({ "people": { "describedAs": "dozens" } }),
        "PUBLISHED ET AGREED to AGREED: 61, 47, 14",
    )
    .await;
    desk.learns(
        "Agreement DM 2026-01-05, reported 2026-01-06",
        "Dominica agreed.",
        json!({}),
        "PUBLISHED DM ASKED to AGREED: 61, 46, 15",
    )
    .await;
    desk.learns(
        "Agreement KN 2026-01-08, reported 2026-01-09",
        "St. Kitts and Nevis agreed.",
        json!({}),
        "PUBLISHED KN ASKED to AGREED: 61, 45, 16",
    )
    .await;
    desk.retracts(
        "Ethiopia agreed.",
        "The ministry had been misquoted: nothing was signed.",
        "RETRACTED ET AGREED to ASKED: 61, 46, 15",
    )
    .await;
    desk.learns(
        "Talks LC 2026-01, reported 2026-01-30",
        "St. Lucia is talking.",
        json!({}),
        "PUBLISHED LC ASKED to ASKED: 61, 46, 15",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 46, 15],
        agreed: "BZ CR DM GH GQ GT KN MX PA PY RW SV SZ UG XK",
        declined: "MR NG PE PW",
        ended: "",
        disputed: "GH",
        developments: 94,
    })
    .await;

    desk.learns(
        "Termination CR 2026-02-10, reported 2026-02-10",
        "Costa Rica ended its agreement.",
        json!({ "endedBy": "Costa Rica" }),
        "PUBLISHED CR AGREED to ENDED: 61, 46, 14",
    )
    .await;
    desk.learns(
        "Termination BZ 2026-02-15, reported 2026-02-16",
        "Belize's opposition calls the agreement void.",
        json!({ "affectsStatus": false }),
        "PUBLISHED BZ AGREED to AGREED: 61, 46, 14",
    )
    .await;
    desk.learns(
        "Transfer CR 2025-04, reported 2026-02-11",
        "Two hundred people had been flown to San José.",
        json!({ "people": { "about": 200 } }),
        "PUBLISHED CR ENDED to ENDED: 61, 46, 14",
    )
    .await;
    desk.learns(
        "Refusal AO undated, reported 2026-02-20",
        "Angola has said no.",
        json!({}),
        "PUBLISHED AO ASKED to DECLINED: 61, 46, 14",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 46, 14],
        agreed: "BZ DM GH GQ GT KN MX PA PY RW SV SZ UG XK",
        declined: "AO MR NG PE PW",
        ended: "CR",
        disputed: "GH",
        developments: 98,
    })
    .await;
}

/// March to June 2026.
async fn spring(desk: &mut Desk) {
    desk.learns(
        "Ask ZM undated, reported 2026-03-01",
        "Zambia is to be asked again.",
        json!({ "stage": "TO_BE_ASKED" }),
        "PUBLISHED ZM ASKED to ASKED: 61, 46, 14",
    )
    .await;
    desk.learns(
        "Agreement ZW 2026-03-09, reported 2026-03-10",
        "Zimbabwe agreed.",
        json!({}),
        "PUBLISHED ZW ASKED to AGREED: 61, 45, 15",
    )
    .await;
    desk.learns(
        "Refusal SN 2026-03-12~, reported 2026-03-15",
        "Senegal said no about a week before.",
        json!({}),
        "PUBLISHED SN ASKED to DECLINED: 61, 45, 15",
    )
    .await;
    desk.learns(
        "Ask CR 2025-02, reported 2026-03-20",
        "Costa Rica had been asked in February of 2025.",
        json!({}),
        "PUBLISHED CR ENDED to ENDED: 61, 45, 15",
    )
    .await;
    desk.learns(
        "Termination GH 2026-03-25, reported 2026-03-25",
        "Ghana ended its agreement.",
        json!({ "endedBy": "Ghana" }),
        "PUBLISHED GH AGREED to ENDED: 61, 45, 14",
    )
    .await;
    desk.stands(Moment {
        tally: [61, 45, 14],
        agreed: "BZ DM GQ GT KN MX PA PY RW SV SZ UG XK ZW",
        declined: "AO MR NG PE PW SN",
        ended: "CR GH",
        disputed: "GH",
        developments: 103,
    })
    .await;

    desk.learns(
        "Ask GH 2026-05-03, reported 2026-05-04",
        "Ghana was asked once more.",
        json!({}),
        "PUBLISHED GH ENDED to ASKED: 61, 46, 14",
    )
    .await;
    desk.learns(
        "Ask KI 2026-05, reported 2026-05-20",
        "Kiribati was asked in May.",
        json!({}),
        "PUBLISHED KI nothing to ASKED: 62, 47, 14",
    )
    .await;
    desk.learns(
        "Refusal KI 2026-05, reported 2026-05-18",
        "Kiribati's president had said no before.",
        json!({}),
        "PUBLISHED KI ASKED to ASKED: 62, 47, 14",
    )
    .await;
    desk.learns(
        "Agreement FM 2026-06-01, reported 2026-06-02",
        "Micronesia agreed.",
        json!({}),
        "PUBLISHED FM nothing to AGREED: 63, 47, 15",
    )
    .await;
    let (kind, mut input) =
        told("Agreement NR 2026-06-10, reported 2026-06-11", "Nauru agreed, says one official.", json!({}));
    input["publish"] = json!(false);
    desk.reporter.recorded(&kind, input).await;
    desk.stands(Moment {
        tally: [63, 47, 15],
        agreed: "BZ DM FM GQ GT KN MX PA PY RW SV SZ UG XK ZW",
        declined: "AO MR NG PE PW SN",
        ended: "CR",
        disputed: "GH",
        developments: 107,
    })
    .await;
}

/// Ghana's timeline at the end, newest first by what happened, and Mauritania's refusal before and after its correction.
async fn the_country_tells_its_year(desk: &Desk) {
    let query = "query ($code: CountryCode!, $at: DateTime) { country(code: $code, asOf: $at) { statusSince { edtf }
                 developments(first: 20) { nodes { __typename occurred { edtf } corrected retracted disputed } } } }";
    let timeline = async |country: &str, at: &Value| {
        let answer = desk.reader.ask(query, json!({ "code": country, "at": at })).await;
        let nodes = answer["country"]["developments"]["nodes"].as_array().unwrap().clone();
        let marked = |node: &Value| {
            let marks = ["corrected", "retracted", "disputed"].into_iter().filter(|mark| node[mark] == true);
            let occurred = node["occurred"]["edtf"].as_str().unwrap_or("undated").to_owned();
            [node["__typename"].as_str().unwrap().to_owned(), occurred]
                .into_iter()
                .chain(marks.map(str::to_owned))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let since = answer["country"]["statusSince"]["edtf"].as_str().unwrap().to_owned();
        (since, nodes.iter().map(marked).collect::<Vec<_>>())
    };
    let (since, ghana) = timeline("GH", &Value::Null).await;
    assert_eq!(since, "2026-05-03");
    assert_eq!(
        ghana,
        [
            "Ask 2026-05-03",
            "Termination 2026-03-25",
            "Denial 2025-09-16",
            "Agreement 2025-09-08 disputed",
            "Transfer 2025-09-06",
            "Ask 2025-07-02",
            "Ask undated",
            "Ask 2025-21",
        ]
    );
    let (now, then) = (timeline("MR", &Value::Null).await, timeline("MR", &desk.moments[4].0).await);
    assert_eq!(now.1, ["Refusal 2025-12-05 corrected", "Agreement 2025-12-01", "Ask undated"]);
    assert_eq!((now.0.as_str(), then.1), ("2025-12-05", vec!["Ask undated".to_owned()]));
    let ethiopia = timeline("ET", &Value::Null).await.1;
    assert_eq!(ethiopia, ["Transfer 2026-01-15", "Agreement 2026-01-12 retracted", "Ask undated"]);
}
