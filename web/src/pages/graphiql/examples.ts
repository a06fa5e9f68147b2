import type {
  BoardQueryVariables,
  ChangesSubscriptionVariables,
  CountryQueryVariables,
  RecordAgreementMutationVariables,
} from '../../lib/api/documents';
import board from './examples/board.graphql?raw';
import changes from './examples/changes.graphql?raw';
import country from './examples/country.graphql?raw';
import recordAgreement from './examples/record_agreement.graphql?raw';
import tally from './examples/tally.graphql?raw';
import tallyNow from './examples/tally_now.graphql?raw';

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

const json = <Value>(value: Value) => JSON.stringify(value, null, 2);

const agreement: RecordAgreementMutationVariables['input'] = {
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
    variables: json<BoardQueryVariables>({ first: 10, after: null, filter: { statuses: ['ASKED'] }, asOf: null }),
  },
  {
    name: 'Country',
    meaning: 'One country, what happened to it, and the sources.',
    query: country,
    variables: json<CountryQueryVariables>({ code: 'XK' }),
  },
  {
    name: 'RecordAgreement',
    meaning: 'Record an agreement, as an editor: first as a dry run.',
    query: recordAgreement,
    variables: json<RecordAgreementMutationVariables>({ input: agreement }),
    headers: json({ Authorization: 'Bearer ' }),
  },
  {
    name: 'Changes',
    meaning: 'Watch every change arrive.',
    query: changes,
    variables: json<ChangesSubscriptionVariables>({ after: null, filter: null }),
  },
  { name: 'TallyNow', meaning: 'Watch the tally.', query: tallyNow },
];
