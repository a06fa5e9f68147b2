// The readers' page in a real browser, against a running tracker: TRACKER_URL, and TRACKER_TOKEN for an editor's token. One test has a
// server of its own, for which TRACKER_PROGRAM and DATABASE_URL are needed.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';

import { NETWORK_GONE, Visitor, launch } from './browser.mjs';
import { Replica } from './machinery.mjs';
import { address, agreement, ask, publish, tally } from './tracker.mjs';

/** @import { BrowserContextOptions, Page } from 'playwright-core' */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Visitor[]} */
const visitors = [];

before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leaves();
});

/** @param {BrowserContextOptions} [options] @param {URL} [home] */
async function reader(options, home = address) {
  const visitor = await Visitor.arrives(browser, home, options);
  visitors.push(visitor);
  return visitor;
}

/** @param {Page} page */
const numbers = async (page) => (await page.locator('.headline .figure').allInnerTexts()).map(Number);

/** Waits until the headline says these numbers. @param {Page} page @param {{ asked: number, agreed: number }} expected */
const says = (page, { asked, agreed }) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll('.headline .figure')].map((figure) => figure.textContent).join() === wanted,
    `${asked},${agreed}`,
  );

/** Waits until it follows what happens. @param {Page} page */
const isLive = (page) => page.locator('.connection[data-state="live"]').waitFor();

/** The names in the list. @param {Page} page */
const names = (page) => page.locator('.countries .name').allInnerTexts();

/** Another site, of one page. @param {string} html */
async function host(html) {
  const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(html));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, url: `http://127.0.0.1:${port}/` };
}

test('headline, list and filters stand without JavaScript', async () => {
  const visitor = await reader({ javaScriptEnabled: false });
  const page = await visitor.opens('/');
  const { total, asked, agreed } = await tally();
  assert.deepEqual(await numbers(page), [asked, agreed]);
  assert.equal((await names(page)).length, total);
  assert.match(await page.locator('h1').innerText(), /have been asked or will be asked .* have agreed\.$/);
  await page.getByRole('searchbox').fill('cote d');
  await page.getByRole('button', { name: 'Show' }).last().click();
  assert.deepEqual(await names(page), ['Ivory Coast']);
  assert.match(page.url(), /[?&]q=cote\+d/);
});

test('what an editor publishes changes number, map, list and lines of an open page, and is said', async () => {
  const page = await (await reader()).opens('/');
  await isLive(page);
  const earlier = await tally();
  assert.equal(await page.locator('.world [data-code="PW"]').count(), 0);
  await publish('Agreement', 'PW', { summary: 'Palau agreed </script><img src=x onerror="document.title=1">.' });
  const later = await tally();
  assert.equal(later.agreed, earlier.agreed + 1);
  await says(page, later);
  assert.equal(await page.locator('.world [data-code="PW"]').getAttribute('data-status'), 'AGREED');
  const entry = page.locator('.countries [data-code="PW"]');
  assert.match(await entry.innerText(), /Palau\s+Agreed\s+Palau agreed <\/script><img/);
  assert.match(await page.locator('.changes li').first().innerText(), /Palau: Agreed/);
  assert.equal(await page.locator('[aria-live="polite"]').innerText(), `Palau: Agreed. ${later.asked} asked, ${later.agreed} agreed.`);
  // What the server itself writes holds it as text as well.
  await page.reload();
  assert.match(await entry.innerText(), /<img src=x/);
  assert.notEqual(await page.title(), '1');
});

test('a source that is described anew is so on the pages that name it', async () => {
  const visitor = await reader();
  await publish('Ask', 'LI');
  const page = await visitor.opens('/country/LI');
  await isLive(page);
  const { country } = await ask('{ country(code: "LI") { developments { nodes { citations { source { id version } } } } } }');
  const { id, version } = country.developments.nodes[0].citations[0].source;
  const title = `An agreement, ${version + 1}. edition`;
  const source = { kind: 'NEWS_REPORT', publisher: 'The Pages’ Gazette', title, url: 'https://news.example/agreement', publishedOn: '2025-09-10' };
  const revise = 'mutation ($input: ReviseSourceInput!) { reviseSource(input: $input) { userErrors { field message } } }';
  const { reviseSource } = await ask(revise, { input: { ...source, source: id, expectedVersion: version } });
  assert.deepEqual(reviseSource.userErrors, []);
  await page.getByRole('link', { name: title, exact: true }).waitFor();
});

test('a page that has lost its server says so, and catches up when it is back', async () => {
  const replica = new Replica();
  await replica.starts();
  try {
    const visitor = await reader({}, new URL(`http://127.0.0.1:${replica.port}`));
    visitor.provoked = NETWORK_GONE;
    const page = await visitor.opens('/');
    await isLive(page);
    await replica.ends('SIGKILL');
    await page.getByText(/^Connection lost at \d\d:\d\d/).waitFor();
    await publish('Ask', 'WS');
    const later = await tally();
    await replica.starts();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await says(page, later);
    await isLive(page);
    assert.equal(await page.locator('.world [data-code="WS"]').getAttribute('data-status'), 'ASKED');
    await visitor.leaves();
    visitors.length = 0;
  } finally {
    await replica.ends('SIGKILL');
  }
});

test('a view is narrowed, ordered, shared by its address, and left with the back button', async () => {
  const visitor = await reader();
  const page = await visitor.opens('/');
  const { total, agreed } = await tally();
  await page.getByRole('checkbox', { name: 'Agreed' }).check();
  await page.getByText(`${agreed} countries`, { exact: true }).waitFor();
  await page.getByLabel('Region').selectOption('Americas');
  await page.getByLabel('Order').selectOption('Latest change');
  assert.equal(new URL(page.url()).search, '?status=agreed&region=019&sort=latest');
  const narrowed = await names(page);
  assert.ok(narrowed.length > 0 && narrowed.length < agreed, `${narrowed}`);
  const shared = await visitor.opens(new URL(page.url()).search);
  assert.deepEqual(await names(shared), narrowed);
  const plain = await (await reader({ javaScriptEnabled: false })).opens(new URL(page.url()).search);
  assert.deepEqual(await names(plain), narrowed);

  for (const _ of ['order', 'region', 'status']) await page.goBack();
  await page.getByText(`${total} countries`, { exact: true }).waitFor();
  await page.getByRole('searchbox').fill('CÔTE D');
  assert.deepEqual(await names(page), ['Ivory Coast']);
  await page.getByRole('searchbox').fill('no such country');
  await page.getByText('No country fits.').waitFor();
});

test('the keyboard alone leads over the map to a country', async () => {
  const page = await (await reader()).opens('/');
  await page.locator('.world a').first().waitFor();
  const isOn = () => page.evaluate(() => document.activeElement?.closest('.world') && document.activeElement.getAttribute('data-code'));
  for (let presses = 0; !(await isOn()) && presses < 20; presses += 1) await page.keyboard.press('Tab');
  const first = await isOn();
  assert.ok(first);
  assert.equal(await page.locator('.world a[tabindex="0"]').count(), 1);
  await page.keyboard.press('ArrowRight');
  const second = await isOn();
  assert.ok(second && second !== first);
  assert.equal(await page.locator('.told').isVisible(), true);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/country/${second}`);
});

test('the tracker stands as it did at any instant', async () => {
  const { changes } = await ask('{ changes(last: 1) { nodes { at } } }');
  const before = changes.nodes[0].at;
  const earlier = await tally();
  await publish('Ask', 'IS');
  const visitor = await reader();
  const page = await visitor.opens(`/?asOf=${encodeURIComponent(before)}`);
  await page.locator('.world a').first().waitFor();
  assert.deepEqual(await numbers(page), [earlier.asked, earlier.agreed]);
  assert.match(await page.locator('.past').innerText(), /^This is the past: .* UTC\. Back to now$/);
  assert.equal(await page.locator('.countries [data-code="IS"]').count(), 0);
  const link = await page.getByRole('link', { name: 'Countries, CSV' }).getAttribute('href');
  const rows = (await (await fetch(new URL(link ?? '', address))).text()).trim().split('\n');
  assert.equal(rows.length - 1, earlier.total, 'the data are as of the same time');
  await page.getByRole('link', { name: 'Back to now' }).click();
  await page.locator('.countries [data-code="IS"]').waitFor();
  // What is no day is now; and there is a time before there was anything.
  const nonsense = await visitor.opens('/?asOf=yesterday');
  await isLive(nonsense);
  const nothing = await visitor.opens('/?asOf=2025-01-01');
  await nothing.getByText('The tracker had nothing on record then.').waitFor();
});

test('a country’s page tells all that is on record, and what happens to it meanwhile', async () => {
  const source = { kind: 'STATEMENT', publisher: 'The ministry', title: 'A statement', url: 'https://news.example/said', publishedOn: '2025-09-02' };
  const citations = [{ locator: 'p. 3', quote: 'No figure was agreed.', source }];
  const agreed = await publish('Agreement', 'MU', { people: { atMost: 250 }, terms: 'Vetted one by one.' });
  await publish('Denial', 'MU', { disputes: agreed.id, deniedBy: 'The ministry', citations });
  const visitor = await reader();
  const page = await visitor.opens('/country/mu?from=lower-case');
  assert.equal(new URL(page.url()).pathname, '/country/MU');
  await isLive(page);
  const entry = page.locator(`[id="${agreed.id}"]`);
  assert.match(await entry.innerText(), /Agreement\s+September 2025\s+Disputed[^]*up to 250 people[^]*Vetted one by one\.[^]*Disputed by The ministry/);
  assert.match(await page.locator('.development', { hasText: 'No figure was agreed.' }).first().innerText(), /Denial[^]*Statement: A statement, The ministry, September 2, 2025, p\. 3[^]*No figure was agreed\./);

  const { input } = agreement();
  const content = { agreement: { occurred: '2025-09', summary: 'It agreed </script>.', people: { atMost: 200 }, citations: input.citations } };
  const correct = 'mutation ($input: CorrectInput!) { correct(input: $input) { userErrors { message } } }';
  const answer = await ask(correct, { input: { development: agreed.id, expectedRevision: agreed.revision, content, note: 'It is 200.', publish: true } });
  assert.deepEqual(answer.correct.userErrors, []);
  await entry.getByText('It is 200.').waitFor();
  const correction = await entry.locator('.correction').innerText();
  assert.match(correction, /People\s+up to 250 people up to 200 people/);
  assert.equal(await page.locator('[aria-live="polite"]').innerText(), 'Mauritius: It agreed </script>.');

  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  assert.match(await page.locator('.citation').innerText(), / http\S+\/country\/MU\?asOf=/);
  await page.getByRole('button', { name: 'Copy the citation' }).click();
  await page.getByText('Copied.').waitFor();
  const citation = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(citation, /^“Mauritius,” Third-Country Tracker, as of .* UTC\. http/);
  const cited = await visitor.opens(new URL(citation.slice(citation.indexOf('http'))).pathname);
  assert.match(await cited.locator('h1').innerText(), /^Mauritius$/);
});

test('a long timeline is unfolded, with and without JavaScript', async () => {
  for (let number = 1; number <= 23; number += 1) await publish('Talks', 'NR', { summary: `Talks number ${number}.` });
  const page = await (await reader()).opens('/country/NR');
  const told = page.locator('.development');
  assert.equal(await told.count(), 20);
  await isLive(page);
  await page.getByRole('link', { name: 'Show more' }).click();
  await told.nth(22).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Show more' }).count(), 0);
  await publish('Talks', 'NR', { summary: 'Talks go on.' });
  await page.getByText('24 developments').waitFor();
  assert.equal(await told.count(), 24);
  const plain = await (await reader({ javaScriptEnabled: false })).opens('/country/NR');
  await plain.getByRole('link', { name: 'Show more' }).click();
  assert.equal(await plain.locator('.development').count(), 4);
});

test('a country that is not tracked says so, and a code that is none leads back', async () => {
  const visitor = await reader();
  visitor.provoked = /404 \(Not Found\)/;
  const untracked = await visitor.opens('/country/NO');
  await untracked.getByText('Norway is not tracked: nothing about it has been published.').waitFor();
  const unknown = await visitor.opens('/country/QQ');
  assert.equal(await unknown.locator('h1').innerText(), 'There is nothing here');
  await unknown.getByRole('link', { name: 'To the tracker' }).click();
  await unknown.locator('.countries').waitFor();
});

test('the small map takes the height that it needs in another site’s page, and changes there', async () => {
  const snippet = await (await reader()).opens('/');
  await snippet.getByText('Show the map in your own page').click();
  const lines = await snippet.locator('.snippet code').innerText();
  const { server, url } = await host(`<!doctype html><title>Another site</title>${lines}`);
  try {
    const context = await browser.newContext({ viewport: { width: 700, height: 900 } });
    const page = await context.newPage();
    await page.goto(url);
    const frame = page.frameLocator('iframe');
    await frame.locator('.world a').first().waitFor();
    await page.waitForFunction(() => document.querySelector('iframe')?.getAttribute('height') !== '480');
    const wide = await page.locator('iframe').getAttribute('height');
    await page.setViewportSize({ width: 360, height: 900 });
    await page.waitForFunction((before) => document.querySelector('iframe')?.getAttribute('height') !== before, wide);
    await publish('Ask', 'MT');
    await frame.locator('.world [data-code="MT"][data-status="ASKED"]').waitFor();
    await context.close();
  } finally {
    server.close();
  }
});

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

test('no page has anything that axe-core calls a violation, light or dark, on a phone or a desktop', async () => {
  const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await publish('Termination', 'MV');
  await publish('Refusal', 'MV', { summary: 'It says no.' });
  const narrow = { viewport: { width: 320, height: 640 } };
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const screen of colorScheme === 'light' ? [{}, PHONE, narrow] : [{}, PHONE]) {
      const visitor = await reader({ ...screen, colorScheme });
      visitor.provoked = /404 \(Not Found\)/;
      for (const path of ['/', '/?q=no+such', '/?asOf=2025-01-01', '/country/RW', '/country/NO', '/country/QQ', '/embed']) {
        const page = await visitor.opens(path);
        if (await page.locator('.world').count()) await page.locator('.world svg').waitFor();
        for (const details of await page.locator('details').all()) await details.locator('summary').click();
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
        const found = violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`);
        assert.deepEqual(found, [], `${path} ${colorScheme} ${JSON.stringify(screen)}`);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${path} is ${sideways} pixels wider than ${JSON.stringify(screen)}`);
        await page.close();
      }
    }
  }
});

test('what a finger can’t hover it touches: once to be told, twice to go there', async () => {
  const page = await (await reader(PHONE)).opens('/');
  const tonga = page.locator('.world [data-code="TO"]');
  const target = await tonga.locator('.reach').boundingBox();
  assert.ok(target && target.width >= 24 && target.height >= 24, JSON.stringify(target));
  await tonga.tap();
  assert.match(await page.locator('.told').innerText(), /^Tonga\s+Asked$/);
  await tonga.tap();
  await page.waitForURL('**/country/TO');
});
