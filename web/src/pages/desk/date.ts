/** A date as it was understood: as the API takes it, and in words. `edtf` is null where it is unknown. */
export interface Understood {
  edtf: string | null;
  words: string;
}

/** A date that was understood, or a sentence that says how to write it. */
export type Reading = Understood | { problem: string };

/** A calendar unit: a day, a month, a season or a year, alone. */
interface Unit {
  edtf: string;
  words: string;
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SEASONS: Record<string, { code: number; begins: number; name: string }> = {
  spring: { code: 21, begins: 3, name: 'spring' },
  summer: { code: 22, begins: 6, name: 'summer' },
  fall: { code: 23, begins: 9, name: 'fall' },
  autumn: { code: 23, begins: 9, name: 'fall' },
  winter: { code: 24, begins: 12, name: 'winter' },
};
const SEASON_BY_CODE = new Map(Object.values(SEASONS).map(({ code, name }) => [code, name]));

const UNKNOWN = new Set(['', 'unknown', 'not known', 'no date', '?']);
const ABOUT = /^(?:about|around|approximately|approx\.?|roughly|circa|ca?\.?|~)\s*(?=[a-z\d])/;
const UNSURE = /^(?:probably|perhaps|maybe|possibly)\s+/;

const HOW = 'Write it as people say it: March 12, March 2025, spring 2025, about 2025, by June 2025, or unknown.';

const two = (number: number) => String(number).padStart(2, '0');
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Reads a date as people say it. Where no year is said it is the latest one that is not after `today`, a day such as 2025-11-25. */
export function readDate(typed: string, today: string): Reading {
  const text = typed.trim().toLowerCase().replace(/[–—]/g, '-').replace(/\s+/g, ' ');
  if (UNKNOWN.has(text)) return { edtf: null, words: 'unknown' };
  const between = /^(?:from|between) (.+?) (?:to|and|until) (.+)$/.exec(text) ?? /^(.+?) (?:to|-) (.+)$/.exec(text) ?? /^([^/]+)\/([^/]+)$/.exec(text);
  if (between?.[1] && between[2]) return readInterval(between[1], between[2], today);
  const until = /^(?:by|until|up to) (.+)$/.exec(text);
  if (until?.[1]) return open(until[1], today, (edtf) => `../${edtf}`, (words) => `by ${words}`);
  const since = /^(?:since|from) (.+?)(?: on)?$/.exec(text);
  if (since?.[1]) return open(since[1], today, (edtf) => `${edtf}/..`, (words) => `from ${words} on`);
  return readPoint(text, today);
}

function readInterval(start: string, end: string, today: string): Reading {
  if (start === '..') return open(end, today, (edtf) => `../${edtf}`, (words) => `by ${words}`);
  if (end === '..') return open(start, today, (edtf) => `${edtf}/..`, (words) => `from ${words} on`);
  if (/^\d{1,2}$/.test(start) || /^\d{1,2}$/.test(end)) return { problem: 'Write the month as a word, so that nobody takes it for the day.' };
  const last = readPoint(end, today);
  if ('problem' in last) return last;
  // "March to June 2025": the year that is said at the end is that of the beginning.
  const first = readPoint(start, last.edtf && !/\d{4}/.test(start) ? `${last.edtf.slice(0, 4)}-12-31` : today);
  if ('problem' in first) return first;
  return { edtf: `${first.edtf}/${last.edtf}`, words: `${first.words} to ${last.words}` };
}

function open(text: string, today: string, edtf: (point: string) => string, words: (point: string) => string): Reading {
  const point = readPoint(text, today);
  return 'problem' in point || !point.edtf ? point : { edtf: edtf(point.edtf), words: words(point.words) };
}

/** Reads a unit with how sure it is. */
function readPoint(text: string, today: string): Reading {
  let rest = text;
  let isAbout = false;
  let isUnsure = false;
  const take = (pattern: RegExp) => {
    const before = rest;
    rest = rest.replace(pattern, '');
    return rest !== before;
  };
  if (take(UNSURE)) isUnsure = true;
  if (take(ABOUT)) isAbout = true;
  if (take(/%$/)) isAbout = isUnsure = true;
  if (take(/~$/)) isAbout = true;
  if (take(/\s*\?$/)) isUnsure = true;
  const unit = readUnit(rest, today);
  if ('problem' in unit) return unit;
  const mark = isAbout ? (isUnsure ? '%' : '~') : isUnsure ? '?' : '';
  return { edtf: unit.edtf + mark, words: `${isUnsure ? 'possibly ' : ''}${isAbout ? 'about ' : ''}${unit.words}` };
}

function readUnit(text: string, today: string): Unit | { problem: string } {
  if (/^\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?$/.test(text)) {
    return { problem: 'Write the month as a word, so that nobody takes it for the day.' };
  }
  return readNear(text, today) ?? readNumbers(text) ?? readSeason(text, today) ?? readMonth(text, today) ?? { problem: HOW };
}

/** "Yesterday", "last Monday", "this month": as seen from today. */
function readNear(text: string, today: string) {
  const back = (days: number) => {
    const date = new Date(Date.parse(today) - days * 86_400_000).toISOString();
    return day(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  };
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  if (text === 'today') return back(0);
  if (text === 'yesterday') return back(1);
  if (text === 'this year') return wholeYear(year);
  if (text === 'last year') return wholeYear(year - 1);
  if (text === 'this month') return wholeMonth(year, month);
  if (text === 'last month') return month === 1 ? wholeMonth(year - 1, 12) : wholeMonth(year, month - 1);
  const weekday = WEEKDAYS.indexOf(text.replace(/^(?:last|on) /, ''));
  if (weekday < 0) return undefined;
  return back((new Date(today).getUTCDay() - weekday + 7) % 7 || 7);
}

/** "2025", "2025-03", "2025-21", "2025-03-12". */
function readNumbers(text: string) {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!found) return undefined;
  const [year, second, third] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (!found[2]) return wholeYear(year);
  const season = SEASON_BY_CODE.get(second);
  if (season && !found[3]) return { edtf: text, words: `${season} ${year}` };
  if (second < 1 || second > 12) return undefined;
  return found[3] ? day(year, second, third) : wholeMonth(year, second);
}

/** "Spring 2025", "fall of 2025", "winter". */
function readSeason(text: string, today: string) {
  const found = /^(?:in )?(spring|summer|fall|autumn|winter)(?:(?:,| of)? (\d{4}))?$/.exec(text);
  const season = SEASONS[found?.[1] ?? ''];
  if (!season) return undefined;
  const year = found?.[2] ? Number(found[2]) : latestYear(`-${two(season.begins)}-01`, today);
  return { edtf: `${year}-${season.code}`, words: `${season.name} ${year}` };
}

/** "March 2025", "March 12", "Mar. 12th, 2025", "12 March 2025". */
function readMonth(text: string, today: string) {
  const found =
    /^(?:in |on )?(?<month>[a-z]{3,9})\.?(?: (?<day>\d{1,2})(?:st|nd|rd|th)?)?(?:,? (?:of )?(?<year>\d{4}))?$/.exec(text) ??
    /^(?:on )?(?<day>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?(?<month>[a-z]{3,9})\.?(?:,? (?<year>\d{4}))?$/.exec(text);
  const { month: name = '', day: date, year: said } = found?.groups ?? {};
  const month = MONTHS.findIndex((each) => name === 'sept' ? each === 'september' : name && each.startsWith(name)) + 1;
  if (!month) return undefined;
  const year = said ? Number(said) : latestYear(`-${two(month)}-${two(Number(date ?? 1))}`, today);
  return date ? day(year, month, Number(date)) : wholeMonth(year, month);
}

/** The latest year in which a month and day is not after today. */
function latestYear(monthAndDay: string, today: string) {
  const year = Number(today.slice(0, 4));
  return `${year}${monthAndDay}` <= today ? year : year - 1;
}

function day(year: number, month: number, date: number): Unit | { problem: string } {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (date < 1 || date > last) return { problem: `There is no such day: ${monthName(month)} ${year} has ${last} days.` };
  return { edtf: `${year}-${two(month)}-${two(date)}`, words: `${monthName(month)} ${date}, ${year}` };
}

const monthName = (month: number) => capital(MONTHS[month - 1] ?? '');
const wholeMonth = (year: number, month: number): Unit => ({ edtf: `${year}-${two(month)}`, words: `${monthName(month)} ${year}` });
const wholeYear = (year: number): Unit => ({ edtf: String(year), words: String(year) });
