// GraphQL over Server-Sent Events: graphql-sse as a client, and the protocol read byte by byte.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';
import { agreement, authorization, record, recordAgreement, url } from './tracker.mjs';

const changes = 'subscription { changes { cursor kind } }';

/** Opens a stream and reads its events one by one. */
async function open({ request, headers = {}, method = 'POST' }) {
  const abort = new AbortController();
  const address = new URL(url);
  if (method === 'GET') address.searchParams.set('query', request.query);
  const response = await fetch(address, {
    method,
    signal: abort.signal,
    headers: { accept: 'text/event-stream', ...(method === 'POST' && { 'content-type': 'application/json' }), ...headers },
    ...(method === 'POST' && { body: JSON.stringify(request) }),
  });
  return { response, blocks: blocks(response.body), close: () => abort.abort() };
}

async function* blocks(body) {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield parse(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function parse(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    fields[colon === 0 ? 'comment' : line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, '');
  }
  return fields;
}

/** The next block that is not just a sign of life. */
async function event({ blocks }) {
  for (;;) {
    const { value, done } = await blocks.next();
    if (done) return null;
    if (value.event) return { ...value, data: value.data === '' ? null : JSON.parse(value.data) };
  }
}

/** The first change that a new stream hears of. It begins to listen on its own time; recording until it hears needs no guess when. */
async function firstChange(stream) {
  let heard = false;
  const first = event(stream).finally(() => (heard = true));
  while (!heard) await record();
  return first;
}

test('graphql-sse hears of the tally at once', async () => {
  const client = createClient({ url: url.href, retryAttempts: 0 });
  const tally = client.iterate({ query: 'subscription { tally { total } }' });
  const first = await tally.next();
  assert.equal(typeof first.value.data.tally.total, 'number');
  await tally.return();
  client.dispose();
});

test('graphql-sse runs queries and mutations too', async () => {
  const client = createClient({ url: url.href, retryAttempts: 0, headers: { authorization } });
  const results = [];
  for await (const result of client.iterate({ query: '{ tally { total } }' })) results.push(result);
  assert.equal(results.length, 1);
  assert.equal(typeof results[0].data.tally.total, 'number');
  const recorded = [];
  for await (const result of client.iterate({ query: recordAgreement, variables: agreement() })) recorded.push(result);
  assert.equal(recorded.length, 1);
  assert.ok(recorded[0].data.recordAgreement.development.id);
  client.dispose();
});

test('graphql-sse gets the errors of a document as a result, not as a broken connection', async () => {
  const client = createClient({ url: url.href, retryAttempts: 0 });
  for (const query of ['{', 'subscription { nobodyHasThisField }', '{ nobodyHasThisField }']) {
    const results = [];
    for await (const result of client.iterate({ query })) results.push(result);
    assert.equal(results.length, 1);
    assert.ok(results[0].errors[0].extensions.code);
    assert.ok(!('data' in results[0]));
  }
  client.dispose();
});

for (const method of ['GET', 'POST']) {
  test(`a stream opened by ${method} carries cursors as event ids, and goes on after the one it is given`, async () => {
    const stream = await open({ request: { query: changes }, method });
    assert.equal(stream.response.status, 200);
    assert.match(stream.response.headers.get('content-type'), /^text\/event-stream/);
    assert.equal(stream.response.headers.get('cache-control'), 'no-store');
    const first = await firstChange(stream);
    assert.equal(first.event, 'next');
    assert.equal(first.id, first.data.data.changes.cursor);
    stream.close();

    await record();
    await record();
    const resumed = await open({ request: { query: changes }, method, headers: { 'last-event-id': first.id } });
    const second = await event(resumed);
    const third = await event(resumed);
    assert.notEqual(second.id, first.id);
    assert.notEqual(third.id, second.id);
    resumed.close();

    const again = await open({ request: { query: changes }, method, headers: { 'last-event-id': second.id } });
    assert.equal((await event(again)).id, third.id);
    again.close();
  });
}

test('a quiet stream shows signs of life', async () => {
  const stream = await open({ request: { query: changes } });
  // The first comment opens the stream; the second comes only because nothing else does.
  for (const expected of ['', '']) assert.equal((await stream.blocks.next()).value.comment, expected);
  stream.close();
});

test('a stream that has said everything completes', async () => {
  const stream = await open({ request: { query: '{ __typename }' } });
  assert.deepEqual((await event(stream)).data, { data: { __typename: 'Query' } });
  assert.deepEqual(await event(stream), { event: 'complete', data: null });
  assert.equal(await event(stream), null);
});

test('a cursor that is none is refused in the stream', async () => {
  const stream = await open({ request: { query: changes }, headers: { 'last-event-id': 'nonsense' } });
  const first = await event(stream);
  assert.equal(first.data.errors[0].extensions.code, 'BAD_USER_INPUT');
  assert.equal((await event(stream)).event, 'complete');
});

test('requests that are not GraphQL are refused as by plain HTTP', async () => {
  const accept = 'text/event-stream';
  const status = async (init) => (await fetch(url, { method: 'POST', ...init })).status;
  assert.equal(await status({ headers: { accept, 'content-type': 'application/json' }, body: '{' }), 400);
  assert.equal(await status({ headers: { accept, 'content-type': 'text/plain' }, body: '{}' }), 415);
  assert.equal(
    await status({ headers: { accept, 'content-type': 'application/json', authorization: 'Bearer nonsense' }, body: '{}' }),
    401,
  );
  const mutation = new URL(url);
  mutation.searchParams.set('query', 'mutation { __typename }');
  assert.equal((await fetch(mutation, { headers: { accept } })).status, 405);
});

test('a client that accepts both gets a stream for subscriptions and JSON for the rest', async () => {
  const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';
  const query = await open({ request: { query: '{ __typename }' }, headers: { accept } });
  assert.match(query.response.headers.get('content-type'), /^application\/graphql-response\+json/);
  query.close();
  const subscription = await open({ request: { query: changes }, headers: { accept } });
  assert.match(subscription.response.headers.get('content-type'), /^text\/event-stream/);
  subscription.close();
});
