//! The tracker as it was at an instant.

use serde_json::{Value, json};

use crate::newsroom::{entry, story, tracker};

const AS_IT_WAS: &str = "query ($at: DateTime) {
    tally(asOf: $at) { total asked agreed asOf }
    country(code: \"GH\", asOf: $at) { status { code } disputed developments { totalCount nodes { summary disputed } } }
    countries(asOf: $at, orderBy: LAST_CHANGE, first: 3) { totalCount nodes { code status { code } latestDevelopment { summary } } }
    developments(asOf: $at, first: 3) { totalCount nodes { summary disputed citations { source { title } } } }
}";

#[tokio::test]
async fn the_answer_for_a_past_instant_never_changes_afterwards() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let mut instants: Vec<(Value, Value)> = Vec::new();
        let mut disputed = String::new();
        for (kind, country) in
            [("Agreement", "GH"), ("Ask", "FR"), ("Denial", "GH"), ("Termination", "GH"), ("Refusal", "FR")]
        {
            let parts = match kind {
                "Denial" => json!({ "disputes": disputed, "deniedBy": "Accra", "summary": kind }),
                _ => json!({ "summary": kind }),
            };
            let id = editor.recorded(kind, entry(country, parts)).await;
            if kind == "Agreement" {
                disputed = id;
            }
            let now = reader.ask("{ changes(last: 1) { nodes { at } } }", json!({})).await;
            let at = now["changes"]["nodes"][0]["at"].clone();
            let answer = reader.ask(AS_IT_WAS, json!({ "at": at })).await;
            assert_eq!(answer, reader.ask(AS_IT_WAS, json!({ "at": null })).await, "the present, by its instant");
            instants.push((at, answer));
        }
        for (at, answer) in &instants {
            assert_eq!(reader.ask(AS_IT_WAS, json!({ "at": at })).await, *answer);
        }
        let statuses: Vec<_> = instants.iter().map(|(_, answer)| &answer["country"]["status"]["code"]).collect();
        assert_eq!(statuses, ["AGREED", "AGREED", "AGREED", "ENDED", "ENDED"]);
        let disputed: Vec<_> = instants.iter().map(|(_, answer)| &answer["country"]["disputed"]).collect();
        assert_eq!(disputed, [false, false, true, true, true]);
    })
    .await;
}

#[tokio::test]
async fn what_developments_refer_to_is_as_it_was() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let content = |summary: &str| entry("SZ", json!({ "summary": summary, "occurred": "2025-09-01" }));
        let agreed = editor.recorded("Agreement", content("It agreed.")).await;
        let moved = json!({ "nationalities": ["SZ", "NG"], "occurred": "2025-09-02" });
        editor.recorded("Transfer", entry("SZ", moved)).await;
        let denied = json!({ "disputes": agreed, "deniedBy": "Mbabane", "occurred": "2025-09-03" });
        editor.recorded("Denial", entry("SZ", denied)).await;

        let refers =
            "{ nodes { country { name iso: isoName } ... on Transfer { nationalities { code name iso: isoName } }
            ... on Denial { disputes { id summary corrected } } } }";
        let query = format!(
            "query ($at: DateTime) {{
                newest: country(code: \"SZ\", asOf: $at) {{ developments(first: 1) {refers} }}
                oldest: country(code: \"SZ\", asOf: $at) {{ developments(last: 9) {refers} }}
                ledger: developments(asOf: $at, filter: {{ countries: [\"SZ\"] }}) {refers}
                backwards: developments(asOf: $at, filter: {{ countries: [\"SZ\"] }}, last: 9) {refers}
            }}"
        );
        let before = reader.ask(&query, json!({})).await;
        let at =
            reader.ask("{ changes(last: 1) { nodes { at } } }", json!({})).await["changes"]["nodes"][0]["at"].take();

        let mut corrected = content("It agreed to terms.");
        corrected.as_object_mut().unwrap().retain(|part, _| !["country", "publish"].contains(&part.as_str()));
        let correction = json!({ "development": agreed, "expectedRevision": 1, "content": { "agreement": corrected },
            "note": "There were terms.", "publish": true });
        editor.done("correct", correction).await;
        let file = std::env::temp_dir().join(format!("tracker-renamed-{}.csv", std::process::id()));
        let names = "code,alpha3,numeric,name,iso_name,region_code,region,subregion_code,subregion,other_names
SZ,SWZ,748,Swaziland,Kingdom of Eswatini,002,Africa,202,Sub-Saharan Africa,Eswatini\n";
        std::fs::write(&file, names).unwrap();
        let output = tracker(&newsroom.database).arg("import").arg(&file).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::remove_file(file).unwrap();

        let after = reader.ask(&query, json!({})).await;
        assert_eq!(reader.ask(&query, json!({ "at": at })).await, before);
        for (answer, name, iso, summary) in [
            (&before, "Eswatini", "Eswatini", "It agreed."),
            (&after, "Swaziland", "Kingdom of Eswatini", "It agreed to terms."),
        ] {
            let disputed = json!({ "id": agreed, "summary": summary, "corrected": summary != "It agreed." });
            assert_eq!(answer["newest"]["developments"]["nodes"][0]["disputes"], disputed);
            for page in ["/oldest/developments", "/ledger", "/backwards"] {
                let nodes = answer.pointer(page).unwrap()["nodes"].as_array().unwrap();
                assert_eq!(nodes.len(), 4, "{page}, with what the record says: {nodes:?}");
                assert!(nodes.iter().all(|node| node["country"] == json!({ "name": name, "iso": iso })), "{nodes:?}");
                assert_eq!(nodes[0]["disputes"], disputed, "{page}");
                let nationalities = &nodes[1]["nationalities"];
                assert_eq!(nationalities[0], json!({ "code": "SZ", "name": name, "iso": iso }), "{page}");
                assert_eq!(nationalities[1]["code"], "NG");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn before_the_first_change_there_is_nothing() {
    story(async |newsroom| {
        let query = "{ tally(asOf: \"2001-01-01T00:00:00Z\") { total byStatus { count } asOf }
                       country(code: \"GH\", asOf: \"2001-01-01T00:00:00Z\") { name }
                       countries(asOf: \"2001-01-01T00:00:00+02:00\", filter: { tracked: null }) { totalCount } }";
        let answer = newsroom.reader().ask(query, json!({})).await;
        assert_eq!((&answer["tally"]["total"], &answer["tally"]["asOf"]), (&json!(0), &json!(null)));
        assert_eq!((&answer["country"], &answer["countries"]["totalCount"]), (&json!(null), &json!(0)));
    })
    .await;
}
