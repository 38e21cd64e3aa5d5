import * as fc from 'fast-check';
import {
  missingUnits,
  planPicks,
  sentUnmarked,
  surplusPicked,
  takeOff,
  unsoldPicked,
  type PickBalance,
} from './plan-picks';

const at = (more: Partial<PickBalance>): PickBalance => ({
  lineId: 'l',
  variantId: 'v',
  locationId: '1',
  allocated: 0,
  sold: 0,
  picked: 0,
  open: 0,
  ...more,
});

const quantities = (
  balances: PickBalance[],
  atHand: Record<string, number> = {},
  mode: 'allocate' | 'follow' = 'allocate',
) =>
  planPicks(balances, new Map(Object.entries(atHand)), mode).map(({ lineId, locationId, quantity }) => [
    lineId,
    locationId,
    quantity,
  ]);

describe('planPicks', () => {
  it('lists what is allocated, at its location', () => {
    expect(quantities([at({ allocated: 3 }), at({ allocated: 2, locationId: '2' })])).toEqual([
      ['l', '1', 3],
      ['l', '2', 2],
    ]);
  });

  it('lists again what an open list has, and nothing that a picked one has', () => {
    expect(quantities([at({ allocated: 3, open: 3 })])).toEqual([['l', '1', 3]]);
    expect(quantities([at({ allocated: 3, picked: 2 })])).toEqual([['l', '1', 1]]);
    expect(quantities([at({ allocated: 3, picked: 3 })])).toEqual([]);
  });

  it('knows that picked units which were sold are gone from their list', () => {
    expect(quantities([at({ allocated: 2, picked: 3, sold: 3 })])).toEqual([['l', '1', 2]]);
  });

  it('lists nothing that is not there', () => {
    expect(quantities([at({ allocated: 5 })], { 'v:1': 2 })).toEqual([['l', '1', 2]]);
    expect(quantities([at({ allocated: 5 })], { 'v:1': -3 })).toEqual([]);
  });

  it('shares what is there between two lines of a variant', () => {
    const lines = [at({ allocated: 2 }), at({ lineId: 'm', allocated: 2 })];
    expect(quantities(lines, { 'v:1': 3 })).toEqual([
      ['l', '1', 2],
      ['m', '1', 1],
    ]);
  });

  it('only takes away when it follows', () => {
    expect(quantities([at({ allocated: 5, open: 2 })], { 'v:1': 0 }, 'follow')).toEqual([['l', '1', 2]]);
    expect(quantities([at({ allocated: 1, open: 2 })], {}, 'follow')).toEqual([['l', '1', 1]]);
  });

  const units = fc.integer({ min: 0, max: 30 });
  const balances = fc.array(
    fc.record({
      lineId: fc.constantFrom('a', 'b', 'c'),
      variantId: fc.constantFrom('v', 'w'),
      locationId: fc.constantFrom('1', '2'),
      allocated: fc.integer({ min: -3, max: 30 }),
      sold: units,
      picked: units,
      open: units,
    }),
    { maxLength: 6 },
  );

  it('never lists more than is allocated or at hand', () => {
    fc.assert(
      fc.property(balances, fc.integer({ min: -5, max: 40 }), (rows, there) => {
        const atHand = new Map([['v:1', there]]);
        const plan = planPicks(rows, atHand, 'allocate');
        const listed = plan.filter(p => p.variantId === 'v' && p.locationId === '1');
        expect(listed.reduce((sum, p) => sum + p.quantity, 0)).toBeLessThanOrEqual(Math.max(0, there));
        expect(plan.every(p => p.quantity > 0)).toBe(true);
        const allocated = rows.reduce((sum, r) => sum + Math.max(0, r.allocated), 0);
        expect(plan.reduce((sum, p) => sum + p.quantity, 0)).toBeLessThanOrEqual(allocated);
      }),
    );
  });
});

describe('missingUnits', () => {
  it('counts what is neither sold nor listed', () => {
    expect(missingUnits(5, [at({ allocated: 3, sold: 2, open: 3 })])).toBe(0);
    expect(missingUnits(5, [at({ allocated: 5, open: 2 })])).toBe(3);
    expect(missingUnits(5, [])).toBe(5);
    expect(missingUnits(2, [at({ sold: 2, allocated: 0, picked: 2 })])).toBe(0);
  });

  it('does not believe a list that has more than is allocated', () => {
    expect(missingUnits(5, [at({ allocated: 1, open: 5 })])).toBe(4);
  });
});

it('knows what is to be put back', () => {
  expect(surplusPicked(at({ picked: 5, allocated: 3 }))).toBe(2);
  expect(surplusPicked(at({ picked: 5, sold: 3, allocated: 2 }))).toBe(0);
  // A parcel was cancelled: its units are allocated again, and still in their box.
  expect(surplusPicked(at({ picked: 5, sold: 0, allocated: 5 }))).toBe(0);
  // Two of five came back.
  expect(surplusPicked(at({ picked: 5, sold: 3 }))).toBe(2);
});

it('knows what was sent without a mark', () => {
  expect(sentUnmarked(at({ open: 4, sold: 3 }))).toBe(3);
  expect(sentUnmarked(at({ open: 4, sold: 3, picked: 3 }))).toBe(0);
  expect(sentUnmarked(at({ picked: 5, sold: 3 }))).toBe(0);
});

it('takes units off lines in their order', () => {
  expect(takeOff([{ quantity: 2 }, { quantity: 3 }, { quantity: 1 }], 4)).toEqual([
    { quantity: 0 },
    { quantity: 1 },
  ]);
  expect(takeOff([{ quantity: 2 }], 0)).toEqual([]);
});

it('forgets nothing that came back', () => {
  expect(unsoldPicked({ picked: 3, sold: 1 })).toBe(2);
  expect(unsoldPicked({ picked: 1, sold: 3 })).toBe(0);
});
