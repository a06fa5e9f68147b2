// GraphiQL in a real browser against a running tracker: TRACKER_URL is its address, TRACKER_TOKEN an editor's token for it.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

const tracker = required('TRACKER_URL');
const token = required('TRACKER_TOKEN');

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set.`);
  return value;
}

let profile;
let browser;
const complaints = [];

before(async () => {
  profile = await mkdtemp(join(tmpdir(), 'tracker-e2e-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  // The network is cut off but for the tracker itself.
  await browser.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(`${tracker}/`) || url.startsWith('data:') || url.startsWith('blob:')) return route.continue();
    complaints.push(`asked for ${url}`);
    return route.abort();
  });
});

after(async () => {
  await browser?.close();
  await rm(profile, { recursive: true, force: true });
});

async function open(path = '/graphiql') {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const answer = await page.goto(tracker + path);
  assert.match(answer.headers()['content-security-policy'], /default-src 'none'.*script-src 'self'/);
  await page.locator('.graphiql-query-editor .monaco-editor').waitFor();
  return page;
}

const run = (page) => page.getByRole('button', { name: /Execute query/ }).click();

async function seeInResponse(page, text) {
  await page.waitForFunction(
    (wanted) => document.querySelector('section.result-window')?.textContent?.replaceAll('\u00a0', ' ').includes(wanted),
    text,
  );
}

/** Opens a tab by the name of its operation. */
const openTab = (page, name) => page.locator(`.graphiql-tab-button[title="${name}"]`).click();

/** Replaces what an editor holds. */
async function type(page, editor, text) {
  await page.locator(`${editor} .monaco-editor:visible`).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

test('a first visitor finds the examples, and the tally is 58 = 51 + 7', async () => {
  const page = await open();
  const tabs = page.locator('.graphiql-tab-button');
  await tabs.nth(5).waitFor();
  const names = await tabs.allInnerTexts();
  assert.deepEqual(names.map((name) => name.trim()), ['Tally', 'Board', 'Country', 'RecordAgreement', 'Changes', 'TallyNow']);
  await openTab(page, 'Tally');
  await run(page);
  await seeInResponse(page, '"total": 58');
  await seeInResponse(page, '"asked": 51');
  await seeInResponse(page, '"agreed": 7');
  await page.close();
});

test('the docs explorer tells what can be asked', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await page.getByText('The headline numbers: how many countries have a status').first().waitFor();
  await page.close();
});

test('an agreement recorded in one window arrives in the subscription of another', async () => {
  const watcher = await open('/graphiql?examples');
  await openTab(watcher, 'TallyNow');
  await run(watcher);
  await seeInResponse(watcher, '"agreed": 7');

  const editor = await open('/graphiql?examples');
  await openTab(editor, 'RecordAgreement');
  await run(editor);
  await seeInResponse(editor, 'UNAUTHENTICATED');
  await editor.getByRole('button', { name: 'Headers' }).click();
  await type(editor, '.graphiql-editor-tool', `{ "Authorization": "Bearer ${token}" }`);
  await run(editor);
  await seeInResponse(editor, '"agreed": 8');
  await seeInResponse(editor, '"development": null');
  await editor.getByRole('button', { name: 'Variables' }).click();
  const variables = {
    input: {
      country: 'GH',
      summary: 'Agreed to take people from West Africa.',
      publish: true,
      citations: [{ source: { kind: 'NEWS_REPORT', title: 'Its report', publishedOn: '2025-09-10' } }],
    },
  };
  await type(editor, '.graphiql-editor-tool', JSON.stringify(variables));
  await run(editor);
  await seeInResponse(editor, '"state": "PUBLISHED"');
  await seeInResponse(watcher, '"agreed": 8');
  const kept = await editor.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!kept.includes(token), 'the token is not kept');
  if (process.env.SCREENSHOT) await watcher.screenshot({ path: process.env.SCREENSHOT });
  await editor.close();
  await watcher.close();
});

test('nothing came from elsewhere, and nothing was complained of', () => {
  assert.deepEqual(complaints, []);
});
