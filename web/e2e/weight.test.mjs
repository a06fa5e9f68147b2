// What the readers' pages weigh on a slow phone, and when they are painted, against a running tracker: TRACKER_URL.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Visitor, launch } from './browser.mjs';
import { observe, seen, slowDown, weigh } from './measure.mjs';
import { address } from './tracker.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

/** Each page is opened so often by a phone that has not seen it; of the paints the median counts. */
const ARRIVALS = 5;

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Opens a page on a slow phone that has never seen it, and measures. @param {string} path */
async function arrive(path) {
  const visitor = await Visitor.arrives(browser, address, PHONE);
  const page = await visitor.context.newPage();
  const weighed = await weigh(page);
  await slowDown(page);
  await observe(page);
  await page.goto(new URL(path, address).href);
  if (path !== '/country/RW') await page.locator('.world a').first().waitFor();
  await page.waitForLoadState('networkidle');
  const sent = weighed();
  const kilobytes = (/** @type {(one: import('./measure.mjs').Sent) => boolean} */ wanted) =>
    sent.filter(wanted).reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const code = kilobytes(({ type }) => ['Script', 'Stylesheet'].includes(type));
  const measured = { code, all: kilobytes(() => true), ...(await seen(page)) };
  await visitor.leaves();
  return measured;
}

test('the readers’ pages keep to their weight and do not move on a slow phone', async (context) => {
  for (const path of ['/', '/country/RW', '/embed']) {
    /** @type {Awaited<ReturnType<typeof arrive>>[]} */
    const arrivals = [];
    for (let arrival = 0; arrival < ARRIVALS; arrival++) arrivals.push(await arrive(path));
    const most = (/** @type {(one: typeof arrivals[number]) => number} */ figure) => Math.max(...arrivals.map(figure));
    const [code, all, shift] = [most(({ code }) => code), most(({ all }) => all), most(({ shift }) => shift)];
    const paints = arrivals.map(({ paint }) => Math.round(paint)).sort((one, other) => one - other);
    const [soonest = 0, median] = [paints[0], paints[ARRIVALS >> 1]];
    context.diagnostic(
      `${path}: JavaScript and CSS ${code.toFixed(1)} kB, all ${all.toFixed(1)} kB; largest contentful paint (${arrivals[0]?.element}) ${median} ms (${soonest} to ${paints.at(-1)}); layout shift ${shift.toFixed(4)}`,
    );
    assert.ok(code > 1 && code <= 100, `${code} kB of JavaScript and CSS`);
    assert.ok(all <= 200, `${all} kB in all`);
    assert.ok(shift < 0.01, `a layout shift of ${shift}`);
    // How soon is told and not held: it says as much of what else the machine does.
    assert.ok(soonest > 0, 'nothing was painted');
  }
});
