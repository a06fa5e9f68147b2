// A table out of a spreadsheet, pasted at the desk: see desk.test.mjs for what has to run.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { LOOKS, Staff, isSound, types } from './desk.mjs';
import { ask, tally } from './tracker.mjs';

/** @type {Staff} */
let staff;

before(async () => {
  staff = await Staff.of({ kwesi: 'editor', adwoa: 'reporter' });
});
after(() => staff.close());
afterEach(() => staff.leave());

const HEADER = ['key', 'country', 'kind', 'occurred', 'summary', 'sourceKind', 'title', 'publisher', 'publishedOn', 'peopleAtMost'];

/** As a spreadsheet copies cells. @param {string[][]} rows */
const copied = (...rows) => [HEADER, ...rows].map((cells) => cells.map((text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t')).join('\n');

/** @param {string} key @param {string} country @param {string} summary @param {string} [people] */
const row = (key, country, summary, people = '') => [key, country, 'Agreement', '2025-09-08', summary, 'News report', `About ${key}`, 'The Gazette', '2025-09-10', people];

/** @param {string} code */
async function onRecord(code) {
  const query = 'query ($code: CountryCode!) { country(code: $code) { developments(first: 50) { nodes { id summary } } } }';
  return (await ask(query, { code })).country.developments.nodes.map((/** @type {{ summary: string }} */ { summary }) => summary);
}

test('a table is tried row by row, mended, published, and does no harm when it is pasted again', async () => {
  const { page } = await staff.atTheDesk('kwesi', {}, '#table');
  const before = await tally();
  const table = page.getByLabel('The table');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.locator('.field .wrong').filter({ hasText: 'Paste a table first' }).waitFor();
  const said = 'Said: "Yes", and no more, in Curaçao.';
  await table.fill(copied(row('cw-1', 'CW', said), row('aw-1', 'QQ', 'Agreed in Oranjestad.', '24'), row('aw-2', 'AW', 'Agreed again.')));
  await page.reload();
  assert.match(await table.inputValue(), /Agreed in Oranjestad/, 'what is pasted is kept');
  await page.getByLabel('Readers see all of it at once').check();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('heading', { name: '1 row to mend: nothing was sent' }).waitFor();
  const rows = page.getByRole('region', { name: 'What came of each row' }).locator('tbody tr');
  assert.match(await rows.nth(1).innerText(), /^3\s+Wrong[\s\S]*country: No country has the code QQ[\s\S]*QQ\s+Agreement\s+Agreed in Oranjestad\./);
  assert.match(await rows.nth(0).innerText(), /^2\s+Would be added\s+CW\s+Agreement\s+Said: "Yes", and no more, in Curaçao\./);
  await page.getByLabel('Only rows that are to be mended').check();
  assert.equal(await rows.count(), 1);
  assert.equal(await page.getByRole('button', { name: /^Publish \d/ }).count(), 0, 'what is wrong is not sent');
  await table.fill(copied(row('cw-1', 'CW', said), row('aw-1', 'AW', 'Agreed in Oranjestad.', '24')));
  await page.getByRole('heading', { name: 'nothing was sent' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('heading', { name: 'Nothing is wrong; nothing is sent yet' }).waitFor();
  await page.getByText(`Readers would see ${before.asked} asked, ${before.agreed + 2} agreed.`).waitFor();
  assert.deepEqual(await tally(), before, 'to try it changes nothing');
  await page.getByRole('button', { name: 'Publish 2 developments' }).click();
  await page.getByRole('heading', { name: '2 developments added' }).waitFor();
  assert.deepEqual(await onRecord('AW'), ['Agreed in Oranjestad.']);
  assert.equal(await table.inputValue(), '');
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, 'nothing stays in the browser');
  await table.fill(copied(row('cw-1', 'CW', said), row('aw-1', 'AW', 'Agreed in Oranjestad.', '24')));
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('0 developments would be added, 2 there already under their keys.').waitFor();
  await page.getByRole('link', { name: 'There already' }).last().click();
  await page.getByRole('heading', { name: 'Aruba: Agreement' }).waitFor();
});

test('a reporter pastes drafts by keyboard alone', async () => {
  const { page } = await staff.atTheDesk('adwoa');
  await page.getByRole('link', { name: 'Paste a table' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByLabel('The table');
  await table.waitFor();
  assert.equal(await page.getByLabel('Readers see all of it at once').count(), 0);
  await table.focus();
  await page.keyboard.insertText(copied(row('km-1', 'KM', 'Agreed in Moroni.')));
  await types(page, '[Tab]', '[Enter]');
  await page.getByRole('heading', { name: 'Nothing is wrong; nothing is sent yet' }).waitFor();
  await types(page, '[Tab]', '[Enter]');
  await page.getByRole('heading', { name: '1 development added' }).waitFor();
  assert.deepEqual(await onRecord('KM'), []);
  await page.getByRole('link', { name: 'The desk', exact: true }).click();
  await page.getByRole('region', { name: /^Your drafts/ }).getByRole('link', { name: 'Comoros: Agreement' }).waitFor();
});

test('a quotation mark that is never closed, and a header without columns, are told at their row', async () => {
  const { page } = await staff.atTheDesk('kwesi', {}, '#table');
  await page.getByLabel('The table').fill('country,kind\n"GH,Ask');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.locator('tr[data-wrong="true"]').filter({ hasText: 'never closed' }).waitFor();
  await page.getByLabel('The table').fill('one,two\n1,2');
  await page.getByRole('button', { name: 'Try it' }).click();
  const header = page.locator('tr[data-wrong="true"]').first();
  await header.waitFor();
  assert.match(await header.innerText(), /^1\s+Wrong/);
});

test('a pasted table is what axe-core calls sound, light and dark, on every screen', async () => {
  for (const look of LOOKS) {
    const { page } = await staff.atTheDesk('kwesi', look, '#table');
    const long = 'Wesentlichkeitsgrundsatzüberprüfung'.repeat(3);
    await page.getByLabel('The table').fill(copied(row('x-1', 'GH', long), row('x-2', 'QQ', 'Agreed.', 'dozens')));
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('heading', { name: '1 row to mend' }).waitFor();
    await isSound(page, 'a table', look);
  }
});
