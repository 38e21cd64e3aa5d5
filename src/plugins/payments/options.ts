import type { PaymentRiskCheck } from './ports/payment-risk-check';
import type { Environment } from 'braintree';
import type { PluginHandler } from './rules/plugin-handlers';
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
  /**
   * Codes of payment method handlers that move no money and ask nobody: a payment that was cut off in one of them is over,
   * and can be made again. Of any other handler nobody knows, and staff decide.
   */
  readonly handlersWithoutEffect?: readonly string[] | undefined;
  /** How often payments are compared with their providers: 1 to 59 minutes, 15 if it is not set. */
  readonly reconcileEveryMinutes?: number | undefined;
  /** When a provider that is in trouble is left alone. */
  readonly breaker?: Partial<BreakerOptions> | undefined;
  /** The handlers of `@vendure/payments-plugin`, whose plugins stand before this one. */
  readonly pluginHandlers?: PluginHandlersOptions | undefined;
}

export interface PluginHandlersOptions {
  /** Which of them are mounted. */
  readonly names: readonly PluginHandler[];
  /** Other addresses than the providers' own, for tests and proxies. */
  readonly stripe?: { readonly host: string; readonly port?: number; readonly protocol: 'http' | 'https' };
  readonly mollie?: { readonly apiEndpoint: string };
  /** Braintree's own: its sandbox, if it is not set. */
  readonly braintree?: { readonly environment: Environment };
}

export interface BreakerOptions {
  /** The share of calls that must come to nothing, in percent, of those of the last 30 s. */
  readonly errorThresholdPercentage: number;
  /** Fewer calls than this say nothing yet. */
  readonly volumeThreshold: number;
  /** How long it is left alone, until one call is tried (ms). */
  readonly resetTimeout: number;
}

/** A provider that has not answered half of its last calls is left alone for a while; five calls say nothing yet. */
export const DEFAULT_BREAKER: BreakerOptions = {
  errorThresholdPercentage: 50,
  volumeThreshold: 5,
  resetTimeout: 15_000,
};

export const DEFAULT_CALL_TIMEOUT_MS = 10_000;

/**
 * How long an attempt is left to the process that made it, from its start (ms): beyond the call's time limit and the two
 * transactions around it. Only then others ask what became of it.
 */
export function graceMs(callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS): number {
  return 2 * callTimeoutMs + 5_000;
}
