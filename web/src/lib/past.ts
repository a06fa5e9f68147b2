import { day, moment } from './page.ts';

/** A day of the past, or an instant, in words. */
export const pastInWords = (asOf: string) => (/^\d{4}-\d\d-\d\d$/.test(asOf) ? `the end of ${day(asOf)}` : moment(asOf));
