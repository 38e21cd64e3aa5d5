import {
  chartPoints,
  choicesOf,
  csv,
  daysProblem,
  everyDay,
  filtered,
  lastDays,
  net,
  totalsOf,
} from './report';
import type { ReportRow } from './report.query';

const row = (fields: Partial<ReportRow> = {}): ReportRow => ({
  date: '2026-01-01',
  provider: 'stripe',
  currencyCode: 'EUR',
  captured: 1_000,
  capturedCount: 1,
  refunded: 0,
  refundedCount: 0,
  fees: 30,
  disputed: 0,
  disputedCount: 0,
  disputesLost: 0,
  disputesLostCount: 0,
  disputesWon: 0,
  disputesWonCount: 0,
  ...fields,
});

describe('the days of a report', () => {
  it('end with today, in UTC', () => {
    expect(lastDays(30, new Date('2026-03-01T23:59:59.999Z'))).toEqual({
      from: '2026-01-31',
      to: '2026-03-01',
    });
    expect(lastDays(1, new Date('2026-03-01T00:00:00.000Z'))).toEqual({
      from: '2026-03-01',
      to: '2026-03-01',
    });
  });

  it.each([
    ['2026-01-01', '2026-01-01', undefined],
    ['2024-01-01', '2024-12-31', undefined],
    ['2026-01-02', '2026-01-01', 'to'],
    ['2026-01-01', '2027-01-02', 'to'],
    ['', '2026-01-01', 'from'],
    ['2026-01-01', '', 'to'],
    ['2026-02-30', '2026-03-01', 'from'],
  ])('from %j to %j: %j is wrong', (from, to, field) => {
    expect(daysProblem({ from, to })?.field).toBe(field);
  });

  it('are all of them, over the end of a month and the change of clocks', () => {
    expect(everyDay({ from: '2026-03-28', to: '2026-04-01' })).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
      '2026-03-31',
      '2026-04-01',
    ]);
  });
});

it('shows those of a provider or a currency', () => {
  const rows = [row(), row({ provider: 'mollie' }), row({ currencyCode: 'USD' })];
  const names = (provider: string, currencyCode: string) =>
    filtered(rows, { provider, currencyCode }).map(each => `${each.provider} ${each.currencyCode}`);
  expect(names('', '')).toHaveLength(3);
  expect(names('stripe', '')).toEqual(['stripe EUR', 'stripe USD']);
  expect(names('stripe', 'USD')).toEqual(['stripe USD']);
  expect(choicesOf(rows, 'provider')).toEqual(['mollie', 'stripe']);
  expect(choicesOf(rows, 'currencyCode')).toEqual(['EUR', 'USD']);
});

it('never adds up different currencies', () => {
  const totals = totalsOf([
    row({ currencyCode: 'USD', capturedCount: 1 }),
    row({ refunded: 100, disputesLost: 50 }),
    row({ date: '2026-01-02', provider: 'mollie', captured: 500 }),
  ]);
  expect(totals).toMatchObject([
    { currencyCode: 'EUR', captured: 1_500, capturedCount: 2, refunded: 100, fees: 60 },
    { currencyCode: 'USD', captured: 1_000 },
  ]);
  expect(totals.map(net)).toEqual([1_290, 970]);
  expect(totalsOf([])).toEqual([]);
});

it('draws every day, in one currency', () => {
  const rows = [
    row(),
    row({ provider: 'mollie', captured: 500, refunded: 200 }),
    row({ date: '2026-01-03', currencyCode: 'USD' }),
  ];
  expect(chartPoints(rows, { from: '2026-01-01', to: '2026-01-03' }, 'EUR')).toEqual([
    { date: '2026-01-01', captured: 1_500, refunded: -200 },
    { date: '2026-01-02', captured: 0, refunded: 0 },
    { date: '2026-01-03', captured: 0, refunded: 0 },
  ]);
});

it('writes a table for other programs', () => {
  expect(csv([row({ captured: -1_050 }), row({ provider: '=1,"2"' })])).toBe(
    'date,provider,currencyCode,captured,capturedCount,refunded,refundedCount,fees,disputed,disputedCount,disputesLost,disputesLostCount,disputesWon,disputesWonCount\r\n' +
      '2026-01-01,stripe,EUR,-10.50,1,0.00,0,0.30,0.00,0,0.00,0,0.00,0\r\n' +
      `2026-01-01,"'=1,""2""",EUR,10.00,1,0.00,0,0.30,0.00,0,0.00,0,0.00,0\r\n`,
  );
});
