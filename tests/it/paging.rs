//! Lists, page by page, in both directions, while rows arrive.

use serde_json::{Value, json};

use crate::newsroom::{Reader, entry, story};

/// Walks a list to its end and answers with what `field` says of every node.
async fn walk(reader: &Reader, list: &str, arguments: &str, field: &str, backward: bool) -> Vec<String> {
    let (count, place, more, cursor) = if backward {
        ("last", "before", "hasPreviousPage", "startCursor")
    } else {
        ("first", "after", "hasNextPage", "endCursor")
    };
    let query = format!(
        "query ($at: String) {{ {list}({count}: 7, {place}: $at{arguments}) {{ pageInfo {{ {more} {cursor} }} nodes {{ {field} }} }} }}"
    );
    let (mut seen, mut at): (Vec<String>, Value) = (Vec::new(), Value::Null);
    loop {
        let page = reader.ask(&query, json!({ "at": at })).await[list].take();
        let mut nodes: Vec<_> =
            page["nodes"].as_array().unwrap().iter().map(|node| node[field].as_str().unwrap().to_owned()).collect();
        if backward {
            nodes.append(&mut seen);
            seen = nodes;
        } else {
            seen.append(&mut nodes);
        }
        if page["pageInfo"][more] == false {
            return seen;
        }
        at = page["pageInfo"][cursor].clone();
    }
}

#[tokio::test]
async fn every_list_reads_the_same_in_both_directions() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        for country in ["GH", "FR"] {
            editor.recorded("Agreement", entry(country, json!({}))).await;
        }
        let reader = newsroom.reader();
        for (list, arguments, field, count) in [
            ("countries", "", "code", 59),
            ("countries", ", orderBy: STATUS", "code", 59),
            ("countries", ", orderBy: LAST_CHANGE", "code", 59),
            ("countries", ", filter: { tracked: null }", "code", 250),
            ("countries", ", filter: { statuses: [AGREED], regions: [\"002\", \"019\"] }", "code", 7),
            ("developments", "", "id", 66),
            ("developments", ", filter: { kinds: [ASK] }", "id", 51),
            ("changes", "", "id", 67),
        ] {
            let forward = walk(&reader, list, arguments, field, false).await;
            assert_eq!(forward.len(), count, "{list}{arguments}");
            let distinct: std::collections::BTreeSet<_> = forward.iter().collect();
            assert_eq!(distinct.len(), count, "{list}{arguments}");
            assert_eq!(walk(&reader, list, arguments, field, true).await, forward, "{list}{arguments}");
        }
    })
    .await;
}

#[tokio::test]
async fn orders_put_first_what_they_promise() {
    story(async |newsroom| {
        newsroom.editor().await.recorded("Ask", entry("FR", json!({}))).await;
        let reader = newsroom.reader();
        let changed = walk(&reader, "countries", ", orderBy: LAST_CHANGE", "code", false).await;
        assert_eq!(changed[0], "FR");
        let by_status = walk(&reader, "countries", ", orderBy: STATUS", "code", false).await;
        assert_eq!(by_status[..7], ["CR", "SV", "GT", "XK", "MX", "PA", "RW"]);
        assert_eq!(by_status[58], "PE");
    })
    .await;
}

#[tokio::test]
async fn a_reader_half_way_through_meets_nothing_twice_while_rows_arrive() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        let query = "query ($after: String) { developments(first: 20, after: $after) { pageInfo { endCursor hasNextPage } nodes { id } } }";
        let before = walk(&reader, "developments", "", "id", false).await;
        let (mut seen, mut after): (Vec<String>, Value) = (Vec::new(), Value::Null);
        loop {
            let page = reader.ask(query, json!({ "after": after })).await["developments"].take();
            seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
            // It belongs at the top of the list, above where the reader is.
            editor.recorded("Talks", entry("FR", json!({}))).await;
        }
        assert_eq!(seen, before);
    })
    .await;
}

#[tokio::test]
async fn a_timeline_is_paged_within_its_country() {
    story(async |newsroom| {
        let (editor, reader) = (newsroom.editor().await, newsroom.reader());
        for day in 1..=5 {
            editor.recorded("Talks", entry("FR", json!({ "occurred": format!("2025-09-0{day}") }))).await;
        }
        let query = "query ($first: Int, $after: String, $last: Int, $before: String) { country(code: \"FR\") {
            developments(first: $first, after: $after, last: $last, before: $before) {
                totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { occurred { edtf } } } } }";
        let page = async |variables: Value| {
            let page = reader.ask(query, variables).await["country"]["developments"].take();
            let days: Vec<_> = page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["occurred"]["edtf"].as_str().unwrap()[9..].parse::<i32>().unwrap())
                .collect();
            (days, page["pageInfo"].clone())
        };
        let (days, info) = page(json!({ "first": 2 })).await;
        assert_eq!((days, &info["hasNextPage"]), (vec![5, 4], &json!(true)));
        let (days, info) = page(json!({ "first": 3, "after": info["endCursor"] })).await;
        assert_eq!((days, &info["hasNextPage"]), (vec![3, 2, 1], &json!(false)));
        let (days, info) = page(json!({ "last": 2, "before": info["startCursor"] })).await;
        assert_eq!((days, &info["hasPreviousPage"]), (vec![5, 4], &json!(false)));
        let (days, _) = page(json!({ "last": 2 })).await;
        assert_eq!(days, [2, 1]);
    })
    .await;
}

#[tokio::test]
async fn wrong_page_arguments_are_refused_with_the_limit() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        for (arguments, told) in [
            ("first: 501", "`first` must be from 0 to 500; it is 501."),
            ("last: -1", "`last` must be from 0 to 500; it is -1."),
            ("first: 1, last: 1", "`first` and `last` exclude each other: send one of them."),
            (
                "after: \"x\"",
                "`after`: this is not a cursor that this list gave out. Send one that you were given, or none.",
            ),
        ] {
            let query = format!("{{ developments({arguments}) {{ nodes {{ id }} }} }}");
            let (code, message) = reader.refusal(&query, json!({})).await;
            assert_eq!((code.as_str(), message.as_str()), ("BAD_USER_INPUT", told));
        }
        let by_name = reader.ask("{ countries(first: 1) { pageInfo { endCursor } } }", json!({})).await;
        let query = "query ($after: String) { countries(after: $after, orderBy: STATUS) { nodes { code } } }";
        let cursor = json!({ "after": by_name["countries"]["pageInfo"]["endCursor"] });
        assert_eq!(reader.refusal(query, cursor).await.0, "BAD_USER_INPUT");
    })
    .await;
}
