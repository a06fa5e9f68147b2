import { type Fetcher, createGraphiQLFetcher } from '@graphiql/toolkit';
import { CloseCode, createClient } from 'graphql-ws';

const api = new URL('/graphql', location.href);
const socket = new URL(api);
socket.protocol = api.protocol.replace('http', 'ws');

/** Sends an operation with the headers of its tab: a subscription over a WebSocket of its own, anything else over HTTP. */
export const fetcher: Fetcher = (operation, options) => {
  const send = createGraphiQLFetcher({
    url: api.href,
    // The server has no @defer and no @stream, and the other way asks for another media type.
    enableIncrementalDelivery: false,
    // Connects when it is subscribed to. A browser sends no headers of ours with a WebSocket, so they go into connection_init.
    wsClient: createClient({
      url: socket.href,
      connectionParams: options?.headers,
      shouldRetry: (event) => event instanceof CloseEvent && event.code !== CloseCode.Forbidden,
    }),
  });
  return send(operation, options);
};
