// The readers' page in a real browser, against a running tracker: TRACKER_URL, and TRACKER_TOKEN for an editor's token. One test has a
// server of its own, for which TRACKER_PROGRAM and DATABASE_URL are needed.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { NETWORK_GONE, Visitor, launch } from './browser.mjs';
import { Replica } from './machinery.mjs';
import { address, ask, publish, tally } from './tracker.mjs';

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
  await page.getByRole('link', { name: 'Back to now' }).click();
  await page.locator('.countries [data-code="IS"]').waitFor();
  // Before there was anything.
  const nothing = await visitor.opens('/?asOf=2025-01-01');
  await nothing.getByText('The tracker had nothing on record then.').waitFor();
});
