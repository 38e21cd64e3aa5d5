import { MAX_LINE, findAddressProblem, isDeliverable } from './address';

describe('findAddressProblem', () => {
  it('accepts a street alone, names in any script, and a line end from a paste', () => {
    expect(findAddressProblem({ streetLine1: '1 Mill Lane' })).toBeUndefined();
    expect(
      findAddressProblem({ streetLine1: '銀座4丁目', city: '東京都\n', fullName: null }),
    ).toBeUndefined();
    expect(findAddressProblem({ streetLine1: 'x'.repeat(MAX_LINE) })).toBeUndefined();
  });

  it('leaves lines alone that are not given', () => {
    expect(findAddressProblem({ city: 'Leeds' })).toBeUndefined();
  });

  it.each(['', '  ', '\t\n', '\u00a0', null])('refuses the blank street %j', streetLine1 => {
    expect(findAddressProblem({ streetLine1 })?.key).toBe('error.address-street-missing');
  });

  it('names the line that is too long', () => {
    expect(findAddressProblem({ streetLine1: 'x', city: 'y'.repeat(MAX_LINE + 1) })).toEqual({
      key: 'error.text-too-long',
      variables: { field: 'city', max: MAX_LINE },
    });
  });

  it.each(['\u0000', '\u001b[2J', '\u0085'])('refuses the control character in %j', text => {
    expect(findAddressProblem({ streetLine1: `1 ${text} Lane` })?.variables).toEqual({
      field: 'streetLine1',
    });
  });
});

describe('isDeliverable', () => {
  it('needs a street and a country', () => {
    expect(isDeliverable({ streetLine1: '1 Mill Lane', countryCode: 'GB' })).toBe(true);
    expect(isDeliverable({ streetLine1: ' ', countryCode: 'GB' })).toBe(false);
    expect(isDeliverable({ streetLine1: '1 Mill Lane' })).toBe(false);
    expect(isDeliverable({})).toBe(false);
    expect(isDeliverable(undefined)).toBe(false);
  });
});
