import fc from 'fast-check';
import { isToken, pauseAfter } from './saved-method';

describe('saved payment methods', () => {
  it('are asked about less and less often, but every day', () => {
    fc.assert(
      fc.property(fc.nat(10_000), attempts => {
        expect(pauseAfter(attempts + 1)).toBeGreaterThanOrEqual(pauseAfter(attempts));
        expect(pauseAfter(attempts)).toBeLessThanOrEqual(24 * 3_600_000);
      }),
    );
    expect(pauseAfter(0)).toBe(300_000);
  });

  it('begin with a token', () => {
    expect(isToken('pm_1NvQ7z2eZvKYlo2C')).toBe(true);
    for (const token of ['', 'a b', 'ü', 'a\u0000', 'x'.repeat(256)]) expect(isToken(token)).toBe(false);
  });
});
