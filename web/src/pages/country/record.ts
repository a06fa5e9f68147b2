/** What the server writes at an address, as a tree. */
async function written(address: string) {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`The record could not be read: ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** Tells the address to cite whole: the server may not know under which name readers find it. */
export function completeAddress(record: HTMLElement) {
  const address = record.querySelector('.citation .address');
  if (address) address.textContent = new URL(address.textContent ?? '', location.href).href;
}

/** The newest change for which the record was fetched: what comes late for an earlier one is out of date. */
let newest = 0;

const entries = (tree: ParentNode) => [...tree.querySelectorAll<HTMLElement>('.timeline > ol > li')];

/**
 * Puts the record before the reader as it is now, and keeps what they have unfolded of earlier times. The position is in the address so
 * that nothing between answers with what it has kept from before.
 */
export async function renew(record: HTMLElement, position: number) {
  newest = position;
  const fresh = (await written(`${location.pathname}?change=${position}`)).getElementById('record');
  if (!fresh || position < newest) return;
  const before = new Map(entries(record).map((entry) => [entry.id, entry]));
  const more = record.querySelector('.more');
  const isUnfolded = record.hasAttribute('data-unfolded');
  const now = new Set<string>();
  for (const entry of entries(fresh)) {
    now.add(entry.id);
    if (before.get(entry.id)?.outerHTML !== entry.outerHTML) entry.classList.add('fresh');
  }
  if (isUnfolded) {
    fresh.querySelector('.timeline > ol')?.append(...[...before.values()].filter(({ id }) => !now.has(id)));
    const link = fresh.querySelector('.more');
    if (more) link?.replaceWith(more);
    else link?.remove();
  }
  completeAddress(fresh);
  record.replaceChildren(...fresh.childNodes);
}

/** "Show more" goes on where it stands. */
export async function lengthen(event: MouseEvent, record: HTMLElement) {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.more a') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const earlier = await written(link.href);
    const added = entries(earlier);
    record.querySelector('.timeline > ol')?.append(...added);
    record.toggleAttribute('data-unfolded', true);
    const more = earlier.querySelector('.more');
    if (more) link.parentElement?.replaceWith(more);
    else link.parentElement?.remove();
    added[0]?.setAttribute('tabindex', '-1');
    added[0]?.focus();
  } catch {
    location.assign(link.href);
  }
}
