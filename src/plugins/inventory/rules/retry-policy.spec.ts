import * as fc from 'fast-check';
import {
  DEFAULT_RETRY_POLICY,
  attemptsAllowed,
  isDatabaseError,
  isTransient,
  retryDelay,
} from './retry-policy';

describe('isTransient', () => {
  it.each(['40P01', '40001', '55P03'])('knows %s wherever it is', code => {
    expect(isTransient({ code })).toBe(true);
    expect(isTransient({ driverError: { code } })).toBe(true);
    expect(isTransient(new Error('wrapped', { cause: { code } }))).toBe(true);
  });

  it('takes nothing else for transient', () => {
    for (const error of [undefined, null, 'x', new Error('deadlock'), { code: '23505' }, { code: 40001 }]) {
      expect(isTransient(error)).toBe(false);
    }
  });

  it('does not follow a circle of causes for ever', () => {
    const error: { cause?: unknown } = {};
    error.cause = error;
    expect(isTransient(error)).toBe(false);
  });
});

describe('isDatabaseError', () => {
  it('knows the errors of the driver, also with no code or as a cause', () => {
    expect(isDatabaseError({ code: '25P02', severity: 'ERROR' })).toBe(true);
    expect(isDatabaseError({ driverError: new Error('Connection terminated') })).toBe(true);
    expect(isDatabaseError(new Error('wrapped', { cause: { driverError: {} } }))).toBe(true);
  });

  it('takes nothing else for one', () => {
    for (const error of [undefined, 'x', new Error('deadlock'), { code: 'ENOENT' }, { code: '40001' }]) {
      expect(isDatabaseError(error)).toBe(false);
    }
  });
});

it('runs a request that waited in vain less often than one that met others', () => {
  const allowed = (code: string) => attemptsAllowed(DEFAULT_RETRY_POLICY, { code });
  expect(allowed('40P01')).toBe(DEFAULT_RETRY_POLICY.maxAttempts);
  expect(allowed('55P03')).toBe(DEFAULT_RETRY_POLICY.maxAttemptsAfterWait);
  expect(allowed('23505')).toBe(1);
});

it('waits at random below a bound that grows to a limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failed, random) => {
        const delay = retryDelay(DEFAULT_RETRY_POLICY, failed, random);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(DEFAULT_RETRY_POLICY.maxDelayMs);
      },
    ),
  );
  expect(retryDelay(DEFAULT_RETRY_POLICY, 1, 1)).toBe(20);
  expect(retryDelay(DEFAULT_RETRY_POLICY, 3, 1)).toBe(80);
});
