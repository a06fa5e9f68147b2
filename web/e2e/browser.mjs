// A browser whose pages reach the tracker and nothing else, and that remembers all that went wrong on them.

import assert from 'node:assert/strict';

import { chromium } from 'playwright-core';

import { address } from './tracker.mjs';

/** @import { Browser, BrowserContext, Page } from 'playwright-core' */

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a browser tells of when a page's network goes, also of an editor's worker that was just being loaded. */
export const NETWORK_GONE =
  /WebSocket connection to|net::ERR_CONNECTION_(REFUSED|RESET)|Socket closed with event 1006|web worker|^warning: undefined|^uncaught: Event/;

/** Headless, with a fresh profile. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGUMENTS });

/** Someone who has never been here: storage of their own, and a list of what went wrong on their pages. */
export class Visitor {
  /** @type {string[]} */
  problems = [];
  /** @type {RegExp | null} What a test provokes: the browser tells of it as well. */
  provoked = null;
  /** @type {string[]} Hosts besides ours to which they are sent. */
  friends = [];

  /**
   * @param {BrowserContext} context
   * @param {URL} home
   */
  constructor(context, home) {
    this.context = context;
    this.home = home;
  }

  /**
   * @param {Browser} browser
   * @param {URL} home where they find the tracker
   * @param {import('playwright-core').BrowserContextOptions} options what they see it with
   */
  static async arrives(browser, home = address, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
    context.setDefaultTimeout(30_000);
    const visitor = new Visitor(context, home);
    await context.route((url) => visitor.#isElsewhere(url), (route) => route.abort());
    context.on('request', (request) => visitor.#expectOurs(request.url()));
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) visitor.problems.push(`${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => visitor.problems.push(`uncaught: ${error.error()}`));
    context.on('page', (page) => page.on('websocket', (socket) => visitor.#expectOurs(socket.url())));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`refused by the page's policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    return visitor;
  }

  /** @param {string} url */
  #expectOurs(url) {
    if (this.#isElsewhere(new URL(url))) this.problems.push(`a request to ${url}`);
  }

  /** @param {URL} url */
  #isElsewhere(url) {
    const isRequest = ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol);
    return isRequest && url.host !== this.home.host && !this.friends.includes(url.host);
  }

  /** @param {string} path */
  async opens(path) {
    const page = await this.context.newPage();
    const answer = await page.goto(new URL(path, this.home).href);
    assert.match(answer?.headers()['content-security-policy'] ?? '', /^default-src 'none'; script-src 'self';/);
    return page;
  }

  /** Nothing may have gone wrong by the time that they leave. */
  async leaves() {
    await this.context.close();
    assert.deepEqual(
      this.problems.filter((problem) => !this.provoked?.test(problem)),
      [],
    );
  }
}
