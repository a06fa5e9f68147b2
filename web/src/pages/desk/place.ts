/** Where at the desk somebody is, as it stands after the # of the address. */
export type Place =
  | { is: 'home' }
  /** A form of this browser's. */
  | { is: 'form'; id: string }
  /** A draft of the tracker's. */
  | { is: 'draft'; id: string }
  /** What waits for an editor's decision. */
  | { is: 'review'; id: string }
  /** A password is to be set, by the secret of a link. */
  | { is: 'link'; secret: string };

export function read(hash: string): Place {
  const [name = '', value = ''] = hash.replace(/^#/, '').split('=');
  const id = decodeURIComponent(value);
  if (id && name === 'link') return { is: 'link', secret: id };
  if (id && (name === 'form' || name === 'draft' || name === 'review')) return { is: name, id };
  return { is: 'home' };
}

export const to = (name: 'form' | 'draft' | 'review', id: string) => `#${name}=${encodeURIComponent(id)}`;
