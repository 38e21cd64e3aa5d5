import * as fc from 'fast-check';
import { grossPriceOf, netPriceOf, priceOrder, prorate, type LineInput } from './money';

const line = fc.record<LineInput>({
  listPrice: fc.integer({ min: 1, max: 300_000 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  taxRate: fc.constantFrom(0, 4, 7, 8, 8.25, 19, 20),
});
const lines = fc.array(line, { minLength: 1, maxLength: 8 });
const shipping = { listPrice: 500, taxRate: 8 };
const net = { pricesIncludeTax: false };
const gross = { pricesIncludeTax: true };

describe('prorate', () => {
  it('gives whole parts that add up, each within one of its exact share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: -50_000, max: 50_000 }),
        (weights, amount) => {
          const parts = prorate(weights, amount);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
          parts.forEach((part, i) =>
            expect(Math.abs(part - (amount * weights[i]!) / total)).toBeLessThanOrEqual(1.0001),
          );
        },
      ),
    );
  });
});

describe('priceOrder', () => {
  // The first order that was placed in a shop with these goods through the platform itself, with WELCOME10.
  it('gives the totals that the platform gave', () => {
    const given = [
      { listPrice: 44_900, quantity: 2, taxRate: 8 },
      { listPrice: 2_990, quantity: 1, taxRate: 8 },
    ];
    const priced = priceOrder(given, shipping, 10, net);
    expect(priced).toMatchObject({
      subTotal: 83_511,
      subTotalWithTax: 90_192,
      shipping: 500,
      shippingWithTax: 540,
      totalWithTax: 90_732,
    });
    expect(priced.lines[0]).toMatchObject({ discount: -8_980, itemDistribution: [-4_490, -4_490] });
  });

  it('adds up, in whole cents, with and without a discount, with prices with or without tax', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(0, 10, 33), fc.constantFrom(net, gross), (given, percent, mode) => {
        const priced = priceOrder(given, shipping, percent, mode);
        const sum = (of: (line: (typeof priced.lines)[number]) => number) =>
          priced.lines.reduce((total, each) => total + of(each), 0);
        expect(priced.subTotal).toBe(sum(each => each.total));
        expect(priced.subTotalWithTax).toBe(sum(each => each.totalWithTax));
        expect(priced.totalWithTax).toBe(priced.subTotalWithTax + priced.shippingWithTax);
        for (const value of Object.values(priced)) {
          if (typeof value === 'number') expect(Number.isInteger(value)).toBe(true);
        }
        expect(priced.subTotalWithTax).toBeGreaterThanOrEqual(priced.subTotal);
      }),
    );
  });

  it('takes off the share that the coupon says, and writes down where it went', () => {
    fc.assert(
      fc.property(lines, given => {
        const full = priceOrder(given, shipping, 0, net);
        const reduced = priceOrder(given, shipping, 10, net);
        expect(reduced.subTotal).toBe(full.subTotal + Math.round(-full.subTotal * 0.1));
        for (const each of reduced.lines) {
          if (each.discount === 0) continue;
          expect(each.itemDistribution.length).toBe(each.quantity);
          expect(each.itemDistribution.reduce((sum, part) => sum + part, 0)).toBe(each.discount);
        }
        expect(reduced.shipping).toBe(full.shipping);
      }),
    );
  });
});

describe('net and gross', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 30 }), (price, rate) => {
        expect(netPriceOf(grossPriceOf(price, rate), rate)).toBeCloseTo(price, 5);
      }),
    );
  });
});
