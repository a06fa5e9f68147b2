// What editors do at the desk with what is published, and with what waits for them: see desk.test.mjs for what has to run.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { LOOKS, Staff, begins, isSaved, isSound, tabsTo, takes, types } from './desk.mjs';
import { ask, publish, recorder, tally } from './tracker.mjs';

/** @type {Staff} */
let staff;

before(async () => {
  staff = await Staff.of({ efua: 'editor', yaw: 'editor', abena: 'reporter' });
});
after(() => staff.close());
afterEach(() => staff.leave());

const colleague = await recorder();

const CITED = [{ source: { kind: 'STATEMENT', publisher: 'A ministry', title: 'A statement', publishedOn: '2025-09-10' } }];

/** @param {string} country @param {string} summary */
const agreed = (country, summary) => publish('Agreement', country, { summary, people: { atMost: 250 }, occurred: '2025-09-08', citations: CITED });

/** A correction that somebody else hands in. @param {{ id: string, revision: number }} of @param {string} summary @param {string} note */
async function correctionWaits({ id, revision }, summary, note) {
  const content = { agreement: { summary, people: { atMost: 200 }, occurred: '2025-09-08', citations: CITED } };
  const correct = 'mutation ($input: CorrectInput!) { act: correct(input: $input) { development { revision } userErrors { message } } }';
  const { act } = await ask(correct, { input: { development: id, expectedRevision: revision, note, content } });
  assert.deepEqual(act.userErrors, []);
  const submit = 'mutation ($input: SubmitForReviewInput!) { act: submitForReview(input: $input) { development { revision } userErrors { message } } }';
  const handed = await ask(submit, { input: { development: id, expectedRevision: act.development.revision } });
  assert.deepEqual(handed.act.userErrors, []);
  return handed.act.development.revision;
}

/** What readers see of it. @param {string} id */
async function readers(id) {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Development { summary corrected retracted revision revisions { number note shownFrom } } } }';
  return (await ask(query, { id })).node;
}

test('a published agreement is found by country, corrected by keyboard alone, and readers see note and difference', async () => {
  const first = await agreed('LI', 'Agreed to take up to 250 people in Vaduz.');
  const { page } = await staff.atTheDesk('efua');
  await page.getByRole('link', { name: 'Look up what is on record' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What is on record', exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Country' }).focus();
  await types(page, 'liecht');
  await page.getByRole('option', { name: 'Liechtenstein', selected: true }).waitFor();
  await types(page, '[Enter]');
  await page.getByRole('heading', { name: 'What is on record: Liechtenstein' }).waitFor();
  await page.getByRole('link', { name: 'Liechtenstein: Agreement' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Correct it…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Liechtenstein: a correction' }).waitFor();
  await page.locator('[name="date"]:focus').waitFor();
  await isSaved(page, 'untouched');
  await types(page, '[Control+Enter]');
  await page.getByText('Nothing has been changed yet.', { exact: true }).waitFor();
  await page.getByLabel('Number', { exact: true }).focus();
  await types(page, '[Control+a]', '200');
  await page.getByLabel('Summary').focus();
  await types(page, '[Control+a]', 'Agreed to take up to 200 people in Vaduz.');
  await isSaved(page, 'saved');
  assert.equal((await readers(first.id)).summary, 'Agreed to take up to 250 people in Vaduz.', 'a draft of a correction is not before readers');
  await types(page, '[Control+Enter]');
  await page.locator('.field', { has: page.getByLabel('Note to readers') }).locator('.wrong').waitFor();
  await page.locator('[name="note"]:focus').waitFor();
  await types(page, 'The memorandum says 200, not 250.', '[Control+Enter]');
  const preview = page.getByRole('region', { name: 'What readers will see' });
  await preview.waitFor();
  assert.deepEqual(await preview.locator('del').allInnerTexts(), ['250', '250']);
  assert.deepEqual(await preview.locator('ins').allInnerTexts(), ['200', '200']);
  assert.match(await preview.innerText(), /Correction: The memorandum says 200, not 250\.[\s\S]*Liechtenstein\s+stays Agreed/);
  await preview.getByRole('button', { name: 'Publish' }).waitFor();
  await types(page, '[Enter]');
  await page.getByText(/^Liechtenstein: corrected\./).waitFor();
  const seen = await readers(first.id);
  assert.deepEqual([seen.summary, seen.corrected], ['Agreed to take up to 200 people in Vaduz.', true]);
  assert.equal(seen.revisions.at(-1).note, 'The memorandum says 200, not 250.');
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, 'nothing stays in the browser');
});

test('a retraction needs a reason, shows what it does, and takes it out of the count', async () => {
  const { id } = await agreed('MC', 'Agreed in Monaco.');
  const before = await tally();
  const { page } = await staff.atTheDesk('efua', {}, `#item=${encodeURIComponent(id)}`);
  await page.getByRole('button', { name: 'Retract it…' }).click();
  await page.getByRole('button', { name: 'Preview the retraction' }).click();
  await page.locator('.field .wrong').waitFor();
  await page.getByLabel('Reason, for readers').fill('It was about Morocco.');
  await page.reload();
  await page.getByRole('button', { name: 'Retract it…' }).click();
  assert.equal(await page.getByLabel('Reason, for readers').inputValue(), 'It was about Morocco.', 'what was typed is kept');
  await page.getByRole('button', { name: 'Preview the retraction' }).click();
  const yes = page.getByRole('button', { name: 'Yes, retract it' });
  await yes.waitFor();
  assert.match(await page.locator('.effect').innerText(), new RegExp(`Monaco\\s+Agreed → Not tracked[\\s\\S]*${before.agreed} → ${before.agreed - 1}`));
  assert.deepEqual(await tally(), before, 'a preview retracts nothing');
  await page.keyboard.press('Enter');
  await page.getByText(`Monaco: retracted. ${before.asked} asked, ${before.agreed - 1} agreed.`).waitFor();
  assert.equal((await readers(id)).retracted, true);
  await page.goto(new URL(`/desk#correct=${encodeURIComponent(id)}`, page.url()).href);
  await page.getByText('It is retracted, and stays in the record as it is.').waitFor();
});

test('any two revisions are compared, and a colleague’s act appears by itself', async () => {
  const first = await agreed('SM', 'Agreed to take up to 250 people.');
  const { page } = await staff.atTheDesk('efua', {}, `#item=${encodeURIComponent(first.id)}`);
  await page.locator('.connection[data-state="live"]').waitFor();
  await page.getByText('There is one revision so far').waitFor();
  await page.getByLabel('Say something to colleagues').fill('Who has seen the paper?');
  await correctionWaits(first, 'Agreed to take up to 200 people in March.', 'It was in March.');
  await page.getByText(`${colleague} handed it in for review just now`).waitFor();
  assert.equal(await page.getByLabel('Say something to colleagues').inputValue(), 'Who has seen the paper?', 'what is being typed stays');
  const waiting = page.getByRole('region', { name: 'What readers will see' });
  await waiting.waitFor();
  assert.match(await waiting.innerText(), /Correction: It was in March\./);
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('listitem').filter({ hasText: 'efua said: Who has seen the paper?' }).waitFor();
  await waiting.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('San Marino: published.').waitFor();
  await page.goBack();
  const compare = page.getByRole('region', { name: 'Compare revisions' });
  await compare.getByText('Revision 1', { exact: true }).first().waitFor();
  assert.match(await compare.innerText(), /Note to readers in revision 2: It was in March\./);
  assert.deepEqual(await compare.locator('ins').allInnerTexts(), ['200', ' in March', '200']);
  await compare.getByLabel('On the left').selectOption('2');
  await compare.getByLabel('On the right').selectOption('1');
  await compare.getByText('Revision 2', { exact: true }).first().waitFor();
  assert.deepEqual(await compare.locator('del').allInnerTexts(), ['200', ' in March', '200']);
});

test('what waits is scheduled on the editor’s clock, with UTC beside it, and taken off again', async () => {
  const first = await agreed('VA', 'Agreed to take up to 250 people.');
  await correctionWaits(first, 'Agreed to take up to 200 people.', '200, not 250.');
  const { page } = await staff.atTheDesk('efua', { timezoneId: 'America/New_York' });
  await page.getByRole('region', { name: /^Waiting for review/ }).getByRole('link', { name: 'Holy See: Agreement' }).or(page.getByRole('link', { name: /Vatican.*: Agreement/ })).click();
  await page.getByRole('button', { name: 'Schedule…' }).click();
  const moment = page.getByLabel('Goes before readers at');
  await page.getByRole('button', { name: 'Schedule it' }).click();
  await page.getByText('Choose a day and a time.').waitFor();
  await moment.fill('2020-01-15T09:30');
  await page.getByText(/January 15, 2020 at 9:30.*America\/New_York.*January 15, 2020, 14:30 UTC/).waitFor();
  await page.getByRole('button', { name: 'Schedule it' }).click();
  await page.locator('.schedule .wrong').filter({ hasText: 'This moment has passed' }).waitFor();
  const next = new Date(Date.now() + 86_400_000 * 20).toISOString().slice(0, 10);
  await moment.fill(`${next}T09:30`);
  await page.getByRole('button', { name: 'Schedule it' }).click();
  await page.getByText(/: scheduled for .* UTC\./).waitFor();
  assert.equal((await readers(first.id)).revision, 1);
  await page.getByRole('region', { name: /^Scheduled/ }).getByRole('link').click();
  await page.getByText(/Goes before readers by itself at .* at 9:30.*America\/New_York\), which is .* UTC/).waitFor();
  await page.getByRole('button', { name: 'Take it off the schedule' }).click();
  await page.getByText(/taken off the schedule\. It is a draft again\./).waitFor();
});

test('two who correct the same see what differs, and nobody’s form is lost', async () => {
  const { id } = await agreed('AL', 'Agreed to take up to 250 people.');
  const hash = `#correct=${encodeURIComponent(id)}`;
  const { page: one } = await staff.atTheDesk('efua', {}, hash);
  const { page: other } = await staff.atTheDesk('yaw', {}, hash);
  for (const page of [one, other]) await isSaved(page, 'untouched');
  await one.getByLabel('Summary').fill('Agreed to take up to 250 people in Tirana.');
  await isSaved(one, 'saved');
  const notice = other.getByRole('region', { name: 'has changed this draft meanwhile' });
  await notice.waitFor();
  assert.match(await notice.innerText(), /efua has changed/);
  assert.deepEqual(await notice.locator('ins').allInnerTexts(), [' in Tirana']);
  await other.getByLabel('Note to readers').fill('It was in Durrës.');
  await other.getByLabel('Summary').fill('Agreed to take up to 250 people in Durrës.');
  await other.getByRole('button', { name: 'Save mine over it' }).click();
  await isSaved(other, 'saved');
  const theirs = one.getByRole('region', { name: 'yaw has changed this draft meanwhile' });
  await theirs.waitFor();
  await theirs.getByRole('button', { name: 'Take theirs' }).click();
  await theirs.waitFor({ state: 'detached' });
  assert.equal(await one.getByLabel('Summary').inputValue(), 'Agreed to take up to 250 people in Durrës.');
  assert.equal(await one.getByLabel('Note to readers').inputValue(), 'It was in Durrës.');
  await other.getByRole('button', { name: 'Discard' }).click();
  await other.getByRole('button', { name: 'Yes, discard it' }).click();
  await other.getByText('Albania: discarded.').waitFor();
  assert.equal((await readers(id)).summary, 'Agreed to take up to 250 people.');
});

test('what a colleague publishes while it is being written goes on as a correction, and nothing is stored unasked', async () => {
  const { page } = await staff.atTheDesk('efua');
  await begins(page, 'bulgaria', 'Bulgaria');
  await page.getByRole('radio', { name: 'Talks' }).check();
  await page.getByLabel('Summary').fill('Talks in Sofia.');
  await page.getByLabel('Find or add a source').fill('A statement');
  await page.getByRole('option', { name: 'A ministry: A statement' }).first().click();
  await isSaved(page, 'saved');
  const { desk } = await ask('{ desk { drafts(first: 200) { nodes { id revision summary } } } }');
  const draft = desk.drafts.nodes.find((/** @type {{ summary: string }} */ { summary }) => summary === 'Talks in Sofia.');
  const mutation = 'mutation ($input: PublishInput!) { publish(input: $input) { userErrors { message } } }';
  const { publish: published } = await ask(mutation, { input: { development: draft.id, expectedRevision: draft.revision } });
  assert.deepEqual(published.userErrors, []);
  await page.getByText('It was published meanwhile: what you change from now on is a correction.').waitFor();
  await isSaved(page, 'untouched');
  assert.equal((await readers(draft.id)).revisions.length, draft.revision);
  await page.getByLabel('Summary').fill('Talks in Plovdiv.');
  await isSaved(page, 'saved');
  await types(page, '[Control+Enter]');
  await page.getByText('Say to readers what was wrong, or tick that it is a trifle.').waitFor();
  assert.equal((await readers(draft.id)).summary, 'Talks in Sofia.');
});

test('a form that was left is as it was saved elsewhere meanwhile, when it is opened again', async () => {
  const { id } = await agreed('HR', 'Agreed in Zagreb.');
  const { page: one } = await staff.atTheDesk('efua', {}, `#correct=${encodeURIComponent(id)}`);
  await one.getByLabel('Summary').fill('Agreed in Split.');
  await isSaved(one, 'saved');
  await one.getByRole('link', { name: 'The desk', exact: true }).click();
  const { page: other } = await staff.atTheDesk('yaw', {}, `#draft=${encodeURIComponent(id)}`);
  await other.getByLabel('Summary').fill('Agreed in Rijeka.');
  await other.waitForFunction(() => Object.values(localStorage).some((text) => JSON.parse(text).saved.includes('Rijeka')));
  await one.goto(new URL(`/desk#draft=${encodeURIComponent(id)}`, one.url()).href);
  await one.waitForFunction(() => /** @type {HTMLTextAreaElement | null} */ (document.querySelector('[name="summary"]'))?.value === 'Agreed in Rijeka.');
  assert.equal(await one.getByRole('region', { name: 'has changed this draft meanwhile' }).count(), 0);
});

test('who retracts what a colleague has just changed is told so, and keeps what they typed', async () => {
  const first = await agreed('MK', 'Agreed in Skopje.');
  const { page } = await staff.atTheDesk('efua', {}, `#item=${encodeURIComponent(first.id)}`);
  // What colleagues do is not heard of in time.
  await page.routeWebSocket('**/graphql', (near) => {
    const far = near.connectToServer();
    far.onMessage((message) => {
      if (!String(message).includes('"next"')) near.send(message);
    });
  });
  await page.reload();
  await page.getByRole('button', { name: 'Retract it…' }).click();
  await page.getByLabel('Reason, for readers').fill('It was not so.');
  await page.getByRole('button', { name: 'Preview the retraction' }).click();
  await page.getByRole('button', { name: 'Yes, retract it' }).waitFor();
  await correctionWaits(first, 'Agreed in Skopje, it is said.', 'It is said.');
  await page.getByRole('button', { name: 'Yes, retract it' }).click();
  await page.getByText(`${colleague} has changed it meanwhile: what it says now stands above.`).waitFor();
  assert.equal((await readers(first.id)).retracted, false);
  assert.equal(await page.getByLabel('Reason, for readers').inputValue(), 'It was not so.');
  assert.match(await page.getByRole('region', { name: 'What readers will see' }).innerText(), /Agreed in Skopje, it is said\./);
  await page.getByRole('button', { name: 'Preview the retraction' }).waitFor();
});

test('a reporter begins a correction and hands it in, and finds no way to retract', async () => {
  const { id } = await agreed('BA', 'Agreed in Sarajevo.');
  const { page: desk } = await staff.atTheDesk('efua', {}, '#published=BA');
  await desk.locator('.connection[data-state="live"]').waitFor();
  const { page } = await staff.atTheDesk('abena', {}, `#item=${encodeURIComponent(id)}`);
  await page.getByRole('link', { name: 'Correct it…' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Retract it…' }).count(), 0);
  await page.getByRole('link', { name: 'Correct it…' }).click();
  await page.getByLabel('Summary').fill('Agreed in Mostar.');
  await page.getByLabel('A trifle').check();
  await types(page, '[Control+Enter]');
  await page.getByText('Somebody else brings it before readers').waitFor();
  await page.getByRole('button', { name: 'Hand in for review' }).click();
  await page.getByText('Bosnia and Herzegovina: handed in for review.').waitFor();
  const item = page.getByRole('listitem').filter({ hasText: 'Agreed in Mostar.' });
  assert.match(await item.innerText(), /A correction of what is published/);
  await desk.getByText('A correction by abena is in review').waitFor();
});

test('an address that leads to nothing says so', async () => {
  const { page } = await staff.atTheDesk('efua', {}, '#item=nothing');
  await page.getByText('this is not an id that the tracker gave out').waitFor();
  await page.goto(new URL('/desk#draft=nothing', page.url()).href);
  await page.getByRole('heading', { name: 'A draft' }).waitFor();
  await page.getByText('this is not an id that the tracker gave out').waitFor();
  await page.goto(new URL('/desk#anything=else', page.url()).href);
  await page.getByRole('heading', { name: 'The desk' }).waitFor();
});

test('what waits is discussed, compared, scheduled, taken off, returned and retracted by keyboard alone', async () => {
  const first = await agreed('XK', 'Agreed in Pristina.');
  await correctionWaits(first, 'Agreed in Prizren.', 'It was in Prizren.');
  const { page } = await staff.atTheDesk('efua');
  const button = (/** @type {string} */ name) => page.getByRole('button', { name });
  await takes(page, page.getByRole('region', { name: /^Waiting for review/ }).getByRole('link', { name: 'Kosovo: Agreement' }));
  await tabsTo(page, page.getByLabel('Say something to colleagues'));
  await types(page, 'In Prizren, says the mayor.', '[Tab]', '[Enter]');
  await page.getByRole('listitem').filter({ hasText: 'efua said: In Prizren, says the mayor.' }).waitFor();
  await tabsTo(page, page.getByLabel('On the left'));
  await types(page, '[End]');
  await page.getByText('Choose two different revisions.').waitFor();
  await page.reload();
  await takes(page, button('Schedule…'));
  await page.getByLabel('Goes before readers at').waitFor();
  const [year, month, day] = new Date(Date.now() + 86_400_000 * 40).toISOString().slice(0, 10).split('-');
  await types(page, `${month}${day}${year}`, '[ArrowRight]', '0930AM');
  await takes(page, button('Schedule it'));
  await page.getByText(new RegExp(`^Kosovo: scheduled for \\w+ ${Number(day)}, ${year}, `)).waitFor();
  await takes(page, page.getByRole('region', { name: /^Scheduled/ }).getByRole('link', { name: 'Kosovo: Agreement' }));
  await tabsTo(page, page.getByLabel('Reason to return it'));
  await types(page, 'Which building?', '[Tab]', '[Enter]');
  await page.getByText('Kosovo: returned to its author.').waitFor();
  await takes(page, page.getByRole('link', { name: 'On record', exact: true }));
  await takes(page, page.getByRole('link', { name: 'Kosovo: Agreement' }).first());
  await takes(page, button('Retract it…'));
  await page.getByLabel('Reason, for readers').waitFor();
  await types(page, 'It was a visit.', '[Tab]', '[Enter]');
  await button('Yes, retract it').waitFor();
  await takes(page, button('Yes, retract it'));
  await page.getByText(/^Kosovo: retracted\./).waitFor();
});

test('an item, its retraction and the record are what axe-core calls sound, light and dark, on every screen', async () => {
  const long = 'Überprüfungsbedürftigkeitsbescheinigungsverfahren'.repeat(4);
  const first = await agreed('ME', `Agreed in Podgorica, Ðurđevića Tara and ${long}.`);
  await correctionWaits(first, 'Agreed in Podgorica.', long);
  for (const look of LOOKS) {
    const { page } = await staff.atTheDesk('efua', look, `#item=${encodeURIComponent(first.id)}`);
    await page.getByRole('region', { name: 'What readers will see' }).locator('.effect').waitFor();
    await page.getByRole('button', { name: 'Schedule…' }).click();
    await page.getByRole('button', { name: 'Retract it…' }).click();
    await page.getByRole('button', { name: 'Preview the retraction' }).click();
    await page.locator('.field .wrong').waitFor();
    await isSound(page, 'an item', look);
    await page.getByRole('link', { name: 'On record' }).click();
    await page.getByRole('link', { name: 'Montenegro: Agreement' }).waitFor();
    await isSound(page, 'the record', look);
    await page.goto(new URL('/desk#published=QQ', page.url()).href);
    await page.getByText('Nothing on record is like this.').waitFor();
    await isSound(page, 'an empty record', look);
  }
});
