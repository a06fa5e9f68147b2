import { ApiError, type GraphQLFault } from './request.ts';
import type { Retries } from './retry.ts';
import type { Event, Socket } from './socket.ts';

const NO_CURSOR = 'The subscription takes `$after` but selects no `cursor`, so it could not be taken up again: select `cursor`.';
const CURSOR_REFUSED = 'The server does not know the place that was last seen: load the page anew.';

/** How a subscription stands. */
export type LiveState =
  | { is: 'connecting' }
  | { is: 'live' }
  /** It is taken up again for as long as it takes, and then tells what happened meanwhile. */
  | { is: 'lost'; since: Date }
  /** Over for good: another attempt would end the same. */
  | { is: 'ended'; error: ApiError };

/** What a page wants to hear of a subscription. */
export interface Watcher<Data> {
  /** Every event, once and in order. Where there are `faults`, a part of it could not be read and is null. */
  next(data: Data, faults?: readonly GraphQLFault[]): void;
  /** Each state that it comes into; it begins as `connecting`. */
  state?(state: LiveState): void;
  /** The error that ended it. */
  error?(error: ApiError): void;
}

/** What to subscribe to, and how to find the place to begin. */
export interface Operation {
  query: string;
  variables: { after?: string | null | undefined };
  /** Whether it takes a cursor and goes on after it. If not, it begins anew, with what the server sends at once. */
  resumes: boolean;
  /** Reads how things stand now. Answers with what shows that to the page and tells the cursor. */
  load?: (() => Promise<() => string | null>) | undefined;
  /** Whether to load once more when the cursor is refused: the page gets to see how things stand then. */
  reloads?: boolean;
}

/** It counts as live from its first event on, or once the server has not refused it for this many milliseconds. */
const SETTLED = 1_000;

/** A subscription that outlives the sockets which it runs on. */
export class Subscription<Data> {
  readonly #operation: Operation;
  readonly #watcher: Watcher<Data>;
  readonly #socket: Socket;
  readonly #retries: Retries;
  /** The cursor of the last event. Undefined: it is yet to be loaded. */
  #after: string | null | undefined;
  /** Whether the cursor has just been loaded: if even that is refused, loading it again would not help. */
  #isFresh = false;
  #failures = 0;
  #state: LiveState = { is: 'connecting' };
  /** What comes of an earlier attempt counts no more. */
  #attempt = 0;
  /** Gives up the present attempt, or the wait for the next. */
  #giveUp = () => {};

  constructor(operation: Operation, watcher: Watcher<Data>, socket: Socket, retries: Retries) {
    this.#operation = operation;
    this.#watcher = watcher;
    this.#socket = socket;
    this.#retries = retries;
    this.#after = operation.load ? undefined : (operation.variables.after ?? null);
  }

  start() {
    const { load } = this.#operation;
    if (!load || this.#after !== undefined) return this.#connect();
    const attempt = ++this.#attempt;
    const ifCurrent = (act: () => void) => {
      if (attempt === this.#attempt) act();
    };
    load().then(
      (show) => ifCurrent(() => {
        this.#isFresh = true;
        this.#after = show();
        // Having been shown how things stand, the page may have left.
        ifCurrent(() => this.#connect());
      }),
      (error) => ifCurrent(() => this.#fail(error)),
    );
  }

  /** Nothing more is delivered. */
  stop() {
    this.#attempt += 1;
    this.#giveUp();
    this.#giveUp = () => {};
  }

  #connect() {
    const attempt = ++this.#attempt;
    const ifCurrent = (act: () => void) => {
      if (attempt === this.#attempt) act();
    };
    const { query, variables, resumes } = this.#operation;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const hangUp = this.#socket.subscribe<Data>({ query, variables: resumes ? { ...variables, after: this.#after } : variables }, {
      connected: () => (settling = setTimeout(() => ifCurrent(() => this.#settle()), SETTLED)),
      next: (event) => ifCurrent(() => this.#take(event)),
      failed: (error) => ifCurrent(() => this.#fail(error)),
    });
    this.#giveUp = () => {
      clearTimeout(settling);
      hangUp();
    };
  }

  #take({ data, errors }: Event<Data>) {
    if (errors?.length) {
      const error = ApiError.of(errors);
      // What could not be read just now may be whole a little later; the cursor still stands before it.
      if (error.passing || !data) return this.#fail(error);
    }
    if (!data) return;
    if (this.#operation.resumes) {
      const cursor = (Object.values(data)[0] as { cursor?: unknown } | null)?.cursor;
      if (typeof cursor !== 'string') return this.#fail(new ApiError('NO_CURSOR', NO_CURSOR));
      this.#after = cursor;
    }
    this.#settle();
    this.#tell(() => this.#watcher.next(data, errors));
  }

  #settle() {
    this.#failures = 0;
    this.#isFresh = false;
    this.#become({ is: 'live' });
  }

  #fail(failure: ApiError) {
    this.stop();
    const error = this.#refusesCursor(failure) ? new ApiError('CURSOR_REFUSED', CURSOR_REFUSED, false, failure.faults) : failure;
    const loadsAnew = error.code === 'CURSOR_REFUSED' && this.#operation.reloads && !this.#isFresh;
    if (loadsAnew) this.#after = undefined;
    else if (!error.passing) return this.#end(error);
    this.#become({ is: 'lost', since: new Date() });
    this.#failures += 1;
    this.#giveUp = this.#retries.after(this.#failures, () => this.start());
  }

  #refusesCursor({ code, message }: ApiError) {
    return this.#operation.resumes && this.#after != null && code === 'BAD_USER_INPUT' && message.includes('`after`');
  }

  #end(error: ApiError) {
    this.#become({ is: 'ended', error });
    this.#tell(() => {
      if (!this.#watcher.error) throw error;
      this.#watcher.error(error);
    });
  }

  #become(state: LiveState) {
    if (state.is === this.#state.is) return;
    this.#state = state;
    this.#tell(() => this.#watcher.state?.(state));
  }

  /** Calls the page. What fails there is the page's, and must not take the socket with it. */
  #tell(call: () => void) {
    try {
      call();
    } catch (error) {
      queueMicrotask(() => { throw error; });
    }
  }
}
