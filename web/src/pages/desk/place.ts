/** Places that are the same for everything. */
const PAGES = ['table', 'account', 'people', 'tokens', 'audit'] as const;

/** Places about one thing, by its id. */
const ABOUT = ['form', 'draft', 'correct', 'item'] as const;

export type Page = (typeof PAGES)[number];
export type About = (typeof ABOUT)[number];

/** Where at the desk somebody is, as it stands after the # of the address. */
export type Place =
  | { is: 'home' }
  /** A form of this browser's; a draft of the tracker's; the correction of something; all about something, and what is to be decided. */
  | { is: About; id: string }
  /** What is published, of a country or of all. */
  | { is: 'published'; country: string }
  | { is: Page }
  /** A password is to be set, by the secret of a link. */
  | { is: 'link'; secret: string };

export function read(hash: string): Place {
  const [name = '', value = ''] = hash.replace(/^#/, '').split('=');
  const id = decoded(value);
  if (name === 'published') return { is: name, country: id };
  if (id && name === 'link') return { is: 'link', secret: id };
  // What waits for a decision had an address of its own.
  const about = name === 'review' ? 'item' : ABOUT.find((each) => each === name);
  if (id && about) return { is: about, id };
  const page = PAGES.find((each) => each === name);
  return page ? { is: page } : { is: 'home' };
}

function decoded(value: string) {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

export const to = (name: About | 'published', id: string) => `#${name}=${encodeURIComponent(id)}`;
