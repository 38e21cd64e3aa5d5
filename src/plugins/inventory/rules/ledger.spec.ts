import * as fc from 'fast-check';
import { decodeCursor, effectOf, effectSql, encodeCursor, LEDGER_KINDS, type LedgerKind } from './ledger';

const sum = (entries: [LedgerKind, number][]) =>
  entries
    .map(([kind, quantity]) => effectOf(kind, quantity))
    .reduce(
      (total, { onHand, allocated, held }) => ({
        onHand: total.onHand + onHand,
        allocated: total.allocated + allocated,
        held: total.held + held,
      }),
      { onHand: 0, allocated: 0, held: 0 },
    );

it('follows an order from its hold to its parcel', () => {
  expect(
    sum([
      ['ADJUSTMENT', 10],
      ['HOLD_PLACED', 3],
      ['HOLD_CONSUMED', 3],
      ['ALLOCATION', 3],
      ['SALE', -3],
    ]),
  ).toEqual({ onHand: 7, allocated: 0, held: 0 });
});

it('gives back what is cancelled before and after it was sent, and what was only held', () => {
  expect(
    sum([
      ['ALLOCATION', 2],
      ['RELEASE', 2],
      ['ALLOCATION', 1],
      ['SALE', -1],
      ['CANCELLATION', 1],
      ['HOLD_PLACED', 4],
      ['HOLD_EXPIRED', 4],
      ['HOLD_PLACED', 1],
      ['HOLD_RELEASED', 1],
    ]),
  ).toEqual({ onHand: 0, allocated: 0, held: 0 });
});

it('says the same in SQL', () => {
  expect(effectSql('allocated', 'm.type', 'm.quantity')).toBe(
    `CASE m.type WHEN 'ALLOCATION' THEN m.quantity WHEN 'SALE' THEN m.quantity WHEN 'RELEASE' THEN -m.quantity ELSE 0 END`,
  );
  expect(effectSql('held', 'm.type', 'm.quantity')).toBe('0');
});

it('has no zero that is below zero', () => {
  for (const kind of LEDGER_KINDS) {
    for (const part of Object.values(effectOf(kind, -2))) expect(Object.is(part, -0)).toBe(false);
  }
});

describe('a cursor', () => {
  it('gives back its place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 1, max: 2_147_483_647 }),
        (micros, rank, id) => {
          const key = { micros: String(micros), rank, id };
          expect(decodeCursor(encodeCursor(key))).toEqual(key);
        },
      ),
    );
  });

  it.each([
    '',
    'x',
    '💥',
    Buffer.from('1.5.1').toString('base64url'),
    Buffer.from('1.1.9999999999').toString('base64url'),
  ])('is refused when it is %j', cursor => expect(decodeCursor(cursor)).toBeUndefined());
});
