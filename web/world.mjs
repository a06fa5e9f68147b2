// Writes src/lib/map/world.json: the outlines that the map draws, by the codes of data/countries.csv, and a point for each country that is
// too small to be seen. Both come out of the package world-atlas (Natural Earth).

import { readFile, writeFile } from 'node:fs/promises';

import { geoArea, geoCentroid } from 'd3-geo';
import { feature } from 'topojson-client';

/** @import { Feature, Polygon } from 'geojson' */
/** @import { GeometryCollection, Topology } from 'topojson-specification' */
/** @typedef {Topology<{ countries: GeometryCollection<{ name: string }> }>} Atlas */

/** Outlines smaller than this can't be found with a finger: in steradians, about the size of Slovenia. */
const SMALL = 6e-4;

/** Antarctica, which no list of these holds, takes a fifth of the paper. */
const LEFT_OUT = 'AQ';

/** What Natural Earth counts in with another country, or has without a number: by ISO 3166-1 alpha-2. */
const POINTS = {
  BQ: [-68.3, 12.2], BV: [3.4, -54.4], CC: [96.8, -12.2], CX: [105.7, -10.5], GF: [-53.1, 3.9], GP: [-61.5, 16.2], GI: [-5.35, 36.14],
  MQ: [-61, 14.6], RE: [55.5, -21.1], SJ: [18, 78.5], TK: [-171.8, -9.2], TV: [179.2, -8.5], UM: [166.6, 19.3], YT: [45.15, -12.8],
};

/** @param {string} name @returns {Promise<Atlas>} */
const atlas = async (name) => JSON.parse(await readFile(new URL(import.meta.resolve(`world-atlas/${name}`)), 'utf8'));

const rows = (await readFile('../data/countries.csv', 'utf8')).trim().split('\n').slice(1).map((row) => row.split(','));
const byNumber = new Map(rows.map(([code, , number]) => [number, code]));
/** @param {{ id?: string | number | undefined, properties?: { name?: string } | null }} shape */
const code = ({ id, properties }) => (properties?.name === 'Kosovo' ? 'XK' : byNumber.get(String(id).padStart(3, '0')));

const world = await atlas('countries-110m.json');
const { geometries } = world.objects.countries;
world.objects.countries.geometries = geometries.flatMap(({ id, properties, ...shape }) => {
  const own = code({ id, properties: properties ?? null });
  if (own === LEFT_OUT) return [];
  return [/** @type {typeof geometries[number]} */ ({ ...shape, ...(own && { id: own }) })];
});

const fine = await atlas('countries-10m.json');
const seen = new Set(
  feature(world, world.objects.countries).features.filter((shape) => geoArea(shape) > SMALL).map(({ id }) => id),
);
/** @type {Record<string, number[]>} */
const points = { ...POINTS };
for (const shape of feature(fine, fine.objects.countries).features) {
  const own = code(shape);
  if (own && !seen.has(own) && own !== LEFT_OUT) points[own] = geoCentroid(largest(shape)).map((degrees) => Math.round(degrees * 100) / 100);
}
const unplaced = rows.map(([own]) => own ?? '').filter((own) => own !== LEFT_OUT && !seen.has(own) && !points[own]);
if (unplaced.length) throw new Error(`No place on the map for ${unplaced.join(', ')}: give them one in POINTS.`);

await writeFile('src/lib/map/world.json', JSON.stringify({ ...unused(world), points }));

/** The biggest island stands for the others. @param {Feature} shape @returns {Feature} */
function largest(shape) {
  const { geometry } = shape;
  if (geometry.type !== 'MultiPolygon') return shape;
  const islands = geometry.coordinates.map((coordinates) => /** @type {Feature<Polygon>} */ ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }));
  return islands.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
}

/** Without the outlines of land as a whole. @param {Atlas} topology */
function unused({ type, arcs, transform, objects: { countries } }) {
  return { type, transform, arcs, objects: { countries } };
}
