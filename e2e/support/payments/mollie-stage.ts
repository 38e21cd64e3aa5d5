import { randomBytes } from 'node:crypto';
import { MolliePaymentProvider } from '../../../src/plugins/payments';
import { FaultProxy } from './fault-proxy';
import { MollieBackend } from './mollie-backend';
import type { ProviderStage } from './provider-stage';

export interface MollieStage extends ProviderStage {
  readonly provider: MolliePaymentProvider;
  readonly proxy: FaultProxy;
  readonly backend: MollieBackend;
  readonly apiKey: string;
  /** The same provider with another key. */
  providerWith(apiKey: string): MolliePaymentProvider;
}

/** Mollie's adapter before the fake, with the fault proxy between them. */
export async function mollieStage(): Promise<MollieStage> {
  const apiKey = `test_${randomBytes(16).toString('hex')}`;
  const backend = new MollieBackend(apiKey);
  const proxy = new FaultProxy(backend);
  await proxy.up(0);
  const providerWith = (key: string) =>
    new MolliePaymentProvider({
      apiKey: key,
      apiEndpoint: `${proxy.url}/v2/`,
      webhookUrl: 'https://shop.example/hook',
    });
  return {
    provider: providerWith(apiKey),
    providerWith,
    proxy,
    backend,
    apiKey,
    // The shopper chooses the card on Mollie's page.
    token: () => Promise.resolve(null),
    shopper: (transactionId, does) => Promise.resolve(backend.shopper(transactionId, does)),
    ledger: () => backend.ledger(),
    close: () => proxy.stop(),
  };
}
