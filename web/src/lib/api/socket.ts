import { type Client, createClient } from 'graphql-ws';

import { ApiError, type GraphQLFault } from './request.ts';

/** One answer of a subscription. */
export interface Event<Data> {
  data?: Data | null | undefined;
  errors?: readonly GraphQLFault[] | undefined;
}

/** What becomes of a subscription on a socket. */
export interface Call<Data> {
  /** The socket is open, and the subscription has been sent. */
  connected(): void;
  next(event: Event<Data>): void;
  /** It runs no more. */
  failed(error: ApiError): void;
}

/** A WebSocket that is open while something is subscribed to. It does not open again by itself. */
export class Socket {
  readonly #client: Client;
  readonly #keepAlive: number;
  #opened: WebSocket | undefined;
  /** Runs while an answer is awaited. */
  #deadline: ReturnType<typeof setTimeout> | undefined;

  /** Pings `keepAlive` milliseconds after the last pong, and takes itself for dead when nothing comes for as long again. */
  constructor(url: string, keepAlive: number, connectionParams: Record<string, unknown> | undefined) {
    this.#keepAlive = keepAlive;
    this.#client = createClient({
      url,
      keepAlive,
      retryAttempts: 0,
      ...(connectionParams && { connectionParams }),
      on: {
        opened: () => this.#expectAnswer(),
        connected: (socket) => {
          this.#opened = socket as WebSocket;
          this.#expectNothing();
        },
        ping: (received) => {
          if (!received) this.#expectAnswer();
        },
        pong: (received) => {
          if (received) this.#expectNothing();
        },
        // The pong may stand behind many events.
        message: () => {
          if (this.#deadline) this.#expectAnswer();
        },
        closed: () => {
          this.#opened = undefined;
          this.#expectNothing();
        },
      },
    });
  }

  /** Opens the socket if need be, and starts a subscription on it. Answers with what stops it. */
  subscribe<Data>(payload: { query: string; variables: object }, call: Call<Data>) {
    let isConnected = this.#isOpen();
    const unlisten = [
      this.#client.on('connected', () => {
        isConnected = true;
        call.connected();
      }),
      // Also with 1000, after which graphql-ws would send the same once more at once.
      this.#client.on('closed', (event) => {
        if (isConnected) call.failed(explained(event));
      }),
    ];
    if (isConnected) queueMicrotask(() => call.connected());
    // Connecting may hang, and so may the closing of the socket before.
    else this.#expectAnswer();
    const stop = this.#client.subscribe<Data>({ query: payload.query, variables: { ...payload.variables } }, {
      next: (event) => call.next(event),
      error: (reason) => call.failed(explained(reason)),
      complete: () => call.failed(new ApiError('COMPLETED', 'The server ended the subscription.', true)),
    });
    return () => {
      for (const each of unlisten) each();
      stop();
    };
  }

  /** Finds out now whether it is still alive. */
  probe() {
    if (!this.#isOpen()) return;
    this.#opened?.send('{"type":"ping"}');
    this.#expectAnswer();
  }

  #isOpen() {
    return this.#opened?.readyState === WebSocket.OPEN;
  }

  // A hidden page's timers are late, and all late at once. So time counts from a ping, and not from the last sign of life.
  #expectAnswer() {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#expectNothing();
      this.#client.terminate();
    }, this.#keepAlive);
  }

  #expectNothing() {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }
}

/** In turn: the errors of an operation, a close with its code, or an event that tells nothing but that it did not work. */
function explained(reason: unknown) {
  if (Array.isArray(reason)) return ApiError.of(reason);
  const { code, reason: words } = reason as Partial<CloseEvent>;
  if (typeof code !== 'number') return new ApiError('NETWORK', 'The server could not be reached.', true);
  return new ApiError(`SOCKET_${code}`, words || `The socket was closed with ${code}.`, !isFinal(code));
}

/** Whether a close says that the next attempt would end the same. 4408 and 4499 say that something took too long. */
function isFinal(code: number) {
  const isTooBig = code === 1009;
  return isTooBig || (code >= 4400 && code <= 4499 && code !== 4408 && code !== 4499);
}
