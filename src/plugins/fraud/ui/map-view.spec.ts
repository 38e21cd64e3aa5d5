import { degreesText, mapViewOf, placeTexts } from './map-view';
import type { Place, Places } from './review.query';

const place = (latitude: number | null, longitude: number | null, country: string | null = null): Place => ({
  latitude,
  longitude,
  country,
});
const nowhere: Places = { ip: null, billing: null, shipping: null, distanceKm: null };

describe('the map of a case', () => {
  it('marks what is known, and shows what is around it', () => {
    const view = mapViewOf({ ...nowhere, ip: place(52.5, 13, 'DE'), billing: place(null, null, 'BR') });
    expect(view.markers).toEqual([{ name: 'IP address', sign: 'ip', latitude: 52.5, longitude: 13 }]);
    expect(view.countries).toEqual([{ name: 'Billing address', sign: 'billing', number: '076' }]);
    expect(view.around.coordinates).toHaveLength(4);
    expect(view.around.coordinates).toContainEqual([1, 40.5]);
  });

  it('stays on the earth', () => {
    const view = mapViewOf({
      ...nowhere,
      ip: place(84, 175),
      billing: place(123, 0),
      shipping: place(0, NaN),
    });
    expect(view.markers.map(({ sign }) => sign)).toEqual(['ip']);
    for (const [longitude, latitude] of view.around.coordinates) {
      expect(Math.abs(longitude)).toBeLessThan(180);
      expect(Math.abs(latitude)).toBeLessThanOrEqual(85);
    }
  });

  it('is empty where nothing is known', () => {
    expect(mapViewOf(nowhere)).toEqual({
      markers: [],
      around: { type: 'MultiPoint', coordinates: [] },
      countries: [],
    });
  });
});

it('says the places in words', () => {
  expect(degreesText(-33.87, 151.2)).toBe('33.9° S, 151.2° E');
  expect(placeTexts({ ...nowhere, ip: place(48.2, 16.4, 'AT'), distanceKm: 1234.6 })).toEqual([
    { term: 'IP address', value: 'AT, 48.2° N, 16.4° E' },
    { term: 'Billing address', value: 'not known' },
    { term: 'Shipping address', value: 'not known' },
    { term: 'Distance of IP and billing', value: '1,235 km' },
  ]);
});
