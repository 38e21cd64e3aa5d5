import type { GeoJsonProperties, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import countries from 'world-countries';
import { distanceKm, type Place } from './distance';

/** Borders are straight for hundreds of kilometres: no point of one is farther from a known point than half of this. */
const STEP_KM = 100;

/**
 * How far a place is from the nearest land of a country: a lower bound of how far it is from any address there, so that
 * nobody is suspected for living far from the middle of a large country. Of a country that is too small for the map, the
 * distance to its middle.
 *
 * @param country ISO 3166-1 alpha-2, of the address
 * @param at where the place is, with its country where that is known: inside of the country the distance is 0
 * @returns undefined for a country that is not known
 */
export function distanceToCountryKm(
  country: string,
  at: Place & { readonly country?: string },
): number | undefined {
  if (at.country === country) return 0;
  const points = pointsOf(country);
  if (points === undefined) return undefined;
  let nearest = Infinity;
  for (const point of points) nearest = Math.min(nearest, distanceKm(at, point));
  return nearest;
}

let borders: Map<string, Place[]> | undefined;

function pointsOf(country: string): readonly Place[] | undefined {
  borders ??= readBorders();
  return borders.get(country);
}

/** Read at the first question: whoever asks none does without the map. */
function readBorders(): Map<string, Place[]> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const topology = require('world-atlas/countries-110m.json') as Topology<{
    countries: GeometryCollection<GeoJsonProperties>;
  }>;
  const outlines = new Map<string, Place[]>();
  for (const { id, geometry } of feature(topology, topology.objects.countries).features) {
    const rings =
      geometry.type === 'Polygon'
        ? geometry.coordinates
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates.flat()
          : [];
    outlines.set(String(id), rings.flatMap(withoutGaps));
  }
  return new Map(
    countries.map(({ cca2, ccn3, latlng: [latitude, longitude] }) => [
      cca2,
      outlines.get(ccn3) ?? [{ latitude, longitude }],
    ]),
  );
}

function withoutGaps(ring: readonly Position[]): Place[] {
  return ring.slice(1).flatMap((end, index) => {
    const start = ring[index] as Position;
    const steps = Math.max(1, Math.ceil(distanceKm(placeOf(start), placeOf(end)) / STEP_KM));
    // Straight on the map: long borders follow a parallel or a meridian.
    return Array.from({ length: steps }, (_, step) =>
      between(placeOf(start), placeOf(end), (step + 1) / steps),
    );
  });
}

function between(from: Place, to: Place, share: number): Place {
  return {
    latitude: from.latitude + share * (to.latitude - from.latitude),
    longitude: from.longitude + share * (to.longitude - from.longitude),
  };
}

function placeOf([longitude = 0, latitude = 0]: Position): Place {
  return { latitude, longitude };
}
