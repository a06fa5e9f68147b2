//! What else leaves the server: pages, exports, numbers, errors and the log.

use std::{fs, path::Path};

use serde_json::json;
use tracker::clock::{Surroundings, System};

use super::{Id, Known, Planting, Schema, Sees, Walker, nothing_misplaced, without};
use crate::newsroom::{Editor, Reader, Server, story, tracker};

/// What a command prints that must succeed.
async fn printed(database: &str, arguments: &[&str]) -> String {
    let output = tracker(database).args(arguments).output().await.unwrap();
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn an_export_says_what_its_reader_may_know() {
    story(async |newsroom| {
        let schema = Schema::of(&newsroom.reader()).await;
        let mut planting = Planting::begin(newsroom, &schema, &newsroom.server).await;
        planting.publish().await;
        let as_anyone = [["export", "--developments", "-"], ["export", "--countries", "-"]];
        let mut before = Vec::new();
        for arguments in &as_anyone {
            before.push(printed(&newsroom.database, arguments).await);
        }
        planting.keep_back().await;
        let markers = &planting.markers;
        for (arguments, before) in as_anyone.iter().zip(before) {
            let text = printed(&newsroom.database, arguments).await;
            assert_eq!(markers.misplaced(&text, Sees::Everyone, |_| false), [""; 0], "{arguments:?}");
            assert_eq!(text, before, "{arguments:?}: nothing tells that anything is kept back");
        }
        let drafts = printed(&newsroom.database, &["export", "--drafts"]).await;
        assert_eq!(
            markers.misplaced(&drafts, Sees::Everyone, |marker| marker.seen_by == Sees::Staff && !marker.confidential),
            [""; 0]
        );
        let whole = printed(&newsroom.database, &["export", "--drafts", "--confidential"]).await;
        assert_eq!(markers.misplaced(&whole, Sees::Staff, |_| false), [""; 0]);
        // It would prove nothing if there were nothing to find.
        let holds = |text: &str, what: &str| {
            let (index, _) = markers.iter().enumerate().find(|(_, marker)| marker.what == what).unwrap();
            markers.within(text).contains(&index)
        };
        assert!(holds(&drafts, "draft Ask.summary") && holds(&whole, "draft Ask.citations.confidential.source.title"));
        assert!(!holds(&drafts, "published Agreement.citations.confidential.quote"));
        assert!(holds(&whole, "published Agreement.citations.confidential.quote"));
    })
    .await;
}

/// The addresses in the table of routes.
fn routes() -> Vec<String> {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/routes.rs")).unwrap();
    let routes: Vec<_> =
        table.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert!(routes.len() >= 8, "{routes:?}");
    routes
}

#[tokio::test]
async fn no_address_no_error_and_no_line_of_the_log_gives_anything_away() {
    story(async |newsroom| {
        let schema = Schema::of(&newsroom.reader()).await;
        let start = newsroom.position().await;
        let (mut server, log) = Server::start_overheard(&newsroom.database, &["--log", "debug"]).await;
        let mut planting = Planting::begin(newsroom, &schema, &server).await;
        planting.publish().await;
        planting.keep_back().await;
        let word = planting.markers.iter().find(|marker| marker.what == "draft Ask.summary").unwrap().text.clone();
        let known = Known::of(newsroom, start, vec![word.clone()]).await;
        let anyone = newsroom.reader().at(&server);

        for person in [&anyone, &*planting.reporter.clone()] {
            addresses_say_nothing(person, &planting, &known).await;
            errors_say_nothing(person, &planting, &known, &word).await;
        }
        // A few ids are enough to have every resolver run.
        let few = known.hidden.iter().step_by(10).cloned().collect();
        let hidden = Known { public: Vec::new(), hidden: few, words: known.words };
        let answers = Walker { schema: &schema, known: &hidden }.walk(&planting.admin).await;
        nothing_misplaced(&answers, &planting.markers, Sees::Admin);
        // A token that is not quite right is as good as a right one to who reads the log.
        let secret = planting.editor.token.clone().unwrap();
        let mistyped = Editor::of(&server, format!("{secret}x"));
        assert_eq!(mistyped.post(json!({ "query": "{ tally { total } }" })).await.status(), 401);
        let mut socket = planting.editor.socket().await;
        socket
            .subscribe("1", "query ($text: String!) { sources(search: $text) { title } }", json!({ "text": word }))
            .await;
        assert!(socket.next().await.to_string().contains("sources"));

        server.terminate();
        assert!(server.ended().await.success());
        let log = log.await.unwrap();
        assert!(log.contains("DEBUG") && log.matches("answered").count() > 100, "it is not the whole log: {log}");
        let in_log = planting
            .markers
            .misplaced(&log, Sees::Everyone, |marker| marker.seen_by == Sees::Admin && !marker.is_word());
        assert_eq!(in_log, [""; 0], "in the log");
        let everyones = planting.markers.within(&log).len();
        assert!(everyones <= 1, "the log holds texts of developments");
    })
    .await;
}

/// Every address of the table, as someone asks for it.
async fn addresses_say_nothing(reader: &Reader, planting: &Planting<'_>, known: &Known) {
    for route in routes() {
        let address = match route.as_str() {
            route if !route.contains('{') => route.to_owned(),
            "/assets/{*name}" => format!("/assets/{}", known.hidden[0].text),
            "/country/{code}" => "/country/FR".to_owned(),
            _ => panic!("teach the walk what to put into {route}"),
        };
        let answer = reader.get(&address).send().await.unwrap();
        let headers = format!("{:?}", answer.headers());
        let text = answer.text().await.unwrap();
        for told in [headers, text] {
            // Pages are the same for all; addresses of this machine may stand in them.
            let misplaced = planting.markers.misplaced(&told, Sees::Everyone, |marker| marker.text == "127.0.0.1");
            assert_eq!(misplaced, [""; 0], "{address}");
        }
    }
}

/// Requests that are wrong in every way that a server could explain by what it knows.
async fn errors_say_nothing(reader: &Reader, planting: &Planting<'_>, known: &Known, word: &str) {
    let unknown = [Id::development(System.uuid()), Id::source(System.uuid())];
    for id in &known.hidden {
        let nothing = &unknown.iter().find(|unknown| unknown.of == id.of).unwrap().text;
        let id = &id.text;
        for body in [
            json!({ "query": format!("{{ node(id: \"{id}\"") }),
            json!({ "query": format!("{{ nodes(id: \"{id}\", word: \"{word}\") {{ id }} }}") }),
            json!({ "query": format!("{{ node(id: \"{id}x\") {{ id }} }}") }),
            json!({ "query": format!("{{ {word} }}") }),
            json!({ "query": format!("{{ countries(orderBy: {word}) {{ totalCount }} }}") }),
            json!({ "query": format!("{{ developments(after: \"{word}\") {{ totalCount }} }}") }),
            json!({ "query": format!("{{ changes(after: \"{id}\") {{ pageInfo {{ hasNextPage }} }} }}") }),
            json!({ "query": format!("{{ countries(filter: {{ search: \"{word}\" }}, asOf: \"{word}\") {{ totalCount }} }}") }),
            json!({ "query": "query ($id: ID!) { node(id: $id) { id } }", "variables": { "id": { word: id } } }),
            json!({ "query": "query ($id: ID!) { nodes(ids: [$id]) { id ... on Ask { summary { text } } } }", "variables": { "id": id } }),
            json!({ "query": "query A { tally { total } } query B { tally { asked } }", "operationName": word }),
            json!({ "query": [id, word] }),
        ] {
            let answer = reader.post(body.clone()).await.text().await.unwrap();
            // What was sent may be quoted.
            let misplaced = planting.markers.misplaced(&answer, Sees::Everyone, |marker| marker.text == word);
            assert_eq!(misplaced, [""; 0], "{body}");
            assert!(answer.contains("\"errors\""), "{body} is not wrong: {answer}");
            let of_nothing = body.to_string().replace(id, nothing);
            let of_nothing = reader.post(serde_json::from_str(&of_nothing).unwrap()).await.text().await.unwrap();
            assert_eq!(without(&known.hidden, &unknown, &answer), of_nothing, "{body}");
        }
        let path = format!("/graphql?query={{node(id:%22{id}%22){{nothing}}}}&variables={{%22{word}%22:1}}");
        assert_eq!(
            planting.markers.misplaced(
                &reader.get(&path).send().await.unwrap().text().await.unwrap(),
                Sees::Everyone,
                |_| false
            ),
            [""; 0]
        );
    }
}
