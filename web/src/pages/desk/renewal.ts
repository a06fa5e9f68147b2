/** Reads something anew, again and again: many wishes in a row become one more reading, not one each. */
export class Renewal {
  readonly #read: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isStale = false;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Resolves once it has been read after this. */
  wish() {
    this.#isStale = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run() {
    while (this.#isStale) {
      this.#isStale = false;
      await this.#read();
    }
  }
}
