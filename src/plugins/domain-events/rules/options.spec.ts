import fc from 'fast-check';
import { InvalidDefinitionError } from '../errors';
import { DEFAULT_RETENTION_DAYS, resolveOptions } from './options';

describe('resolveOptions', () => {
  it('fills in what is left out', () => {
    expect(resolveOptions({})).toEqual({
      retentionDays: DEFAULT_RETENTION_DAYS,
      relay: true,
      captureCoreEvents: true,
    });
  });

  it('keeps what is given, also when it is false', () => {
    const options = { retentionDays: 7, relay: false, captureCoreEvents: false };
    expect(resolveOptions(options)).toEqual(options);
  });

  it.each([0, -1, 0.5, NaN])('refuses to keep events for %s days', retentionDays => {
    expect(() => resolveOptions({ retentionDays })).toThrow(InvalidDefinitionError);
    expect(() => resolveOptions({ retentionDays })).toThrow(/retentionDays must be at least 1/);
  });

  it('takes every time of a day or more', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, noNaN: true }), retentionDays => {
        expect(resolveOptions({ retentionDays }).retentionDays).toBe(retentionDays);
      }),
    );
  });
});
