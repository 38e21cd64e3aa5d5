import * as fc from 'fast-check';
import { MAX_ID, NO_SUCH_ID, decodeEntityId } from './entity-id';

describe('decodeEntityId', () => {
  it.each(['1', '42', String(MAX_ID)])('reads %s', id => {
    expect(decodeEntityId(id)).toBe(Number(id));
  });

  it.each([
    '2147483648',
    '99999999999',
    '1e3',
    '1e99',
    '1.5',
    '-5',
    '0x10',
    ' 1',
    '1\n',
    '',
    'abc',
    'Infinity',
    'NaN',
    '１',
  ])('has nothing for %j', id => {
    expect(decodeEntityId(id)).toBe(NO_SUCH_ID);
  });

  it('always gives a number that the database can hold', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), text => {
        const id = decodeEntityId(text);
        return Number.isInteger(id) && id >= NO_SUCH_ID && id <= MAX_ID;
      }),
    );
  });
});
