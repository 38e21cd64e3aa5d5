import * as fc from 'fast-check';
import { planParcels } from './plan-parcels';

const units = (orderLineId: string, quantity: number) => ({ orderLineId, quantity });

describe('planParcels', () => {
  it('makes a parcel for each location', () => {
    expect(
      planParcels(
        [
          { id: '1', quantity: 3 },
          { id: '2', quantity: 1 },
        ],
        [],
        [
          { locationId: 'east', lines: [units('1', 2)] },
          { locationId: 'west', lines: [units('1', 1), units('2', 1)] },
        ],
      ),
    ).toEqual([
      { locationId: 'east', lines: [units('1', 2)] },
      { locationId: 'west', lines: [units('1', 1), units('2', 1)] },
    ]);
  });

  it('leaves out what is in a parcel already, and what was cancelled', () => {
    expect(
      planParcels(
        [
          { id: '1', quantity: 3 },
          { id: '2', quantity: 0 },
        ],
        [[units('1', 2)]],
        [{ locationId: 'east', lines: [units('1', 3), units('2', 1)] }],
      ),
    ).toEqual([{ locationId: 'east', lines: [units('1', 1)] }]);
  });

  it('sends what is on no list from nowhere in particular', () => {
    expect(planParcels([{ id: '1', quantity: 1 }], [], [])).toEqual([
      { locationId: null, lines: [units('1', 1)] },
    ]);
    expect(planParcels([{ id: '1', quantity: 1 }], [[units('1', 1)]], [])).toEqual([]);
  });

  it('sends exactly what is left, whatever the lists and parcels say', () => {
    const id = fc.constantFrom('1', '2', '3');
    const some = fc.array(fc.record({ orderLineId: id, quantity: fc.integer({ min: 1, max: 4 }) }), {
      maxLength: 4,
    });
    const quantities = fc.tuple(...['1', '2', '3'].map(() => fc.integer({ min: 0, max: 6 })));
    const lists = fc.array(fc.record({ locationId: fc.constantFrom('east', 'west'), lines: some }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(quantities, fc.array(some, { maxLength: 2 }), lists, (wanted, parcels, listed) => {
        const lines = wanted.map((quantity, index) => ({ id: String(index + 1), quantity }));
        const planned = planParcels(lines, parcels, listed).flatMap(parcel => parcel.lines);
        for (const { id: lineId, quantity } of lines) {
          const sent = parcels.flat().filter(line => line.orderLineId === lineId);
          const left = Math.max(0, quantity - sent.reduce((sum, line) => sum + line.quantity, 0));
          const now = planned.filter(line => line.orderLineId === lineId);
          expect(now.reduce((sum, line) => sum + line.quantity, 0)).toBe(left);
        }
      }),
    );
  });
});
