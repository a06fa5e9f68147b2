import { type Fetcher, type Observable, createGraphiQLFetcher } from '@graphiql/toolkit';
import { type ExecutionResult, parse, print, separateOperations } from 'graphql';
import { createClient } from 'graphql-ws';

import { live, unresumable } from '../../lib/api/live';

const api = new URL('/graphql', location.href);
const socket = new URL(api);
socket.protocol = api.protocol.replace('http', 'ws');

/** Sends an operation with the headers of its tab: a subscription over a WebSocket of its own, anything else over HTTP. */
export const fetcher: Fetcher = (operation, options) => {
  const own = chosen(operation.query, operation.operationName);
  if (own && !unresumable(own.document)) return watch(own.document, operation.variables, options?.headers);
  const send = createGraphiQLFetcher({
    url: api.href,
    // The server has no @defer and no @stream, and the other way asks for another media type.
    enableIncrementalDelivery: false,
    // Only for a subscription that could not be taken up again without a gap: its end is shown instead.
    wsClient: createClient({
      url: socket.href,
      connectionParams: options?.headers,
      retryAttempts: 0,
    }),
  });
  return send(own ? { ...operation, operationName: own.name || null } : operation, options);
};

/**
 * The operation that is to run, with its fragments. Where there is one, it is meant: GraphiQL is late to learn its name when a tab has
 * just been opened. Undefined: the server says best what is wrong.
 */
function chosen(document: string, name: string | null | undefined) {
  try {
    const all = Object.entries(separateOperations(parse(document)));
    const own = all.length === 1 ? all[0] : all.find(([each]) => each === name);
    return own && { name: own[0], document: print(own[1]) };
  } catch {
    return undefined;
  }
}

/** Shows each event, and with the last one whether the connection is lost. */
function watch(document: string, variables: Record<string, unknown> = {}, headers: Record<string, string> | undefined) {
  let shown: ExecutionResult = {};
  let isLost = false;
  const subscribe = (page: { next(result: ExecutionResult): void; error(error: unknown): void }) => ({
    unsubscribe: live({ url: api, ...(headers && { headers }) }).subscribe(document, variables, {
      next(data, faults) {
        shown = { data, ...(faults && { errors: faults as NonNullable<ExecutionResult['errors']> }) };
        page.next(shown);
      },
      state(state) {
        if (state.is === 'ended' || isLost === (state.is === 'lost')) return;
        isLost = state.is === 'lost';
        page.next(state.is === 'lost' ? { ...shown, extensions: { connection: `lost at ${state.since.toLocaleTimeString()}` } } : shown);
      },
      error: ({ message, faults }) => page.error(faults.length > 0 ? faults : { message }),
    }),
  });
  // GraphiQL subscribes with an observer and in no other way.
  return { subscribe } as unknown as Observable<ExecutionResult>;
}
