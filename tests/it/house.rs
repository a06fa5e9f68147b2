//! The rules of the house: which room may use which, and that everything public says what it means.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::newsroom::story;

/// Which other rooms each room may use. Every room may use `clock`, `config` and `domain`.
const DIRECTIONS: [(&str, &[&str]); 9] = [
    ("cli", &["http", "graphql", "ledger", "store", "feed", "embedded_postgres", "single_sign_on", "webhooks"]),
    ("http", &["graphql", "feed", "single_sign_on", "store"]),
    ("graphql", &["ledger", "store", "feed"]),
    ("feed", &["store"]),
    ("ledger", &["store"]),
    ("single_sign_on", &["ledger", "store"]),
    ("webhooks", &["feed", "graphql", "store"]),
    ("store", &[]),
    ("embedded_postgres", &[]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The rooms that a source names, in paths and in nested imports alike.
fn rooms_named(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = BTreeSet::new();
    for (start, _) in code.match_indices("crate::") {
        let rest = &code[start + "crate::".len()..];
        let Some(nested) = rest.strip_prefix('{') else {
            rooms.extend(
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().map(str::to_owned),
            );
            continue;
        };
        let (mut depth, mut word) = (1, String::new());
        for letter in nested.chars() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                letter if depth == 1 && (letter.is_alphanumeric() || letter == '_' || letter == ':') => {
                    word.push(letter)
                }
                _ => {}
            }
            if depth == 0 || (depth == 1 && letter == ',') {
                rooms.extend(word.split("::").next().filter(|room| !room.is_empty()).map(str::to_owned));
                word.clear();
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

#[test]
fn rooms_use_only_what_their_arrows_allow() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, allowed) in DIRECTIONS.into_iter().chain([("domain", &[][..])]) {
        for file in files(&source.join(room)) {
            for named in rooms_named(&fs::read_to_string(&file).unwrap()) {
                let own = named == room
                    || named == "domain"
                    || (room != "domain" && matches!(named.as_str(), "clock" | "config"));
                assert!(own || allowed.contains(&named.as_str()), "{} uses {named}", file.display());
            }
        }
    }
}

#[test]
fn nested_imports_are_seen() {
    let source = "use crate::{\n    clock,\n    domain::{id::GlobalId, status},\n    store::{self, reader::Reader},\n};\ncrate::http::x();";
    let rooms: Vec<_> = rooms_named(source).into_iter().collect();
    assert_eq!(rooms, ["clock", "domain", "http", "store"]);
}

#[test]
fn sql_stands_in_the_store_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files(&source) {
        // A name by which sqlx tells of statements is none.
        let text = fs::read_to_string(&file).unwrap().replace("\"sqlx::query\"", "");
        let own = file.starts_with(source.join("store")) || file.starts_with(source.join("embedded_postgres"));
        // Asking a server for its version comes before there is a store.
        let greeting = file.ends_with("cli/database.rs");
        assert!(own || greeting || !text.contains("sqlx::query"), "{} speaks SQL", file.display());
    }
}

#[tokio::test]
async fn everything_in_the_schema_says_what_it_means() {
    story(async |newsroom| {
        let query = "{ __schema { types { kind name description
            fields(includeDeprecated: true) { name description args { name description } }
            inputFields { name description } enumValues { name description } } } }";
        let schema = newsroom.reader().ask(query, json!({})).await;
        let mut silent = Vec::new();
        for kind in schema["__schema"]["types"].as_array().unwrap() {
            let name = kind["name"].as_str().unwrap();
            // The specification's own.
            if name.starts_with("__") || ["Int", "Float", "String", "Boolean", "ID", "PageInfo"].contains(&name) {
                continue;
            }
            let mut look = |path: String, value: &Value| {
                if value["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
                    silent.push(path);
                }
            };
            look(name.to_owned(), kind);
            for list in ["fields", "inputFields", "enumValues"] {
                for member in kind[list].as_array().into_iter().flatten() {
                    let path = format!("{name}.{}", member["name"].as_str().unwrap());
                    for argument in member["args"].as_array().into_iter().flatten() {
                        look(format!("{path}({})", argument["name"].as_str().unwrap()), argument);
                    }
                    look(path, member);
                }
            }
        }
        assert!(silent.is_empty(), "without a sentence: {silent:#?}");
    })
    .await;
}

#[tokio::test]
async fn the_served_schema_is_the_committed_one() {
    story(async |newsroom| {
        let served = newsroom.reader().get("/schema.graphql").send().await.unwrap().text().await.unwrap();
        let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql")).unwrap();
        assert!(served == committed, "run `make schema`");
    })
    .await;
}

/// The names that stand in a text and begin with `tracker_`.
fn metrics_named(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| word.starts_with("tracker_")).map(str::to_owned).collect()
}

#[tokio::test]
async fn alerts_and_dashboard_ask_for_what_is_measured() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources =
        ["src/http/metrics.rs", "src/webhooks/measure.rs"].map(|file| fs::read_to_string(root.join(file)).unwrap());
    let measured = metrics_named(&sources.concat());
    let alerts = fs::read_to_string(root.join("deploy/prometheus/alerts.yml")).unwrap();
    let dashboard = fs::read_to_string(root.join("deploy/grafana/tracker.json")).unwrap();
    serde_json::from_str::<Value>(&dashboard).unwrap();
    for text in [&alerts, &dashboard] {
        for name in metrics_named(text) {
            assert!(measured.contains(name.trim_end_matches("_bucket")), "{name} is not measured");
        }
    }
    let operations = fs::read_to_string(root.join("docs/OPERATIONS.md")).unwrap();
    for alert in alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(operations.contains(&format!("`{alert}`")), "docs/OPERATIONS.md does not say what {alert} means");
    }
    for name in &measured {
        assert!(dashboard.contains(name), "{name} is not on the dashboard");
    }
}

/// What is named in a text as `file::name`, of the sources and the tests.
fn tests_named(text: &str) -> Vec<(&str, &str)> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| word.starts_with("tests/") || word.starts_with("src/"))
        .filter_map(|word| word.split_once("::"))
        .collect()
}

#[test]
fn every_threat_names_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let threats = fs::read_to_string(root.join("docs/THREATS.md")).unwrap();
    let rows = threats.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 2);
    let rows: Vec<_> = rows
        .filter(|row| !row.ends_with("| | |") && !row.starts_with("| ---") && !row.starts_with("| threat |"))
        .collect();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        let named = tests_named(row);
        assert!(!named.is_empty(), "no test shows what answers this: {row}");
        for (file, name) in named {
            let source = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let (before, _) =
                source.split_once(&format!("fn {name}(")).unwrap_or_else(|| panic!("{file} has no {name}"));
            let above = before.trim_end().trim_end_matches("async").trim_end();
            assert!(above.ends_with("#[test]") || above.ends_with("#[tokio::test]"), "{name} in {file} is no test");
        }
    }
}
