import { day, moment } from './page.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads a day, or an instant, as it stands in an address. Empty: neither. */
export function readPast(text: string | null) {
  // What was not encoded has lost the plus of its time zone.
  const past = text?.trim().replace(' ', '+') ?? '';
  return Number.isNaN(Date.parse(past)) || !(DAY.test(past) || past.includes('T')) ? '' : past;
}

/** A day of the past, or an instant, in words. */
export const pastInWords = (asOf: string) => (DAY.test(asOf) ? `the end of ${day(asOf)}` : moment(asOf));
