// What a page weighs, and when a phone shows it.

/** @import { Browser, Page } from 'playwright-core' */

/** @typedef {{ url: string, type: string, bytes: number }} Sent */

/**
 * Lists what a page fetches, with the bytes that went over the wire.
 * @param {Page} page
 */
export async function weigh(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  /** @type {Map<string, Sent>} */
  const sent = new Map();
  session.on('Network.responseReceived', ({ requestId, response, type }) => sent.set(requestId, { url: response.url, type, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = sent.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });
  return () => [...sent.values()];
}

/** A mid-range phone on a slow network, as Lighthouse has it. @param {Page} page */
export async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** Remembers, from the beginning, when the largest thing was painted and what moved. @param {Page} page */
export const observe = (page) =>
  page.addInitScript(() => {
    const seen = { paint: 0, element: '', shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        seen.paint = entry.startTime;
        seen.element = entry.element?.tagName ?? '';
      }
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** @param {Page} page @returns {Promise<{ paint: number, element: string, shift: number }>} */
export const seen = (page) => page.evaluate('seen');
