import type { RacesResult } from './races';
import { racesReport } from './report';

const RESULT: RacesResult = {
  paid: 10,
  refused: 50,
  allocated: 10,
  checkoutErrors: {},
  accepted: 200,
  addedUnits: 250,
  unitsInCart: 250,
  lines: 1,
  carts: 1,
  cartErrors: {},
};

const text = racesReport({
  startedAt: new Date('2026-01-02T03:04:05Z'),
  commit: 'abc1234',
  command: 'npm run bench -- races',
  machine: '2 cores',
  loadAverage: 1,
  options: { shoppers: 60, units: 10, changes: 200, seed: 1, port: 1, pgPort: 2 },
  stock: {
    ...RESULT,
    paid: 60,
    unitsInCart: 11,
    checkoutErrors: { 'no answer': 1 },
    cartErrors: { 'deadlock\ndetected': 38 },
  },
  tradewind: RESULT,
});

it('says what was sold that is not there, and what was lost', () => {
  expect(text).toContain('## 2026-01-02 03:04 UTC, abc1234, races');
  expect(text).toContain('| sold, but not there | 50 | 0 |');
  expect(text).toContain('| lost | 239 | 0 |');
});

it('shows the errors of the side that had some, the most frequent first', () => {
  expect(text).toContain('| internal errors | 38 | 0 |');
  expect(text).toMatch(/shoppers of stock were shown:\n\n- 38 x deadlock detected\n- 1 x no answer\n/);
  expect(text).not.toContain('shoppers of Tradewind');
});
