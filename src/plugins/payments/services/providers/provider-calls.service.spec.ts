import type { PaymentProvider, ProviderResult } from '../../types';
import { ProviderCallsService } from './provider-calls.service';

const provider = { code: 'gate' } as PaymentProvider;
const base: Omit<ProviderResult, 'status'> = {
  transactionId: null,
  amount: 0,
  fees: null,
  failure: null,
  next: null,
  instrument: null,
};
const ok: ProviderResult = { ...base, status: 'succeeded' };
const lost: ProviderResult = { ...base, status: 'unknown' };
const declined: ProviderResult = {
  ...base,
  status: 'failed',
  failure: { kind: 'declined', code: 'card_declined', message: 'No.' },
};

const calls = (breaker = {}) => new ProviderCallsService({ providers: [], callTimeoutMs: 50, breaker });

it('hands the key and a signal to the call, and its result back', async () => {
  const operation = jest.fn().mockResolvedValue(ok);
  expect(await calls().make(provider, 'key-1', operation)).toEqual(ok);
  expect(operation).toHaveBeenCalledWith({
    idempotencyKey: 'key-1',
    signal: expect.any(AbortSignal) as AbortSignal,
  });
});

it.each([
  ['throws', () => Promise.reject(new Error('whatever the provider sent'))],
  ['never ends', () => new Promise<ProviderResult>(() => undefined)],
])('knows nothing of a call that %s', async (_what, operation) => {
  expect(await calls().make(provider, 'key', operation)).toEqual(lost);
});

describe('the circuit breaker', () => {
  it('leaves a provider alone that does not answer, and tries it again after a rest', async () => {
    const service = calls({ resetTimeout: 40 });
    const operation = jest.fn().mockResolvedValue(lost);
    for (let call = 0; call < 5; call += 1)
      expect(await service.make(provider, 'key', operation)).toEqual(lost);
    expect(await service.make(provider, 'key', operation)).toMatchObject({
      status: 'failed',
      failure: { kind: 'unavailable', code: 'circuit_open' },
    });
    expect(operation).toHaveBeenCalledTimes(5);
    await new Promise(resolve => setTimeout(resolve, 80));
    operation.mockResolvedValue(ok);
    expect(await service.make(provider, 'key', operation)).toEqual(ok);
    expect(await service.make(provider, 'key', operation)).toEqual(ok);
  });

  it('takes no refusal of a card for trouble', async () => {
    const operation = jest.fn().mockResolvedValue(declined);
    const service = calls();
    for (let call = 0; call < 20; call += 1)
      expect(await service.make(provider, 'key', operation)).toEqual(declined);
  });

  it('also leaves a provider alone that keeps no payment methods, for payments too', async () => {
    const service = calls();
    const operation = jest.fn().mockResolvedValue('unknown');
    const keep = () => service.guarded(provider, 'key', operation, answer => answer === 'unknown');
    for (let call = 0; call < 5; call += 1) expect(await keep()).toEqual({ result: 'unknown' });
    expect(await keep()).toBe('not_made');
    expect(operation).toHaveBeenCalledTimes(5);
    expect(await service.make(provider, 'key', () => Promise.resolve(ok))).toMatchObject({
      status: 'failed',
    });
  });

  it('is one for each provider', async () => {
    const service = calls();
    for (let call = 0; call < 6; call += 1) await service.make(provider, 'key', () => Promise.resolve(lost));
    const other = { code: 'other' } as PaymentProvider;
    expect(await service.make(other, 'key', () => Promise.resolve(ok))).toEqual(ok);
  });
});
