//! Many developments at once: a desk's table over the API and at the command line.

use std::{fs, path::PathBuf, process::Output};

use serde_json::{Value, json};
use tracker::clock::{Surroundings, System};

use crate::newsroom::{Newsroom, Reader, empty_database, entry, story, tracker};

const IMPORT: &str = "mutation ($input: ImportDevelopmentsInput!) { importDevelopments(input: $input) {
    added alreadyThere rows { row key outcome development { id __typename state } } tally { total asked agreed }
    userErrors { code field row message } } }";

/// Three developments, four sources; as a European spreadsheet saves it.
const TABLE: &str = "\u{FEFF}Key;Country;Kind;Occurred;Summary;People at most;Denied by;Disputes;Source kind;Publisher;Title;Published on;Quote\r\n\
    gh-agreement;GH;Agreement;2025-09;\"Agreed, \"\"in principle\"\"; no more.\";14;;;News report;The Daily Record;Ghana agrees;2025-09-10;\r\n\
    gh-agreement;;;;;;;;Statement;The government;A speech;2025-09-09;\"We agreed.\r\nIn writing.\"\r\n\
    gh-denial;GH;Denial;2025-10;Said that there is no agreement.;;A minister;gh-agreement;Interview;;A call;2025-10-02;\r\n\
    ;FR;Ask;;Asked.;;;;Cable;;A cable;2025-10-01;\r\n";

/// Everything that an import can write.
const WRITTEN: &str = "select (select count(*) from development_revision) + (select count(*) from source) + (select count(*) from citation)
    + (select count(*) from audit_entry) + (select position from feed)";

async fn import(reader: &Reader, table: &str, parts: Value) -> Value {
    let mut input = parts;
    input["table"] = json!(table);
    reader.ask(IMPORT, json!({ "input": input })).await["importDevelopments"].take()
}

/// Row, column and code of each error.
fn wrong(payload: &Value) -> Vec<(u64, String, String)> {
    let errors = payload["userErrors"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors.map(|error| (error["row"].as_u64().unwrap(), text(&error["field"]), text(&error["code"]))).collect()
}

fn outcomes(payload: &Value) -> Vec<(u64, &str)> {
    let rows = payload["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["row"].as_u64().unwrap(), row["outcome"].as_str().unwrap())).collect()
}

/// A folder for files, gone with its value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tracker-bulk-{}", System.uuid().simple()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn run(database: &str, arguments: &[&str]) -> Output {
    tracker(database).args(arguments).output().await.unwrap()
}

/// What a command prints that must succeed.
async fn printed(database: &str, arguments: &[&str]) -> String {
    let output = run(database, arguments).await;
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_desk_tries_its_table_publishes_it_and_pastes_it_again() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let before = newsroom.number(WRITTEN).await;
        let tried = import(&editor, TABLE, json!({ "dryRun": true, "publish": true })).await;
        assert_eq!((&tried["added"], &tried["alreadyThere"], &tried["userErrors"]), (&json!(3), &json!(0), &json!([])));
        assert_eq!(outcomes(&tried), [(2, "ADDED"), (4, "ADDED"), (5, "ADDED")], "rows as a spreadsheet numbers them");
        assert!(tried["rows"].as_array().unwrap().iter().all(|row| row["development"].is_null()));
        assert_eq!(tried["tally"], json!({ "total": 59, "asked": 51, "agreed": 8 }));
        assert_eq!(newsroom.number(WRITTEN).await, before);
        assert_eq!(reader.tally().await, (58, 51, 7));

        let done = import(&editor, TABLE, json!({ "publish": true })).await;
        assert_eq!(done["tally"], tried["tally"]);
        assert_eq!(done["rows"][1]["development"]["__typename"], "Denial");
        assert_eq!(reader.tally().await, (59, 51, 8));
        let query = "{ country(code: \"GH\") { disputed developments(first: 2) { nodes { __typename summary disputed
            ... on Agreement { people { atMost } citations { quote source { kind title publishedOn { edtf } } } } } } } }";
        let ghana = reader.ask(query, json!({})).await["country"].take();
        assert_eq!(ghana["disputed"], true);
        assert_eq!(
            ghana["developments"]["nodes"][1],
            json!({
                "__typename": "Agreement", "summary": "Agreed, \"in principle\"; no more.", "disputed": true,
                "people": { "atMost": 14 },
                "citations": [
                    { "quote": null, "source": { "kind": "NEWS_REPORT", "title": "Ghana agrees", "publishedOn": { "edtf": "2025-09-10" } } },
                    { "quote": "We agreed.\nIn writing.", "source": { "kind": "STATEMENT", "title": "A speech", "publishedOn": { "edtf": "2025-09-09" } } },
                ],
            })
        );
        let recorded = "select count(*) from audit_entry where act = 'RECORD' and actor = 'editor' and actor_id is not null
            and address is not null and position is not null";
        assert_eq!(newsroom.number(recorded).await, 3);

        let after = newsroom.number(WRITTEN).await;
        let again = import(&editor, TABLE, json!({ "publish": true })).await;
        assert_eq!((&again["added"], &again["alreadyThere"], &again["tally"]), (&json!(0), &json!(3), &done["tally"]));
        let ids = |payload: &Value| {
            let rows = payload["rows"].as_array().unwrap().iter();
            rows.map(|row| (row["key"].clone(), row["development"]["id"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(ids(&again), ids(&done));
        // What a spreadsheet copies: tabs, and the columns in another order.
        let copied = "summary\tkind\tcountry\tsourceKind\ttitle\tpublishedOn\nAsked.\tAsk\tFR\tCable\tA cable\t2025-10-01";
        assert_eq!(outcomes(&import(&editor, copied, json!({ "publish": true })).await), [(2, "ALREADY_THERE")]);
        assert_eq!(newsroom.number(WRITTEN).await, after);
    })
    .await;
}

#[tokio::test]
async fn a_table_with_one_bad_row_is_refused_whole() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        import(&editor, "key,country,kind,summary,sourceKind,title\nold,FR,ASK,Asked.,CABLE,A cable\n", json!({}))
            .await;
        let before = newsroom.number(WRITTEN).await;
        let table = "key,country,kind,summary,sourceKind,title,sourceId,disputes,deniedBy,nationalities\n\
            old,FR,ASK,Asked.,CABLE,A cable,,,,\n\
            new,ES,ASK,Asked.,CABLE,A cable,,,,\n\
            zz,ZZ,TRANSFER,Moved.,CABLE,A cable,,,,IQ ZY\n\
            typed,GH,PLEA,,CABLE,A cable,,,,\n\
            denial,GH,DENIAL,Denied.,CABLE,A cable,,nowhere,A minister,\n\
            denial-of-typed,GH,DENIAL,Denied.,CABLE,A cable,,typed,A minister,\n\
            denial-of-old,GH,DENIAL,Denied.,CABLE,A cable,,old,A minister,\n\
            by-id,GH,ASK,Asked.,,,c28AAAAAAAAAAAAAAAAAAAAB,,,\n\
            by-id,,,,CABLE,,,,,\n";
        for dry_run in [true, false] {
            let payload = import(&editor, table, json!({ "publish": true, "dryRun": dry_run })).await;
            let told: Vec<_> = wrong(&payload);
            let told: Vec<_> = told.iter().map(|(row, field, code)| (*row, field.as_str(), code.as_str())).collect();
            assert_eq!(
                told,
                [
                    (4, "country", "NOT_FOUND"),
                    (4, "nationalities", "NOT_FOUND"),
                    (5, "kind", "MALFORMED"),
                    (5, "summary", "REQUIRED"),
                    (6, "disputes", "NOT_FOUND"),
                    (7, "disputes", "NOT_FOUND"),
                    (8, "disputes", "NOT_FOUND"),
                    (9, "sourceId", "MALFORMED"),
                    (10, "title", "REQUIRED"),
                ],
                "{payload:#}"
            );
            assert_eq!(
                (&payload["added"], &payload["alreadyThere"], &payload["tally"]),
                (&json!(1), &json!(1), &Value::Null)
            );
            assert_eq!(outcomes(&payload)[..3], [(2, "ALREADY_THERE"), (3, "ADDED"), (4, "WRONG")]);
            assert_eq!(payload["rows"][0]["development"]["state"], "DRAFT");
            assert_eq!(payload["rows"][1]["development"], Value::Null);
            assert_eq!(newsroom.number(WRITTEN).await, before);
        }
        let whole = import(&editor, "key;colour\n1;red\n", json!({})).await;
        assert_eq!(whole["rows"], json!([]));
        assert!(wrong(&whole).contains(&(1, "colour".to_owned(), "NOT_FOUND".to_owned())), "{whole:#}");
    })
    .await;
}

#[tokio::test]
async fn who_may_import_and_who_may_publish() {
    story(async |newsroom| {
        let input = |publish: bool| json!({ "input": { "table": TABLE, "publish": publish, "dryRun": true } });
        let (code, _) = newsroom.reader().refusal(IMPORT, input(false)).await;
        assert_eq!(code, "UNAUTHENTICATED");
        let reporter = newsroom.staff("reporter").await;
        let (code, message) = reporter.refusal(IMPORT, input(true)).await;
        assert_eq!(code, "FORBIDDEN");
        assert!(message.contains("publish: false"), "{message}");

        let before = newsroom.position().await;
        let table = "country,kind,summary,sourceKind,title\nFR,ASK,Asked.,CABLE,Unseen\n";
        let payload = import(&reporter, table, json!({})).await;
        assert_eq!(payload["rows"][0]["development"]["state"], "DRAFT");
        assert_eq!(payload["tally"], json!({ "total": 58, "asked": 51, "agreed": 7 }));
        assert_eq!(newsroom.position().await, before, "readers see nothing of drafts");
        let query = "query ($id: ID!) { node(id: $id) { id } }";
        let id = json!({ "id": payload["rows"][0]["development"]["id"] });
        assert_eq!(newsroom.reader().ask(query, id).await["node"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_denial_names_what_it_disputes_by_key_or_id() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let id = editor.recorded("Ask", entry("FR", json!({}))).await;
        let table = format!(
            "key,country,kind,summary,disputes,deniedBy,sourceKind,title\n\
             1,FR,DENIAL,Denied.,{id},France,STATEMENT,A speech\n\
             2,AG,DENIAL,Denied.,nyt-2025-06-25-ag-ask,Antigua,STATEMENT,A speech\n"
        );
        let payload = import(&editor, &table, json!({ "publish": true })).await;
        assert_eq!(payload["added"], 2, "{payload:#}");
        let disputed = "{ countries(filter: { disputed: true }) { nodes { code } } }";
        let answer = newsroom.reader().ask(disputed, json!({})).await;
        let codes: Vec<_> =
            answer["countries"]["nodes"].as_array().unwrap().iter().map(|node| node["code"].clone()).collect();
        assert!(codes.contains(&json!("AG")), "{answer:#}");

        let unseen = "key,country,kind,summary,disputes,deniedBy,sourceKind,title\n\
            3,ES,ASK,Asked.,,,CABLE,A cable\n4,ES,DENIAL,Denied.,3,Spain,STATEMENT,A speech\n";
        let payload = import(&editor, unseen, json!({})).await;
        assert_eq!(wrong(&payload), [(3, "disputes".to_owned(), "NOT_FOUND".to_owned())], "drafts can't be disputed");
    })
    .await;
}

#[tokio::test]
async fn the_same_table_sent_many_times_at_once_is_applied_once() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let before = newsroom.position().await;
        let calls = (0..8).map(|_| import(&editor, TABLE, json!({ "publish": true })));
        let added: u64 =
            futures_util::future::join_all(calls).await.iter().map(|payload| payload["added"].as_u64().unwrap()).sum();
        assert_eq!(added, 3);
        assert_eq!(newsroom.position().await, before + 3);
    })
    .await;
}

#[tokio::test]
async fn the_largest_table_is_applied_within_a_request() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let codes = ["FR", "ES", "PT", "IT", "DE"];
        let mut table = "country,kind,occurred,summary,sourceKind,publisher,title,url,publishedOn\n".to_owned();
        for row in 0..500 {
            let (code, report) = (codes[row % 5], row / 10);
            table.push_str(&format!(
                "{code},TALKS,2025-09,Talks number {row} were held.,NEWS_REPORT,The Daily Record,Report {report},https://example.org/{report},2025-09-10\n"
            ));
        }
        let query = "mutation ($input: ImportDevelopmentsInput!) { importDevelopments(input: $input) { added userErrors { message }
            rows { outcome development { id } } } }";
        let input = json!({ "input": { "table": table, "publish": true } });
        let payload = editor.ask(query, input).await["importDevelopments"].take();
        assert_eq!((payload["added"].as_u64(), payload["rows"].as_array().unwrap().len()), (Some(500), 500));
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_at_the_command_line_says_what_would_be() {
    let database = empty_database().await;
    let nothing = printed(&database, &["import", "--dry-run"]).await;
    assert!(nothing.contains("countries: 250 to add, 0 to change, 0 already there, 0 problems"), "{nothing}");
    assert!(
        nothing.contains("article: 64 to add, 0 to change, 0 already there, 0 problems"),
        "each sees those before: {nothing}"
    );
    printed(&database, &["import"]).await;

    let folder = Folder::new();
    let table = folder.write("desk.csv", TABLE);
    let said = printed(&database, &["import", &table, "--dry-run"]).await;
    assert!(said.contains("3 to add, 0 to change, 0 already there, 0 problems"), "{said}");
    assert!(said.contains("\n  add: row 2, gh-agreement\n"), "{said}");
    let refused = run(&database, &["import", &table, "--drafts"]).await;
    let complaint = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && complaint.contains("row 4, disputes: This development is not published"),
        "{complaint}"
    );

    let drafts = folder
        .write("drafts.tsv", "key\tcountry\tkind\tsummary\tsourceKind\ttitle\nfr\tFR\tASK\tAsked.\tCABLE\tA cable\n");
    let said = printed(&database, &["import", &drafts, "--drafts"]).await;
    assert!(said.contains("1 added, 0 changed, 0 already there"), "{said}");
    let article = folder.write(
        "more.yaml",
        "sources: { a: { kind: OTHER, title: A note } }\ndevelopments:\n\
         - { key: fr, country: FR, kind: ASK, summary: Asked., citations: [{ source: a }] }\n\
         - { key: es, country: ES, kind: ASK, summary: ' ', citations: [{ source: a }] }\n",
    );
    let output = run(&database, &["import", "--dry-run", &article, &table]).await;
    let (said, complaint) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("more.yaml: 0 to add, 0 to change, 1 already there, 1 problems\n  already there: line 3, fr\n"),
        "{said}"
    );
    assert!(said.contains("desk.csv: 3 to add"), "{said}");
    assert!(complaint.contains("more.yaml, line 4, summary: Say in a sentence or two what happened."), "{complaint}");
    let pool = sqlx::PgPool::connect(&database).await.unwrap();
    let count: i64 = sqlx::query_scalar("select count(*) from development").fetch_one(&pool).await.unwrap();
    assert_eq!(count, 65, "the article and the draft");
}

/// Texts that survive only if nobody takes them for anything but texts.
const HOSTILE: [&str; 8] = ["no", "2025-09", "1e3", "a: b # c", "- \"Côte d’Ivoire\" 'l’accord'", "null", "|", "{x}"];

const LINES: &str = "First: \"yes\".\n\n  - indented\n# no comment\nlast\\n";

/// What stands in every confidential part.
const MARKER: &str = "unguessable-7d1c";

/// A ledger with every kind and every field, undated and disputed things, and things that no file brought.
async fn fill(newsroom: &Newsroom) {
    let editor = newsroom.editor().await;
    let source = |title: &str, published_on: Value| {
        json!({ "locator": title, "quote": LINES, "source": {
            "kind": "COURT_FILING", "publisher": title, "title": title, "url": "https://example.org/a?b=c#d",
            "archivedUrl": "https://archive.example/1", "attribution": title, "publishedOn": published_on,
        } })
    };
    let parts = |text: &str, more: Value| {
        let mut parts = json!({ "summary": text, "occurred": null, "citations": [source(text, json!("2025-08?")), source("Shared", Value::Null)] });
        parts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        parts
    };
    let mut ids = Vec::new();
    for (kind, text, more) in [
        ("Ask", HOSTILE[0], json!({ "stage": "TO_BE_ASKED", "people": { "about": 300 } })),
        ("Talks", HOSTILE[1], json!({})),
        ("Refusal", HOSTILE[2], json!({ "affectsStatus": false })),
        (
            "Agreement",
            HOSTILE[3],
            json!({ "people": { "atLeast": 5, "atMost": 7 }, "terms": LINES, "form": "ORAL", "occurred": "2025-21" }),
        ),
        (
            "Payment",
            HOSTILE[4],
            json!({ "amount": { "value": "7500000.50", "currency": "EUR" }, "people": { "describedAs": "1e3" }, "nationalities": ["NO", "XK"] }),
        ),
        ("Transfer", HOSTILE[5], json!({ "people": { "exactly": 1 }, "nationalities": ["IQ"] })),
        ("CourtOrder", HOSTILE[6], json!({ "court": HOSTILE[3] })),
        ("Termination", HOSTILE[7], json!({ "endedBy": HOSTILE[4] })),
    ] {
        ids.push(editor.recorded(kind, entry("NO", parts(text, more))).await);
    }
    editor.recorded("Denial", entry("NO", parts("Denied.", json!({ "disputes": ids[0], "deniedBy": "yes" })))).await;
    // Neither it nor its source has a date, but it was recorded before the agreement ended.
    let folder = Folder::new();
    let undated = folder.write(
        "undated.yaml",
        "sources: { call: { kind: INTERVIEW, title: A call } }\ndevelopments:\n\
         - { key: ' undated: yes', country: \"NO\", kind: ASK, summary: Asked., recordedOn: 2025-07-01, citations: [{ source: call }] }\n",
    );
    printed(&newsroom.database, &["import", &undated]).await;
    assert_eq!(newsroom.reader().status("NO").await, "ENDED");
    import(&editor, TABLE, json!({ "publish": true })).await;
    editor.recorded("Ask", entry("ES", json!({ "publish": false, "summary": "A draft.", "citations": [] }))).await;
    let mut told = entry("NO", json!({ "occurred": "2025-11", "summary": "Agreed, an official said." }));
    told["citations"][0] = json!({ "locator": MARKER, "quote": MARKER, "source": {
        "kind": "INTERVIEW", "title": MARKER, "publishedOn": "2025-11-02", "attribution": "An official", "confidential": true,
        "confidentialNote": "Ask for: \"unguessable-7d1c\"\n# again",
    } });
    let told = editor.recorded("Agreement", told).await;
    let retract = "mutation ($input: RetractInput!) { retract(input: $input) { userErrors { message } } }";
    let input = json!({ "development": told, "expectedRevision": 1, "reason": HOSTILE[3] });
    assert_eq!(editor.ask(retract, json!({ "input": input })).await["retract"]["userErrors"], json!([]));
}

#[tokio::test]
async fn what_is_exported_and_imported_again_is_all_there() {
    story(async |newsroom| {
        fill(newsroom).await;
        let developments = printed(&newsroom.database, &["export"]).await;
        let countries = printed(&newsroom.database, &["export", "--countries", "-"]).await;
        assert!(!developments.contains("A draft.") && developments.contains("recordedOn: \"2025-07-01\""), "{developments}");

        assert!(!developments.contains("draft:"), "{developments}");
        let with_drafts = printed(&newsroom.database, &["export", "--drafts"]).await;
        assert!(!developments.contains(MARKER) && !with_drafts.contains(MARKER), "{with_drafts}");
        assert!(developments.contains("retracted: \"a: b # c\"") && developments.contains("attribution: An official"), "{developments}");
        assert!(with_drafts.starts_with("sources:") && with_drafts.matches("draft: true").count() == 1, "{with_drafts}");

        let folder = Folder::new();
        let files = [folder.write("countries.csv", &countries), folder.write("developments.yaml", &developments)];
        let database = empty_database().await;
        let said = printed(&database, &["import", &files[0], &files[1]]).await;
        assert!(said.contains("countries.csv: 250 added") && said.contains("developments.yaml: 78 added"), "{said}");
        let other = folder.0.join("again.yaml");
        printed(&database, &["export", "--developments", other.to_str().unwrap(), "--countries", &files[0]]).await;
        assert_eq!(fs::read_to_string(&files[0]).unwrap(), countries);
        assert_eq!(fs::read_to_string(&other).unwrap(), developments);

        let server = crate::newsroom::Server::start(&database, &[]).await;
        let query = "{ tally { total asked agreed byStatus { count status { code } } } countries(first: 100) { nodes { code disputed
            status { code } latestDevelopment { __typename summary effectiveDay: occurred { edtf } } } } }";
        let there = Reader::of(&server, None).ask(query, json!({})).await;
        assert_eq!(there, newsroom.reader().ask(query, json!({})).await);

        let drafts = folder.write("drafts.yaml", &with_drafts);
        let said = printed(&database, &["import", &drafts]).await;
        assert!(said.contains("drafts.yaml: 1 added, 0 changed, 78 already there"), "{said}");
        assert_eq!(printed(&database, &["export", "--drafts"]).await, with_drafts);
        assert_eq!(printed(&database, &["export"]).await, developments, "readers see nothing of it");

        let whole = printed(&newsroom.database, &["export", "--drafts", "--confidential"]).await;
        assert_eq!(whole.matches(MARKER).count(), 4, "title, note, locator and quote: {whole}");
        let third = empty_database().await;
        printed(&third, &["import", &files[0], &folder.write("whole.yaml", &whole)]).await;
        assert_eq!(printed(&third, &["export", "--drafts", "--confidential"]).await, whole);
        assert_eq!(printed(&third, &["export"]).await, developments);

        let said = printed(&newsroom.database, &["import", &files[0], &drafts]).await;
        assert!(said.contains("drafts.yaml: 0 added, 0 changed, 79 already there"), "where it came from: {said}");
    })
    .await;
}

#[tokio::test]
async fn a_retraction_or_an_unfinished_draft_comes_only_where_it_can() {
    let database = empty_database().await;
    printed(&database, &["import"]).await;
    let folder = Folder::new();
    let file = |parts: &str| {
        let text = format!(
            "sources: {{ a: {{ kind: OTHER, title: A }} }}\ndevelopments:\n- {{ key: k, country: FR, kind: ASK, summary: Asked., {parts} }}\n"
        );
        folder.write("one.yaml", &text)
    };
    let cited = "citations: [{ source: a }]";
    for (arguments, parts, says) in [
        (
            &["--drafts"][..],
            format!("retracted: An error., {cited}"),
            "line 3, retracted: This is retracted, and only what is published can be",
        ),
        (&[], format!("retracted: ' ', {cited}"), "line 3, retracted: Say to readers why"),
        (&[], format!("retracted: x, draft: true, {cited}"), "line 3, retracted: A draft can't be retracted"),
        (&[], "citations: []".to_owned(), "line 3, citations: Cite at least one source"),
        (&[], format!("recordedOn: 2100-01-01, {cited}"), "line 3, recordedOn: This day lies in the future"),
    ] {
        let path = file(&parts);
        let output = run(&database, &[&["import", &path], arguments].concat()).await;
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && complaint.contains(says), "{parts}: {complaint}");
    }
    let said = printed(&database, &["import", &file("draft: true")]).await;
    assert!(said.contains("1 added"), "{said}");
}

#[tokio::test]
async fn where_a_second_person_publishes_a_table_becomes_drafts() {
    let database = empty_database().await;
    let server = crate::newsroom::Server::start(&database, &["--review", "required"]).await;
    let token = server.token(&["create", "--name", "Ada", "--role", "editor"]).await;
    let editor = Reader::of(&server, Some(token));
    let table = "country,kind,summary,sourceKind,title\nFR,ASK,Asked.,CABLE,A cable\n";
    let refused = import(&editor, table, json!({ "publish": true })).await;
    assert_eq!(wrong(&refused), [(1, String::new(), "NEEDS_SECOND_PERSON".to_owned())]);
    assert_eq!(import(&editor, table, json!({})).await["added"], 1, "nothing had been written");
}

#[tokio::test]
async fn an_export_says_where_it_can_not_be_written() {
    story(async |newsroom| {
        for (arguments, says) in [
            (&["export", "--countries", "-", "--developments", "-"][..], "Only one file goes to standard output"),
            (&["export", "--countries", "/nowhere/countries.csv"], "/nowhere/countries.csv can't be written"),
        ] {
            let output = run(&newsroom.database, arguments).await;
            let complaint = String::from_utf8(output.stderr).unwrap();
            assert!(!output.status.success() && complaint.contains(says), "{complaint}");
        }
    })
    .await;
}
