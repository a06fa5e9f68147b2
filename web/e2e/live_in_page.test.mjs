// src/lib/api in a page that learns from its browser when there is hope. TRACKER_URL, and TRACKER_TOKEN.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { build } from 'vite';

import { NETWORK_GONE, Visitor, launch } from './browser.mjs';
import { GraphiQL } from './graphiql.mjs';
import { Network } from './machinery.mjs';
import { address, agreement, latest, record } from './tracker.mjs';

/** @import { Browser, Page } from 'playwright-core' */

/** @type {Browser} */
let browser;
/** @type {Network} */
let network;
/** @type {string} */
let script;

before(async () => {
  const lib = { entry: 'src/lib/api/live.ts', formats: /** @type {['iife']} */ (['iife']), name: 'tracker', fileName: 'live' };
  const [built] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (
    await build({ configFile: false, logLevel: 'warn', build: { lib, write: false } })
  );
  script = built?.output[0].code ?? '';
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  network = new Network(Number(address.port));
  await network.opens();
});
afterEach(() => network.closes());

/** Subscribes in a page, and leaves there what is heard. By itself, it would not try again for hours. */
const watch = (/** @type {string} */ from) => `
  heard = [];
  states = [];
  tracker.live({ url: '/graphql', firstWait: 1e9, longestWait: 1e9 }).subscribe(
    'subscription ($after: String) { changes(after: $after) { cursor development { summary } } }',
    { after: ${JSON.stringify(from)} },
    { next: (event) => heard.push(event.changes.development.summary), state: (state) => states.push(state.is) },
  )`;

/** @param {string} state */
const stands = (state) => /** @type {any} */ (globalThis).states.at(-1) === state;

/**
 * Holds that whoever has lost the connection connects when this happens.
 * @param {(page: Page) => Promise<unknown>} happens
 */
async function connectsWhen(happens) {
  const visitor = await Visitor.arrives(browser, network.url);
  visitor.provoked = NETWORK_GONE;
  const { page } = await GraphiQL.openedBy(visitor);
  await page.evaluate(`${script}; globalThis.tracker = tracker; ${watch(await latest())}`);
  await page.waitForFunction(stands, 'live');
  await network.closes();
  await page.waitForFunction(stands, 'lost');
  const missed = agreement();
  await record(missed);
  await network.opens();
  await happens(page);
  await page.waitForFunction(stands, 'live');
  assert.deepEqual(await page.evaluate('heard'), [missed.input.summary]);
  await visitor.leaves();
}

test('a page that waits connects at once when the network is back', async () => {
  await connectsWhen(async (page) => {
    await page.context().setOffline(true);
    await page.context().setOffline(false);
  });
});

test('a page that waits connects at once when it comes into view', async () => {
  await connectsWhen((page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))));
});
