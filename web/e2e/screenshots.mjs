// Pictures of every page of a running tracker, as phones, desktops and eyes in the dark see them: TRACKER_URL, and where to put them.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { launch } from './browser.mjs';

const [, , address = process.env.TRACKER_URL ?? 'http://127.0.0.1:8080/', folder = '../target/screenshots'] = process.argv;

const PAGES = { tracker: '/', narrowed: '/?status=agreed&sort=latest', country: '/country/RW', unknown: '/country/ZZ', embed: '/embed' };

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 };

/** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
const LOOKS = { phone, desktop, 'desktop-dark': { ...desktop, colorScheme: 'dark' }, 'phone-dark': { ...phone, colorScheme: 'dark' } };

await mkdir(folder, { recursive: true });
const browser = await launch();
for (const [look, options] of Object.entries(LOOKS)) {
  const context = await browser.newContext(options);
  for (const [name, path] of Object.entries(PAGES)) {
    const page = await context.newPage();
    await page.goto(new URL(path, address).href);
    if (await page.locator('.world').count()) await page.locator('.world svg').waitFor();
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: name === 'country' });
    await page.close();
  }
  await context.close();
}
await browser.close();
