import type { LineFragment } from '../../lib/api/documents.ts';

const WORDS: Record<string, string> = { ASK: 'Asked', TRANSFER: 'People moved', TERMINATION: 'End of an agreement' };

/** A code of the schema, as it is said: `COURT_ORDER` is "Court order". */
const spoken = (code: string) => WORDS[code] ?? code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');

/** What a change did, in a few words. */
export function deed({ kind, statusBefore, statusAfter, development }: Pick<LineFragment, 'kind' | 'statusBefore' | 'statusAfter' | 'development'>) {
  if (kind !== 'PUBLISHED') return spoken(kind);
  if (statusAfter && statusAfter.code !== statusBefore?.code) return statusAfter.label;
  return spoken(development?.kind ?? kind);
}
