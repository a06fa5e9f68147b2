// Subscriptions of src/lib/api that outlive what happens to servers and networks. TRACKER_URL is a server that stays up, for the
// editors; the pages' server is one of the test's own.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { runnerImport } from 'vite';

import { Network, Replica, closingWith } from './machinery.mjs';
import { agreement, authorization, changesAfter, latest, record } from './tracker.mjs';

/** @import { ApiError, LiveOptions, LiveState } from '../src/lib/api/live' */

/** @type {typeof import('../src/lib/api/live')} */
let api;
const replica = new Replica();
/** @type {Network} */
let network;
/** @type {(() => void)[]} */
const leave = [];

before(async () => {
  api = (await runnerImport(/** @type {string} */ ('/src/lib/api/live.ts'))).module;
  await replica.starts();
});
after(() => replica.ends('SIGKILL'));

beforeEach(async () => {
  network = new Network(replica.port);
  await network.opens();
});
afterEach(async () => {
  for (const each of leave.splice(0)) each();
  await network.closes();
});

const CHANGES = `subscription ($after: String) {
  changes(after: $after) { cursor development { summary } tally { total asked agreed } }
}`;

const BOARD = {
  query: '{ tally { total } changes(last: 1) { pageInfo { endCursor } } }',
  cursor: (/** @type {any} */ snapshot) => snapshot.changes.pageInfo.endCursor,
  subscription: CHANGES,
};

/** Remembers what it is told, and can wait for it. */
class Page {
  /** @type {any[]} */
  events = [];
  /** @type {any[]} */
  snapshots = [];
  /** @type {LiveState[]} */
  states = [];
  /** @type {ApiError | undefined} */
  failure;
  #told = () => {};

  /** @param {any} event */
  next(event) {
    this.events.push(event);
    this.#told();
  }

  /** @param {any} snapshot */
  snapshot(snapshot) {
    this.snapshots.push(snapshot);
    this.#told();
  }

  /** @param {LiveState} state */
  state(state) {
    this.states.push(state);
    this.#told();
  }

  /** @param {ApiError} error */
  error(error) {
    this.failure = error;
    this.#told();
  }

  get cursors() {
    return this.events.map((event) => event.changes.cursor);
  }

  get isLive() {
    return this.states.at(-1)?.is === 'live';
  }

  get isLost() {
    return this.states.at(-1)?.is === 'lost';
  }

  /** @param {(page: Page) => boolean} condition */
  async until(condition) {
    while (!condition(this)) await new Promise((resolve) => (this.#told = () => resolve(undefined)));
  }
}

/** @param {Partial<LiveOptions>} [options] */
const client = (options) =>
  api.live({ url: `http://127.0.0.1:${network.port}/graphql`, firstWait: 20, longestWait: 200, ...options });

/**
 * A page that watches the changes from now on, and is live.
 * @param {Partial<LiveOptions>} [options]
 */
async function watching(options) {
  const page = new Page();
  const from = await latest();
  leave.push(client(options).subscribe(CHANGES, { after: from }, page));
  await page.until((page) => page.isLive);
  return { page, from };
}

/** @param {number} count */
async function publish(count) {
  for (let each = 0; each < count; each += 1) await record(agreement());
}

/**
 * Waits until a page has heard of all that was published, and holds that it did so once and in order.
 * @param {{ page: Page, from: string }} watching
 */
async function hearsAll({ page, from }) {
  const all = await changesAfter(from);
  await page.until(({ events }) => events.length >= all.length);
  // Were one delivered twice, the one that comes now would stand too late.
  await publish(1);
  const withOneMore = await changesAfter(from);
  await page.until(({ events }) => events.length >= withOneMore.length);
  assert.deepEqual(page.cursors, withOneMore);
  assert.equal(page.failure, undefined);
}

test('a hundred changes while the server is killed and started again are told once and in order', async () => {
  const watcher = await watching();
  await publish(5);
  await replica.ends('SIGKILL');
  await watcher.page.until((page) => page.isLost);
  await publish(100);
  await replica.starts();
  await hearsAll(watcher);
  assert.deepEqual(watcher.page.states.map(({ is }) => is), ['live', 'lost', 'live']);
});

test('a hundred changes while the server is told to stop and started again are told once and in order', async () => {
  const watcher = await watching();
  const publishing = publish(100);
  await watcher.page.until(({ events }) => events.length >= 10);
  await replica.ends('SIGTERM');
  await publishing;
  await replica.starts();
  await hearsAll(watcher);
});

test('connections that are cut again and again cost no change', async () => {
  const watcher = await watching();
  const publishing = publish(100);
  for (let cut = 1; cut <= 10; cut += 1) {
    await watcher.page.until(({ events }) => events.length >= cut * 5);
    network.cuts();
    await watcher.page.until((page) => page.isLost);
  }
  await publishing;
  await hearsAll(watcher);
});

test('a connection on which nothing passes any more counts as dead, though nobody closes it', async () => {
  const watcher = await watching({ keepAlive: 200 });
  network.swallowsAll();
  await publish(100);
  await watcher.page.until((page) => page.isLost);
  const { arrivals } = network;
  // Nor does it wait for ever where it is let in and hears nothing.
  await network.until((network) => network.arrivals >= arrivals + 2);
  network.passes();
  await hearsAll(watcher);
});

test('a quiet connection that is alive is kept', async () => {
  await watching({ keepAlive: 1000 });
  const { messages } = network;
  await network.until((network) => network.messages >= messages + 5);
  assert.equal(network.arrivals, 1);
});

test('who watches from now on misses nothing, though the connection is lost before there was anything to hear', async () => {
  const from = await latest();
  const [page, staff] = [new Page(), new Page()];
  leave.push(client().subscribe(CHANGES, {}, page));
  const history = 'subscription ($after: String) { history(after: $after) { cursor } }';
  leave.push(client({ headers: { Authorization: authorization } }).subscribe(history, {}, staff));
  await page.until((page) => page.isLive);
  await staff.until((staff) => staff.isLive);
  await network.closes();
  await publish(3);
  await network.opens();
  await hearsAll({ page, from });
  await staff.until(({ events }) => events.length >= 3);
  assert.equal(new Set(staff.events.map((event) => event.history.cursor)).size, staff.events.length);
});

test('the tally begins anew, whole', async () => {
  const page = new Page();
  leave.push(client().subscribe('subscription { tally { total } }', {}, page));
  await page.until(({ events }) => events.length === 1);
  network.cuts();
  await page.until(({ events }) => events.length === 2);
  assert.deepEqual(page.events[0], page.events[1]);
});

test('a page gets how things stand and then all that changes, however much is published meanwhile', async () => {
  const page = new Page();
  const publishing = publish(30);
  leave.push(client().follow(BOARD, page));
  await page.until(({ snapshots }) => snapshots.length > 0);
  const from = page.snapshots[0].changes.pageInfo.endCursor;
  network.cuts();
  await publishing;
  await hearsAll({ page, from });
  assert.equal(page.snapshots.length, 1);
});

test('where the server no longer knows the place, a page gets how things stand anew, or an error that says to', async () => {
  const [following, subscribed] = [new Page(), new Page()];
  leave.push(client().follow(BOARD, following), client().subscribe(CHANGES, { after: await latest() }, subscribed));
  await following.until((page) => page.isLive);
  await subscribed.until((page) => page.isLive);
  await replica.ends('SIGKILL');
  await replica.starts(process.env.OTHER_DATABASE_URL);

  await following.until(({ snapshots }) => snapshots.length === 2);
  await following.until((page) => page.isLive);
  await subscribed.until(({ failure }) => failure !== undefined);
  assert.equal(subscribed.failure?.code, 'CURSOR_REFUSED');
  assert.match(subscribed.failure.message, /load the page anew/);
  assert.deepEqual(subscribed.states.map(({ is }) => is), ['live', 'lost', 'ended']);

  await replica.ends('SIGKILL');
  await replica.starts();
});

test('what the server refuses for good ends the subscription with its reason', async () => {
  const [mistaken, forbidden] = [new Page(), new Page()];
  leave.push(client().subscribe('subscription { tally { nobodyHasThisField } }', {}, mistaken));
  await mistaken.until(({ failure }) => failure !== undefined);
  assert.equal(mistaken.failure?.code, 'GRAPHQL_VALIDATION_FAILED');
  leave.push(client({ headers: { Authorization: 'Bearer nonsense' } }).subscribe('subscription { tally { total } }', {}, forbidden));
  await forbidden.until(({ failure }) => failure !== undefined);
  assert.equal(forbidden.failure?.code, 'SOCKET_4403');
  assert.match(forbidden.failure.message, /^Forbidden/);
});

test('a socket that is closed without need is opened again, but only after the wait', async (t) => {
  const server = await closingWith(1000);
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  let arrivals = 0;
  server.on('upgrade', () => (arrivals += 1));
  const page = new Page();
  leave.push(client({ url: `http://127.0.0.1:${port}/graphql`, firstWait: 1e9, longestWait: 1e9 }).subscribe('subscription { tally { total } }', {}, page));
  await page.until((page) => page.isLost);
  assert.equal(arrivals, 1);
});

test('a subscription that could not be taken up again without a gap is refused before it begins', () => {
  const page = new Page();
  const { subscribe } = client();
  assert.throws(() => subscribe('subscription { changes { cursor } }', {}, page), /pass `after: \$after`/);
  assert.throws(() => subscribe('subscription ($after: String) { changes(after: $after) { kind } }', {}, page), /select `cursor`/);
  assert.throws(() => subscribe('{ tally { total } }', {}, page), /Only subscriptions/);
});

test('the connection is closed when nobody listens any more, and opened again when somebody does', async () => {
  const { subscribe } = client();
  const [first, second, third] = [new Page(), new Page(), new Page()];
  const leaves = [first, second].map((page) => subscribe('subscription { tally { total } }', {}, page));
  await first.until(({ events }) => events.length === 1);
  await second.until(({ events }) => events.length === 1);
  assert.equal(network.arrivals, 1);
  for (const each of leaves) each();
  await network.until((network) => network.open === 0);
  leave.push(subscribe('subscription { tally { total } }', {}, third));
  await third.until(({ events }) => events.length === 1);
  assert.equal(network.arrivals, 2);
  assert.equal(first.events.length, 1);
});

test('a page that fails at an event gets the next one all the same', async (t) => {
  const from = await latest();
  const page = new Page();
  /** @type {unknown[]} */
  const thrown = [];
  // The runner takes whatever is uncaught for a failure of the test.
  const { queueMicrotask } = globalThis;
  t.mock.method(globalThis, 'queueMicrotask', (/** @type {() => void} */ act) => {
    queueMicrotask(() => {
      try {
        act();
      } catch (error) {
        thrown.push(error);
      }
    });
  });
  const failing = {
    next(/** @type {any} */ event) {
      page.next(event);
      throw new Error('the page failed');
    },
    state: (/** @type {LiveState} */ state) => page.state(state),
    error: (/** @type {ApiError} */ error) => page.error(error),
  };
  leave.push(client().subscribe(CHANGES, { after: from }, failing));
  await publish(2);
  await hearsAll({ page, from });
  assert.equal(thrown.length, page.events.length);
  assert.deepEqual(page.states.map(({ is }) => is), ['live']);
});

test('the page in the README works as it is written there', async (t) => {
  const readme = await readFile('../README.md', 'utf8');
  const [, snippet = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const here = snippet
    .replace(`'./api/live.ts'`, JSON.stringify(resolve('src/lib/api/live.ts')))
    .replace('http://127.0.0.1:8080', network.url.origin);
  assert.equal(here.includes('8080'), false);
  const folder = await mkdtemp(join(tmpdir(), 'tracker-readme-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'page.ts'), `${here}\nexport { stop };`);

  const said = new Page();
  t.mock.method(console, 'log', (/** @type {unknown[]} */ ...words) => said.next(words));
  leave.push((await runnerImport(join(folder, 'page.ts'))).module.stop);
  await said.until(({ events }) => events.length > 0);
  assert.deepEqual(said.events[0]?.[0], 'now');
  await publish(1);
  await said.until(({ events }) => events.some(([country, status]) => country === 'Ghana' && status === 'AGREED'));
  network.cuts();
  await said.until(({ events }) => events.some(([words]) => /^connection lost at /.test(words)));
});
