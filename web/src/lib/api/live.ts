import { type Document, request } from './request.ts';
import { Retries, onReturn } from './retry.ts';
import { Socket } from './socket.ts';
import { type Operation, Subscription, type Watcher } from './subscription.ts';

export { ApiError, type Document, type GraphQLFault } from './request.ts';
export type { LiveState, Watcher } from './subscription.ts';

export interface LiveOptions {
  /** Of the GraphQL endpoint. In a page it may be relative. */
  url: string | URL;
  /** For whoever is signed in: `{ Authorization: 'Bearer …' }`. */
  headers?: Record<string, string>;
  /** Milliseconds between pings. A socket on which nothing arrives for twice as long counts as dead. */
  keepAlive?: number;
  /** Milliseconds, at most, before the first new attempt. The wait doubles with each failure in a row, and is drawn at random. */
  firstWait?: number;
  /** Milliseconds, at most, between any two attempts. */
  longestWait?: number;
}

/** A query that tells how things stand, and a subscription that tells what changes from there on. */
export interface Following<Snapshot, QueryVariables, Data, Variables> {
  query: Document<Snapshot, QueryVariables>;
  queryVariables?: QueryVariables;
  /** Where in the feed the answer to `query` stands. For that, it selects `changes(last: 1) { pageInfo { endCursor } }`. */
  cursor(snapshot: Snapshot): string | null;
  subscription: Document<Data, Variables>;
  variables?: Omit<Variables, 'after'>;
}

/** Subscriptions that share a WebSocket, which is open while there are any, and that outlive it. */
export function live({ url, headers, keepAlive = 10_000, firstWait = 1_000, longestWait = 30_000 }: LiveOptions) {
  const endpoint = new URL(url, globalThis.location?.href);
  const socket = new Socket(endpoint.href.replace(/^http/, 'ws'), keepAlive, headers);
  const retries = new Retries(firstWait, longestWait);
  const running = new Set<Subscription<any>>();
  let unlisten = () => {};

  function run<Data>(operation: Operation, watcher: Watcher<Data>) {
    const subscription = new Subscription(operation, watcher, socket, retries);
    if (running.size === 0) {
      unlisten = onReturn(() => {
        retries.hurry();
        socket.probe();
      });
    }
    running.add(subscription);
    subscription.start();
    return () => {
      subscription.stop();
      if (running.delete(subscription) && running.size === 0) unlisten();
    };
  }

  const ask = <Snapshot, QueryVariables>(query: Document<Snapshot, QueryVariables>, variables?: QueryVariables) =>
    request(endpoint, query, variables, { ...(headers && { headers }), signal: AbortSignal.timeout(2 * keepAlive) });

  /** From where to hear what comes from now on, also if the first connection is lost before there was an event. */
  const present = (subscription: string) => {
    const place = PLACES[field(subscription) ?? ''];
    return place && (async () => {
      const cursor = place.cursor(await ask<any, unknown>(place.query));
      return () => cursor ?? null;
    });
  };

  return {
    /**
     * Subscribes; answers with what unsubscribes. Whatever happens to the connection, every event is delivered once and in order. For
     * that, a subscription to `changes` or `history` declares `$after: String`, passes it on as `after`, and selects `cursor`; else
     * this throws. `tally` needs neither: the server sends it whole at once.
     */
    subscribe<Data = any, Variables = Record<string, unknown>>(
      document: Document<Data, Variables>,
      variables: Omit<Variables, 'after'> & { after?: string | null | undefined },
      watcher: Watcher<Data>,
    ) {
      const subscription = operation(document, variables);
      return run({ ...subscription, load: variables.after == null ? present(subscription.query) : undefined }, watcher);
    },

    /**
     * Reads how things stand and hands it to `snapshot`, then delivers all that changes, with nothing missed in between. When the
     * server no longer knows the place that was last seen (its database was restored, say), there is a new snapshot.
     */
    follow<Snapshot = any, QueryVariables = Record<string, unknown>, Data = any, Variables = Record<string, unknown>>(
      { query, queryVariables, cursor, subscription, variables }: Following<Snapshot, QueryVariables, Data, Variables>,
      watcher: Watcher<Data> & { snapshot(snapshot: Snapshot): void },
    ) {
      const load = async () => {
        const snapshot = await ask(query, queryVariables);
        return () => {
          watcher.snapshot(snapshot);
          return cursor(snapshot);
        };
      };
      return run({ ...operation(subscription, variables ?? {}), load, reloads: true }, watcher);
    },
  };
}

/** What has a place to go on from, and where to ask for the present one. */
const PLACES: Record<string, { query: string; cursor(data: any): string | undefined }> = {
  changes: { query: '{ changes(last: 1) { nodes { cursor } } }', cursor: ({ changes }) => changes.nodes[0]?.cursor },
  history: { query: '{ desk { history(first: 1) { nodes { cursor } } } }', cursor: ({ desk }) => desk.history.nodes[0]?.cursor },
};

/** The one field of a subscription. */
const field = (document: string) => /\bsubscription\b[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(document)?.[1];

/** Why a subscription could not be taken up again without a gap. Undefined: it could. */
export function unresumable(document: string) {
  const name = field(document);
  if (!name) return 'Only subscriptions can be watched: send anything else with `request`.';
  if (!PLACES[name]) return undefined;
  const lacks =
    (!/\bafter\s*:\s*\$after\b/.test(document) && 'declare `$after: String`, and pass `after: $after`') ||
    (!/\bcursor\b/.test(document) && 'select `cursor`');
  return lacks ? `After a lost connection, \`${name}\` could not go on: ${lacks}.` : undefined;
}

function operation(document: Document<any, any>, variables: object): Operation {
  const query = String(document);
  const problem = unresumable(query);
  if (problem) throw new TypeError(problem);
  return { query, variables, resumes: /\$after\b/.test(query) };
}
