// The tracker under test, and the traffic that the tests make on it.

export const url = new URL('/graphql', required('TRACKER_URL'));
export const socketUrl = new URL(url.href.replace(/^http/, 'ws'));
export const token = required('TRACKER_TOKEN');

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set: the address of a running tracker, and an editor's token for it`);
  return value;
}

export const authorization = `Bearer ${token}`;

export const recordAgreement = `mutation RecordAgreement($input: RecordAgreementInput!) {
  recordAgreement(input: $input) { development { id } userErrors { code field message } }
}`;

let recorded = 0;

/** The variables of an agreement that nobody has recorded before. */
export function agreement() {
  recorded += 1;
  return {
    input: {
      country: 'GH',
      occurred: '2025-09',
      summary: `Agreed to take ${recorded} people.`,
      publish: true,
      people: { atMost: recorded },
      idempotencyKey: `clients-${process.pid}-${performance.timeOrigin}-${recorded}`,
      citations: [
        {
          locator: 'p. 2',
          source: {
            kind: 'NEWS_REPORT',
            publisher: 'The Clients’ Gazette',
            title: 'An agreement',
            url: 'https://news.example/agreement',
            publishedOn: '2025-09-10',
          },
        },
      ],
    },
  };
}

/** Records an agreement over plain HTTP, so that there is something to hear of. */
export async function record() {
  const { status, body } = await post(
    { query: recordAgreement, variables: agreement() },
    { accept: 'application/graphql-response+json', authorization },
  );
  const payload = body?.data?.recordAgreement;
  if (status !== 200 || !payload?.development) throw new Error(`not recorded: ${status} ${JSON.stringify(body)}`);
  return payload;
}

/** Sends a JSON body and reads a JSON answer. */
export async function post(body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await read(response) };
}

/** Sends parameters in the URL and reads a JSON answer. */
export async function get(parameters, headers = {}) {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const response = await fetch(address, { headers });
  return { status: response.status, headers: response.headers, body: await read(response) };
}

async function read(response) {
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}
