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

const tally = `# 58 countries: 51 asked or to be asked, and 7 that agreed. All counts come from the developments.
query Tally {
  tally {
    total
    asked
    agreed
    byStatus { count status { code label definition headline } }
  }
}
`;

const board = `# Tracked countries that have been asked or will be asked. Change the filter in the variables; give "endCursor" as "after" for more.
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

const country = `# One country, what happened to it, and the sources behind that. The code of any other country works as well.
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
        ... on Payment { amount { value currency } }
        ... on Transfer { people { exactly label } nationalities { code name } }
        ... on Denial { disputes { id } deniedBy }
      }
    }
  }
}
`;

const recordAgreement = `# Needs an editor's token: put it after "Bearer " under Headers, below. It stays in this tab and is gone with it.
# A dry run checks everything, writes nothing and answers with what would be. Set "dryRun" to false to record and publish.
mutation RecordAgreement($input: RecordAgreementInput!) {
  recordAgreement(input: $input) {
    development { id revision state }
    country { code status { code } }
    userErrors { code field message }
  }
}
`;

const changes = `# Listens until you stop it, and shows each change as it is published. Give the cursor of the last one that you saw
# as "after", and what you missed comes first. A token goes under Headers, as for the mutation.
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

const tallyNow = `# Listens until you stop it: the tally at once, and again whenever it changes.
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
