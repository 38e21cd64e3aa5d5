import { keyOf, keysOf } from './keys';

describe('the key of a value', () => {
  it('is a UUID that stays the same', () => {
    expect(keyOf('email', 'ada@example.com')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(keyOf('email', 'ada@example.com')).toBe(keyOf('email', 'ada@example.com'));
  });

  it('is another one for another kind or value', () => {
    const keys = [keyOf('email', '1'), keyOf('customer', '1'), keyOf('customer', '2')];
    expect(new Set(keys).size).toBe(3);
  });

  it('is left out for what is not known', () => {
    expect(keysOf({ ip: undefined, device: '', card: 'fp' })).toEqual({ card: keyOf('card', 'fp') });
  });
});
