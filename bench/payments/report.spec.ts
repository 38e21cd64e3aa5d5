import type { PaymentsResult } from './measure';
import { parsePaymentsOptions } from './options';
import { paymentsReport } from './report';

const result = (p50: number, failures: Record<string, number> = {}): PaymentsResult => ({
  alone: { p50, statements: 50.25 },
  paces: [
    { providerMs: 0, perSecond: 20, p50, p95: p50 * 2 },
    { providerMs: 300, perSecond: 10, p50: p50 + 300, p95: p50 + 400 },
  ],
  before: { p50: 10, p95: 20, requests: 100, failed: 0 },
  during: { p50: 11, p95: 21, requests: 100, failed: 7 },
  spikeMs: 4_200,
  paid: 100,
  failures,
  mostIdle: 10,
  meanIdle: 9.5,
});

it('the report puts the sides beside each other, with what was added and what went wrong', () => {
  const text = paymentsReport({
    startedAt: new Date('2026-11-23T12:00:00Z'),
    commit: 'abc1234',
    command: 'npm run bench -- payments',
    machine: '2 cores',
    loadAverage: 0.5,
    loadAverageAfter: 1.5,
    options: parsePaymentsOptions([]),
    results: { stock: result(40, { 'TransportError:  late': 3 }), bare: result(45), gate: result(60) },
  });
  expect(text).toContain('## 2026-11-23 12:00 UTC, abc1234, payments');
  expect(text).toContain("| added to stock's p50, ms, 300 ms | 0 | 5 | 20 |");
  expect(text).toContain('| SQL statements per payment | 50.3 | 50.3 | 50.3 |');
  expect(text).toContain('| browsing meanwhile, p50 / p95 ms | 11 / 21 | 11 / 21 | 11 / 21 |');
  expect(text).toContain('| of its requests, failed | 7 of 100 | 7 of 100 | 7 of 100 |');
  expect(text).toContain('- 3 x TransportError: late');
});
