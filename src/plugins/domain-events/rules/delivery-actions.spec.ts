import { DELIVERY_STATES, type DeliveryState } from '../types';
import { explainRun, refusal } from './delivery-actions';

describe('what staff can do to a delivery', () => {
  it('retries dead letters only', () => {
    const retryable = DELIVERY_STATES.filter(state => refusal('retry', state) === undefined);
    expect(retryable).toEqual(['dead']);
  });

  it('discards what is neither finished nor running', () => {
    const discardable = DELIVERY_STATES.filter(state => refusal('discard', state) === undefined);
    expect(discardable).toEqual(['waiting', 'ready', 'queued', 'dead']);
  });

  it.each([
    ['retry', 'done', 'NOT_DEAD'],
    ['discard', 'done', 'FINISHED'],
    ['discard', 'running', 'RUNNING'],
    ['discard', undefined, 'NOT_FOUND'],
    ['retry', undefined, 'NOT_FOUND'],
  ] as const)('%s of %s is refused as %s', (action, state, code) => {
    expect(refusal(action, state)?.code).toBe(code);
  });
});

describe('a dry run', () => {
  it('says what would run', () => {
    const runs = DELIVERY_STATES.filter(state => explainRun(state, { kind: 'database' }).wouldRun);
    expect(runs).toEqual(['waiting', 'ready', 'dead'] satisfies DeliveryState[]);
  });

  it('names the idempotency key of an effect', () => {
    expect(explainRun('dead', { kind: 'effect' }).explanation).toContain('same idempotency key');
  });

  it('knows that a handler is gone', () => {
    expect(explainRun('dead', undefined)).toEqual({
      wouldRun: false,
      explanation: 'This release does not have its handler.',
    });
  });
});
