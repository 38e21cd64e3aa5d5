import * as fc from 'fast-check';
import { distanceKm, nearest, type Coordinates, type LocationPlace } from './nearest';
import { mostStocked, planAllocation, type LocationStock } from './plan-allocation';

const CENTRES: Record<string, Coordinates> = {
  DE: { latitude: 51, longitude: 9 },
  GB: { latitude: 54, longitude: -2 },
  FR: { latitude: 46, longitude: 2 },
  AU: { latitude: -27, longitude: 133 },
};
const centre = (code: string) => CENTRES[code];

const place = (locationId: string, more: Partial<LocationPlace> = {}): LocationPlace => ({
  locationId,
  countryCode: null,
  postalCode: null,
  latitude: null,
  longitude: null,
  ...more,
});

const stock = (locationId: string, onHand: number): LocationStock => ({
  locationId,
  onHand,
  allocated: 0,
  held: 0,
});

const ranked = (
  places: LocationPlace[],
  to: { countryCode: string | null; postalCode?: string | null },
  stocks = places.map(({ locationId }, i) => stock(locationId, 10 + i)),
) => nearest({ postalCode: null, ...to }, places, centre)(stocks).map(({ locationId }) => locationId);

it('measures the earth', () => {
  const london = { latitude: 51.5074, longitude: -0.1278 };
  const newYork = { latitude: 40.7128, longitude: -74.006 };
  expect(distanceKm(london, newYork)).toBeGreaterThan(5_560);
  expect(distanceKm(london, newYork)).toBeLessThan(5_580);
  expect(distanceKm(london, london)).toBe(0);
  expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(
    Math.PI * 6371,
  );
});

it('prefers the country of the order, however much is elsewhere', () => {
  const places = [place('1', { countryCode: 'GB' }), place('2', { countryCode: 'DE' })];
  expect(ranked(places, { countryCode: 'de' })).toEqual(['2', '1']);
  expect(ranked(places, { countryCode: 'GB' })).toEqual(['1', '2']);
});

it('goes by the postal code inside of a country', () => {
  const places = [
    place('1', { countryCode: 'DE', postalCode: '80331' }),
    place('2', { countryCode: 'DE', postalCode: '10 115' }),
    place('3', { countryCode: 'DE', postalCode: '10999' }),
  ];
  expect(ranked(places, { countryCode: 'DE', postalCode: '10967' })).toEqual(['3', '2', '1']);
});

it('goes by the distance to other countries, from the coordinates or the middle of the country', () => {
  const places = [
    place('1', { countryCode: 'AU' }),
    place('2', { countryCode: 'GB' }),
    place('3', { latitude: 48.8, longitude: 2.3 }),
    place('4'),
  ];
  expect(ranked(places, { countryCode: 'DE' })).toEqual(['3', '2', '1', '4']);
});

it('is the most-stocked order when it knows nothing', () => {
  const places = [place('1'), place('2')];
  expect(ranked(places, { countryCode: null })).toEqual(['2', '1']);
  expect(ranked(places, { countryCode: 'DE' })).toEqual(['2', '1']);
  expect(ranked([place('1', { countryCode: 'DE' }), place('2')], { countryCode: 'XX' })).toEqual(['2', '1']);
});

it('splits from the nearest on, and still takes all from one that has all', () => {
  const places = [place('1', { countryCode: 'GB' }), place('2', { countryCode: 'DE' })];
  const rank = nearest({ countryCode: 'GB', postalCode: null }, places, centre);
  const of = (quantity: number) =>
    planAllocation(
      [{ lineId: 'l', variantId: 'v', quantity }],
      new Map([
        ['v', { variantId: 'v', tracked: true, threshold: 0, locations: [stock('1', 3), stock('2', 9)] }],
      ]),
      rank,
    ).assignments.map(({ locationId, quantity: units }) => [locationId, units]);
  expect(of(2)).toEqual([['1', 2]]);
  expect(of(5)).toEqual([['2', 5]]);
  expect(of(11)).toEqual([
    ['1', 3],
    ['2', 8],
  ]);
});

it('loses no location', () => {
  const anyPlace = fc.record({
    locationId: fc.constantFrom('1', '2', '3', '4'),
    countryCode: fc.option(fc.constantFrom('DE', 'GB', 'XX', '')),
    postalCode: fc.option(fc.string({ maxLength: 6 })),
    latitude: fc.option(fc.double({ min: -90, max: 90, noNaN: true })),
    longitude: fc.option(fc.double({ min: -180, max: 180, noNaN: true })),
  });
  fc.assert(
    fc.property(
      fc.array(anyPlace),
      fc.option(fc.constantFrom('DE', 'FR', 'XX')),
      fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5')),
      (places, countryCode, ids) => {
        const stocks = ids.map((id, i) => stock(id, i));
        const result = ranked(places, { countryCode, postalCode: '12' }, stocks);
        expect([...result].sort()).toEqual([...ids].sort());
        if (countryCode === null) {
          expect(result).toEqual(mostStocked(stocks).map(({ locationId }) => locationId));
        }
      },
    ),
  );
});
