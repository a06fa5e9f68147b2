// Dates as people say them, as the desk understands them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runnerImport } from 'vite';

/** @type {{ module: typeof import('../src/pages/desk/date') }} */
const { module: { readDate } } = await runnerImport(new URL('../src/pages/desk/date.ts', import.meta.url).pathname, { logLevel: 'silent' });

const TODAY = '2026-11-25';

/** @param {string} typed */
const edtf = (typed) => {
  const reading = readDate(typed, TODAY);
  return 'problem' in reading ? reading.problem : reading.edtf;
};

/** @param {string} typed */
const words = (typed) => {
  const reading = readDate(typed, TODAY);
  return 'problem' in reading ? undefined : reading.words;
};

test('a day, a month, a season and a year are as exact as they are said', () => {
  assert.equal(edtf('March 12, 2025'), '2025-03-12');
  assert.equal(edtf('Mar. 12th 2025'), '2025-03-12');
  assert.equal(edtf('12 March 2025'), '2025-03-12');
  assert.equal(edtf('Sept 5, 2025'), '2025-09-05');
  assert.equal(edtf('March 2025'), '2025-03');
  assert.equal(edtf('  SPRING  2025 '), '2025-21');
  assert.equal(edtf('autumn of 2025'), '2025-23');
  assert.equal(edtf('2025'), '2025');
  assert.equal(edtf('2025-21'), '2025-21');
  assert.equal(edtf('2025-03-12'), '2025-03-12');
  assert.equal(words('2025-03-12'), 'March 12, 2025');
  assert.equal(words('fall 2025'), 'fall 2025');
});

test('a year that is not said is the latest that is not in the future', () => {
  assert.equal(edtf('March 12'), '2026-03-12');
  assert.equal(edtf('November 25'), '2026-11-25');
  assert.equal(edtf('November 26'), '2025-11-26');
  assert.equal(edtf('December'), '2025-12');
  assert.equal(edtf('may'), '2026-05');
  assert.equal(edtf('winter'), '2025-24');
  assert.equal(edtf('summer'), '2026-22');
});

test('what is near is counted from today', () => {
  assert.equal(edtf('today'), '2026-11-25');
  assert.equal(edtf('Yesterday'), '2026-11-24');
  assert.equal(edtf('Monday'), '2026-11-23');
  assert.equal(edtf('last Wednesday'), '2026-11-18');
  assert.equal(edtf('last month'), '2026-10');
  assert.equal(edtf('last year'), '2025');
});

test('about, unsure and unknown stay so', () => {
  assert.equal(edtf('about 2025'), '2025~');
  assert.equal(edtf('c. March 2025'), '2025-03~');
  assert.equal(edtf('~2025'), '2025~');
  assert.equal(edtf('probably March 12, 2025'), '2025-03-12?');
  assert.equal(edtf('2025-03?'), '2025-03?');
  assert.equal(edtf('perhaps about 2025'), '2025%');
  assert.equal(words('perhaps about 2025'), 'possibly about 2025');
  assert.equal(edtf('unknown'), null);
  assert.equal(edtf(''), null);
});

test('intervals are open or closed', () => {
  assert.equal(edtf('by June 2025'), '../2025-06');
  assert.equal(edtf('since spring 2025'), '2025-21/..');
  assert.equal(edtf('from March to June 2025'), '2025-03/2025-06');
  assert.equal(edtf('between 2024 and 2025'), '2024/2025');
  assert.equal(edtf('../2025-06'), '../2025-06');
  assert.equal(edtf('2025-03/2025-06'), '2025-03/2025-06');
  assert.equal(words('by June 2025'), 'by June 2025');
});

test('what could mean two things, or nothing, is not guessed', () => {
  for (const typed of ['3/12/2025', '3/12', '12.3.2025']) assert.match(String(edtf(typed)), /month as a word/, typed);
  assert.match(String(edtf('February 30, 2025')), /February 2025 has 28 days/);
  for (const typed of ['soon', 'Ma', '20255', '2025-13', '2025-3', 'mayhem']) assert.match(String(edtf(typed)), /as people say it/, typed);
});
