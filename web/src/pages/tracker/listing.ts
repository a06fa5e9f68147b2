import type { EntryFragment } from '../../lib/api/documents.ts';
import type { View } from './address.ts';

const ORDER = ['AGREED', 'ASKED', 'DECLINED', 'ENDED'];
const byName = new Intl.Collator('en', { sensitivity: 'base' }).compare;

/** Without accents and case. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those that fit the view, in its order. `recent` are the codes, the most recently changed first. */
export function listing(countries: EntryFragment[], recent: string[], { search, statuses, region, sort }: View) {
  const wanted = plain(search);
  const fits = ({ code, alpha3, name, isoName, otherNames }: EntryFragment) =>
    !wanted || [code, alpha3, name, isoName, ...otherNames].some((text) => plain(text).includes(wanted));
  const found = countries.filter(
    (country) =>
      fits(country) &&
      (statuses.length === 0 || (country.status && statuses.includes(country.status.code))) &&
      (!region || country.region?.code === region || country.subregion?.code === region),
  );
  found.sort((one, other) => byName(one.name, other.name));
  if (sort === 'status') found.sort((one, other) => rank(one) - rank(other));
  if (sort === 'latest') {
    const places = new Map(recent.map((code, place) => [code, place]));
    const place = ({ code }: EntryFragment) => places.get(code) ?? places.size;
    found.sort((one, other) => place(one) - place(other));
  }
  return found;
}

const rank = ({ status }: EntryFragment) => (status ? ORDER.indexOf(status.code) : ORDER.length);
