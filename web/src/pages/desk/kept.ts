import { type Form, blank, isBlank } from './form.ts';

/** Under what the browser keeps forms: by this and their ids. */
const PREFIX = 'desk:';

/** Keeps a form in this browser. Answers whether that was possible: storage may be full, or closed to pages. */
export function keep(form: Form) {
  try {
    localStorage.setItem(PREFIX + form.id, JSON.stringify(form));
    return true;
  } catch {
    return false;
  }
}

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
  const ids = Object.keys(localStorage).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
  const forms = ids.flatMap((id) => find(id, owner) ?? []);
  return forms.filter((form) => !isBlank(form)).sort((one, other) => other.begun.localeCompare(one.begun));
}

export const drop = (id: string) => localStorage.removeItem(PREFIX + id);
