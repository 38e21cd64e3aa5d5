import { parseSummary } from './load-phase';

const trend = (med: number) => ({ values: { count: 10, min: 1, med, 'p(95)': med * 2, 'p(99)': med * 3 } });

const SUMMARY = {
  metrics: {
    journeys: { type: 'counter', contains: 'default', values: { count: 50, rate: 4.7 } },
    http_reqs: { values: { count: 260, rate: 24 } },
    step_failed: { values: { rate: 0.02, passes: 5, fails: 255 } },
    step_home: trend(10),
    step_search: trend(20),
    step_product: trend(30),
    step_add: trend(40),
  },
  root_group: {
    checks: [
      { name: 'home has collections', passes: 52, fails: 0 },
      { name: 'search has results', passes: 47, fails: 5 },
    ],
  },
};

describe('parseSummary', () => {
  const result = parseSummary(SUMMARY, 10);

  it('counts journeys over the time that was asked for, not over what k6 took to end', () => {
    expect(result).toMatchObject({ journeys: 50, journeysPerSecond: 5, requests: 260, failed: 0.02 });
  });

  it('gives the percentiles of each step, and none for a step that nobody reached', () => {
    expect(result.latency.product).toEqual({ p50: 30, p95: 60, p99: 90 });
    expect(result.latency.view).toBeUndefined();
  });

  it('names the checks that were broken', () => {
    expect(result.brokenChecks).toEqual(['search has results']);
  });

  it('takes a run without any step for a failure', () => {
    expect(parseSummary({ metrics: {}, root_group: { checks: [] } }, 10)).toMatchObject({
      journeys: 0,
      failed: 1,
    });
  });

  it('refuses something else', () => {
    expect(() => parseSummary({ metrics: 1 }, 10)).toThrow();
  });
});
