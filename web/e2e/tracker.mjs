// The tracker under test, asked over plain HTTP for what the pages should then show.

export const address = new URL(required('TRACKER_URL'));
export const authorization = `Bearer ${required('TRACKER_TOKEN')}`;

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set: the address of a running tracker, and an editor's token for it.`);
  return value;
}

let recorded = 0;

/** The variables of an agreement that nobody has recorded before. */
export function agreement() {
  recorded += 1;
  const idempotencyKey = `pages-${process.pid}-${performance.timeOrigin}-${recorded}`;
  return {
    input: {
      country: 'GH',
      occurred: '2025-09',
      summary: `Agreed in ${idempotencyKey}.`,
      publish: true,
      people: { atMost: 14 },
      idempotencyKey,
      citations: [
        {
          source: {
            kind: 'NEWS_REPORT',
            publisher: 'The Pages’ Gazette',
            title: 'An agreement',
            url: 'https://news.example/agreement',
            publishedOn: '2025-09-10',
          },
        },
      ],
    },
  };
}

/** The cursor of the latest change. */
export async function latest() {
  const data = await ask('{ changes(last: 1) { pageInfo { endCursor } } }');
  return data.changes.pageInfo.endCursor;
}

/**
 * The developments of the country that were recorded with this summary.
 * @param {string} summary
 */
export async function developments(summary) {
  const { country } = await ask('{ country(code: "GH") { developments(first: 100) { nodes { __typename summary } } } }');
  return country.developments.nodes.filter((/** @type {{ summary: string }} */ node) => node.summary === summary);
}

/** @param {ReturnType<typeof agreement>} variables */
export async function record(variables) {
  const mutation = `mutation ($input: RecordAgreementInput!) {
    recordAgreement(input: $input) { development { id } userErrors { message } }
  }`;
  const { recordAgreement } = await ask(mutation, variables);
  if (!recordAgreement.development) throw new Error(`not recorded: ${JSON.stringify(recordAgreement)}`);
}

/**
 * @param {string} query
 * @param {object} [variables]
 */
export async function ask(query, variables) {
  const response = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${response.status}: ${JSON.stringify(errors)}`);
  return data;
}

/**
 * The cursors of all changes after one.
 * @param {string} after
 * @returns {Promise<string[]>}
 */
export async function changesAfter(after) {
  const query = 'query ($after: String) { changes(after: $after, first: 500) { pageInfo { hasNextPage } nodes { cursor } } }';
  const { changes } = await ask(query, { after });
  if (changes.pageInfo.hasNextPage) throw new Error('more changes than a page holds');
  return changes.nodes.map((/** @type {{ cursor: string }} */ { cursor }) => cursor);
}

/**
 * Publishes a development of any kind, about a country that the test has for itself.
 * @param {string} kind as in `recordAsk`
 * @param {string} country
 * @param {Record<string, unknown>} [parts]
 * @returns {Promise<{ id: string, revision: number }>}
 */
export async function publish(kind, country, parts = {}) {
  const { input } = agreement();
  const { people, ...shared } = input;
  const mutation = `mutation ($input: Record${kind}Input!) {
    act: record${kind}(input: $input) { development { id revision } userErrors { field message } }
  }`;
  const { act } = await ask(mutation, { input: { ...shared, country, ...parts } });
  if (!act.development) throw new Error(`not recorded: ${JSON.stringify(act)}`);
  return act.development;
}

/** The headline numbers. */
export async function tally() {
  return (await ask('{ tally { total asked agreed } }')).tally;
}

/** The name of who records for the tests. */
export async function recorder() {
  return (await ask('{ viewer { name } }')).viewer.name;
}
