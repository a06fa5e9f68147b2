// What stands between a page and the ledger, and can break: a server, and the network before it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Server, Socket } from 'node:net' */

/** A tracker of the test's own, on the database of the others. TRACKER_PROGRAM and DATABASE_URL tell of both. */
export class Replica {
  /** @type {ChildProcess | undefined} */
  #process;
  port = 0;

  /**
   * Serves, from the second time on at the same port.
   * @param {string | undefined} database
   */
  async starts(database = process.env.DATABASE_URL) {
    const program = process.env.TRACKER_PROGRAM;
    assert.ok(program && database, 'TRACKER_PROGRAM, DATABASE_URL and OTHER_DATABASE_URL must be set');
    const child = spawn(program, ['serve', '--listen', `127.0.0.1:${this.port}`], {
      env: { ...process.env, DATABASE_URL: database, TRACKER_LOG: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    const lines = createInterface(child.stdout);
    const [first] = await once(lines, 'line');
    this.port = Number(new URL(first.slice(first.indexOf('http'))).port);
    lines.resume();
  }

  /** @param {NodeJS.Signals} signal */
  async ends(signal) {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    await ended;
  }
}

/** The way to a server, over which the test decides. */
export class Network {
  /** @type {Server} */
  #entrance;
  /** @type {Set<Socket>} */
  #sockets = new Set();
  /** Whether whoever comes is let in and then hears nothing. */
  #swallows = false;
  #happened = () => {};
  port = 0;
  /** How many connections there were. */
  arrivals = 0;
  /** How often a client said something. */
  messages = 0;

  /** @param {number} port of the server */
  constructor(port) {
    this.#entrance = createServer((near) => {
      this.arrivals += 1;
      this.#happened();
      this.#keep(near);
      if (this.#swallows) return;
      const far = connect(port, '127.0.0.1');
      this.#keep(far);
      near.pipe(far).pipe(near);
      near.on('data', () => {
        this.messages += 1;
        this.#happened();
      });
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  /** Where the server is found behind it. */
  get url() {
    return new URL(`http://127.0.0.1:${this.port}`);
  }

  /** @param {Socket} socket */
  #keep(socket) {
    this.#sockets.add(socket);
    const gone = () => {
      this.#sockets.delete(socket);
      this.#happened();
    };
    socket.on('close', gone).on('error', () => {});
  }

  /** How many connections there are, on both sides. */
  get open() {
    return this.#sockets.size;
  }

  /** Lets connections in, from the second time on at the same port. */
  async opens() {
    await once(this.#entrance.listen(this.port, '127.0.0.1'), 'listening');
    const address = this.#entrance.address();
    assert.ok(address && typeof address === 'object');
    this.port = address.port;
  }

  /** @param {(network: Network) => boolean} condition */
  async until(condition) {
    while (!condition(this)) await new Promise((resolve) => (this.#happened = () => resolve(undefined)));
  }

  /** Cuts all connections off. */
  cuts() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Lets nobody in any more, and cuts off who is there. */
  async closes() {
    const closed = new Promise((resolve) => this.#entrance.close(resolve));
    this.cuts();
    await closed;
  }

  /** From now on, nothing passes in either direction, and nobody is told. */
  swallowsAll() {
    this.#swallows = true;
    for (const socket of this.#sockets) socket.unpipe().removeAllListeners('data').pause();
  }

  /** Lets newcomers through again. Who was swallowed stays so. */
  passes() {
    this.#swallows = false;
  }
}

/**
 * Something in between that takes a WebSocket, and closes it with a code as soon as the client subscribes. The tracker never does so
 * with 1000.
 * @param {number} code
 */
export async function closingWith(code) {
  /** @param {number} opcode @param {Buffer} payload */
  const frame = (opcode, payload) => Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
  const server = createHttpServer().on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(frame(1, Buffer.from('{"type":"connection_ack"}')));
      socket.once('data', () => {
        socket.end(frame(8, Buffer.from([code >> 8, code & 0xff])));
      });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}
