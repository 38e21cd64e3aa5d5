import { mostStocked, type LocationRanking } from './plan-allocation';

export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** Where a stock location is, as far as staff have said. */
export interface LocationPlace {
  locationId: string;
  countryCode: string | null;
  postalCode: string | null;
  latitude: number | null;
  longitude: number | null;
}

/** Where an order goes to. */
export interface Destination {
  countryCode: string | null;
  postalCode: string | null;
}

const EARTH_RADIUS_KM = 6371;

/** The distance between two places along the surface of the earth, by the haversine formula. */
export function distanceKm(a: Coordinates, b: Coordinates): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2;
  const h =
    haversine(rad(b.latitude - a.latitude)) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * haversine(rad(b.longitude - a.longitude));
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** How near a location is: smaller is nearer. */
interface Nearness {
  /** Another country costs a customs office, or at least another parcel service. */
  abroad: 0 | 1;
  /** In the same country, minus how far the postal codes agree: they are handed out by region. */
  postal: number;
  km: number;
}

/**
 * Ranks the locations by how near they are to where the order goes: those in its country before all others, there by
 * how far the postal codes agree; then by the distance from the middle of the country; then by stock. What is not known
 * decides nothing, so without an address or places it is the most-stocked order.
 *
 * @param centre gives the middle of a country, if it is known
 */
export function nearest(
  destination: Destination,
  places: readonly LocationPlace[],
  centre: (countryCode: string) => Coordinates | undefined,
): LocationRanking {
  const country = code(destination.countryCode);
  if (country === '') return mostStocked;
  const target = centre(country);
  const byId = new Map(
    places.map(place => [place.locationId, nearness(place, country, destination, target, centre)]),
  );
  const unknown: Nearness = { abroad: 1, postal: 0, km: Number.POSITIVE_INFINITY };
  return candidates =>
    mostStocked(candidates)
      .map(candidate => ({ candidate, near: byId.get(candidate.locationId) ?? unknown }))
      .sort((a, b) => compare(a.near, b.near))
      .map(({ candidate }) => candidate);
}

function nearness(
  place: LocationPlace,
  country: string,
  destination: Destination,
  target: Coordinates | undefined,
  centre: (countryCode: string) => Coordinates | undefined,
): Nearness {
  const own = code(place.countryCode);
  const home = own === country;
  const at =
    place.latitude !== null && place.longitude !== null
      ? { latitude: place.latitude, longitude: place.longitude }
      : centre(own);
  return {
    abroad: home ? 0 : 1,
    postal: home ? -agreement(place.postalCode, destination.postalCode) : 0,
    km: at === undefined || target === undefined ? Number.POSITIVE_INFINITY : distanceKm(at, target),
  };
}

function compare(a: Nearness, b: Nearness): number {
  if (a.abroad !== b.abroad) return a.abroad - b.abroad;
  if (a.postal !== b.postal) return a.postal - b.postal;
  // Two unknown distances are equal; their difference is no number.
  return a.km === b.km ? 0 : a.km - b.km;
}

/** How many characters two postal codes have in common from their start. */
function agreement(a: string | null, b: string | null): number {
  const [left, right] = [a, b].map(text => (text ?? '').replace(/[^0-9a-z]/gi, '').toUpperCase());
  if (left === undefined || right === undefined) return 0;
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

function code(text: string | null): string {
  return (text ?? '').trim().toUpperCase();
}
