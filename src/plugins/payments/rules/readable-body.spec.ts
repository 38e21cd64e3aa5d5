import { findCardData } from './card-number';
import { valuesOf } from './readable-body';

const json = (text: string) => valuesOf(Buffer.from(text), 'application/json; charset=utf-8');
const form = (text: string) => valuesOf(Buffer.from(text), 'application/x-www-form-urlencoded');

describe('the values of a body', () => {
  it('are those of JSON, which must be more than one value', () => {
    expect(json('{"a":[1]}')).toEqual({ a: [1] });
    for (const text of ['', 'null', '7', '"x"', '{', '{"a":1}}', '<html>', '\u0000']) {
      expect(json(text)).toBeUndefined();
    }
  });

  it('are the fields of a form, all of them', () => {
    expect(form('id=tr_1&id=tr_2')).toEqual([{ id: 'tr_1' }, { id: 'tr_2' }]);
    expect(form('')).toBeUndefined();
    expect(findCardData(form('id=tr_1&card=4242+4242%204242+4242&card=x'), 'body')?.kind).toBe('card_number');
    expect(findCardData(form('cvc=123'), 'body')?.kind).toBe('security_code');
  });
});
