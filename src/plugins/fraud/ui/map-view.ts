import { countryNumber } from './country-numbers';
import type { Place, Places } from './review.query';

/** A point of the map that is marked. */
export interface Marker {
  name: string;
  sign: 'ip' | 'billing' | 'shipping';
  longitude: number;
  latitude: number;
}

/** What the map shows: points, and the part of the world around them. */
export interface MapView {
  markers: Marker[];
  /** Longitude and latitude of corners that have to be seen, as a GeoJSON object. */
  around: { type: 'MultiPoint'; coordinates: Array<[number, number]> };
  /** Countries, where no more is known of a place; by their numbers in the outlines. */
  countries: Array<{ name: string; sign: Marker['sign']; number: string }>;
}

const NAMES: Record<Marker['sign'], string> = {
  ip: 'IP address',
  billing: 'Billing address',
  shipping: 'Shipping address',
};

/** Degrees around a point: nobody knows a place by its streets alone. */
const MARGIN = 12;

/** Nothing where no place is known at all. */
export function mapViewOf({ ip, billing, shipping }: Places): MapView {
  const all: Array<[Marker['sign'], Place | null]> = [
    ['ip', ip],
    ['billing', billing],
    ['shipping', shipping],
  ];
  const markers = all.flatMap(([sign, place]): Marker[] =>
    place === null || !onEarth(place.latitude, 90) || !onEarth(place.longitude, 180)
      ? []
      : [{ name: NAMES[sign], sign, latitude: place.latitude, longitude: place.longitude }],
  );
  const countries = all.flatMap(([sign, place]) => {
    const number = place?.country == null ? undefined : countryNumber(place.country);
    return number === undefined || markers.some(marker => marker.sign === sign)
      ? []
      : [{ name: NAMES[sign], sign, number }];
  });
  return { markers, around: { type: 'MultiPoint', coordinates: markers.flatMap(corners) }, countries };
}

/** Also inside the poles, where no more degrees are. */
function corners({ longitude, latitude }: Marker): Array<[number, number]> {
  const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value));
  return [-MARGIN, MARGIN].flatMap(x =>
    [-MARGIN, MARGIN].map((y): [number, number] => [clamp(longitude + x, 179.9), clamp(latitude + y, 85)]),
  );
}

function onEarth(degrees: number | null, most: number): degrees is number {
  return degrees !== null && Number.isFinite(degrees) && Math.abs(degrees) <= most;
}

/** Such as `52.5° N, 13.4° E`. */
export function degreesText(latitude: number, longitude: number): string {
  const text = (value: number, plus: string, minus: string) =>
    `${Math.abs(value).toFixed(1)}° ${value < 0 ? minus : plus}`;
  return `${text(latitude, 'N', 'S')}, ${text(longitude, 'E', 'W')}`;
}

/** What is known of each place, in words: the map is for those who see it. */
export function placeTexts(places: Places): Array<{ term: string; value: string }> {
  const text = (place: Place | null) => {
    if (place === null) return 'not known';
    const { latitude, longitude, country } = place;
    const degrees = latitude === null || longitude === null ? [] : [degreesText(latitude, longitude)];
    return [...(country === null ? [] : [country]), ...degrees].join(', ') || 'not known';
  };
  return [
    { term: NAMES.ip, value: text(places.ip) },
    { term: NAMES.billing, value: text(places.billing) },
    { term: NAMES.shipping, value: text(places.shipping) },
    {
      term: 'Distance of IP and billing',
      value:
        places.distanceKm === null ? 'not known' : `${Math.round(places.distanceKm).toLocaleString()} km`,
    },
  ];
}
