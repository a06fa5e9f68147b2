//! What is asked: the documents that the contract promises.

/// The board of all tracked countries.
pub const BOARD: &str = "query Board($first: Int, $after: String, $filter: CountryFilter, $asOf: DateTime) {
  countries(first: $first, after: $after, filter: $filter, asOf: $asOf) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id code name region { name } status { code label } statusSince { edtf label } disputed
            latestDevelopment { __typename id summary occurred { edtf earliest latest label } } }
  }
}";

/// Countries on the board: more than there are.
pub const FIRST: i32 = 100;

/// A country with its developments.
pub const COUNTRY: &str = "query Country($code: CountryCode!) {
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

/// A page of the ledger.
pub const LEDGER: &str = "query Ledger($first: Int, $after: String) {
  developments(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { __typename id summary country { code name } occurred { edtf label } publishedAt corrected retracted disputed
            citations { source { kind publisher title url publishedOn { edtf } } } }
  }
}";

/// The headline's numbers.
pub const TALLY: &str =
    "query Tally { tally { total asked agreed byStatus { count status { code label definition headline } } } }";

/// Every change as it is published.
pub const CHANGES: &str = "subscription Changes($after: String, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    cursor kind at country { code name } statusBefore { code } statusAfter { code }
    development { id __typename summary } tally { total asked agreed }
  }
}";

/// As many subscriptions as asked for, each selecting something else.
pub fn different_subscriptions(count: usize) -> Vec<String> {
    const PARTS: [&str; 6] = [
        "at",
        "country { code name }",
        "statusBefore { code }",
        "statusAfter { code label }",
        "development { id __typename summary }",
        "tally { total asked agreed }",
    ];
    (0..count)
        .map(|number| {
            let chosen = PARTS.iter().enumerate().filter(|(place, _)| (number >> place) & 1 == 0);
            let chosen: Vec<_> = chosen.map(|(_, part)| *part).collect();
            format!(
                "subscription Changes($after: String) {{ changes(after: $after) {{ cursor kind {} }} }}",
                chosen.join(" ")
            )
        })
        .collect()
}

/// Records an ask and publishes it.
pub const RECORD_ASK: &str = "mutation RecordAsk($input: RecordAskInput!) {
  recordAsk(input: $input) {
    development { id revision state } country { code status { code } }
    userErrors { code field message }
  }
}";
