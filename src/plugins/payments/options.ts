import type { PaymentRiskCheck } from './ports/payment-risk-check';
import type { PaymentProvider } from './types';

/** What `PaymentsPlugin.init` takes. */
export interface PaymentsPluginOptions {
  /** The providers that the shop has accounts with. */
  readonly providers: readonly PaymentProvider[];
  /** The one that takes what no routing rule names; the first of them, if it is not set. */
  readonly defaultProvider?: string | undefined;
  /** Where shoppers come back to from a provider's page, when the storefront names no other address. */
  readonly returnUrl?: string | undefined;
  /** Decides about risk before and after an authorization; without it every payment is allowed. */
  readonly riskCheck?: PaymentRiskCheck | undefined;
  /** How long one call of a provider may take (ms), 10,000 if it is not set. Its outcome is unknown afterwards. */
  readonly callTimeoutMs?: number | undefined;
}

export const DEFAULT_CALL_TIMEOUT_MS = 10_000;

/**
 * How long an attempt is left to the process that made it, from its start (ms): beyond the call's time limit and the two
 * transactions around it. Only then others ask what became of it.
 */
export function graceMs(callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS): number {
  return 2 * callTimeoutMs + 5_000;
}
