/** Where GraphiQL's history keeps what was run, each with the headers it was sent with. */
const HISTORY = ['graphiql:queries', 'graphiql:favorites'];

/**
 * The browser's storage, but never with a token in it: GraphiQL leaves headers out of the tabs that it keeps, and not out of its
 * history.
 */
export function storageWithoutHeaders(storage: Storage) {
  return {
    get length() {
      return storage.length;
    },
    getItem: (key: string) => storage.getItem(key),
    setItem: (key: string, value: string) => storage.setItem(key, HISTORY.includes(key) ? withoutHeaders(value) : value),
    removeItem: (key: string) => storage.removeItem(key),
    clear: () => storage.clear(),
  };
}

function withoutHeaders(history: string) {
  return JSON.stringify(JSON.parse(history), (key, value: unknown) => (key === 'headers' ? undefined : value));
}
