import type { LoadResult } from './load-phase';
import type { Usage } from './meter';
import { parseOptions } from './options';
import { problems, report, table, type RoundResult, type RunInfo } from './report';
import { SINGLE_STEPS, type SingleResult, type SingleStep } from './single-phase';

const usage = (value: number): Usage => ({
  server: value,
  worker: 0,
  postgres: value / 2,
  services: 0,
  statements: value * 2,
});

/** A round in which everything costs `cost`. */
function round(cost: number, load: Partial<LoadResult> = {}): RoundResult {
  const single = Object.fromEntries(
    SINGLE_STEPS.map(step => [step, { usage: usage(cost), latency: cost }]),
  ) as Record<SingleStep, SingleResult>;
  const latency = { p50: cost, p95: cost * 2, p99: cost * 3 };
  return {
    single,
    usage: usage(cost * 10),
    residentMb: 200,
    load: {
      journeys: 100,
      journeysPerSecond: 100 / cost,
      requests: 500,
      failed: 0,
      brokenChecks: [],
      latency: { home: latency, search: latency, product: latency, add: latency, view: latency },
      ...load,
    },
  };
}

const INFO: RunInfo = {
  startedAt: new Date('2026-01-02T03:04:05Z'),
  commit: 'abc1234',
  command: 'npm run bench -- journey',
  options: parseOptions([]),
  machine: '2 cores',
  loadAverage: 0.5,
};

describe('report', () => {
  const text = report(INFO, { stock: [round(10), round(30)], tradewind: [round(5), round(5)] });

  it('gives the middle and the range of the rounds, and how many times better Tradewind is', () => {
    expect(text).toMatch(
      /\| journeys\/s +\| 6\.67 \(3\.33 to 10\.00\) +\| 20\.00 \(20\.00 to 20\.00\) +\| x3\.00 +\|/,
    );
    expect(text).toMatch(
      /\| server, CPU ms per journey +\| 200\.0 \(100\.0 to 300\.0\) +\| 50\.0 .*\| x4\.00 +\|/,
    );
    expect(text).toMatch(/\| search +\| 20 \/ 5 \(x4\.00\) +\| 40 \/ 10 \(x4\.00\)/);
  });

  it('leaves out what was not measured, and a ratio that a zero makes meaningless', () => {
    expect(text).toMatch(/\| add again +\| – +\| – +\| – +\| 20\.0 \/ 5\.0/);
    expect(text).toMatch(/\| worker, CPU ms per journey +\| 0\.0 .*\| – +\|/);
  });

  it('adds up what a journey costs, without the second add', () => {
    expect(text).toMatch(/\| journey: the sum[^|]*\| – +\| – +\| – +\| – +\| 100\.0 \/ 25\.0 \(x4\.00\)/);
  });

  it('says when, what and how', () => {
    expect(text).toContain('## 2026-01-02 03:04 UTC, abc1234, embedded\n');
    expect(text).toContain('2 x 30 s with 8 shoppers');
    expect(text).toContain('load average before: 0.50');
  });

  it('shows the services only where there are some', () => {
    expect(text).not.toContain('Redis');
    const full = { ...INFO, options: { ...INFO.options, mode: 'full' as const } };
    expect(report(full, { stock: [round(10)], tradewind: [round(5)] })).toContain('Redis');
  });
});

describe('problems', () => {
  it('are none up to 1 % of failed steps', () => {
    expect(problems({ stock: [round(10, { failed: 0.01 })], tradewind: [round(5)] })).toEqual([]);
  });

  it('name the side, the round and the broken checks, and mark the report', () => {
    const bad = round(5, { failed: 0.03, brokenChecks: ['cart has the item'] });
    const rounds = { stock: [round(10), round(10)], tradewind: [round(5), bad] };
    expect(problems(rounds)).toEqual([
      'tradewind, round 2: 100 journeys, 3.0 % of the steps failed (cart has the item)',
    ]);
    expect(report(INFO, rounds)).toContain('embedded: INVALID\n');
  });

  it('count a run without a journey', () => {
    expect(problems({ stock: [round(10, { journeys: 0 })], tradewind: [round(5)] })).toHaveLength(1);
  });
});

describe('table', () => {
  it('lines up', () => {
    expect(table(['a', 'long title'], [['first', '1']])).toEqual([
      '| a     | long title |',
      '| ----- | ---------- |',
      '| first | 1          |',
    ]);
  });
});
