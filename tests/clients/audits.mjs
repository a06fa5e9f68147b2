// GraphQL over HTTP: the audits of graphql-http, all of them, and what they leave out.

import assert from 'node:assert/strict';
import { request as rawRequest } from 'node:http';
import { test } from 'node:test';
import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { authorization, get, post, url } from './tracker.mjs';

const modern = { accept: 'application/graphql-response+json' };
const classic = { accept: 'application/json' };

for (const audit of serverAudits({ url: url.href })) {
  // What a server MAY do, ours does too: an audit that is only a notice fails here like any other.
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}

test('there are as many audits as when this was written, or more', () => {
  assert.ok(serverAudits({ url: url.href }).length >= 61);
});

test('answers name their charset', async () => {
  const { headers } = await post({ query: '{ __typename }' }, modern);
  assert.equal(headers.get('content-type'), 'application/graphql-response+json; charset=utf-8');
  const older = await post({ query: '{ __typename }' }, classic);
  assert.equal(older.headers.get('content-type'), 'application/json; charset=utf-8');
});

test('the media type follows the weights of Accept', async () => {
  const { headers } = await post({ query: '{ __typename }' }, { accept: 'application/json;q=0.5, application/graphql-response+json' });
  assert.match(headers.get('content-type'), /^application\/graphql-response\+json/);
});

test('a client that accepts nothing we speak gets 406 and a sentence', async () => {
  const { status, body } = await post({ query: '{ __typename }' }, { accept: 'image/png' });
  assert.equal(status, 406);
  assert.equal(body.errors[0].extensions.code, 'NOT_ACCEPTABLE');
});

for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16']) {
  test(`a body of type ${type} is refused with 415`, async () => {
    const { status, body } = await post({ query: 'mutation { __typename }' }, { 'content-type': type });
    assert.equal(status, 415);
    assert.equal(body.errors[0].extensions.code, 'UNSUPPORTED_MEDIA_TYPE');
  });
}

test('a mutation by GET is refused with 405 and the method to use', async () => {
  const { status, headers, body } = await get({ query: 'mutation { __typename }' }, modern);
  assert.equal(status, 405);
  assert.equal(headers.get('allow'), 'POST');
  assert.equal(body.errors[0].extensions.code, 'METHOD_NOT_ALLOWED');
});

test('a mutation hidden behind operationName is refused by GET too', async () => {
  const query = 'query A { __typename } mutation B { __typename }';
  assert.equal((await get({ query, operationName: 'B' }, modern)).status, 405);
  assert.equal((await get({ query, operationName: 'A' }, modern)).status, 200);
});

test('other methods are refused with 405 and those that there are', async () => {
  const response = await fetch(url, { method: 'PUT' });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get('allow'), 'GET, HEAD, POST, OPTIONS');
});

test('a document that can not be executed has no data, and its errors have codes', async () => {
  for (const [request, code] of [
    [{ query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    [{ query: '{ nobodyHasThisField }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [{ query: 'query A { __typename } query B { __typename }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [{ query: '{ __typename }', operationName: 'A' }, 'GRAPHQL_VALIDATION_FAILED'],
    [{ query: 'query A($name: String!) { __type(name: $name) { name } }' }, 'BAD_USER_INPUT'],
    [{ query: 'query A($name: String!) { __type(name: $name) { name } }', variables: { name: null } }, 'BAD_USER_INPUT'],
  ]) {
    const refused = await post(request, modern);
    assert.equal(refused.status, 400, JSON.stringify(refused.body));
    assert.ok(!('data' in refused.body));
    assert.equal(refused.body.errors[0].extensions.code, code, JSON.stringify(refused.body));
    const older = await post(request, classic);
    assert.equal(older.status, 200);
    assert.deepEqual(older.body, refused.body);
  }
});

test('an unknown token is refused with 401, whatever it was sent with', async () => {
  for (const bad of ['Bearer nonsense', 'Bearer', 'Basic bm9ib2R5OnNlY3JldA==']) {
    for (const accept of [modern, classic]) {
      const { status, headers, body } = await post({ query: '{ __typename }' }, { ...accept, authorization: bad });
      assert.equal(status, 401);
      assert.match(headers.get('www-authenticate'), /^Bearer /);
      assert.equal(body.errors[0].extensions.code, 'UNAUTHENTICATED');
    }
  }
});

test('an editor’s token is taken', async () => {
  assert.equal((await post({ query: '{ __typename }' }, { ...modern, authorization })).status, 200);
});

test('a batch is answered in its order, each request for itself', async () => {
  const { status, body } = await post([{ query: '{ __typename }' }, { query: '{' }, { query: '{ a: __typename }' }], classic);
  assert.equal(status, 200);
  assert.deepEqual(body[0], { data: { __typename: 'Query' } });
  assert.equal(body[1].errors[0].extensions.code, 'GRAPHQL_PARSE_FAILED');
  assert.deepEqual(body[2], { data: { a: 'Query' } });
});

test('a subscription without a stream is told how to get one', async () => {
  const { status, body } = await post({ query: 'subscription { tally { total } }' }, modern);
  assert.equal(status, 400);
  assert.match(body.errors[0].message, /text\/event-stream/);
  assert.equal((await get({ query: 'subscription { tally { total } }' }, modern)).status, 400);
});

test('every limit names itself and what was sent', async () => {
  const nested = (levels) => `{ __schema { types { fields { type ${'{ ofType '.repeat(levels)}{ name }${' }'.repeat(levels)} } } } }`;
  const aliases = Array.from({ length: 51 }, (_, number) => `a${number}: __typename`).join(' ');
  const bomb = ['{ ...F0 }', ...Array.from({ length: 30 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`), 'fragment F30 on Query { __typename }'].join(' ');
  for (const [query, code, message] of [
    [nested(20), 'QUERY_TOO_DEEP', 'The query nests 25 levels deep; at most 16 are allowed.'],
    [`{ ${aliases} }`, 'TOO_MANY_ALIASES', 'The document has 51 aliases; at most 50 are allowed.'],
    [`{ ${'__typename '.repeat(4000)}}`, 'TOO_MANY_TOKENS', 'The document has 4002 tokens; at most 4000 are allowed.'],
    [bomb, 'QUERY_TOO_COMPLEX', 'The query asks for up to 1073741824 fields; at most 50000 are allowed. Ask for smaller pages or fewer fields.'],
    [`{ a(b: ${'['.repeat(200)}1${']'.repeat(200)}) }`, 'QUERY_TOO_DEEP', 'The document nests brackets 202 levels deep; at most 64 are allowed.'],
  ]) {
    const { status, body } = await post({ query }, modern);
    assert.equal(status, 400);
    assert.deepEqual(body, { errors: [{ message, extensions: { code } }] });
  }
});

test('fragments that include themselves are refused', async () => {
  const { status, body } = await post({ query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' }, modern);
  assert.equal(status, 400);
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
});

test('a long chain of fragments is refused', async () => {
  const chain = Array.from({ length: 300 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} }`).join(' ');
  const { status, body } = await post({ query: `{ ...F0 } ${chain} fragment F300 on Query { __typename }` }, modern);
  assert.equal(status, 400);
  assert.equal(body.errors[0].extensions.code, 'QUERY_TOO_DEEP');
});

test('introspection that multiplies the schema with itself is refused', async () => {
  const query = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
  const { status, body } = await post({ query }, modern);
  assert.equal(status, 400);
  assert.equal(body.errors[0].extensions.code, 'QUERY_TOO_DEEP');
});

test('the introspection of documentation explorers fits the limits', async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true, directiveIsRepeatable: true });
  const { status, body } = await post({ query }, modern);
  assert.equal(status, 200, JSON.stringify(body.errors));
  assert.ok(body.data.__schema.types.length > 0);
});

test('a batch that is too large is refused', async () => {
  const { status, body } = await post(Array.from({ length: 11 }, () => ({ query: '{ __typename }' })), modern);
  assert.equal(status, 400);
  assert.deepEqual(body, { errors: [{ message: 'The batch holds 11 requests; at most 10 are allowed.', extensions: { code: 'BATCH_TOO_LARGE' } }] });
});

test('a body that is too long is refused with 413, also when its length is not announced', async () => {
  const body = JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(1_100_000) } });
  const announced = await post(body, modern);
  assert.equal(announced.status, 413);
  assert.deepEqual(announced.body, {
    errors: [{ message: `The body has ${body.length} bytes; at most 1048576 are allowed.`, extensions: { code: 'BODY_TOO_LARGE' } }],
  });
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const sent = rawRequest(url, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject);
    sent.end(body);
  });
  assert.equal(status, 413);
});

test('a preflight of a page that is not allowed is refused, and no answer is shared with it', async () => {
  const origin = 'https://evil.example';
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });
  assert.equal(preflight.status, 403);
  const { headers } = await post({ query: '{ __typename }' }, { ...modern, origin });
  assert.equal(headers.get('access-control-allow-origin'), null);
  assert.match(headers.get('vary'), /origin/);
});

test('a request keeps its id, if it is a sane one', async () => {
  const sane = await post({ query: '{ __typename }' }, { 'x-request-id': 'proxy-7:1' });
  assert.equal(sane.headers.get('x-request-id'), 'proxy-7:1');
  const odd = await post({ query: '{ __typename }' }, { 'x-request-id': 'a b"c' });
  assert.match(odd.headers.get('x-request-id'), /^[0-9a-f-]{36}$/);
});
