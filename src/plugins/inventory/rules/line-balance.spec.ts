import * as fc from 'fast-check';
import { balanceOf, restores, returnedUnits, takeFrom, total, type MovementSum } from './line-balance';

const moved = (type: string, quantity: number, locationId = '1'): MovementSum => ({
  type,
  locationId,
  quantity,
});

/** A line of 5: three sent, two still allocated. */
const partlySent = balanceOf([moved('ALLOCATION', 5), moved('SALE', -3)]);

describe('balanceOf', () => {
  it('follows a line through its movements', () => {
    const balance = balanceOf([
      moved('ALLOCATION', 6, '1'),
      moved('ALLOCATION', 4, '2'),
      moved('SALE', -6, '1'),
      moved('SALE', -2, '2'),
      moved('RELEASE', 1, '2'),
      moved('CANCELLATION', 2, '1'),
    ]);
    expect([...balance.allocated]).toEqual([
      ['1', 0],
      ['2', 1],
    ]);
    expect([...balance.sold]).toEqual([
      ['1', 4],
      ['2', 2],
    ]);
  });
});

describe('takeFrom', () => {
  it('takes the fullest first and never more than there is', () => {
    const there = new Map([
      ['1', 2],
      ['2', 5],
      ['3', -1],
    ]);
    expect(takeFrom(there, 6)).toEqual([
      { locationId: '2', quantity: 5 },
      { locationId: '1', quantity: 1 },
    ]);
    expect(takeFrom(there, 100).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(7);
  });
});

describe('restores', () => {
  it('tells what came back from what is asked for anew', () => {
    const cancelled = balanceOf([moved('ALLOCATION', 5), moved('SALE', -5), moved('CANCELLATION', 5)]);
    expect(restores(cancelled, 5, 5)).toBe(true);
    expect(restores(balanceOf([moved('ALLOCATION', 5)]), 5, 2)).toBe(false);
    expect(restores(balanceOf([]), 5, 5)).toBe(false);
  });
});

describe('returnedUnits', () => {
  it('cancels what never left before what comes back', () => {
    expect(returnedUnits(partlySent, 2)).toBe(0);
    expect(returnedUnits(partlySent, 4)).toBe(2);
    expect(returnedUnits(partlySent, 5)).toBe(3);
  });

  it('gives back together exactly what was cancelled', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(100), (allocated, sent, wanted) => {
        const balance = balanceOf([moved('ALLOCATION', allocated + sent), moved('SALE', -sent)]);
        const cancelled = Math.min(wanted, allocated + sent);
        // Core releases as many as are allocated, up to what is cancelled.
        const released = Math.min(total(balance.allocated), cancelled);
        expect(released + returnedUnits(balance, cancelled)).toBe(cancelled);
      }),
    );
  });
});
