import type { Written } from './item.ts';
import { FORMS, KINDS, STAGES } from './words.ts';

/** What a part of a development says, before and after. A citation that was changed is told as one gone and one come. */
export interface Difference {
  part: string;
  before: string;
  after: string;
}

/** A piece of a text, and whether it stands on this side alone. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

/** The names of the API's fields, as people read them. */
export const PARTS: Record<string, string> = {
  occurred: 'When',
  summary: 'Summary',
  affectsStatus: 'May set the country’s status',
  retracted: 'Retracted',
  people: 'How many people',
  stage: 'Stage',
  terms: 'Terms',
  form: 'Form of the agreement',
  amount: 'Amount',
  nationalities: 'Nationalities',
  court: 'Court',
  disputes: 'What is disputed',
  deniedBy: 'Who disputes it',
  endedBy: 'Ended by',
  citations: 'Source',
};

/** Texts with more words than this are marked as a whole: to compare them word by word takes too long. */
const MOST_WORDS = 1_000;

/** What differs between two revisions, part by part. */
export function differences(before: Written, after: Written): Difference[] {
  const [earlier, later] = [partsOf(before), partsOf(after)];
  const changed = Object.keys(PARTS).flatMap((field): Difference[] => {
    const [from, to] = [earlier[field] ?? '', later[field] ?? ''];
    return from === to ? [] : [{ part: PARTS[field] ?? field, before: from, after: to }];
  });
  const [had, has] = [before.citations.map(citation), after.citations.map(citation)];
  const gone = had.filter((line) => !has.includes(line));
  const come = has.filter((line) => !had.includes(line));
  const sources = Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({ part: 'Source', before: gone[index] ?? '', after: come[index] ?? '' }));
  return [...changed, ...sources];
}

const yes = (is: boolean) => (is ? 'yes' : 'no');

function partsOf(written: Written): Record<string, string | null | undefined> {
  const { edtf, label } = written.occurred;
  return {
    occurred: edtf && edtf !== label ? `${label} (${edtf})` : label,
    summary: written.summary,
    affectsStatus: yes(written.affectsStatus),
    retracted: yes(written.retracted),
    people: 'people' in written ? written.people?.label : '',
    stage: 'stage' in written && written.stage ? STAGES[written.stage] : '',
    terms: 'terms' in written ? written.terms : '',
    form: 'form' in written && written.form ? FORMS[written.form] : '',
    amount: 'amount' in written ? written.amount?.label : '',
    nationalities: 'nationalities' in written ? written.nationalities.map(({ name }) => name).join(', ') : '',
    court: 'court' in written ? written.court : '',
    disputes: 'disputes' in written && written.disputes ? `${KINDS[written.disputes.kind]}: ${written.disputes.summary}` : '',
    deniedBy: 'deniedBy' in written ? written.deniedBy : '',
    endedBy: 'endedBy' in written ? written.endedBy : '',
  };
}

function citation({ source, locator, quote }: Written['citations'][number]) {
  const from = [source.publisher, source.title, source.url, locator].filter(Boolean).join(', ');
  return quote ? `${from}: “${quote}”` : from;
}

/** Both texts in pieces, those that the other lacks marked: word by word, by their longest common sequence. */
export function marked(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const [earlier, later] = [words(before), words(after)];
  if (earlier.length > MOST_WORDS || later.length > MOST_WORDS) {
    return { before: [{ text: before, isMarked: true }], after: [{ text: after, isMarked: true }] };
  }
  const common = commonOf(earlier, later);
  const left: Piece[] = [];
  const right: Piece[] = [];
  let [from, to] = [0, 0];
  for (const [one, other] of [...common, [earlier.length, later.length] as const]) {
    push(left, earlier.slice(from, one).join(''), true);
    push(right, later.slice(to, other).join(''), true);
    push(left, earlier[one] ?? '', false);
    push(right, later[other] ?? '', false);
    [from, to] = [one + 1, other + 1];
  }
  return { before: joined(left), after: joined(right) };
}

const words = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];

/** With blanks between two marked words marked too: what was changed in one go reads as one. */
function joined(pieces: Piece[]) {
  const whole: Piece[] = [];
  pieces.forEach(({ text, isMarked }, index) => {
    const isBetween = !text.trim() && index > 0 && pieces[index + 1]?.isMarked === true;
    push(whole, text, isMarked || isBetween);
  });
  return whole;
}

/** Neighbours of a sort become one piece. */
function push(pieces: Piece[], text: string, isMarked: boolean) {
  const last = pieces.at(-1);
  if (!text) return;
  if (last?.isMarked === isMarked) last.text += text;
  else pieces.push({ text, isMarked });
}

/** The places of the longest common sequence of words, in both. */
function commonOf(earlier: string[], later: string[]) {
  const lengths = Array.from({ length: earlier.length + 1 }, () => new Uint16Array(later.length + 1));
  const at = (one: number, other: number) => lengths[one]?.[other] ?? 0;
  for (let one = earlier.length - 1; one >= 0; one -= 1) {
    for (let other = later.length - 1; other >= 0; other -= 1) {
      const row = lengths[one];
      if (row) row[other] = earlier[one] === later[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const places: [number, number][] = [];
  let [one, other] = [0, 0];
  while (one < earlier.length && other < later.length) {
    if (earlier[one] === later[other]) places.push([one++, other++]);
    else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return places;
}
