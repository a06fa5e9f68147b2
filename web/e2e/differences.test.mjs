// What differs between two texts, and how a pasted table is read to be shown.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runnerImport } from 'vite';

const module = async (/** @type {string} */ path) => (await runnerImport(new URL(`../src/pages/desk/${path}`, import.meta.url).pathname, { logLevel: 'silent' })).module;

/** @typedef {{ text: string, isMarked: boolean }[]} Pieces */
/** @type {{ marked: (before: string, after: string) => { before: Pieces, after: Pieces } }} */
const { marked } = /** @type {any} */ (await module('differences.ts'));
/** @type {typeof import('../src/pages/desk/table/rows')} */
const { cell, tableOf } = /** @type {any} */ (await module('table/rows.ts'));

/** Both sides, with what only one of them has in brackets. @param {string} before @param {string} after */
function bracketed(before, after) {
  const sides = marked(before, after);
  const write = (/** @type {Pieces} */ pieces) => pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');
  return [write(sides.before), write(sides.after)];
}

test('the words that differ are marked, and no others', () => {
  assert.deepEqual(bracketed('Agreed to take 250 people.', 'Agreed to take 200 people.'), ['Agreed to take [250] people.', 'Agreed to take [200] people.']);
  assert.deepEqual(bracketed('Talks in May.', 'Talks in Tirana in May.'), ['Talks in May.', 'Talks in [Tirana in ]May.']);
  assert.deepEqual(bracketed('One two three.', 'One four five three.'), ['One [two] three.', 'One [four five ]three.']);
  assert.deepEqual(bracketed('', 'All of it.'), ['', '[All of it.]']);
  assert.deepEqual(bracketed('The same.', 'The same.'), ['The same.', 'The same.']);
  assert.deepEqual(bracketed('Durrës, naïve', 'Durres, naïve'), ['[Durrës], naïve', '[Durres], naïve']);
});

test('whatever differs, both texts are there whole', () => {
  let seed = 7;
  const random = (/** @type {number} */ most) => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const text = () => Array.from({ length: random(12) }, () => ['to', 'take', '250', 'people', ', ', ' ', '\n', 'ë', '.'][random(9)]).join(random(2) ? ' ' : '');
  for (let round = 0; round < 500; round += 1) {
    const [before, after] = [text(), text()];
    const sides = marked(before, after);
    assert.equal(sides.before.map((piece) => piece.text).join(''), before);
    assert.equal(sides.after.map((piece) => piece.text).join(''), after);
    const shared = (/** @type {Pieces} */ pieces) => pieces.filter(({ isMarked }) => !isMarked).map((piece) => piece.text).join('').replace(/\s/g, '');
    assert.equal(shared(sides.before), shared(sides.after), JSON.stringify([before, after]));
  }
});

test('a very long text is marked whole instead of being compared for ever', () => {
  const long = 'word '.repeat(20_000);
  assert.deepEqual(marked(long, 'short').before, [{ text: long, isMarked: true }]);
});

test('a table is read as spreadsheets number it, whatever separates its cells', () => {
  const copied = tableOf('country\tsummary\r\n\r\nGH\t"Said ""yes"",\nand more"\r\nTO\tAsked');
  assert.deepEqual(copied.rows.map(({ number }) => number), [3, 4]);
  assert.equal(cell(copied, copied.rows[0], 'Summary'), 'Said "yes",\nand more');
  const saved = tableOf('\uFEFFCountry;People at most\nGH;14\n');
  assert.equal(cell(saved, saved.rows[0], 'peopleAtMost'), '14');
  assert.equal(cell(saved, saved.rows[0], 'terms'), '');
  assert.deepEqual(tableOf('').rows, []);
});
