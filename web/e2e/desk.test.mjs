// The editors' desk in a real browser, against a running tracker: TRACKER_URL, TRACKER_TOKEN for an editor's token, and TRACKER_PROGRAM
// with the same DATABASE_URL, by which people are invited.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { LOOKS, Staff, begins, invite, isSaved, isSound, signOutEverywhere, signsIn, types } from './desk.mjs';
import { ask, tally } from './tracker.mjs';

/** @import { BrowserContextOptions, Page } from 'playwright-core' */
/** @import { Visitor } from './browser.mjs' */

/** @type {Staff} */
let staff;

before(async () => {
  staff = await Staff.of({ ama: 'editor', kofi: 'reporter' });
});
after(() => staff.close());
afterEach(() => staff.leave());

/** The working copies that say this. @param {string} summary */
async function drafts(summary) {
  const { desk } = await ask('{ desk { drafts(first: 200) { nodes { id revision summary author country { code } } } } }');
  return desk.drafts.nodes.filter((/** @type {{ summary: string }} */ node) => node.summary === summary);
}

test('an invited person sets a password by their link, signs out, and signs in', async () => {
  const link = await invite('esi', 'editor');
  const page = await (await staff.someone()).opens(`/desk#link=${link}`);
  await page.getByRole('heading', { name: 'Set your password' }).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the secret is not left in the address');
  await page.getByLabel('New password').fill('short');
  await page.keyboard.press('Enter');
  const wrong = page.locator('.field .wrong');
  assert.match(await wrong.innerText(), /12/);
  await page.getByLabel('New password').fill('a passphrase of my own');
  await page.keyboard.press('Enter');
  await page.getByText('Signed in as esi (editor)').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signsIn(page, 'esi', 'not the passphrase');
  await page.locator('.wrong').first().waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'esi@example.org', 'what was typed stays');
  await page.getByLabel('Password').fill('a passphrase of my own');
  await page.keyboard.press('Enter');
  await page.getByText('Signed in as esi').waitFor();
  await page.reload();
  await page.getByText('Signed in as esi').waitFor();
});

test('the page is nobody’s to keep or to index, and runs nothing but its own', async () => {
  const response = await fetch(new URL('/desk', process.env.TRACKER_URL));
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self'; style-src 'self';/);
  assert.match(await response.text(), /<meta name="robots" content="noindex">/);
});

test('an agreement is recorded and published by keyboard alone, and a reader’s open page changes', async (context) => {
  const reader = await (await staff.someone()).opens('/');
  await reader.locator('.connection[data-state="live"]').waitFor();
  const { page } = await staff.atTheDesk('ama');
  const earlier = await tally();
  const began = performance.now();
  await begins(page, 'andor', 'Andorra');
  await types(page, '[ArrowDown]', '[Tab]', 'March 12, 2025');
  assert.equal(await page.getByRole('radio', { name: 'Agreement' }).isChecked(), true);
  await page.getByText('Understood as March 12, 2025 (2025-03-12).').waitFor();
  await types(page, '[Tab]', 'at most', '[Tab]', '250', '[Tab]', '[Tab]', '[Tab]', 'Agreed to take up to 250 people.', '[Tab]');
  await types(page, 'https://news.example/andorra', '[Enter]', 'Andorra agrees', '[Tab]', 'The Example', '[Tab]', 'March 13, 2025', '[Enter]');
  await page.locator('.cited').getByText('The Example: Andorra agrees').waitFor();
  await types(page, '[Control+Enter]');
  const preview = page.getByRole('region', { name: 'What readers will see' });
  await preview.waitFor();
  assert.match(await preview.innerText(), /March 12, 2025 · Agreement · Andorra\s+Agreed to take up to 250 people\.\s+People: up to 250/);
  assert.match(await preview.innerText(), new RegExp(`Not tracked → Agreed\\s[\\s\\S]*stays ${earlier.asked}\\s[\\s\\S]*${earlier.agreed} → ${earlier.agreed + 1}\\s`));
  assert.deepEqual(await tally(), earlier, 'a preview publishes nothing');
  await types(page, '[Enter]');
  await page.getByText(`Andorra: published. ${earlier.asked} asked, ${earlier.agreed + 1} agreed.`).waitFor();
  context.diagnostic(`recorded and published in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await reader.locator('.countries [data-code="AD"]').waitFor();
  assert.match(await reader.locator('.countries [data-code="AD"]').innerText(), /Agreed/);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, 'nothing stays in the browser');
});

test('what is wrong is said at its field, and the first of it gets the focus', async () => {
  const { page } = await staff.atTheDesk('ama');
  await begins(page, 'nru', 'Nauru');
  await types(page, '[Control+Enter]');
  await page.getByText('Choose what happened.').waitFor();
  await page.locator('[name="kind"]:focus').first().waitFor();
  await page.getByRole('radio', { name: 'Agreement' }).check();
  await page.getByLabel('When').fill('3/12/2025');
  await page.getByLabel('How many people').selectOption('exactly');
  await page.getByLabel('Number', { exact: true }).fill('dozens');
  await types(page, '[Control+Enter]');
  const field = (/** @type {string} */ name) => page.locator('.field', { has: page.getByText(name, { exact: true }) }).locator('.wrong');
  assert.match(await field('When').innerText(), /month as a word/);
  assert.match(await field('How many people').innerText(), /in digits/);
  assert.match(await field('Summary').innerText(), /sentence or two/);
  await page.locator('[name="date"]:focus').waitFor();
  await page.getByLabel('When').fill('March 12, 2031');
  await page.getByLabel('How many people').selectOption('');
  await page.getByLabel('Summary').fill('Agreed too early to be so.');
  await types(page, '[Control+Enter]');
  await field('When').waitFor();
  assert.match(await field('When').innerText(), /future/i, 'the server’s words stand there as well');
  await page.getByLabel('When').fill('March 2025');
  await types(page, '[Control+Enter]');
  await field('Find or add a source').waitFor();
  assert.match(await field('Find or add a source').innerText(), /Cite at least one source/);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Yes, discard it' }).click();
  await page.getByText('Nauru: discarded.').waitFor();
});

test('a reload in the middle of a word loses nothing, and what is enough is a draft', async () => {
  const { page } = await staff.atTheDesk('ama');
  await begins(page, 'kir', 'Kiribati');
  await types(page, '[Tab]', 'spring 2025');
  await page.getByLabel('Find or add a source').fill('An unfinished tit');
  await page.reload();
  await page.getByRole('heading', { name: 'Kiribati' }).waitFor();
  assert.equal(await page.getByLabel('When').inputValue(), 'spring 2025');
  assert.equal(await page.getByLabel('Find or add a source').inputValue(), 'An unfinished tit');
  await page.getByRole('radio', { name: 'Talks' }).check();
  await page.getByLabel('Summary').fill('Talks began in Tarawa.');
  await isSaved(page, 'saved');
  const [draft] = await drafts('Talks began in Tarawa.');
  assert.deepEqual([draft.author, draft.country.code], ['ama', 'KI']);
  await page.getByRole('link', { name: 'The desk', exact: true }).click();
  await page.getByRole('link', { name: 'Kiribati: Talks' }).click();
  await page.getByRole('heading', { name: 'Kiribati' }).waitFor();
  assert.equal(await page.getByLabel('Find or add a source').inputValue(), 'An unfinished tit');
  // In another browser the draft is as it was saved.
  const { page: elsewhere } = await staff.atTheDesk('ama');
  await elsewhere.getByRole('link', { name: 'Kiribati: Talks' }).click();
  await elsewhere.getByRole('heading', { name: 'Kiribati' }).waitFor();
  assert.equal(await elsewhere.getByLabel('Summary').inputValue(), 'Talks began in Tarawa.');
  assert.equal(await elsewhere.getByLabel('When').inputValue(), '2025-21');
});

test('a session that ends in the middle is taken up again over the form, and nothing is lost', async () => {
  const { visitor, page } = await staff.atTheDesk('ama');
  visitor.provoked = /401 \(Unauthorized\)|WebSocket/;
  await begins(page, 'palau', 'Palau');
  await page.getByRole('radio', { name: 'Refusal' }).check();
  await page.getByLabel('Summary').fill('Refused at f');
  await isSaved(page, 'saved');
  await signOutEverywhere('ama');
  staff.forgets('ama');
  await page.getByLabel('Summary').focus();
  await types(page, '[End]', 'irst.');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Refused at first.');
  await signsIn(page, 'ama');
  await dialog.waitFor({ state: 'detached' });
  await isSaved(page, 'saved');
  assert.equal((await drafts('Refused at first.')).length, 1);
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Refused at first.');
});

test('an answer that is lost on the way is asked for again, and nothing is stored twice', async () => {
  const { visitor, page } = await staff.atTheDesk('ama');
  visitor.provoked = /net::ERR_FAILED/;
  await begins(page, 'samoa', 'Samoa');
  await page.getByRole('radio', { name: 'Talks' }).check();
  await page.route('**/graphql', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByLabel('Summary').fill('Talks in Apia.');
  await isSaved(page, 'unsaved');
  await page.getByLabel('Summary').fill('Talks in Apia, and more.');
  await page.unroute('**/graphql');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await isSaved(page, 'saved');
  await page.waitForFunction(() => Object.values(localStorage).some((text) => JSON.parse(text).saved.includes('and more')));
  assert.equal((await drafts('Talks in Apia, and more.')).length, 1);
  assert.equal((await drafts('Talks in Apia.')).length, 0);
  // The same holds for a step that somebody takes twice, since they could not know that it was taken.
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.route('**/graphql', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Yes, discard it' }).click();
  await page.getByText('The server can’t be reached right now.').waitFor();
  assert.equal((await drafts('Talks in Apia, and more.')).length, 0);
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Yes, discard it' }).click();
  await page.getByText('Samoa: discarded.').waitFor();
});

test('a colleague’s change is shown as what differs, and mine is not lost', async () => {
  const { page } = await staff.atTheDesk('ama');
  await begins(page, 'tonga', 'Tonga');
  await page.getByRole('radio', { name: 'Talks' }).check();
  await page.getByLabel('Summary').fill('Talks in May.');
  await isSaved(page, 'saved');
  const [{ id, revision }] = await drafts('Talks in May.');
  const save = 'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { development { revision } userErrors { message } } }';
  const theirs = { talks: { summary: 'Talks in June.', occurred: null, citations: [] } };
  const { saveDraft } = await ask(save, { input: { development: id, expectedRevision: revision, content: theirs } });
  assert.deepEqual(saveDraft.userErrors, []);
  await page.getByLabel('Summary').fill('Talks in July.');
  const notice = page.getByRole('region', { name: 'has changed this draft meanwhile' });
  await notice.waitFor();
  assert.match(await notice.innerText(), /Before\s+Talks in May\.\s+Theirs\s+Talks in June\./);
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Talks in July.');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await isSaved(page, 'saved');
  assert.equal((await drafts('Talks in July.')).length, 1);
});

test('what a reporter hands in arrives at an editor’s open desk, and goes back with a reason', async () => {
  const { page: desk } = await staff.atTheDesk('ama');
  await desk.locator('.connection[data-state="live"]').waitFor();
  const { page } = await staff.atTheDesk('kofi');
  await begins(page, 'fiji', 'Fiji');
  await page.getByRole('radio', { name: 'Ask' }).check();
  await page.getByLabel('Summary').fill('Was asked in Suva.');
  await page.getByLabel('Find or add a source').fill('Andorra agrees');
  await page.getByRole('option', { name: 'The Example: Andorra agrees' }).click();
  await types(page, '[Control+Enter]');
  await page.getByText('Somebody else brings it before readers').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Publish' }).count(), 0);
  await page.getByRole('button', { name: 'Hand in for review' }).click();
  await page.getByText('Fiji: handed in for review.').waitFor();
  await desk.getByRole('region', { name: /^Waiting for review/ }).getByRole('link', { name: 'Fiji: Ask' }).click();
  await desk.getByRole('region', { name: 'What readers will see' }).waitFor();
  await desk.getByRole('button', { name: 'Return to its author' }).click();
  await desk.locator('.field .wrong').waitFor();
  await desk.getByLabel('Reason to return it').fill('On which day?');
  await desk.getByRole('button', { name: 'Return to its author' }).click();
  await desk.getByText('Fiji: returned to its author.').waitFor();
  await page.getByRole('region', { name: /^Your drafts/ }).getByRole('link', { name: 'Fiji: Ask' }).click();
  await page.getByRole('listitem').filter({ hasText: 'ama returned it: On which day?' }).waitFor();
});

test('nothing at the desk is what axe-core calls a violation, light or dark, on a phone or a desktop', async () => {
  for (const look of LOOKS) {
    const outside = await (await staff.someone(look)).opens('/desk');
    await outside.getByRole('button', { name: 'Sign in' }).click();
    await outside.locator('.wrong').first().waitFor();
    await isSound(outside, 'signing in', look);
    await everyPartIsSound(await staff.atTheDesk('ama', look), look);
  }
});

/** @param {{ visitor: Visitor, page: Page }} who @param {BrowserContextOptions} look */
async function everyPartIsSound({ visitor, page }, look) {
  visitor.provoked = /401 \(Unauthorized\)|WebSocket/;
  await page.getByRole('heading', { name: 'Your drafts' }).waitFor();
  await page.getByRole('combobox', { name: 'Country' }).fill('land');
  await page.getByRole('option').first().waitFor();
  await isSound(page, 'finding a country', look);
  await page.getByRole('combobox', { name: 'Country' }).fill('');
  await begins(page, 'vanuatu', 'Vanuatu');
  await types(page, '[Control+Enter]');
  await page.locator('.wrong').first().waitFor();
  await isSound(page, 'an empty form', look);
  await page.getByRole('radio', { name: 'Payment' }).check();
  await page.getByLabel('When').fill('about 2025');
  await page.getByLabel('Summary').fill('Was paid.');
  await page.getByLabel('Find or add a source').fill('A likeness');
  await page.keyboard.press('Enter');
  await page.getByLabel('It must not be named').check();
  await isSound(page, 'adding a source', look);
  await page.getByLabel('Publisher').fill('A gazette');
  await page.getByLabel('How readers are told of it').fill('An official');
  await page.keyboard.press('Enter');
  await page.locator('.cited').getByText('A gazette: A likeness').waitFor();
  await types(page, '[Control+Enter]');
  await page.getByRole('region', { name: 'What readers will see' }).waitFor();
  await isSound(page, 'a preview', look);
  await visitor.context.clearCookies();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('dialog').waitFor();
  await isSound(page, 'a session that has ended', look);
}
