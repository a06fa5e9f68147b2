import { type GeoPermissibleObjects, geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

import address from './world.json?url';

/** Of the drawing, in its own units. */
export const WIDTH = 960;
export const HEIGHT = 460;

/** For the circles of the Pacific, which are wider than their islands. */
const MARGIN = 16;

/** What `world.mjs` writes. */
type World = Topology<{ countries: GeometryCollection }> & { points: Record<string, [number, number]> };

export interface Place {
  code: string;
  /** Where it is shown to be: the middle, or the point of what is too small. */
  x: number;
  y: number;
  /** Its outline. Undefined: the map has none. */
  path: string | undefined;
  isSmall: boolean;
}

export interface Drawing {
  /** By code. */
  places: Map<string, Place>;
  /** Land that has no code of its own. */
  rest: string[];
}

/** Fetches the outlines and draws them. */
export async function draw(): Promise<Drawing> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The map could not be loaded: ${response.status}.`);
  const world = (await response.json()) as World;
  const countries = feature(world, world.objects.countries);
  // Turned so far that the edge of the paper runs through the Bering Strait and not through Russia.
  const projection = geoEqualEarth().rotate([-11, 0]).fitExtent([[MARGIN, 2], [WIDTH - MARGIN, HEIGHT - 2]], countries);
  const outline = geoPath(projection).digits(1);
  const places = new Map<string, Place>();
  const rest: string[] = [];
  for (const shape of countries.features) {
    const path = outline(shape as GeoPermissibleObjects) ?? '';
    if (shape.id === undefined) {
      rest.push(path);
      continue;
    }
    const [x, y] = outline.centroid(shape);
    places.set(String(shape.id), { code: String(shape.id), x, y, path, isSmall: false });
  }
  for (const [code, point] of Object.entries(world.points)) {
    const [x, y] = projection(point) ?? [0, 0];
    places.set(code, { code, x, y, path: places.get(code)?.path, isSmall: true });
  }
  return { places, rest };
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** The place that lies next in a direction, sideways ones counting as further. */
export function nextIn(direction: Direction, from: Place, places: Place[]): Place | undefined {
  const horizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  let best: Place | undefined;
  let shortest = Infinity;
  for (const place of places) {
    const ahead = sign * (horizontal ? place.x - from.x : place.y - from.y);
    const aside = Math.abs(horizontal ? place.y - from.y : place.x - from.x);
    const far = ahead + 2 * aside;
    if (place.code !== from.code && ahead > 0 && far < shortest) [best, shortest] = [place, far];
  }
  return best;
}
