import { DeskCountries, type DeskCountriesQuery } from './documents.ts';
import { session } from './session.svelte.ts';

export type Country = DeskCountriesQuery['countries']['nodes'][number];

/** Without accents, dots and case. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}|[.’']/gu, '').toLowerCase().trim();

/** All countries. */
export async function all(): Promise<Country[]> {
  return (await session.ask(DeskCountries)).countries.nodes;
}

/** Those that somebody may mean, the likeliest first: by code, by the beginning of a name, of a word in it, by any part. */
export function matching(countries: Country[], typed: string, most: number): Country[] {
  const wanted = plain(typed);
  if (!wanted) return [];
  const ranked = countries.flatMap((country) => {
    const rank = rankOf(country, wanted);
    return rank < 0 ? [] : [{ country, rank }];
  });
  ranked.sort((one, other) => one.rank - other.rank || Number(other.country.tracked) - Number(one.country.tracked) || one.country.name.localeCompare(other.country.name));
  return ranked.slice(0, most).map(({ country }) => country);
}

function rankOf({ code, alpha3, name, isoName, otherNames }: Country, wanted: string) {
  if ([code, alpha3].some((each) => each.toLowerCase() === wanted)) return 0;
  const names = [name, isoName, ...otherNames].map(plain);
  if (names.some((each) => each.startsWith(wanted))) return 1;
  if (names.some((each) => each.split(/[\s(-]+/).some((word) => word.startsWith(wanted)))) return 2;
  return names.some((each) => each.includes(wanted)) ? 3 : -1;
}
