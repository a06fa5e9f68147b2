import type { ActedFragment } from './documents.ts';
import { type Difference, differences } from './differences.ts';
import type { Item, Standing, Written } from './item.ts';

/** What a development will tell readers, and where country and headline would stand. */
export interface Preview {
  shown: Written;
  /** What a correction changes in what readers see. Null for what they have not seen yet. */
  changes: Difference[] | null;
  /** What a correction tells readers. */
  note: string;
  before: Standing;
  /** Null where somebody else has to publish it. */
  after: Standing | null;
}

/** Where a dry run says that things would stand. Undefined where it was refused. */
export function standingAfter({ country, tally }: ActedFragment): Standing | undefined {
  return tally ? { status: country?.status?.label ?? 'Not tracked', ...tally } : undefined;
}

/** What readers will see of the working copy. Undefined where there is none. */
export function previewOf({ working, published, standing }: Item, after: Standing | null): Preview | undefined {
  if (!working) return undefined;
  const shown = working.development;
  const changes = published ? differences(published.development, shown) : null;
  const note = published ? noteOf(working.note, working.minor) : '';
  return { shown, changes, note, before: standing, after };
}

/** What readers are told with a correction. */
export const noteOf = (note: string | null, minor: boolean) => note ?? (minor ? 'A trifle: no fact, name or number.' : '');
