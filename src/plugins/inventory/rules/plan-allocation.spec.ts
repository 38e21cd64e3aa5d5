import * as fc from 'fast-check';
import { freeAt, planAllocation, saleable, type Demand, type VariantStock } from './plan-allocation';

const location = (locationId: string, onHand: number, allocated = 0, held = 0) => ({
  locationId,
  onHand,
  allocated,
  held,
});

const stock = (locations: VariantStock['locations'], more: Partial<VariantStock> = {}): VariantStock => ({
  variantId: 'v',
  tracked: true,
  threshold: 0,
  locations,
  ...more,
});

const plan = (quantity: number, of: VariantStock) =>
  planAllocation([{ lineId: 'l', variantId: 'v', quantity }], new Map([['v', of]]));

const parts = (quantity: number, of: VariantStock) =>
  plan(quantity, of).assignments.map(({ locationId, quantity: units }) => [locationId, units]);

describe('planAllocation', () => {
  it('takes all from the most-stocked location that has it', () => {
    expect(parts(3, stock([location('1', 4), location('2', 9)]))).toEqual([['2', 3]]);
  });

  it('splits when no location has all', () => {
    expect(parts(10, stock([location('1', 4), location('2', 9)]))).toEqual([
      ['2', 9],
      ['1', 1],
    ]);
  });

  it('counts what is allocated and held as gone', () => {
    expect(plan(3, stock([location('1', 10, 4, 4)])).shortages).toEqual([
      { lineId: 'l', variantId: 'v', asked: 3, left: 2 },
    ]);
  });

  it('leaves the threshold unsold', () => {
    expect(saleable(stock([location('1', 5)], { threshold: 2 }))).toBe(3);
  });

  it('sells ahead down to a threshold below zero, from the best location', () => {
    const backorder = stock([location('1', 1), location('2', 2)], { threshold: -5 });
    expect(parts(6, backorder)).toEqual([
      ['2', 5],
      ['1', 1],
    ]);
    expect(plan(9, backorder).shortages).toHaveLength(1);
  });

  it('never runs out of a variant that is not tracked', () => {
    expect(parts(1000, stock([location('1', 0)], { tracked: false }))).toEqual([['1', 1000]]);
  });

  it('counts two lines of one variant together', () => {
    const demands: Demand[] = [
      { lineId: 'a', variantId: 'v', quantity: 3 },
      { lineId: 'b', variantId: 'v', quantity: 3 },
    ];
    const { assignments, shortages } = planAllocation(demands, new Map([['v', stock([location('1', 5)])]]));
    expect(assignments).toEqual([{ lineId: 'a', variantId: 'v', locationId: '1', quantity: 3 }]);
    expect(shortages).toEqual([{ lineId: 'b', variantId: 'v', asked: 3, left: 2 }]);
  });

  it('is not short of what nobody counts, though the channel has no location', () => {
    expect(plan(1000, stock([], { tracked: false }))).toEqual({ assignments: [], shortages: [] });
    expect(plan(1, stock([])).shortages).toMatchObject([{ asked: 1, left: 0 }]);
  });

  it('is short of what it does not know, and of what no location of the channel has', () => {
    expect(planAllocation([{ lineId: 'l', variantId: 'x', quantity: 1 }], new Map()).shortages).toHaveLength(
      1,
    );
    expect(plan(1, stock([], { threshold: -10 })).shortages).toEqual([
      { lineId: 'l', variantId: 'v', asked: 1, left: 0 },
    ]);
  });

  const units = fc.integer({ min: 0, max: 50 });
  const anyStock = fc
    .array(fc.tuple(units, units, units), { minLength: 1, maxLength: 5 })
    .map(rows =>
      stock(rows.map(([onHand, allocated, held], i) => location(String(i + 1), onHand, allocated, held))),
    );
  const anyDemands = fc
    .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
    .map(quantities => quantities.map((quantity, i) => ({ lineId: String(i), variantId: 'v', quantity })));

  it('gives each line all or nothing, and never more than is saleable', () => {
    fc.assert(
      fc.property(anyStock, anyDemands, fc.integer({ min: -40, max: 40 }), (of, demands, threshold) => {
        const limited = { ...of, threshold };
        const { assignments, shortages } = planAllocation(demands, new Map([['v', limited]]));
        for (const { lineId, quantity } of demands) {
          const given = assignments.filter(a => a.lineId === lineId).reduce((sum, a) => sum + a.quantity, 0);
          expect(given).toBe(shortages.some(s => s.lineId === lineId) ? 0 : quantity);
        }
        const total = assignments.reduce((sum, a) => sum + a.quantity, 0);
        expect(total).toBeLessThanOrEqual(saleable(limited));
        expect(assignments.every(a => a.quantity > 0)).toBe(true);
      }),
    );
  });

  it('takes no location below zero unless units may be sold ahead', () => {
    fc.assert(
      fc.property(anyStock, anyDemands, (of, demands) => {
        const { assignments } = planAllocation(demands, new Map([['v', of]]));
        // Where one location is in debt, the others may not be able to cover its share.
        fc.pre(of.locations.every(l => freeAt(l) >= 0));
        for (const l of of.locations) {
          const taken = assignments
            .filter(a => a.locationId === l.locationId)
            .reduce((sum, a) => sum + a.quantity, 0);
          expect(taken).toBeLessThanOrEqual(freeAt(l));
        }
      }),
    );
  });
});
