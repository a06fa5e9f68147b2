// Single sign-on in a real browser, through the pages of a provider at another site: TRACKER_URL, and PROVIDER_URL of tests/clients/provider.mjs.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';

import { Visitor, launch } from './browser.mjs';

/** @import { Page } from 'playwright-core' */

const provider = new URL(process.env.PROVIDER_URL ?? '');

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Visitor[]} */
const visitors = [];

before(async () => {
  browser = await launch();
  const people = {
    ama: { name: 'Ama Mensah', email: 'ama@example.com', email_verified: true, groups: ['desk'] },
    kofi: { name: 'Kofi', email: 'kofi@example.com', email_verified: true, groups: ['sports'] },
  };
  const { status } = await fetch(new URL('/play', provider), { method: 'POST', body: JSON.stringify({ people }) });
  assert.equal(status, 204);
});
after(() => browser.close());
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leaves();
});

/** @param {string} path @param {import('playwright-core').BrowserContextOptions} [options] */
async function opens(path, options) {
  const visitor = await Visitor.arrives(browser, undefined, options);
  visitor.friends = [provider.host];
  // The provider's pages ask for a font of the internet, and for an icon that is not there.
  visitor.provoked = /fonts\.googleapis\.com|net::ERR_FAILED|favicon|404/;
  visitors.push(visitor);
  return { visitor, page: await visitor.opens(path) };
}

/** Goes through the provider's own pages. @param {Page} page @param {string} login */
async function signsInThere(page, login) {
  await page.getByRole('link', { name: 'Sign in with the house' }).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('whatever');
  assert.equal(new URL(page.url()).host, provider.host);
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** @param {Page} page */
async function isWithoutBarriers(page) {
  await page.evaluate(await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  assert.deepEqual(violations.map((/** @type {{ id: string, nodes: { html: string }[] }} */ one) => [one.id, one.nodes.map(({ html }) => html)]), []);
}

test('somebody signs in at the provider, comes back to where they were, and signs out of both', async () => {
  const { visitor, page } = await opens('/desk#draft=RGV2ZWxvcG1lbnQ6MA');
  await signsInThere(page, 'ama');
  await page.getByText('Signed in as Ama Mensah (editor)').waitFor();
  assert.equal(new URL(page.url()).hash, '#draft=RGV2ZWxvcG1lbnQ6MA');
  const cookie = (await visitor.context.cookies()).find(({ name }) => name === 'tracker_session');
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.domain], [true, 'Strict', '127.0.0.1']);
  await page.reload();
  await page.getByText('Signed in as Ama Mensah').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.getByRole('link', { name: 'Sign in with the house' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/desk');
  await page.getByRole('link', { name: 'Sign in with the house' }).click();
  await page.getByPlaceholder('Enter any login').waitFor();
});

test('whom no rule lets in is told so, and may use a password', async () => {
  const { page } = await opens('/desk');
  await signsInThere(page, 'kofi');
  const alert = page.getByRole('alert');
  await alert.getByText('none of your groups may use the desk').waitFor();
  assert.equal(new URL(page.url()).search, '', 'it is said once');
  await page.getByLabel('Password').waitFor();
  await isWithoutBarriers(page);

  await page.getByRole('link', { name: 'Sign in with the house' }).focus();
  await page.keyboard.press('Enter');
  // The provider knows them still.
  await alert.getByText('none of your groups').waitFor();
});

test('who gives up at the provider is back at the desk', async () => {
  const { page } = await opens('/desk');
  await page.getByRole('link', { name: 'Sign in with the house' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByText('The sign-in was given up').waitFor();
});

test('the way to the provider is without barriers, light or dark, on a phone or a desktop', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const viewport of [{ width: 390, height: 800 }, { width: 1400, height: 1000 }]) {
      const { page } = await opens('/desk', { colorScheme, viewport });
      await page.getByRole('link', { name: 'Sign in with the house' }).waitFor();
      await isWithoutBarriers(page);
    }
  }
});
