import * as fc from 'fast-check';
import {
  lineProgress,
  statusByParcels,
  statusOf,
  statusOfState,
  type LineProgress,
} from './lifecycle-status';

const line = (quantity: number, shipped: number, delivered: number): LineProgress => ({
  quantity,
  shipped,
  delivered,
});

describe('statusByParcels', () => {
  it.each<[string, LineProgress[], string]>([
    ['stays while a unit has not gone out', [line(2, 1, 0), line(1, 1, 0)], 'ready_to_ship'],
    ['is shipped when all are on their way', [line(2, 2, 0), line(1, 1, 0)], 'shipped'],
    ['is shipped while one has not arrived', [line(2, 1, 1), line(1, 0, 1)], 'shipped'],
    ['is delivered when all have arrived', [line(2, 0, 2), line(1, 0, 1)], 'delivered'],
    ['does not wait for what was cancelled', [line(0, 0, 0), line(1, 1, 0)], 'shipped'],
  ])('%s', (_what, lines, status) => {
    expect(statusByParcels(lines, 'ready_to_ship')).toBe(status);
  });

  it('stays when nothing is left of the order', () => {
    expect(statusByParcels([line(0, 0, 0)], 'cancelled')).toBe('cancelled');
  });

  it('goes back to processing when a parcel was cancelled', () => {
    expect(statusByParcels([line(1, 0, 0)], 'shipped')).toBe('processing');
    expect(statusByParcels([line(1, 0, 0)], 'delivered')).toBe('processing');
  });

  it('is never further than its least advanced unit', () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 5 }),
        shipped: fc.integer({ min: 0, max: 5 }),
        delivered: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, found => {
        const status = statusByParcels(found, 'processing');
        const unsent = found.some(({ quantity, shipped, delivered }) => shipped + delivered < quantity);
        const arrived = found.every(({ quantity, delivered }) => delivered >= quantity);
        expect(status).toBe(unsent ? 'processing' : arrived ? 'delivered' : 'shipped');
      }),
    );
  });
});

describe('lineProgress', () => {
  it('counts the units of each line in parcels of each state', () => {
    const lines = [
      { id: '1', quantity: 5 },
      { id: '2', quantity: 1 },
    ];
    const parcels = [
      { state: 'Shipped', lines: [{ orderLineId: '1', quantity: 2 }] },
      { state: 'Delivered', lines: [{ orderLineId: '1', quantity: 1 }] },
      {
        state: 'Shipped',
        lines: [
          { orderLineId: '1', quantity: 1 },
          { orderLineId: '2', quantity: 1 },
        ],
      },
      { state: 'Cancelled', lines: [{ orderLineId: '1', quantity: 5 }] },
      { state: 'Pending', lines: [{ orderLineId: '1', quantity: 1 }] },
    ];
    expect(lineProgress(lines, parcels)).toEqual([line(5, 3, 1), line(1, 1, 0)]);
  });
});

describe('statusOf', () => {
  it('is what was recorded, and else what the state says', () => {
    expect(statusOf({ state: 'Modifying', customFields: { lifecycleStatus: 'processing' } })).toBe(
      'processing',
    );
    expect(statusOf({ state: 'Delivered', customFields: { lifecycleStatus: null } })).toBe('delivered');
    expect(statusOf({ state: 'Shipped', customFields: { lifecycleStatus: 'from_another_release' } })).toBe(
      'shipped',
    );
    expect(statusOf({ state: 'PaymentAuthorized' })).toBe('payment_pending');
    expect(statusOfState('SomethingElse')).toBe('pending');
  });
});
