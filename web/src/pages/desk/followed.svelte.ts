import { type DeedFragment, DeskItemHistory } from './documents.ts';
import { type Following, type LiveState, live } from '../../lib/api/live.ts';
import { ApiError } from '../../lib/api/request.ts';
import { Renewal } from './renewal.ts';
import { ENDPOINT, session } from './session.svelte.ts';

/** How something stands, as it is now: it is read anew with each act of a colleague's. */
export class Followed<Data, QueryVariables, Event, Variables> {
  data: Data | undefined = $state.raw();
  /** Why it can't be read at all. Empty where it can, or may be a little later. */
  failure = $state('');
  connection: LiveState = $state.raw({ is: 'connecting' });
  readonly #following: Following<Data, QueryVariables, Event, Variables>;
  readonly #next: (event: Event) => void;
  readonly #renewal = new Renewal(() => this.#read());

  /** `next` is told of each act. */
  constructor(following: Following<Data, QueryVariables, Event, Variables>, next: (event: Event) => void = () => {}) {
    this.#following = following;
    this.#next = next;
  }

  /** Answers with a way to stop. */
  follow() {
    return live({ url: ENDPOINT }).follow(this.#following, {
      snapshot: (data) => (this.data = data),
      next: (event) => {
        this.#next(event);
        void this.renew();
      },
      state: (state) => (this.connection = state),
      // Also a socket ends with the session: to ask tells which it was.
      error: () => void this.renew(),
    });
  }

  /** Reads it anew. */
  renew() {
    return this.#renewal.wish();
  }

  async #read() {
    try {
      this.data = await session.ask(this.#following.query, this.#following.queryVariables);
    } catch (error) {
      // A lost connection is shown as such, and the next act reads it.
      if (!(error instanceof ApiError)) throw error;
      this.failure = error.passing ? '' : error.message;
    }
  }
}

/** Follows what is done to a development from now on. Answers with a way to stop. */
export function followDeeds(id: string, next: (deed: DeedFragment) => void) {
  return live({ url: ENDPOINT }).subscribe(DeskItemHistory, { id }, {
    next: ({ history }) => next(history),
    state: () => {},
    // Where the session has ended, the next save tells.
    error: () => {},
  });
}
