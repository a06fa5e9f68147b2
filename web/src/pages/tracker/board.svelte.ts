import { SvelteSet } from 'svelte/reactivity';

import { TrackerChanges, type TrackerChangesSubscription, TrackerPage, type TrackerPageQuery } from '../../lib/api/documents.ts';
import { type LiveState, live } from '../../lib/api/live.ts';
import { request } from '../../lib/api/request.ts';
import { deed } from './deed.ts';

type Change = TrackerChangesSubscription['changes'];

/** Lines of what changed lately. */
const LINES = 8;

/** Milliseconds for which a country that has just changed is shown to have. */
const FRESH = 8_000;

/** How things stand, and all that changes from there on. */
export class Board {
  tally: TrackerPageQuery['tally'] = $state.raw({ total: 0, asked: 0, agreed: 0, byStatus: [] });
  countries: TrackerPageQuery['countries']['nodes'] = $state.raw([]);
  /** Codes, the most recently changed first. */
  recent: string[] = $state.raw([]);
  /** The newest first. */
  changes: TrackerPageQuery['changes']['nodes'] = $state.raw([]);
  connection: LiveState = $state.raw({ is: 'connecting' });
  /** What a screen reader says. */
  said = $state('');
  readonly fresh = new SvelteSet<string>();

  constructor(page: TrackerPageQuery) {
    this.#show(page);
  }

  /** Listens from where the page stands; what stood in it is not asked for again. */
  follow(after: string | null) {
    const tracker = live({ url: '/graphql' });
    const watcher = {
      next: ({ changes }: TrackerChangesSubscription) => this.#take(changes),
      state: (state: LiveState) => (this.connection = state),
    };
    const begin = () => tracker.follow(
      { query: TrackerPage, cursor: ({ changes }) => changes.pageInfo.endCursor, subscription: TrackerChanges },
      { ...watcher, snapshot: (page) => this.#show(page), error: () => {} },
    );
    tracker.subscribe(TrackerChanges, { after }, {
      ...watcher,
      // The place in the page may be of before the tracker's database was put back.
      error: ({ code }) => {
        if (code === 'CURSOR_REFUSED') begin();
      },
    });
  }

  #show({ tally, countries, recent, changes }: TrackerPageQuery) {
    this.tally = tally;
    this.countries = countries.nodes;
    this.recent = recent.nodes.map(({ code }) => code);
    this.changes = [...changes.nodes].reverse();
  }

  /** Asks for all of it, until the answer is no older than what was heard meanwhile. */
  async #renew() {
    const page = await request('/graphql', TrackerPage);
    const [told, heard] = [page.changes.nodes.at(-1)?.position ?? 0, this.changes[0]?.position ?? 0];
    if (told < heard) await this.#renew();
    else this.#show(page);
  }

  #take(change: Change) {
    this.tally = change.tally;
    this.changes = [change, ...this.changes].slice(0, LINES);
    const { country } = change;
    // Names, sources or the statuses' words: they may stand anywhere on the page.
    if (!country) return void this.#renew().catch(() => {});
    const others = this.countries.filter(({ code }) => code !== country.code);
    this.countries = country.tracked ? [...others, country] : others;
    this.recent = [country.code, ...this.recent.filter((code) => code !== country.code)];
    this.said = `${country.name}: ${deed(change)}. ${change.tally.asked} asked, ${change.tally.agreed} agreed.`;
    this.fresh.add(country.code);
    setTimeout(() => this.fresh.delete(country.code), FRESH);
  }
}
