/** Where GraphiQL's history stands, which would otherwise keep the headers of every request, and with them tokens. */
const HISTORY = ['graphiql:queries', 'graphiql:favorites'];

const withoutHeaders = (text: string): string =>
  JSON.stringify(JSON.parse(text, (name, value: unknown) => (name === 'headers' ? undefined : value)));

/** The browser's own storage, but for headers: a token is gone when the page is. */
export const storage = {
  get length() {
    return localStorage.length;
  },
  getItem: (key: string) => localStorage.getItem(key),
  removeItem: (key: string) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  setItem: (key: string, value: string) =>
    localStorage.setItem(key, HISTORY.includes(key) ? withoutHeaders(value) : value),
};
