import type { GraphiQL } from 'graphiql';
import type { ComponentProps } from 'react';

const tally = `# 58 countries = 51 asked or to be asked + 7 agreed, counted from the developments.
query Tally {
  tally {
    total
    asked
    agreed
    byStatus { count status { code label definition headline } }
  }
}
`;

const board = `# Every tracked country. Change the filter below; page on with "after".
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

const country = `# One country with what happened to it, newest first, and the sources behind it.
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

const record = `# Needs an editor's token: put { "Authorization": "Bearer tct_…" } under Headers.
# As a dry run it checks everything, writes nothing, and answers with what would be. Set "dryRun" to false to record.
mutation RecordAgreement($input: RecordAgreementInput!) {
  recordAgreement(input: $input) {
    development { id revision state }
    country { code status { code } }
    tally { total asked agreed }
    userErrors { code field message }
  }
}
`;

const changes = `# Keeps listening: every change as it is published. "after" takes the cursor of the last one you saw.
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

const tallyNow = `# Keeps listening: the headline at once, then each time it changes.
subscription TallyNow {
  tally { total asked agreed }
}
`;

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** What a first visitor finds: an operation of each sort, ready to run. */
export const examples: ComponentProps<typeof GraphiQL>['defaultTabs'] = [
  { query: tally },
  { query: board, variables: json({ first: 10, after: null, filter: { statuses: ['ASKED'] }, asOf: null }) },
  { query: country, variables: json({ code: 'XK' }) },
  {
    query: record,
    variables: json({
      input: {
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
      },
    }),
  },
  { query: changes, variables: json({ after: null, filter: null }) },
  { query: tallyNow },
];
