// The desk as an editor handles it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { address } from './tracker.mjs';

/** @import { Page } from 'playwright-core' */

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
