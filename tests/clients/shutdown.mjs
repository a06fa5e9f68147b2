// What clients see when the server is told to stop. Takes TRACKER_PID, the process to tell, and runs last: it ends the server.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { record, socketUrl, url } from './tracker.mjs';

const changes = 'subscription { changes { cursor kind } }';

test('sockets are closed with a code that makes clients reconnect, and streams end without completing', async () => {
  const raw = new WebSocket(socketUrl, 'graphql-transport-ws');
  await once(raw, 'open');
  const closed = new Promise((resolve) => raw.on('close', (code, reason) => resolve({ code, reason: String(reason) })));
  raw.send('{"type":"connection_init"}');
  await once(raw, 'message');

  let retried;
  const reconnecting = new Promise((resolve) => (retried = resolve));
  const client = createClient({
    url: socketUrl.href,
    webSocketImpl: WebSocket,
    retryAttempts: 1,
    // That it wants to come back is all there is to see: nobody will be there.
    retryWait: () => {
      retried();
      return new Promise(() => {});
    },
  });
  let heard = false;
  client.subscribe({ query: changes }, { next: () => (heard = true), error: () => {}, complete: () => {} });

  const address = new URL(url);
  address.searchParams.set('query', changes);
  const stream = await fetch(address, { headers: { accept: 'text/event-stream' } });
  const said = stream.text();
  while (!heard) await record();

  process.kill(Number(process.env.TRACKER_PID), 'SIGTERM');
  assert.deepEqual(await closed, { code: 1012, reason: 'Service Restart' });
  await reconnecting;
  assert.doesNotMatch(await said, /event: complete/);
});

test('no new connection is accepted', async () => {
  await assert.rejects(fetch(new URL('/healthz', url)));
});
