import world from 'world-atlas/countries-110m.json';
import { countryNumber } from './country-numbers';

it('knows countries by the numbers that the outlines have', () => {
  const ids = world.objects.countries.geometries.map(({ id }) => id);
  for (const [code, number] of [
    ['DE', '276'],
    ['gb', '826'],
    ['AF', '004'],
    ['US', '840'],
  ] as const) {
    expect(countryNumber(code)).toBe(number);
    expect(ids).toContain(number);
  }
});

it('knows nothing of what is no country of the map', () => {
  expect([countryNumber('ZZ'), countryNumber(''), countryNumber('VA')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
