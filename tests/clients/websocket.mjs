// graphql-transport-ws: graphql-ws as a client, and each rule of the protocol with its close code.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { agreement, authorization, record, recordAgreement, socketUrl, url } from './tracker.mjs';

const PROTOCOL = 'graphql-transport-ws';
const changes = 'subscription { changes { cursor kind } }';

/** A socket whose messages are read one by one. */
class Socket {
  #received = [];
  #waiting = [];
  #pings = 0;

  constructor(options = {}, protocol = PROTOCOL) {
    this.ws = new WebSocket(socketUrl, protocol, options);
    this.closed = new Promise((resolve) => this.ws.on('close', (code, reason) => resolve({ code, reason: String(reason) })));
    this.ws.on('error', () => {});
    this.ws.on('message', (data) => this.#deliver(JSON.parse(data)));
    this.ws.on('close', () => this.#deliver(null));
  }

  #deliver(message) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(message);
    else this.#received.push(message);
  }

  /** The next message, or null once the socket has closed. */
  message() {
    return this.#received.length > 0
      ? Promise.resolve(this.#received.shift())
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  send(message) {
    this.ws.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  static async open(options, protocol) {
    const socket = new Socket(options, protocol);
    await once(socket.ws, 'open');
    return socket;
  }

  static async ready(payload, options) {
    const socket = await Socket.open(options);
    socket.send({ type: 'connection_init', ...(payload && { payload }) });
    assert.deepEqual(await socket.message(), { type: 'connection_ack' });
    return socket;
  }

  subscribe(id, query, variables) {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** Everything said of an operation until it ends. */
  async run(id, query, variables) {
    this.subscribe(id, query, variables);
    const said = [];
    for (;;) {
      const message = await this.message();
      if (message === null) throw new Error('the socket closed');
      if (message.id !== id) continue;
      said.push(message);
      if (message.type !== 'next') return said;
    }
  }

  /** Waits until everything sent before has been handled. */
  async settled() {
    this.#pings += 1;
    const payload = { settled: this.#pings };
    this.send({ type: 'ping', payload });
    const before = [];
    for (;;) {
      const message = await this.message();
      if (message === null) throw new Error('the socket closed');
      if (message.type === 'pong' && message.payload?.settled === payload.settled) return before;
      before.push(message);
    }
  }

  close() {
    this.ws.close(1000);
  }
}

test('graphql-ws hears of changes, queries and records on one connection', async () => {
  const client = createClient({ url: socketUrl.href, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization } });
  const heard = client.iterate({ query: 'subscription { tally { total } }' });
  assert.equal(typeof (await heard.next()).value.data.tally.total, 'number');
  const results = [];
  for await (const result of client.iterate({ query: recordAgreement, variables: agreement() })) results.push(result);
  assert.equal(results.length, 1);
  assert.ok(results[0].data.recordAgreement.development.id, JSON.stringify(results));
  for await (const result of client.iterate({ query: '{ tally { total } }' })) results.push(result);
  assert.equal(typeof results[1].data.tally.total, 'number');
  await heard.return();
  await client.dispose();
});

test('graphql-ws gets the errors of a document', async () => {
  const client = createClient({ url: socketUrl.href, webSocketImpl: WebSocket, retryAttempts: 0 });
  for (const query of ['{', '{ nobodyHasThisField }', 'subscription { nobodyHasThisField }', 'subscription { a: tally { total } b: tally { total } }']) {
    const errors = await new Promise((resolve, reject) => {
      client.subscribe({ query }, { next: reject, error: resolve, complete: reject });
    });
    assert.ok(errors[0].extensions.code, JSON.stringify(errors));
  }
  await client.dispose();
});

test('the handshake answers with the subprotocol', async () => {
  const socket = await Socket.open();
  assert.equal(socket.ws.protocol, PROTOCOL);
  socket.close();
});

test('a client without a subprotocol is closed with 4406', async () => {
  const socket = await Socket.open({}, []);
  assert.deepEqual(await socket.closed, { code: 4406, reason: 'Subprotocol not acceptable' });
});

test('a client with only unknown subprotocols is closed with 4406', async () => {
  // The package ws gives up on a server that picks none of its subprotocols, so this one reads the frames itself.
  const { request } = await import('node:http');
  const [response, connection] = await new Promise((resolve, reject) => {
    const upgrade = request(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': 13,
        'sec-websocket-key': Buffer.from('0123456789abcdef').toString('base64'),
        'sec-websocket-protocol': 'graphql-ws, soap',
      },
    });
    upgrade.on('upgrade', (response, connection, head) => {
      connection.unshift(head);
      resolve([response, connection]);
    });
    upgrade.on('response', (response) => reject(new Error(`refused with ${response.statusCode}`)));
    upgrade.on('error', reject);
    upgrade.end();
  });
  assert.equal(response.statusCode, 101);
  assert.equal(response.headers['sec-websocket-protocol'], undefined);
  const [frame] = await once(connection, 'data');
  assert.equal(frame[0], 0x88);
  assert.equal(frame.readUInt16BE(2), 4406);
  connection.destroy();
});

test('a client that offers several subprotocols gets ours', async () => {
  const socket = await Socket.open({}, ['graphql-ws', PROTOCOL]);
  assert.equal(socket.ws.protocol, PROTOCOL);
  socket.close();
});

test('a client that does not initialise the connection in time is closed with 4408', async () => {
  const socket = await Socket.open();
  assert.deepEqual(await socket.closed, { code: 4408, reason: 'Connection initialisation timeout' });
});

test('a second connection_init is closed with 4429', async () => {
  const socket = await Socket.ready();
  socket.send({ type: 'connection_init' });
  assert.deepEqual(await socket.closed, { code: 4429, reason: 'Too many initialisation requests' });
});

test('two connection_init at once are closed with 4429', async () => {
  const socket = await Socket.open();
  socket.send({ type: 'connection_init' });
  socket.send({ type: 'connection_init' });
  assert.equal((await socket.closed).code, 4429);
});

test('a subscribe before the connection is acknowledged is closed with 4401', async () => {
  const socket = await Socket.open();
  socket.subscribe('1', '{ __typename }');
  assert.deepEqual(await socket.closed, { code: 4401, reason: 'Unauthorized' });
});

for (const [what, message] of [
  ['not JSON', 'nonsense'],
  ['an empty text', ''],
  ['not an object', '[]'],
  ['without a type', '{}'],
  ['of an unknown type', '{"type":"start"}'],
  ['of a type that only servers send', '{"type":"next","id":"1","payload":{}}'],
  ['binary', Buffer.from('{"type":"ping"}')],
  ['a ping whose payload is a text', '{"type":"ping","payload":"text"}'],
  ['a pong whose payload is a list', '{"type":"pong","payload":[]}'],
  ['a complete without an id', '{"type":"complete"}'],
  ['a subscribe without an id', '{"type":"subscribe","payload":{"query":"{ __typename }"}}'],
  ['a subscribe with an empty id', '{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}'],
  ['a subscribe with a number as id', '{"type":"subscribe","id":1,"payload":{"query":"{ __typename }"}}'],
  ['a subscribe without a payload', '{"type":"subscribe","id":"1"}'],
  ['a subscribe without a query', '{"type":"subscribe","id":"1","payload":{}}'],
  ['a subscribe with a list as query', '{"type":"subscribe","id":"1","payload":{"query":["a"]}}'],
  ['a subscribe with a text as variables', '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":"a"}}'],
  ['a subscribe with a number as operationName', '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","operationName":1}}'],
  ['a subscribe with a list as extensions', '{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","extensions":[]}}'],
]) {
  test(`a message that is ${what} is closed with 4400 and a reason`, async () => {
    const socket = await Socket.ready();
    socket.send(message);
    const { code, reason } = await socket.closed;
    assert.equal(code, 4400);
    assert.ok(reason.length > 0);
  });
}

test('a connection_init whose payload is no object is closed with 4400', async () => {
  const socket = await Socket.open();
  socket.send('{"type":"connection_init","payload":"Bearer"}');
  assert.equal((await socket.closed).code, 4400);
});

test('an operation with the id of one that runs is closed with 4409', async () => {
  const socket = await Socket.ready();
  socket.subscribe('same', changes);
  socket.subscribe('same', '{ __typename }');
  assert.deepEqual(await socket.closed, { code: 4409, reason: 'Subscriber for same already exists' });
});

test('an id is free again once its operation has ended', async () => {
  const socket = await Socket.ready();
  for (let round = 0; round < 20; round += 1) {
    const said = await socket.run('same', '{ __typename }');
    assert.deepEqual(said.map(({ type }) => type), ['next', 'complete']);
  }
  const refused = await socket.run('same', '{');
  assert.deepEqual(refused.map(({ type }) => type), ['error']);
  assert.equal((await socket.run('same', '{ __typename }')).length, 2);
  socket.close();
});

test('an id is free again once the client has completed its operation, which says nothing more', async () => {
  const socket = await Socket.ready();
  for (let round = 0; round < 20; round += 1) {
    socket.subscribe('same', changes);
    socket.send({ type: 'complete', id: 'same' });
  }
  await record();
  assert.deepEqual(await socket.settled(), []);
  socket.close();
});

test('a complete of an operation that is not known is ignored', async () => {
  const socket = await Socket.ready();
  socket.send({ type: 'complete', id: 'unknown' });
  assert.deepEqual(await socket.settled(), []);
  socket.close();
});

test('a ping is answered with a pong and its payload, also before the connection is acknowledged', async () => {
  const socket = await Socket.open();
  socket.send({ type: 'ping' });
  assert.deepEqual(await socket.message(), { type: 'pong' });
  const payload = { number: 0.8444218515250481, text: '“\u0000”', list: [null, { deep: true }] };
  socket.send({ type: 'ping', payload });
  assert.deepEqual(await socket.message(), { type: 'pong', payload });
  socket.close();
});

test('a pong that nobody asked for is taken', async () => {
  const socket = await Socket.ready();
  socket.send({ type: 'pong', payload: {} });
  assert.deepEqual(await socket.settled(), []);
  socket.close();
});

test('many operations run on one socket and answer for themselves', async () => {
  const socket = await Socket.ready();
  const ids = Array.from({ length: 50 }, (_, number) => `operation ${number}`);
  for (const id of ids) socket.subscribe(id, `{ ${id.replace(' ', '_')}: __typename }`);
  const said = new Map(ids.map((id) => [id, []]));
  while ([...said.values()].some((messages) => messages.length < 2)) {
    const message = await socket.message();
    said.get(message.id).push(message);
  }
  for (const [id, [next, complete]] of said) {
    assert.deepEqual(next.payload, { data: { [id.replace(' ', '_')]: 'Query' } });
    assert.equal(complete.type, 'complete');
  }
  socket.close();
});

test('operations beyond the limit are refused by name, and the socket goes on', async () => {
  const socket = await Socket.ready();
  for (let number = 0; number < 100; number += 1) socket.subscribe(`${number}`, changes);
  const [refused] = await socket.run('one too many', '{ __typename }');
  assert.equal(refused.type, 'error');
  assert.equal(refused.payload[0].extensions.code, 'TOO_MANY_OPERATIONS');
  assert.match(refused.payload[0].message, /100 are allowed/);
  socket.send({ type: 'complete', id: '7' });
  // The freed place is there once the completed operation has really stopped.
  let said;
  do said = await socket.run('after one ended', '{ __typename }');
  while (said[0].type === 'error' && said[0].payload[0].extensions.code === 'TOO_MANY_OPERATIONS');
  assert.equal(said[0].type, 'next');
  socket.close();
});

test('an invalid operation is an error message, without a complete', async () => {
  const socket = await Socket.ready();
  for (const [query, variables] of [
    ['{'],
    ['{ nobodyHasThisField }'],
    ['query A($name: String!) { __type(name: $name) { name } }', {}],
    ['subscription { changes(after: "nonsense") { cursor } }'],
  ]) {
    const said = await socket.run('invalid', query, variables);
    assert.equal(said.length, 1);
    assert.equal(said[0].type, 'error');
    assert.ok(Array.isArray(said[0].payload) && said[0].payload[0].message && said[0].payload[0].extensions.code);
  }
  assert.deepEqual(await socket.settled(), []);
  socket.close();
});

test('a change reaches every socket that listens', async () => {
  const sockets = await Promise.all([Socket.ready(), Socket.ready(), Socket.ready()]);
  for (const socket of sockets) socket.subscribe('changes', changes);
  const firsts = sockets.map((socket) => socket.message());
  let heard = false;
  Promise.all(firsts).then(() => (heard = true));
  while (!heard) await record();
  for (const first of await Promise.all(firsts)) {
    assert.equal(first.type, 'next');
    assert.ok(first.payload.data.changes.cursor);
  }
  for (const socket of sockets) socket.close();
});

test('an editor may record with the token of connection_init, in whatever case its key is', async () => {
  for (const key of ['Authorization', 'authorization', 'AUTHORIZATION']) {
    const socket = await Socket.ready({ [key]: authorization });
    const [next] = await socket.run('1', recordAgreement, agreement());
    assert.ok(next.payload.data.recordAgreement.development.id, JSON.stringify(next));
    socket.close();
  }
});

test('an editor may record with the token of the handshake', async () => {
  const socket = await Socket.ready(undefined, { headers: { authorization } });
  const [next] = await socket.run('1', recordAgreement, agreement());
  assert.ok(next.payload.data.recordAgreement.development.id, JSON.stringify(next));
  socket.close();
});

test('nobody may record without a token', async () => {
  const socket = await Socket.ready();
  const [said] = await socket.run('1', recordAgreement, agreement());
  const errors = said.type === 'error' ? said.payload : said.payload.errors;
  assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED');
  socket.close();
});

for (const [what, payload, headers] of [
  ['an unknown token', { Authorization: 'Bearer nonsense' }],
  ['a token that is no bearer token', { Authorization: 'Basic nonsense' }],
  ['a token that is no text', { Authorization: 7 }],
  ['an unknown token in the handshake', undefined, { authorization: 'Bearer nonsense' }],
]) {
  test(`${what} is closed with 4403`, async () => {
    const socket = await Socket.open({ headers });
    socket.send({ type: 'connection_init', payload });
    const { code, reason } = await socket.closed;
    assert.equal(code, 4403);
    assert.match(reason, /^Forbidden/);
  });
}

test('pages of other origins may not open a socket; our own, and programs, may', async () => {
  for (const origin of ['https://evil.example', 'null', `${url.protocol}//${url.hostname}.evil.example`]) {
    const ws = new WebSocket(socketUrl, PROTOCOL, { origin });
    const [, response] = await once(ws, 'unexpected-response');
    assert.equal(response.statusCode, 403, origin);
    ws.on('error', () => {});
    ws.terminate();
  }
  const own = await Socket.ready(undefined, { origin: url.origin });
  own.close();
});

test('a message that is too long is closed with 1009', async () => {
  const socket = await Socket.ready();
  socket.subscribe('1', `{ __typename } # ${'x'.repeat(1_100_000)}`);
  assert.equal((await socket.closed).code, 1009);
  const far = await Socket.ready();
  far.subscribe('1', `{ __typename } # ${'x'.repeat(5_000_000)}`);
  assert.ok([1006, 1009].includes((await far.closed).code));
});

test('a client that reads nothing is cut off, and others are not held up', async () => {
  const slow = await Socket.ready();
  const quick = await Socket.ready();
  try {
    const connection = slow.ws._socket;
    let cut = false;
    const ended = new Promise((resolve) => connection.on('error', () => {}).on('close', resolve)).then(() => (cut = true));
    // Reads nothing from the network any more, so that the server's close code can't be read either: the connection just ends.
    slow.ws.pause();
    // Its pongs are long and cost nothing to make: what is tried is the reader, not the executor.
    const ping = JSON.stringify({ type: 'ping', payload: { words: 'x'.repeat(100_000) } });
    while (!cut) {
      if (slow.ws.bufferedAmount < 1_000_000) slow.ws.send(ping, () => {});
      const asked = performance.now();
      await quick.settled();
      assert.ok(performance.now() - asked < 5_000, 'others are held up');
      // Lets the socket that is not read notice its end.
      await new Promise(setImmediate);
    }
    await ended;
    const metrics = await (await fetch(new URL('/metrics', url))).text();
    assert.match(metrics, /tracker_slow_readers_dropped_total\{transport="websocket"\} [1-9]/);
  } finally {
    // A socket left open would keep this process from ending.
    slow.ws.terminate();
    quick.close();
  }
});
