import { type Component, mount } from 'svelte';

/** The answer from which the server made the page. Pages that only say something have none. */
export function answerIfAny<Data>(): Data | undefined {
  const text = document.getElementById('answer')?.textContent;
  return text ? (JSON.parse(text) as Data) : undefined;
}

/** The answer from which the server made the page. */
export function answer<Data>(): Data {
  const given = answerIfAny<Data>();
  if (!given) throw new Error('The page holds no answer.');
  return given;
}

/** Takes over from the server's markup, in one go, so that nothing moves. */
export function takeOver<Props extends Record<string, unknown>>(component: Component<Props>, props: Props) {
  const target = document.getElementById('page');
  if (!target) throw new Error('The page has no place for it.');
  target.replaceChildren();
  mount(component, { target, props });
}

const dates = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const times = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });

/** "November 25, 2026". */
export const day = (instant: string) => dates.format(new Date(instant));

/** "November 25, 2026, 14:05 UTC". */
export const moment = (instant: string) => `${day(instant)}, ${times.format(new Date(instant))} UTC`;

/** Since when, if that is known. */
export function since(date: { edtf: string | null; label: string } | null) {
  if (!date?.edtf) return '';
  return date.label.startsWith('by ') ? `B${date.label.slice(1)}` : `Since ${date.label}`;
}
