// GraphiQL in a real browser, against a running tracker: TRACKER_URL, and TRACKER_TOKEN for an editor's token.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { NETWORK_GONE, Visitor, launch } from './browser.mjs';
import { GraphiQL } from './graphiql.mjs';
import { Network } from './machinery.mjs';
import { address, agreement, authorization, developments, latest, record } from './tracker.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Visitor} */
let visitor;
/** @type {GraphiQL} */
let graphiql;
/** @type {Network} Another way to the tracker, which breaks where a test wants it to. */
let network;

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  network = new Network(Number(address.port));
  await network.opens();
  visitor = await Visitor.arrives(browser);
  graphiql = await GraphiQL.openedBy(visitor);
});
afterEach(() => network.closes());
afterEach(() => visitor.leaves());

const EXAMPLES = ['Tally', 'Board', 'Country', 'RecordAgreement', 'Changes', 'TallyNow'];

test('a first visitor finds an example of each sort of operation', async () => {
  assert.equal(await graphiql.page.title(), 'GraphiQL · Third-Country Tracker');
  assert.deepEqual(await graphiql.tabs.getByRole('button', { name: /^(?!Close)/ }).allInnerTexts(), EXAMPLES);
});

test('what the page is made of comes from the tracker, the workers and the icon too', async () => {
  const { page } = graphiql;
  await graphiql.goesTo('Board');
  for (const kind of ['editor', 'json', 'graphql']) {
    const started = () => page.workers().some((worker) => worker.url().includes(`/assets/${kind}.worker-`));
    if (!started()) await page.waitForEvent('worker', { predicate: started });
  }
  const icon = await page.request.get(await page.locator('link[rel=icon]').evaluate((/** @type {HTMLLinkElement} */ link) => link.href));
  assert.match(icon.headers()['content-type'] ?? '', /^image\/svg\+xml/);
  // Those that are loaded from a file of their own.
  assert.ok(await page.evaluate(async () => (await document.fonts.load('16px codicon')).length > 0));
});

test('the explorer of the docs lists what can be queried', async () => {
  await graphiql.showsPanel('Documentation Explorer');
  await graphiql.page.getByRole('link', { name: 'Query', exact: true }).click();
  for (const field of ['tally', 'countries', 'country', 'developments', 'changes', 'node']) {
    await graphiql.page.locator('.graphiql-doc-explorer').getByRole('link', { name: field, exact: true }).waitFor();
  }
});

test('the tally of the article is 58', async () => {
  await graphiql.runs();
  await graphiql.answers('"total": 58');
});

test('the other queries run as they stand', async () => {
  await graphiql.goesTo('Board');
  await graphiql.runs();
  await graphiql.answers('"totalCount": ');
  await graphiql.goesTo('Country');
  await graphiql.runs();
  await graphiql.answers('"name": "Kosovo"');
});

test('the example of a mutation tells whoever has no token so, and is a dry run for whoever has', async () => {
  visitor.provoked = /status of 401/;
  await graphiql.goesTo('RecordAgreement');
  await graphiql.runs();
  await graphiql.answers('"UNAUTHENTICATED"');
  const before = await latest();
  await graphiql.writes('Headers', { Authorization: authorization });
  await graphiql.runs();
  await graphiql.answers('"userErrors": []');
  await graphiql.answers('"development": null');
  assert.equal(await latest(), before);
});

test('an agreement that an editor records reaches a reader who is listening', async () => {
  const reader = await Visitor.arrives(browser);
  const listening = await GraphiQL.openedBy(reader);
  await listening.goesTo('Changes');
  await listening.writes('Variables', { after: await latest() });
  await listening.runs();
  // Whoever has heard of one agreement is listening when the next is recorded.
  const [earlier, later] = [agreement(), agreement()];
  await record(earlier);
  await listening.answers(earlier.input.summary);

  await graphiql.goesTo('RecordAgreement');
  await graphiql.writes('Headers', { Authorization: authorization });
  await graphiql.writes('Variables', later);
  await graphiql.runs();
  await graphiql.answers('"userErrors": []');

  await listening.answers(later.input.summary);
  await listening.answers('"statusAfter": {    "code": "AGREED"');
  assert.deepEqual(await developments(later.input.summary), [{ __typename: 'Agreement', summary: later.input.summary }]);
  await listening.stops();
  await reader.leaves();
});

test('a subscription whose connection is lost says so, and tells later what happened meanwhile', async () => {
  const reader = await Visitor.arrives(browser, network.url);
  reader.provoked = NETWORK_GONE;
  const listening = await GraphiQL.openedBy(reader);
  await listening.goesTo('Changes');
  await listening.writes('Variables', { after: await latest() });
  await listening.runs();
  const [earlier, later] = [agreement(), agreement()];
  await record(earlier);
  await listening.answers(earlier.input.summary);

  await network.closes();
  await listening.answers('"connection": "lost at ');
  await record(later);
  await network.opens();
  await listening.answers(later.input.summary);
  await listening.stops();
  await reader.leaves();
});

test('a subscription that selects no cursor runs all the same, and ends with its connection', async () => {
  const reader = await Visitor.arrives(browser, network.url);
  reader.provoked = NETWORK_GONE;
  const listening = await GraphiQL.openedBy(reader);
  const missed = agreement();
  const after = await latest();
  await record(missed);
  await listening.asks('subscription ($after: String) { changes(after: $after) { development { summary } } }');
  await listening.writes('Variables', { after });
  await listening.runs();
  await listening.answers(missed.input.summary);
  network.cuts();
  await listening.answers('Socket closed with event 1006');
  await reader.leaves();
});

test('a subscription carries the token of its tab', async () => {
  const { page } = graphiql;
  /** @type {string[]} */
  const sent = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(payload.toString())));
  await graphiql.goesTo('TallyNow');
  await graphiql.writes('Headers', { Authorization: authorization });
  await graphiql.runs();
  await graphiql.answers('"total": 58');
  assert.deepEqual(JSON.parse(sent[0] ?? ''), { type: 'connection_init', payload: { Authorization: authorization } });
});

test('a subscription with a token that is none says so at once', async () => {
  await graphiql.goesTo('TallyNow');
  await graphiql.writes('Headers', { Authorization: 'Bearer nonsense' });
  await graphiql.runs();
  await graphiql.answers('"message": "Forbidden: ');
});

test('a token is not kept, and all else is', async () => {
  await graphiql.goesTo('RecordAgreement');
  await graphiql.writes('Headers', { Authorization: authorization });
  const variables = agreement();
  await graphiql.writes('Variables', variables);
  // GraphiQL's tab learns a little later what was written, and its history is told by the tab: nobody is as quick as a test.
  await graphiql.keeps('tabState', variables.input.idempotencyKey);
  await graphiql.runs();
  await graphiql.answers('"userErrors": []');
  await graphiql.keeps('queries', variables.input.idempotencyKey);
  await graphiql.keeps('tabState', variables.input.idempotencyKey);
  assert.ok(!(await graphiql.kept()).includes(authorization.replace('Bearer ', '')));

  await graphiql.page.reload();
  await graphiql.ready();
  await graphiql.shows(graphiql.editor('Operation Editor'), 'mutation RecordAgreement');
  await graphiql.shows(graphiql.editor('Variables'), variables.input.idempotencyKey);
  await graphiql.showsPanel('History');
  await graphiql.page.getByRole('region', { name: 'History' }).getByText('RecordAgreement').first().waitFor();
});

test('whoever has closed an example gets it back, and keeps their own tabs', async () => {
  const { page, tabs } = graphiql;
  await graphiql.goesTo('Country');
  await graphiql.writes('Variables', { code: 'PE' });
  await graphiql.runs();
  await graphiql.answers('"name": "Peru"');
  await graphiql.goesTo('Board');
  await page.getByRole('button', { name: 'Close Tab' }).click();
  await graphiql.isAt('Tally');
  await graphiql.showsPanel('Examples');
  const shown = page.getByRole('region', { name: 'Examples' });

  await shown.getByRole('button', { name: /^Board/ }).click();
  await graphiql.shows(graphiql.editor('Operation Editor'), 'query Board');
  await graphiql.shows(graphiql.editor('Variables'), '"statuses"');
  await graphiql.isAt('Board');
  assert.equal(await tabs.count(), EXAMPLES.length);

  await shown.getByRole('button', { name: /^Tally / }).click();
  await graphiql.shows(graphiql.editor('Operation Editor'), 'query Tally');
  await graphiql.isAt('Tally');
  assert.equal(await tabs.count(), EXAMPLES.length, 'an example that is open is not opened again');

  await graphiql.goesTo('Country');
  await graphiql.shows(graphiql.editor('Variables'), '"PE"');
});
