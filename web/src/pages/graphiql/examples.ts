/** An operation that works as it stands. */
export interface Example {
  /** The operation's name, by which its tab goes. */
  name: string;
  /** What it is for, for whoever looks for one. */
  meaning: string;
  query: string;
  variables?: string;
  headers?: string;
}

const tally = `# The article's 58 countries: 51 asked or to be
# asked, 7 agreed. Counted from the developments.
query Tally {
  tally {
    total
    asked
    agreed
    byStatus { count status { code label definition headline } }
  }
}
`;

const board = `# The countries that were asked. Change the filter
# under Variables; for more, give "endCursor" as
# "after".
query Board($first: Int, $after: String, $filter: CountryFilter, $asOf: DateTime) {
  countries(first: $first, after: $after, filter: $filter, asOf: $asOf) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id code name
      region { name }
      status { code label }
      statusSince { edtf label }
      disputed
      latestDevelopment { __typename id summary occurred { edtf earliest latest label } }
    }
  }
}
`;

const country = `# One country, what happened to it, and the sources.
# The code of any other country works as well.
query Country($code: CountryCode!) {
  country(code: $code) {
    name
    status { code }
    developments(first: 20) {
      totalCount
      nodes {
        __typename id summary
        occurred { edtf label }
        publishedAt revision corrected retracted disputed
        citations { quote source { kind publisher title url attribution publishedOn { edtf } } }
        ... on Agreement { people { atMost label } terms }
        ... on Payment { amount { value currency } people { exactly label } nationalities { code name } }
        ... on Transfer { people { exactly label } nationalities { code name } }
        ... on Denial { disputes { id } deniedBy }
      }
    }
  }
}
`;

const recordAgreement = `# Needs an editor's token: put it under Headers, as
#   { "Authorization": "Bearer tct_…" }
# It is not kept when the page is left.
#
# As a dry run it checks everything, writes nothing,
# and answers with what would be. Set "dryRun" to
# false to record the agreement and publish it.
mutation RecordAgreement($input: RecordAgreementInput!) {
  recordAgreement(input: $input) {
    development { id revision state }
    country { code status { code } }
    tally { total asked agreed }
    userErrors { code field message }
  }
}
`;

const changes = `# Shows each change as it is published, until you
# stop it. With a cursor as "after", it first tells
# what came since.
subscription Changes($after: String, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    cursor kind at
    country { code name }
    statusBefore { code }
    statusAfter { code }
    development { id __typename summary }
    tally { total asked agreed }
  }
}
`;

const tallyNow = `# Shows the tally, and again whenever it changes,
# until you stop it.
subscription TallyNow {
  tally { total asked agreed }
}
`;

const json = (value: unknown) => JSON.stringify(value, null, 2);

const agreement = {
  country: 'GH',
  occurred: '2025-09',
  summary: 'Agreed to take people from West Africa.',
  publish: true,
  dryRun: true,
  people: { atMost: 14 },
  terms: null,
  idempotencyKey: 'my-first-agreement',
  citations: [
    {
      quote: null,
      locator: 'p. 2',
      source: {
        kind: 'NEWS_REPORT',
        publisher: 'The newspaper',
        title: 'Its report',
        url: 'https://news.example/report',
        publishedOn: '2025-09-10',
      },
    },
  ],
};

/** An operation of each sort, in the order in which a newcomer would try them. */
export const examples: Example[] = [
  { name: 'Tally', meaning: 'The headline: how many countries were asked, and how many agreed.', query: tally },
  {
    name: 'Board',
    meaning: 'The countries of one status, with the latest development of each.',
    query: board,
    variables: json({ first: 10, after: null, filter: { statuses: ['ASKED'] }, asOf: null }),
  },
  {
    name: 'Country',
    meaning: 'One country, what happened to it, and the sources.',
    query: country,
    variables: json({ code: 'XK' }),
  },
  {
    name: 'RecordAgreement',
    meaning: 'Record an agreement, as an editor: first as a dry run.',
    query: recordAgreement,
    variables: json({ input: agreement }),
    headers: json({ Authorization: 'Bearer ' }),
  },
  {
    name: 'Changes',
    meaning: 'Watch every change arrive.',
    query: changes,
    variables: json({ after: null, filter: null }),
  },
  { name: 'TallyNow', meaning: 'Watch the tally.', query: tallyNow },
];
