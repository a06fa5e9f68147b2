// Who may sign in, with what, and what they did: see desk.test.mjs for what has to run.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { LOOKS, PASSWORD, Staff, begins, isSaved, isSound, post, signsIn, tabsTo, takes, types } from './desk.mjs';
import { address, publish, recorder } from './tracker.mjs';

/** @import { Page } from 'playwright-core' */

/** @type {Staff} */
let staff;

before(async () => {
  staff = await Staff.of({ nana: 'admin', fiifi: 'editor', akua: 'reporter' });
});
after(() => staff.close());
afterEach(() => staff.leave());

/** The line about somebody, or about a token. @param {Page} page @param {string} name */
const line = (page, name) => page.getByRole('listitem', { name, exact: true });

/** The role with which a token is taken; null: it is not. @param {string} secret */
async function roleOf(secret) {
  const response = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query: '{ viewer { role } }' }),
  });
  return (await response.json()).data?.viewer?.role ?? null;
}

test('an admin invites somebody, who signs in by the link; changes their role, and ends their access at once', async () => {
  const { page } = await staff.atTheDesk('nana');
  await page.getByRole('link', { name: 'People' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Invite' }).click();
  const field = (/** @type {string} */ name) => page.locator('.field', { has: page.getByLabel(name, { exact: true }) }).locator('.wrong').first();
  assert.match(await field('Name').innerText(), /name/);
  assert.match(await field('E-mail').innerText(), /e-mail/);
  await page.getByLabel('Name', { exact: true }).fill('Zoë Ñandú');
  await page.getByLabel('E-mail', { exact: true }).fill('fiifi@example.org');
  await page.keyboard.press('Enter');
  await field('E-mail').filter({ hasText: 'There is an account with this e-mail address' }).waitFor();
  await page.getByLabel('E-mail', { exact: true }).fill('zoe@example.org');
  await page.keyboard.press('Enter');
  const link = await page.locator('.secret code').innerText();
  assert.ok(link.startsWith(`${address.origin}/desk#link=`), link);
  await line(page, 'Zoë Ñandú').getByText('no password set yet').waitFor();
  const visitor = await staff.someone();
  visitor.provoked = /401 \(Unauthorized\)|WebSocket/;
  const theirs = await visitor.opens(link.slice(address.origin.length));
  await theirs.getByLabel('New password').fill(PASSWORD);
  await theirs.keyboard.press('Enter');
  await theirs.getByText('Signed in as Zoë Ñandú (reporter)').waitFor();
  await page.getByRole('button', { name: 'I have it: put it away' }).click();
  assert.equal(await page.locator('.secret').count(), 0);
  await line(page, 'Zoë Ñandú').getByLabel('Role').selectOption('EDITOR');
  await line(page, 'Zoë Ñandú').getByRole('button', { name: 'Change role' }).click();
  await page.getByText('Zoë Ñandú is editor now.').waitFor();
  await theirs.reload();
  await theirs.getByText('Signed in as Zoë Ñandú (editor)').waitFor();
  await line(page, 'Zoë Ñandú').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByText('Zoë Ñandú is signed out everywhere.').waitFor();
  await theirs.reload();
  await signsIn(theirs, 'zoe');
  await theirs.getByText('Signed in as Zoë Ñandú').waitFor();
  await line(page, 'Zoë Ñandú').getByRole('button', { name: 'Deactivate…' }).click();
  await line(page, 'Zoë Ñandú').getByRole('button', { name: 'Yes, end the access of Zoë Ñandú' }).click();
  await page.getByText('Zoë Ñandú has no access any more.').waitFor();
  await theirs.reload();
  await theirs.getByRole('button', { name: 'Sign in' }).waitFor();
  await takes(page, line(page, 'Zoë Ñandú').getByRole('button', { name: 'Give access again' }));
  await line(page, 'Zoë Ñandú').getByRole('button', { name: 'Link to reset the password' }).click();
  assert.notEqual(await page.locator('.secret code').innerText(), link);
});

test('the last admin stays one, and is told so at the role', async () => {
  const { page } = await staff.atTheDesk('nana', {}, '#people');
  await line(page, 'nana').getByLabel('Role').selectOption('EDITOR');
  await line(page, 'nana').getByRole('button', { name: 'Change role' }).click();
  await line(page, 'nana').locator('.field .wrong').filter({ hasText: 'This is the last admin' }).waitFor();
  await line(page, 'nana').getByRole('button', { name: 'Deactivate…' }).click();
  await line(page, 'nana').getByRole('button', { name: 'Yes, end the access of nana' }).click();
  await line(page, 'nana').getByRole('alert').filter({ hasText: 'This is the last admin' }).waitFor();
});

test('a token is shown once, works, and ends when it is revoked', async () => {
  const { page } = await staff.atTheDesk('nana', {}, '#tokens');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('.field .wrong').filter({ hasText: 'Say whose the token is' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('The importer');
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('.field .wrong').filter({ hasText: 'This moment has passed' }).waitFor();
  await page.getByLabel('Last day').fill('');
  await page.getByLabel('Role').selectOption('EDITOR');
  await page.getByRole('button', { name: 'Make it' }).click();
  const secret = await page.locator('.secret code').innerText();
  assert.equal(await roleOf(secret), 'EDITOR');
  await page.reload();
  await line(page, 'The importer').waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
  await line(page, 'The importer').getByRole('button', { name: 'Revoke The importer…' }).click();
  await line(page, 'The importer').getByRole('button', { name: 'Yes, revoke The importer' }).click();
  await page.getByText('The importer: revoked.').waitFor();
  await line(page, 'The importer').getByText(/^Revoked/).waitFor();
  assert.equal(await roleOf(secret), null);
});

test('a token is made before the list of tokens has come, and stays on it when that comes late', async () => {
  const { page } = await staff.atTheDesk('nana');
  let isFirst = true;
  await page.route('**/graphql', async (route) => {
    if (!isFirst || !route.request().postData()?.includes('tokens {')) return route.continue();
    isFirst = false;
    const response = await route.fetch();
    await line(page, 'In haste').waitFor();
    return route.fulfill({ response });
  });
  await takes(page, page.getByRole('link', { name: 'Tokens' }));
  await page.getByText('Reading them.').waitFor();
  await tabsTo(page, page.getByLabel('Name', { exact: true }));
  await types(page, 'In haste', '[Enter]');
  await page.locator('.secret').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  await takes(page, line(page, 'In haste').getByRole('button', { name: 'Revoke In haste…' }));
  await takes(page, line(page, 'In haste').getByRole('button', { name: 'Yes, revoke In haste' }));
  await page.getByText('In haste: revoked.').waitFor();
});

test('the audit log tells who did what, is narrowed, and goes on by itself', async () => {
  const { page } = await staff.atTheDesk('nana', {}, '#audit');
  await page.locator('.connection[data-state="live"]').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'nana invited Zoë Ñandú' }).waitFor();
  await publish('Talks', 'EE', { summary: 'Talks in Tallinn.' });
  await page.getByRole('listitem').filter({ hasText: `${await recorder()} recorded Estonia: Talks` }).first().waitFor();
  const items = page.locator('.log > li');
  await page.getByLabel('What was done').selectOption({ label: 'made the token' });
  await page.waitForFunction(() => [...document.querySelectorAll('.log > li')].every(({ textContent }) => textContent?.includes('made the token')));
  assert.ok(await items.filter({ hasText: 'The importer' }).count() > 0);
  await page.getByLabel('By whom').fill('nobody of this name');
  await page.getByText('Nothing of this kind was done.').waitFor();
  await page.getByLabel('By whom').fill('');
  await page.getByLabel('What was done').selectOption('');
  await page.getByLabel('From').fill('2999-01-01');
  await page.getByText('Nothing of this kind was done.').waitFor();
  await page.getByLabel('From').fill('');
  await page.getByRole('button', { name: 'Show earlier ones' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.log > li').length > 50);
  await page.getByRole('link', { name: 'Estonia: Talks' }).first().click();
  await page.getByRole('heading', { name: 'Estonia: Talks' }).waitFor();
});

test('who is no admin does not see these pages, and is told so where they type the address', async () => {
  const { page } = await staff.atTheDesk('fiifi');
  for (const name of ['People', 'Tokens', 'Audit log']) assert.equal(await page.getByRole('link', { name }).count(), 0, name);
  for (const place of ['people', 'tokens', 'audit']) {
    await page.goto(new URL(`/desk#${place}`, page.url()).href);
    await page.getByText('Only an admin sees this page. You are signed in as fiifi, whose role is editor').waitFor();
  }
});

test('somebody changes their password and signs out everywhere, by keyboard alone', async () => {
  const { page } = await staff.atTheDesk('akua', {}, '#account');
  await tabsTo(page, page.getByLabel('Password as it is'));
  await types(page, 'not the password', '[Tab]', 'another long passphrase', '[Enter]');
  await page.locator('.field .wrong').filter({ hasText: 'The current password is wrong.' }).waitFor();
  await tabsTo(page, page.getByLabel('Password as it is'));
  await types(page, '[Control+a]', PASSWORD, '[Enter]');
  await page.getByText('Your password is changed.').waitFor();
  await takes(page, page.getByRole('button', { name: 'Sign out everywhere…' }));
  await takes(page, page.getByRole('button', { name: 'Yes, sign me out everywhere' }));
  await signsIn(page, 'akua', 'another long passphrase');
  await page.getByText('Signed in as akua').waitFor();
  staff.forgets('akua');
});

test('signing out with something unfinished asks first, and does what was chosen', async () => {
  const visitor = await staff.someone();
  const page = await visitor.opens('/desk');
  await signsIn(page, 'fiifi');
  await begins(page, 'latvia', 'Latvia');
  await page.getByRole('radio', { name: 'Talks' }).check();
  await page.getByLabel('Summary').fill('Talks in Riga.');
  await isSaved(page, 'saved');
  // What the tracker has needs no question.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0);
  await signsIn(page, 'fiifi');
  await page.getByRole('link', { name: 'Latvia: Talks' }).click();
  await page.getByLabel('Find or add a source').fill('An unfinished title');
  await page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog', { name: 'Not all that you typed is at the tracker' });
  await dialog.getByText('Latvia: Talks in Riga.').waitFor();
  assert.match(await dialog.innerText(), /What you saved before is your draft, and stays; what you typed since is here alone\./);
  await isSound(page, 'signing out', {});
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Find or add a source').inputValue(), 'An unfinished title');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await takes(page, dialog.getByRole('button', { name: 'Sign out and leave it here' }));
  await signsIn(page, 'fiifi');
  await page.getByRole('link', { name: 'Latvia: Talks' }).click();
  assert.equal(await page.getByLabel('Find or add a source').inputValue(), 'An unfinished title');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await takes(page, dialog.getByRole('button', { name: 'Sign out and remove it' }));
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.waitForFunction(() => Object.keys(localStorage).length === 0);
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
  const { cookie } = await post(signIn, { input: { email: 'fiifi@example.org', password: PASSWORD } });
  const { answer } = await post('{ desk { drafts(first: 10, mine: true) { nodes { summary } } } }', {}, cookie);
  assert.deepEqual(answer.data.desk.drafts.nodes, [{ summary: 'Talks in Riga.' }], 'the draft stays');
});

test('an admin does all of it by keyboard alone', async () => {
  const { page } = await staff.atTheDesk('nana');
  await takes(page, page.getByRole('link', { name: 'People' }));
  await tabsTo(page, page.getByLabel('Name', { exact: true }));
  await types(page, 'Kojo', '[Tab]', 'kojo@example.org', '[Tab]', 'Editor', '[Tab]', '[Enter]');
  await page.locator('.secret').waitFor();
  await takes(page, page.getByRole('button', { name: 'I have it: put it away' }));
  await tabsTo(page, line(page, 'Kojo').getByLabel('Role'));
  await types(page, 'Reporter');
  await takes(page, line(page, 'Kojo').getByRole('button', { name: 'Change role' }));
  await page.getByText('Kojo is reporter now.').waitFor();
  await takes(page, line(page, 'Kojo').getByRole('button', { name: 'Deactivate…' }));
  await takes(page, line(page, 'Kojo').getByRole('button', { name: 'Yes, end the access of Kojo' }));
  await page.getByText('Kojo has no access any more.').waitFor();
  await takes(page, page.getByRole('link', { name: 'Tokens' }));
  await tabsTo(page, page.getByLabel('Name', { exact: true }));
  await types(page, 'By keyboard', '[Enter]');
  await page.locator('.secret').waitFor();
  await takes(page, line(page, 'By keyboard').getByRole('button', { name: 'Revoke By keyboard…' }));
  await takes(page, line(page, 'By keyboard').getByRole('button', { name: 'Yes, revoke By keyboard' }));
  await page.getByText('By keyboard: revoked.').waitFor();
  await takes(page, page.getByRole('link', { name: 'Audit log' }));
  await tabsTo(page, page.getByLabel('By whom'));
  await types(page, 'nana');
  await page.getByRole('listitem').filter({ hasText: 'nana revoked the token By keyboard' }).waitFor();
});

test('the pages of admins are what axe-core calls sound, light and dark, on every screen', async () => {
  for (const look of LOOKS) {
    const { page } = await staff.atTheDesk('nana', look, '#people');
    await line(page, 'fiifi').getByRole('button', { name: 'Link to reset the password' }).click();
    await page.locator('.secret').waitFor();
    await isSound(page, 'people', look);
    for (const [place, name] of [['tokens', 'Tokens'], ['audit', 'Audit log'], ['account', 'Your account']]) {
      await page.goto(new URL(`/desk#${place}`, page.url()).href);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      if (place !== 'account') await page.locator('.work > li').first().waitFor();
      await isSound(page, name ?? '', look);
    }
  }
});
