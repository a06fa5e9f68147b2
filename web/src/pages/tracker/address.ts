import type { StatusCode } from '../../lib/api/documents.ts';
import { readPast } from '../../lib/past.ts';

/** What the reader looks at, as it stands in the page's address. */
export interface View {
  search: string;
  statuses: StatusCode[];
  region: string;
  sort: Sort;
  /** A day, or an instant. Empty: now. */
  asOf: string;
}

export type Sort = '' | 'status' | 'latest';

const STATUSES: StatusCode[] = ['AGREED', 'ASKED', 'DECLINED', 'ENDED'];
const SORTS: Sort[] = ['status', 'latest'];

/** Reads an address as the server does. */
export function read(query: string): View {
  const given = new URLSearchParams(query);
  const asked = given.getAll('status').map((status) => status.trim().toUpperCase());
  return {
    search: given.get('q')?.trim() ?? '',
    statuses: STATUSES.filter((status) => asked.includes(status)),
    region: given.get('region') ?? '',
    sort: SORTS.find((sort) => sort === given.get('sort')) ?? '',
    asOf: readPast(given.get('asOf')),
  };
}

/** The address of a view: nothing for what is as usual. */
export function write({ search, statuses, region, sort, asOf }: View) {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  for (const status of statuses) query.append('status', status.toLowerCase());
  if (region) query.set('region', region);
  if (sort) query.set('sort', sort);
  if (asOf) query.set('asOf', asOf);
  const text = query.toString();
  return text ? `/?${text}` : '/';
}
