import { type Form, blank, isBlank, isUntouched, wishOf } from './form.ts';

/** Under what the browser keeps forms: by this and their ids. */
const PREFIX = 'desk:';

/** Under what it keeps other texts that somebody is typing: by this, whose they are, and what they are for. */
const TEXT = 'desk-text:';

/** Keeps a form in this browser. Answers whether that was possible: storage may be full, or closed to pages. */
export const keep = (form: Form) => put(PREFIX + form.id, JSON.stringify(form));

/** The form with this id, if it is this person's. */
export function find(id: string, owner: string): Form | undefined {
  try {
    const text = localStorage.getItem(PREFIX + id);
    if (!text) return undefined;
    const read: Form = JSON.parse(text);
    return read.owner === owner ? { ...blank(owner, read.country), ...read } : undefined;
  } catch {
    return undefined;
  }
}

/** The forms that this person has begun here, the newest first. */
export function begun(owner: string): Form[] {
  const forms = names(PREFIX).flatMap((id) => find(id, owner) ?? []);
  return forms.filter((form) => !isBlank(form)).sort((one, other) => other.begun.localeCompare(one.begun));
}

export const drop = (id: string) => localStorage.removeItem(PREFIX + id);

/** Keeps a text that is being typed; an empty one is forgotten. */
export function keepText(owner: string, purpose: string, text: string) {
  if (text.trim()) return put(textName(owner, purpose), text);
  localStorage.removeItem(textName(owner, purpose));
  return true;
}

/** What this person was typing here for this purpose. */
export function findText(owner: string, purpose: string) {
  try {
    return localStorage.getItem(textName(owner, purpose)) ?? '';
  } catch {
    return '';
  }
}

/** Something that this browser alone has of a person's. */
export interface Unfinished {
  name: string;
  /** Whether the tracker has an earlier state of it. */
  hasDraft: boolean;
}

/** What would be lost if the browser forgot a person's forms. */
export function unfinished(owner: string, today: string): Unfinished[] {
  const forms = begun(owner).filter((form) => !isUntouched(form, today) && !isSafe(form, today));
  return [
    ...forms.map(({ country, summary, draft }) => ({ name: [country.name, summary].filter(Boolean).join(': '), hasDraft: draft !== null })),
    ...names(textName(owner, '')).map((purpose) => ({ name: purpose === 'table' ? 'A pasted table' : 'A remark or a reason', hasDraft: false })),
  ];
}

/** Has the browser forget all that this person typed here. */
export function forget(owner: string) {
  for (const id of names(PREFIX)) if (find(id, owner)) drop(id);
  for (const purpose of names(textName(owner, ''))) localStorage.removeItem(textName(owner, purpose));
}

/** Whether the tracker has all that stands in it. */
function isSafe(form: Form, today: string) {
  const read = wishOf(form, today);
  const isAll = !form.sending && !form.search.trim() && !form.adding;
  return isAll && form.draft !== null && 'wish' in read && JSON.stringify(read.wish) === form.saved;
}

const textName = (owner: string, purpose: string) => `${TEXT}${encodeURIComponent(owner)}:${purpose}`;

/** What is kept under a prefix, by the rest of its name. */
function names(prefix: string) {
  try {
    return Object.keys(localStorage).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}

function put(name: string, text: string) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
