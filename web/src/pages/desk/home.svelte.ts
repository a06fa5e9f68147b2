import { DeskHistory, DeskHome, type DeskHomeQuery } from './documents.ts';
import { type LiveState, live } from '../../lib/api/live.ts';
import { ApiError } from '../../lib/api/request.ts';
import { ENDPOINT, session } from './session.svelte.ts';

export type Waiting = DeskHomeQuery['desk'];
export type Item = Waiting['drafts']['nodes'][number];

/** What waits, as it is now: it is read anew with each act of a colleague's. */
export class Home {
  waiting: Waiting | undefined = $state.raw();
  connection: LiveState = $state.raw({ is: 'connecting' });
  #reading: Promise<void> | undefined;
  #isStale = false;

  /** Answers with a way to stop. */
  follow() {
    return live({ url: ENDPOINT }).follow(
      { query: DeskHome, cursor: ({ desk }) => desk.history.nodes[0]?.cursor ?? null, subscription: DeskHistory },
      {
        snapshot: ({ desk }) => (this.waiting = desk),
        next: () => this.#renew(),
        state: (state) => (this.connection = state),
        // Also a socket ends with the session: to ask tells which it was.
        error: () => this.#renew(),
      },
    );
  }

  /** Many acts in a row are read once more, not once each. */
  #renew() {
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
  }

  async #read() {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.waiting = (await session.ask(DeskHome)).desk;
      } catch (error) {
        // A lost connection is shown as such, and the next act reads it.
        if (!(error instanceof ApiError)) throw error;
      }
    }
  }
}
