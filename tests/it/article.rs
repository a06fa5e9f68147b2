//! What the article reports comes out of its developments, never typed in.

use serde_json::json;

use crate::newsroom::{entry, story};

const TALLY: &str =
    "query Tally { tally { total asked agreed byStatus { count status { code label definition headline } } } }";

const BOARD: &str = "query Board($first: Int, $after: String, $filter: CountryFilter, $asOf: DateTime) {
  countries(first: $first, after: $after, filter: $filter, asOf: $asOf) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id code name region { name } status { code label } statusSince { edtf label } disputed
            latestDevelopment { __typename id summary occurred { edtf earliest latest label } } }
  }
}";

const COUNTRY: &str = "query Country($code: CountryCode!) {
  country(code: $code) {
    name status { code }
    developments(first: 20) { totalCount nodes {
      __typename id summary occurred { edtf label } publishedAt revision corrected retracted disputed
      citations { quote source { kind publisher title url attribution publishedOn { edtf } } }
      ... on Agreement { people { atMost label } terms }
      ... on Payment { amount { value currency } }
      ... on Transfer { people { exactly label } nationalities { code name } }
      ... on Denial { disputes { id } deniedBy } } }
  }
}";

#[tokio::test]
async fn the_headline_is_58_countries_51_asked_and_7_agreed() {
    story(async |newsroom| {
        let answer = newsroom.reader().ask(TALLY, json!({})).await;
        let tally = &answer["tally"];
        assert_eq!((&tally["total"], &tally["asked"], &tally["agreed"]), (&json!(58), &json!(51), &json!(7)));
        let counts: Vec<_> = tally["byStatus"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| (line["status"]["code"].as_str().unwrap(), line["count"].as_i64().unwrap()))
            .collect();
        assert_eq!(counts, [("ASKED", 50), ("DECLINED", 1), ("AGREED", 7), ("ENDED", 0)]);
        assert_eq!(tally["byStatus"][1]["status"]["headline"], "ASKED");
    })
    .await;
}

#[tokio::test]
async fn the_board_shows_every_tracked_country_in_name_order() {
    story(async |newsroom| {
        let board = newsroom.reader().ask(BOARD, json!({})).await["countries"].take();
        assert_eq!(board["totalCount"], 58);
        assert_eq!(board["pageInfo"]["hasNextPage"], false);
        let nodes = board["nodes"].as_array().unwrap();
        let names: Vec<_> = nodes.iter().map(|country| country["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), 58);
        assert_eq!((names[0], names[57]), ("Angola", "Zimbabwe"));
        let before = |a: &str, b: &str| names.iter().position(|n| *n == a) < names.iter().position(|n| *n == b);
        assert!(before("Rwanda", "São Tomé and Príncipe") && before("São Tomé and Príncipe", "Senegal"));
        let peru = nodes.iter().find(|country| country["code"] == "PE").unwrap();
        assert_eq!(peru["status"]["code"], "DECLINED");
        assert_eq!(peru["statusSince"], json!({ "edtf": "../2025-06-25", "label": "by June 25, 2025" }));
        assert_eq!(peru["latestDevelopment"]["__typename"], "Refusal");
        assert_eq!(peru["latestDevelopment"]["occurred"]["label"], "date not known");
    })
    .await;
}

#[tokio::test]
async fn each_country_says_what_the_article_says_of_it() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let developments = async |code: &str| {
            let mut country = reader.ask(COUNTRY, json!({ "code": code })).await["country"].take();
            country["developments"]["nodes"].take().as_array().unwrap().clone()
        };
        let kosovo = developments("XK").await;
        assert_eq!(kosovo[0]["people"], json!({ "atMost": 50, "label": "up to 50 people" }));

        let rwanda = developments("RW").await;
        let payment = rwanda.iter().find(|it| it["__typename"] == "Payment").unwrap();
        assert_eq!(payment["amount"], json!({ "value": "100000", "currency": "USD" }));
        let query =
            "query ($id: ID!) { node(id: $id) { ... on Payment { people { exactly } nationalities { code name } } } }";
        let node = reader.ask(query, json!({ "id": payment["id"] })).await["node"].take();
        assert_eq!(node, json!({ "people": { "exactly": 1 }, "nationalities": [{ "code": "IQ", "name": "Iraq" }] }));

        let libya = developments("LY").await;
        let ask = libya.iter().find(|it| it["__typename"] == "Ask").unwrap();
        assert_eq!(ask["occurred"], json!({ "edtf": "2025-03-12", "label": "March 12, 2025" }));
        assert_eq!(ask["citations"][0]["source"]["kind"], "CABLE");
        assert_eq!(reader.status("LY").await, "ASKED");

        let costa_rica = developments("CR").await;
        let transfer = costa_rica.iter().find(|it| it["__typename"] == "Transfer").unwrap();
        assert_eq!(transfer["people"], json!({ "exactly": null, "label": "dozens" }));
        assert_eq!(reader.status("CR").await, "AGREED");
    })
    .await;
}

#[tokio::test]
async fn every_status_lists_its_countries() {
    story(async |newsroom| {
        let query = "{ statuses { code countries(first: 100) { totalCount nodes { code } } }
                       status(code: DECLINED) { label countries { nodes { code } } } }";
        let answer = newsroom.reader().ask(query, json!({})).await;
        let counts: Vec<_> =
            answer["statuses"].as_array().unwrap().iter().map(|s| &s["countries"]["totalCount"]).collect();
        assert_eq!(counts, [50, 1, 7, 0]);
        assert_eq!(answer["status"]["countries"]["nodes"], json!([{ "code": "PE" }]));
    })
    .await;
}

#[tokio::test]
async fn anything_with_an_id_is_refetched_by_it() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let found = reader
            .ask(
                "{ country(code: LY) { id status { id } developments(first: 1) { nodes { id citations { source { id } } } } }
                   changes(first: 1) { nodes { id } } }"
                    .replace("LY", "\"LY\"")
                    .as_str(),
                json!({}),
            )
            .await;
        let country = &found["country"];
        let development = &country["developments"]["nodes"][0];
        let ids = json!([
            country["id"],
            country["status"]["id"],
            development["id"],
            development["citations"][0]["source"]["id"],
            found["changes"]["nodes"][0]["id"],
        ]);
        let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let nodes = reader.ask(query, json!({ "ids": ids })).await["nodes"].take();
        let types: Vec<_> = nodes.as_array().unwrap().iter().map(|node| node["__typename"].as_str().unwrap()).collect();
        assert_eq!(types, ["Country", "Status", "CourtOrder", "Source", "Change"]);
        let again: Vec<_> = nodes.as_array().unwrap().iter().map(|node| &node["id"]).collect();
        assert_eq!(json!(again), ids);

        let (code, message) = reader.refusal("{ node(id: \"TGlieWE\") { id } }", json!({})).await;
        assert_eq!(code, "BAD_USER_INPUT", "{message}");
        let absent = reader.ask("{ node(id: \"bkhP\") { id } }", json!({})).await;
        assert_eq!(absent["node"], json!(null), "an id of a country that there is not");
    })
    .await;
}

#[tokio::test]
async fn any_country_can_be_found_by_any_name_or_code() {
    story(async |newsroom| {
        let reader = newsroom.reader();
        let search = async |text: &str| {
            let query =
                "query ($text: String) { countries(filter: { search: $text, tracked: null }) { nodes { code } } }";
            let found = reader.ask(query, json!({ "text": text })).await["countries"]["nodes"].take();
            found.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(search("COTE D’IVOIRE").await, ["CI"]);
        assert_eq!(search("swazi").await, ["SZ"]);
        assert_eq!(search("são tomé").await, ["ST"]);
        assert_eq!(search("xkx").await, ["XK"]);
        assert_eq!(search("%").await, Vec::<String>::new());
        assert_eq!(search("  ").await.len(), 100, "a blank search asks for all");
        let query = "{ countries(filter: { search: \"France\" }) { totalCount } }";
        assert_eq!(reader.ask(query, json!({})).await["countries"]["totalCount"], 0, "not tracked");
    })
    .await;
}

#[tokio::test]
async fn the_contracts_mutation_works_as_written() {
    story(async |newsroom| {
        let editor = newsroom.editor().await;
        let mutation = "mutation RecordAgreement($input: RecordAgreementInput!) {
          recordAgreement(input: $input) {
            development { id revision state } country { code status { code } }
            userErrors { code field message }
          }
        }";
        let input = json!({
            "country": "GH", "occurred": "2025-09", "summary": "Agreed to take people from West Africa.", "publish": true,
            "people": { "atMost": 14 }, "terms": null, "idempotencyKey": "desk-7f3a",
            "citations": [{ "quote": null, "locator": "p. 2", "source": {
                "kind": "NEWS_REPORT", "publisher": "…", "title": "…", "url": "https://example.org/…", "publishedOn": "2025-09-10"
            } }],
        });
        let payload = editor.ask(mutation, json!({ "input": input })).await["recordAgreement"].take();
        assert_eq!(payload["userErrors"], json!([]));
        assert_eq!((&payload["development"]["revision"], &payload["development"]["state"]), (&json!(1), &json!("PUBLISHED")));
        assert_eq!(payload["country"], json!({ "code": "GH", "status": { "code": "AGREED" } }));
        assert_eq!(newsroom.reader().tally().await, (58, 50, 8));
        let again = editor.recorded("Ask", entry("FR", json!({}))).await;
        assert!(!again.is_empty());
        assert_eq!(newsroom.reader().tally().await, (59, 51, 8));
    })
    .await;
}
