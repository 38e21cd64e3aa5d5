import { distanceToCountryKm } from './countries';

const LONDON = { latitude: 51.51, longitude: -0.09 };
const NEW_YORK = { latitude: 40.71, longitude: -74.01, country: 'US' };

describe('the distance to a country', () => {
  it('is 0 inside of it, however large it is', () => {
    expect(distanceToCountryKm('US', NEW_YORK)).toBe(0);
    expect(distanceToCountryKm('US', { latitude: 34.05, longitude: -118.24, country: 'US' })).toBe(0);
  });

  it('is that to its nearest land', () => {
    const toFrance = distanceToCountryKm('FR', { ...LONDON, country: 'GB' }) ?? NaN;
    expect(toFrance).toBeGreaterThan(100);
    expect(toFrance).toBeLessThan(250);
    expect(distanceToCountryKm('DE', NEW_YORK)).toBeGreaterThan(5000);
  });

  it('knows borders that are straight for a thousand kilometres', () => {
    // Regina in Canada, 160 km from the 49th parallel.
    const regina = distanceToCountryKm('US', { latitude: 50.45, longitude: -104.62, country: 'CA' });
    expect(regina).toBeLessThan(220);
  });

  it('is that to the middle of a country too small for the map', () => {
    expect(distanceToCountryKm('SG', { latitude: 3.14, longitude: 101.69, country: 'MY' })).toBeLessThan(400);
  });

  it('is missing for what is no country', () => {
    expect(distanceToCountryKm('XX', LONDON)).toBeUndefined();
    expect(distanceToCountryKm('', LONDON)).toBeUndefined();
  });
});
