// The desk as an editor handles it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { Visitor, launch } from './browser.mjs';
import { address } from './tracker.mjs';

/** @import { Browser, BrowserContextOptions, Cookie, Locator, Page } from 'playwright-core' */

export const PASSWORD = 'a long enough passphrase';

/** Invites somebody as whoever runs the tracker does. Answers with the secret of their link. @param {string} name @param {string} role */
export async function invite(name, role) {
  const program = process.env.TRACKER_PROGRAM;
  assert.ok(program, 'TRACKER_PROGRAM must be set, and DATABASE_URL to the database of the tracker under test');
  const given = ['account', 'invite', '--email', `${name}@example.org`, '--name', name, '--role', role];
  const { stdout } = await promisify(execFile)(program, given);
  return stdout.trim();
}

/** Asks from outside the browser, as a page of the tracker's would. @param {string} query @param {object} variables @param {string} [cookie] */
export async function post(query, variables, cookie) {
  const response = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address.origin, ...(cookie && { cookie }) },
    body: JSON.stringify({ query, variables }),
  });
  return { answer: await response.json(), cookie: response.headers.get('set-cookie')?.split(';')[0] };
}

/** Sets the password of somebody invited. @param {string} link */
export async function take(link) {
  const mutation = 'mutation ($input: SetPasswordInput!) { setPassword(input: $input) { userErrors { message } } }';
  const { answer } = await post(mutation, { input: { link, password: PASSWORD } });
  assert.deepEqual(answer.data?.setPassword.userErrors, []);
}

/** Ends all sessions of somebody, from another browser of theirs. @param {string} name */
export async function signOutEverywhere(name) {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
  const { cookie } = await post(signIn, { input: { email: `${name}@example.org`, password: PASSWORD } });
  const { answer } = await post('mutation { signOutEverywhere }', {}, cookie);
  assert.equal(answer.data?.signOutEverywhere, true);
}

/** Types into whatever has the focus. @param {Page} page @param {string[]} keys each a text, or a key in brackets such as [Tab] */
export async function types(page, ...keys) {
  for (const key of keys) {
    const name = /^\[(.+)\]$/.exec(key)?.[1];
    if (name) await page.keyboard.press(name);
    else await page.keyboard.type(key);
  }
}

/** Goes from one thing to the next, by the Tab key alone, until this one has the focus. @param {Page} page @param {Locator} target */
export async function tabsTo(page, target) {
  await target.waitFor();
  for (let steps = 0; steps < 200; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the Tab key never leads to ${target}`);
}

/** Presses Enter on something, after going there by the Tab key alone. @param {Page} page @param {Locator} target */
export async function takes(page, target) {
  await tabsTo(page, target);
  await page.keyboard.press('Enter');
}

/** Signs in where the page asks for it. @param {Page} page @param {string} name @param {string} [password] */
export async function signsIn(page, name, password = PASSWORD) {
  await page.getByLabel('E-mail').fill(`${name}@example.org`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Begins to record something about a country, by keyboard. @param {Page} page @param {string} typed @param {string} name */
export async function begins(page, typed, name) {
  const country = page.getByRole('combobox', { name: 'Country' });
  await country.waitFor();
  await page.locator('body').press('/');
  await page.keyboard.type(typed);
  await page.getByRole('option', { name, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Waits until the page says how far it is saved. @param {Page} page @param {string} state */
export const isSaved = (page, state) => page.locator(`.saving[data-state="${state}"]`).waitFor();

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Those who come to the desk in a test, each with a browser of their own. */
export class Staff {
  /** @type {Visitor[]} */
  #visitors = [];
  /** The cookies of those who have signed in: who tries too often is not let in. @type {Map<string, Cookie[]>} */
  #sessions = new Map();

  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** With people who may sign in. @param {Record<string, string>} roles by their names */
  static async of(roles) {
    const staff = new Staff(await launch());
    for (const [name, role] of Object.entries(roles)) await take(await invite(name, role));
    return staff;
  }

  /** Somebody who is not signed in. @param {BrowserContextOptions} [options] */
  async someone(options) {
    const visitor = await Visitor.arrives(this.browser, undefined, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** Somebody who is signed in, at the desk. @param {string} name @param {BrowserContextOptions} [options] @param {string} [hash] */
  async atTheDesk(name, options, hash = '') {
    const visitor = await this.someone(options);
    await visitor.context.addCookies(this.#sessions.get(name) ?? []);
    const page = await visitor.opens(`/desk${hash}`);
    if (!this.#sessions.has(name)) await signsIn(page, name);
    await page.getByText(`Signed in as ${name}`).waitFor();
    this.#sessions.set(name, await visitor.context.cookies());
    return { visitor, page };
  }

  /** The session of somebody is over: next time they sign in. @param {string} name */
  forgets(name) {
    this.#sessions.delete(name);
  }

  /** Everybody leaves; nothing may have gone wrong by then. */
  async leave() {
    for (const visitor of this.#visitors.splice(0)) await visitor.leaves();
  }

  /** The desk is closed. */
  close() {
    return this.browser.close();
  }
}

const AXE = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Holds a page to axe-core, and to its screen. @param {Page} page @param {string} where @param {object} seen how */
export async function isSound(page, where, seen) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  const found = violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`);
  assert.deepEqual(found, [], `${where} ${JSON.stringify(seen)}`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(sideways <= 0, `${where} is ${sideways} pixels wider than ${JSON.stringify(seen)}`);
}

/** How pages are looked at: light and dark, on a desktop, a phone and a small phone. @type {BrowserContextOptions[]} */
export const LOOKS = /** @type {const} */ (['light', 'dark']).flatMap((colorScheme) =>
  [{}, PHONE, { viewport: { width: 320, height: 640 } }].map((screen) => ({ ...screen, colorScheme })),
);
