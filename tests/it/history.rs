//! The tracker as it was at an instant.

use serde_json::{Value, json};

use crate::newsroom::{entry, story};

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
