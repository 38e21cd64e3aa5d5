import * as fc from 'fast-check';
import type { SimulatedOrder } from '../orders/history';
import { StockBook, splitAvailable } from './stock-book';

const order = (state: SimulatedOrder['state'], quantity: number): SimulatedOrder => ({
  index: 0,
  customer: 0,
  express: false,
  coupon: false,
  state,
  createdAt: 0,
  placedAt: 1,
  ...(state === 'Shipped' || state === 'Delivered' ? { shippedAt: 2 } : {}),
  lines: [{ variant: 1, quantity }],
});

describe('StockBook', () => {
  it('sells what was shipped, allocates what waits, and forgets what was cancelled', () => {
    const book = new StockBook(3);
    book.enter(order('Delivered', 2), 'east');
    book.enter(order('Shipped', 3), 'east');
    book.enter(order('PaymentSettled', 4), 'west');
    book.enter(order('Cancelled', 5), 'west');
    expect([book.soldOf(1, 'east'), book.soldOf(1, 'west')]).toEqual([5, 0]);
    expect([book.allocatedOf(1, 'east'), book.allocatedOf(1, 'west')]).toEqual([0, 4]);
    expect(book.soldOf(0, 'east')).toBe(0);
  });
});

describe('splitAvailable', () => {
  it('loses no unit', () => {
    fc.assert(
      fc.property(fc.nat(1_000), units => {
        const { east, west } = splitAvailable(units);
        expect(east + west).toBe(units);
        expect(Math.min(east, west)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
