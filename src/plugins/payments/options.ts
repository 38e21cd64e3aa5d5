import type { PaymentProvider } from './types';

/** What `PaymentsPlugin.init` takes. */
export interface PaymentsPluginOptions {
  /** The providers that the shop has accounts with. */
  readonly providers: readonly PaymentProvider[];
  /** The one that takes what no routing rule names; the first of them, if it is not set. */
  readonly defaultProvider?: string | undefined;
  /** How long one call of a provider may take (ms), 10,000 if it is not set. Its outcome is unknown afterwards. */
  readonly callTimeoutMs?: number | undefined;
}

export const DEFAULT_CALL_TIMEOUT_MS = 10_000;
