import { LanguageCode, PaymentMethodHandler } from '@vendure/core';
import type {
  PaymentProvider,
  ProviderCall,
  ProviderEvent,
  ProviderResult,
} from '../../src/plugins/payments';
import { BARE_HANDLER, BENCH_PROVIDER, PROVIDER_VARIABLE } from './sides';

/** One request, the same on every side. */
async function charge(amount: number, signal: AbortSignal | null = null): Promise<string> {
  const response = await fetch(process.env[PROVIDER_VARIABLE] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount }),
    signal,
  });
  return ((await response.json()) as { id: string }).id;
}

/** As a plugin of a stock shop does it: the provider is called by the handler, in the transaction of the mutation. */
export const bareHandler = new PaymentMethodHandler({
  code: BARE_HANDLER,
  description: [{ languageCode: LanguageCode.en, value: 'Benchmark' }],
  args: {},
  createPayment: async (_ctx, _order, amount) => ({
    amount,
    state: 'Settled' as const,
    transactionId: await charge(amount),
  }),
  settlePayment: () => ({ success: true }),
});

function never(): Promise<never> {
  return Promise.reject(new Error('The benchmark only pays.'));
}

/** The same for the gate. */
export const benchProvider: PaymentProvider = {
  code: BENCH_PROVIDER,
  capabilities: {
    methodTypes: ['card'],
    manualCapture: false,
    partialCapture: false,
    savedMethods: false,
    clientConfirmation: false,
  },
  authorize: async ({ amount }, { signal }: ProviderCall): Promise<ProviderResult> => ({
    status: 'succeeded',
    transactionId: await charge(amount, signal),
    amount,
    fees: null,
    failure: null,
    next: null,
    instrument: null,
  }),
  capture: never,
  void: never,
  refund: never,
  query: () => Promise.resolve(null),
  verifyWebhook: () => false,
  parseWebhook: (): ProviderEvent => {
    throw new Error('The benchmark sends no messages.');
  },
};
