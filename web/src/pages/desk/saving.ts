import type { ActedFragment } from './documents.ts';
import { PARTS } from './differences.ts';

/** What a colleague did to it: theirs is the newest revision. */
export interface Conflict {
  revision: number;
  author: string | null;
  changes: { part: string; before: string; after: string }[];
}

/** How far what is typed is safe. */
export type Saving =
  /** Kept in this browser: it is not enough for a draft yet. */
  | { is: 'kept' }
  /** A correction in which nothing has been changed. */
  | { is: 'untouched' }
  | { is: 'saving' }
  | { is: 'saved' }
  /** It is tried again. */
  | { is: 'unsaved' }
  | { is: 'refused'; why: string }
  | { is: 'conflict'; conflict: Conflict };

/** The API tells of fields by their names in the schema. */
export const conflictOf = ({ revision, author, changes }: NonNullable<ActedFragment['conflict']>): Conflict => ({
  revision,
  author,
  changes: changes.map(({ field, before, after }) => ({ part: PARTS[field] ?? field, before: before ?? '', after: after ?? '' })),
});
