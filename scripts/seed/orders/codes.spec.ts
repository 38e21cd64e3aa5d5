import { Random } from '../random';
import { OrderCodes } from './codes';

describe('OrderCodes', () => {
  it('have the form of the shop, differ, and follow from the seed', () => {
    const codes = new OrderCodes(Random.of(1));
    const first = Array.from({ length: 50_000 }, (_, i) => codes.code(i));
    expect(new Set(first).size).toBe(first.length);
    for (const code of first) expect(code).toMatch(/^ORD-\d{10}$/);
    expect(new OrderCodes(Random.of(1)).code(7)).toBe(first[7]);
    expect(new OrderCodes(Random.of(2)).code(7)).not.toBe(first[7]);
  });
});
