// Pictures of every page, as phones, desktops and eyes in the dark see them. The tracker is one of its own, with the article and a few
// made-up developments in it: TRACKER_PROGRAM, and the folder for the pictures.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [, , program = '../target/release/tracker', folder = '../target/screenshots'] = process.argv;

const data = await mkdtemp(join(tmpdir(), 'tracker-pictures-'));
const server = spawn(program, ['serve', '--listen', '127.0.0.1:0'], {
  env: { ...process.env, DATABASE_URL: undefined, TRACKER_DATA_DIR: data, TRACKER_LOG: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(server, 'exit');
try {
  for await (const line of createInterface(server.stdout)) {
    const [address, token] = [/serves at (http\S+)/.exec(line)?.[1], /tct_\S+/.exec(line)?.[0]];
    if (address) process.env.TRACKER_URL = address;
    if (token) {
      process.env.TRACKER_TOKEN = token;
      break;
    }
  }
  // The article alone, as it was; then pages for which something more has to be on record.
  await pictures({ tracker: '/', narrowed: '/?status=agreed&sort=latest', nothing: '/?q=atlantis', untracked: '/country/NO', unknown: '/country/QQ', embed: '/embed' });
  const corrected = await records();
  await pictures({ past: `/?asOf=${encodeURIComponent(await beforeTheLast(9))}`, changed: '/', country: '/country/RW' });
  await desk(corrected);
} finally {
  server.kill('SIGTERM');
  await ended;
  await rm(data, { recursive: true, force: true });
}

/** Enough for every part of a country's page to have something in it. Answers with the id of what was corrected, and will be again. */
async function records() {
  const { ask, publish } = await import('./tracker.mjs');
  /** @param {string} kind @param {string} title @param {string} publishedOn */
  const from = (kind, title, publishedOn) => [{
    locator: 'p. 2',
    quote: 'Each of them will be vetted.',
    source: { kind, publisher: 'The Example', title, url: 'https://news.example/a', archivedUrl: 'https://archive.example/a', publishedOn, attribution: 'Two officials' },
  }];
  const agreement = { occurred: '2025-08-05', people: { atMost: 250 }, terms: 'Each person is vetted first.', form: 'MEMORANDUM', citations: from('DOCUMENT', 'A memorandum', '2025-08-05') };
  const first = await publish('Agreement', 'RW', { ...agreement, summary: 'Agreed to take up to 250 people.' });
  await publish('Payment', 'RW', { occurred: '2025-06', summary: 'Was paid for a first group.', amount: { value: '1500000', currency: 'USD' } });
  await publish('Transfer', 'RW', { occurred: '2025-08-28', summary: 'A first group arrived.', people: { exactly: 7 }, nationalities: ['VN', 'MX'] });
  await publish('Denial', 'RW', { occurred: '2025-09-02', summary: 'Says that no number was agreed.', disputes: first.id, deniedBy: 'A ministry', citations: from('STATEMENT', 'A statement', '2025-09-02') });
  const correct = 'mutation ($input: CorrectInput!) { correct(input: $input) { userErrors { message } } }';
  const content = { agreement: { ...agreement, summary: 'Agreed to take up to 200 people.', people: { atMost: 200 } } };
  await ask(correct, { input: { development: first.id, expectedRevision: first.revision, content, note: 'The memorandum says 200, not 250.', publish: true } });
  await publish('Agreement', 'GH', { summary: 'Agreed to take people from West Africa.' });
  await publish('Termination', 'PA', { occurred: '2025-10', summary: 'Ended its agreement.', citations: from('STATEMENT', 'A statement', '2025-10-20') });
  const next = { agreement: { ...content.agreement, summary: 'Agreed to take up to 200 people, and to house them in Kigali.', terms: 'Each person is vetted first, and may leave.' } };
  const save = 'mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { userErrors { message } } }';
  await ask(save, { input: { development: first.id, expectedRevision: first.revision + 1, content: next, note: 'The memorandum also says where they are housed.' } });
  const submit = 'mutation ($input: SubmitForReviewInput!) { submitForReview(input: $input) { userErrors { message } } }';
  await ask(submit, { input: { development: first.id, expectedRevision: first.revision + 2, comment: 'Please look at the terms.' } });
  return first.id;
}

/** The moment before so many changes. @param {number} number */
async function beforeTheLast(number) {
  const { ask } = await import('./tracker.mjs');
  return (await ask(`{ changes(last: ${number + 1}) { nodes { at } } }`)).changes.nodes[0].at;
}

/** By look, how a page is seen. */
async function looks() {
  const { launch } = await import('./browser.mjs');
  const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
  const desktop = { viewport: { width: 1280, height: 860 } };
  /** @type {Record<string, import('playwright-core').BrowserContextOptions>} */
  const options = { phone, desktop, 'phone-dark': { ...phone, colorScheme: 'dark' }, 'desktop-dark': { ...desktop, colorScheme: 'dark' } };
  await mkdir(folder, { recursive: true });
  return { browser: await launch(), options };
}

/** @param {Record<string, string>} pages their addresses by their names */
async function pictures(pages) {
  const { browser, options } = await looks();
  for (const [look, option] of Object.entries(options)) {
    const context = await browser.newContext(option);
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage();
      await page.goto(new URL(path, process.env.TRACKER_URL).href);
      if (await page.locator('.world').count()) await page.locator('.world a, .world path').first().waitFor();
      if (await page.locator('.connection').count()) await page.locator('.connection[data-state="live"]').waitFor();
      await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: name === 'country' });
      if (look === 'desktop') await page.pdf({ path: join(folder, `${name}-print.pdf`) });
      await page.close();
    }
    await context.close();
  }
  await browser.close();
}

/** The desk, as an admin comes to it, records something, and goes through all its pages. @param {string} corrected */
async function desk(corrected) {
  Object.assign(process.env, { TRACKER_PROGRAM: program, TRACKER_DATA_DIR: data });
  delete process.env.DATABASE_URL;
  const { begins, invite, signsIn, take } = await import('./desk.mjs');
  await take(await invite('Ama', 'admin'));
  const { browser, options } = await looks();
  for (const [look, option] of Object.entries(options)) {
    const context = await browser.newContext(option);
    const page = await context.newPage();
    const picture = async (/** @type {string} */ name) => {
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `desk-${name}-${look}.png`), fullPage: true });
    };
    await page.goto(new URL('/desk', process.env.TRACKER_URL).href);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.field .wrong').first().waitFor();
    await picture('sign-in');
    await signsIn(page, 'Ama');
    await page.locator('.connection[data-state="live"]').waitFor();
    await page.getByRole('combobox', { name: 'Country' }).fill('gu');
    await page.getByRole('option').first().waitFor();
    await picture('home');
    await page.getByRole('combobox', { name: 'Country' }).fill('');
    await begins(page, 'ghana', 'Ghana');
    await page.getByRole('radio', { name: 'Agreement' }).check();
    await page.getByLabel('When').fill('spring 2025');
    await page.getByLabel('How many people').selectOption('atMost');
    await page.getByLabel('Number', { exact: true }).fill('14');
    await page.getByLabel('Summary').fill('Agreed to take up to 14 people from West Africa.');
    await page.getByLabel('Find or add a source').fill('new york');
    await page.locator('.find [role="option"]').nth(1).waitFor();
    await picture('find-source');
    await page.getByLabel('Find or add a source').fill(`https://news.example/${look}`);
    await page.keyboard.press('Enter');
    await page.getByLabel('Title').waitFor();
    await picture('new-source');
    await page.getByLabel('Title').fill('Ghana agrees');
    await page.getByLabel('Publisher').fill('The Example');
    await page.keyboard.press('Enter');
    await page.locator('.cited li').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'What readers will see' }).waitFor();
    await picture('preview');
    await everyPage(page, corrected, picture);
    await context.close();
  }
  await browser.close();
}

/** @param {import('playwright-core').Page} page @param {string} corrected @param {(name: string) => Promise<void>} picture */
async function everyPage(page, corrected, picture) {
  const goes = async (/** @type {string} */ hash, /** @type {string} */ heading) => {
    await page.goto(new URL(`/desk#${hash}`, process.env.TRACKER_URL).href);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  await goes('published=RW', 'What is on record: Rwanda');
  await page.locator('.work > li').first().waitFor();
  await picture('on-record');
  await goes(`item=${encodeURIComponent(corrected)}`, 'Rwanda: Agreement');
  await page.locator('.effect').first().waitFor();
  await page.getByRole('button', { name: 'Schedule…' }).click();
  await page.getByLabel('Goes before readers at').fill('2027-01-12T07:00');
  await page.getByRole('button', { name: 'Retract it…' }).click();
  await page.getByLabel('Reason, for readers').fill('The memorandum was never signed.');
  await page.getByRole('button', { name: 'Preview the retraction' }).click();
  await page.getByRole('button', { name: 'Yes, retract it' }).waitFor();
  await picture('item');
  await page.getByLabel('Reason, for readers').fill('');
  await goes('table', 'Paste a table');
  await page.getByLabel('The table').fill([
    ['key', 'country', 'kind', 'occurred', 'summary', 'sourceKind', 'title', 'peopleAtMost'],
    ['st-1', 'ST', 'Agreement', '2025-09', 'Agreed to take a first group in São Tomé.', 'News report', 'São Tomé agrees', '24'],
    ['gh-7', 'GH', 'Agreement', 'September', 'Agreed to take more people from West Africa.', 'News report', 'Ghana agrees', 'dozens'],
  ].map((cells) => cells.join('\t')).join('\n'));
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.locator('tr[data-wrong="true"]').waitFor();
  await picture('table');
  await goes('people', 'People');
  await page.getByRole('button', { name: 'Link to reset the password' }).first().click();
  await page.locator('.secret').waitFor();
  await picture('people');
  await goes('tokens', 'Tokens');
  await page.locator('.work > li').first().waitFor();
  await picture('tokens');
  await goes('audit', 'Audit log');
  await page.locator('.log > li').first().waitFor();
  await picture('audit');
  await goes('account', 'Your account');
  await picture('account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await picture('signing-out');
}
