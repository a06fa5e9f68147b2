// Writes public/card.png, which other sites show beside a link to the tracker. It names no country: the picture stays while statuses change.

import { readFile } from 'node:fs/promises';

import { geoEqualEarth, geoPath } from 'd3-geo';
import { chromium } from 'playwright-core';
import { feature } from 'topojson-client';

const world = JSON.parse(await readFile('src/lib/map/world.json', 'utf8'));
const countries = /** @type {import('geojson').FeatureCollection} */ (/** @type {unknown} */ (feature(world, world.objects.countries)));
const outline = geoPath(geoEqualEarth().rotate([-11, 0]).fitExtent([[40, 190], [1160, 720]], countries)).digits(1)(countries);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await page.setContent(`<!doctype html><style>
  body { margin: 0; background: #10151a; color: #eceff2; font-family: serif }
  svg { position: absolute; inset: 0 }
  h1 { position: absolute; left: 56px; top: 44px; margin: 0; font-size: 76px }
  p { position: absolute; left: 58px; top: 150px; margin: 0; font: 30px sans-serif; color: #c4cbd2 }
</style>
<svg viewBox="0 0 1200 630"><path d="${outline}" fill="#2b3640" stroke="#10151a" stroke-width="0.8" /></svg>
<h1>Third-Country Tracker</h1><p>Who was asked to take other nations’ deportees, and who agreed</p>`);
await page.screenshot({ path: 'public/card.png' });
await browser.close();
