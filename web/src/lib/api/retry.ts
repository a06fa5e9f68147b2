/** The waits between attempts. */
export class Retries {
  readonly #firstWait: number;
  readonly #longestWait: number;
  readonly #waiting = new Set<() => void>();

  /** Both in milliseconds: at most until the first attempt, and at most between any two. */
  constructor(firstWait: number, longestWait: number) {
    this.#firstWait = firstWait;
    this.#longestWait = longestWait;
  }

  /**
   * Acts after a wait that doubles with each failure, or when hurried. It is drawn at random: after a restart of the server,
   * everyone comes back. Answers with a way to give it up.
   */
  after(failures: number, act: () => void) {
    const most = Math.min(this.#longestWait, this.#firstWait * 2 ** (failures - 1));
    const goOn = () => {
      giveUp();
      act();
    };
    const timer = setTimeout(goOn, Math.random() * most);
    const giveUp = () => {
      clearTimeout(timer);
      this.#waiting.delete(goOn);
    };
    this.#waiting.add(goOn);
    return giveUp;
  }

  /** Ends all waits now. */
  hurry() {
    for (const goOn of [...this.#waiting]) goOn();
  }
}

/** Acts whenever the network comes back, or the page into view. Answers with a way to stop that. Outside a page, nothing happens. */
export function onReturn(act: () => void) {
  const listening = new AbortController();
  const { signal } = listening;
  const page = globalThis.document as globalThis.Document | undefined;
  const ifSeen = () => {
    if (page?.visibilityState === 'visible') act();
  };
  globalThis.addEventListener?.('online', act, { signal });
  page?.addEventListener('visibilitychange', ifSeen, { signal });
  return () => listening.abort();
}
